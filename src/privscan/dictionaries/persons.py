"""Words of persons' names in scripts that set words apart, and what else these words are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.dictionaries import japanese
from privscan.dictionaries._roman import romanised
from privscan.dictionaries._sources import faker, mimesis, much_made, strings
from privscan.dictionaries.likeness import Likeness
from privscan.dictionaries.lookup import Lookup, hashed
from privscan.rulebook.text import is_ascii

if TYPE_CHECKING:
    from numpy.typing import NDArray

GIVEN, FAMILY, ORDINARY, TITLE, AFTER, PARTICLE, THING, SELDOM = (1 << bit for bit in range(8))
"""A given name; a family name; an ordinary word or a place too (or only); a title before a name;
a title after it; a particle; a mark of an organisation, place or work; a given name more seldom than a family name."""

CJK = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}"

_TITLES = (
    "dr dra mr mrs ms miss mister prof professor professeur herr frau mme mlle monsieur madame "
    "mademoiselle sra srta senor senora sig signor signora dott dottssa rev reverend fr sir "
    "lord lady capt captain lt sgt col pvt maj hon judge dhr mevr mevrouw meneer hr fru pan pani "
    "bay bayan shri smt sheikh haji госпожа господин dipl"
)
_AFTER = "jr junior sr senior ii iii iv phd md mba esq dds cpa bsc msc dvm rn facp cfa pmp obe cbe"
_PARTICLES = (
    "van von der den de del della dello di da do dos das du des la le las los lo el al bin bint "
    "ibn ben abu ter ten te zu zum zur vom af av y e i und san mc st"
)
_THINGS = (
    "inc ltd llc llp lp plc corp corporation company companies co gmbh mbh kg ohg sarl eurl sas spa srl "
    "bv nv oy oyj aps asa pty pte sdn bhd kk ltda cia limited university universitat universite "
    "universidad universidade universita universiteit college school schule ecole escuela escola "
    "scuola institute institut instituto istituto academy foundation stiftung fondation fundacion "
    "bank banca banco banque group groupe gruppe holding holdings association society verein club "
    "church hospital clinic klinik klinikum museum ministry department agency council committee "
    "studio studios records press verlag software systems technologies technology solutions "
    "services service consulting partners enterprises industries international restaurant "
    "ristorante hotel cafe team fc cf sc city county street road avenue lane drive boulevard "
    "square airport station river lake mount mountain island islands bay valley beach springs "
    "falls heights fort port saint sainte santa santo sankt new old strasse platz weg gasse rue "
    "place avenida calle rua praca piazza straat plein of the and et for in on at to with "
    "from by is und oder ou con per mit fur auf im am pour sur dans edition song songs book "
    "movie show games game store shop market center centre zentrum house haus "
    "casa project open source red blue green foods food toys motors films pictures band orchestra "
    "ensemble quartet trio federation republic kingdom united states province district region "
    "community contributors authors developers maintainers"
)

_KOREAN = (
    "kim lee park choi jung jeong kang cho yoon jang lim im han oh seo shin kwon hwang ahn song "
    "ryu yoo hong jeon ko moon yang son bae baek heo nam shim noh ha kwak sung cha joo woo"
)
"""Korean families as they are mostly written abroad; no list has them in Latin letters."""

_KNOWN_WIDELY = {"ordinary": 6, "place": 6, "frequent": 4}
"""Listed in so many languages a word is a name before it is that: John, Maria; but Art, Hope.
Lists of frequent words have frequent names among them."""

_FAMILY = 2
"""Family names stay in their language: one list of them counts as so many of given names."""

_ROLE = 3
"""A given name is a family name too if no more than so many times more languages list it as given."""

_SHORT = 2
"""Words of so many letters are codes and syllables as often as names."""

_OF_MIMESIS = {
    "person": {"names": "given", "surnames": "family", "occupation": "ordinary"},
    "text": {"words": "frequent", "color": "always"},
    "datetime": {"day": "always", "month": "always"},
    "address": {"country": "always", "city": "place", "state": "place"},
}
"""Which of a locale's data is a list, and of what."""

_NAMES = ("given", "family")
_LISTS = {"given": 0, "family": 1, "ordinary": 2, "place": 3, "frequent": 4, "always": 5}


def folded(cells: pl.Series) -> pl.Series:
    """The cells in lower case without accents and apostrophes, NFKC."""
    bare = changed(cells, _ACCENTED, lambda some: some.str.replace_many(*_latin()))
    return changed(bare, _COMPOSED, _unaccented).str.to_lowercase()


def changed(
    cells: pl.Series, form: str, change: Callable[[pl.Series], pl.Series], *, ascii_too: bool = True
) -> pl.Series:
    """The cells, changed where they have the form: most have it not, and the changes are slow."""
    if not ascii_too and is_ascii(cells).all():
        return cells
    rows = np.flatnonzero(cells.str.contains(form).to_numpy())
    # Polars scatters in place: only a clone leaves the caller its own.
    return cells.clone().scatter(rows, change(cells.gather(rows))) if len(rows) else cells


_ACCENTED = r"[\x{C0}-\x{24F}'`\x{2018}\x{2019}\x{2BC}\x{B4}]"
_COMPOSED = (
    r"[^\x00-\x7F\x{410}-\x{418}\x{41A}-\x{438}\x{43A}-\x{44F}\x{5D0}-\x{5EA}"
    r"\x{621}\x{628}-\x{63A}\x{641}-\x{64A}\x{4E00}-\x{9FFF}]"
)
"""All but letters without accents that are most of Cyrillic, Hebrew, Arabic and Chinese."""

_LETTERS = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
            "\u0131": "i", "\u2019": "", "\u02bc": "", "\u2018": "", "'": "", "`": "", "\u00b4": ""}  # fmt: skip


@cache
def _latin() -> tuple[list[str], list[str]]:
    """The accented letters of European alphabets, and what each becomes."""
    letters = pl.Series([*(chr(code) for code in range(0xC0, 0x250)), *_LETTERS])
    become = _unaccented(letters)
    some = become.str.contains(r"^[a-z]*$") & (become != letters)
    return letters.filter(some).to_list(), become.filter(some).to_list()


def _unaccented(cells: pl.Series) -> pl.Series:
    low = cells.str.normalize("NFKC").str.to_lowercase().str.normalize("NFD")
    bare = low.str.replace_all(r"\p{Mn}", "").str.normalize("NFC")
    return bare.str.replace_many(list(_LETTERS), list(_LETTERS.values()))


def split(folded_cells: pl.Series) -> tuple[pl.Series, NDArray[np.int64]]:
    """The words of folded cells in one series, and for each cell where its words begin."""
    return parted(folded_cells.str.replace_all(r"[\s\p{P}]+", " ").str.strip_chars())


def parted(cells: pl.Series) -> tuple[pl.Series, NDArray[np.int64]]:
    """What stands between blanks, as `split`; words are empty where blanks follow each other."""
    lists = cells.str.split(" ")
    starts = np.zeros(len(lists) + 1, np.int64)
    np.cumsum(lists.list.len().to_numpy(), out=starts[1:])
    return lists.explode(), starts


@cache
def words() -> Lookup:
    """What is known of each word; loaded once a process, when first asked for."""
    return _known()[0]


@cache
def likeness() -> Likeness:
    """How much other words look like names; learnt when first asked for."""
    _, word, named = _known()
    return Likeness.of(word.filter(named), word.filter(~named))


@cache
def _known() -> tuple[Lookup, pl.Series, pl.Series]:
    """The table, all listed words, and whether each is a name."""
    listed, role, language = _listed()
    hashes = hashed(listed)
    order = np.argsort(hashes)
    hashes, role, language = hashes[order], role[order], language[order]
    first = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
    known = {
        name: np.bitwise_count(
            np.bitwise_or.reduceat(np.where(role == code, language, np.uint64(0)), first)
        ).astype(np.int64)
        for name, code in _LISTS.items()
    }
    word = listed.gather(order[first])
    bits = _bits(known, (word.str.len_chars() <= _SHORT).to_numpy())
    marks = {FAMILY: _KOREAN, TITLE: _TITLES, AFTER: _AFTER, PARTICLE: _PARTICLES, THING: _THINGS}
    told = [(mark, bit) for bit, line in marks.items() for mark in line.split()]
    table = Lookup.by_hash(
        np.concatenate([hashes[first], hashed(pl.Series([mark for mark, _ in told]))]),
        np.concatenate([bits, np.array([bit for _, bit in told], np.uint8)]),
    )
    return table, word, pl.Series(bits & (GIVEN | FAMILY) > 0)


def _bits(languages: dict[str, NDArray[np.int64]], short: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """What words are, from the number of languages that list them so."""
    given, family = languages["given"], languages["family"]
    ordinary = short | (languages["always"] > 0)
    for role, least in _KNOWN_WIDELY.items():
        ordinary |= (languages[role] > 0) & (given + _FAMILY * family < least)
    bits = (
        GIVEN * ((given > 0) & (_ROLE * given >= family))
        + SELDOM * ((given > 0) & (given < family))
        + FAMILY * ((family > 0) & (_ROLE * family >= given))
        + ORDINARY * ordinary
    )
    return np.asarray(bits, np.uint8)


def _listed() -> tuple[pl.Series, NDArray[np.uint8], NDArray[np.uint64]]:
    """Each listed word with its role, and with its language as a bit of a number."""
    word, role, language = _texts()
    names = np.flatnonzero(role <= _LISTS["family"])
    more, rows = romanised(word.gather(names))
    word, rows = pl.concat([word, more]), np.concatenate([np.arange(len(word)), names[rows]])
    word, role, language = folded(word), role[rows], language[rows]
    one = (~word.str.contains(rf"[\s\p{{P}}{CJK}]") & (word.str.len_chars() > 1)).to_numpy()
    # An ordinary word is one word: "New York" makes neither new nor York a place.
    several = np.flatnonzero(~one & (role <= _LISTS["family"]))
    parted_too = word.gather(several)
    unspaced = parted_too.str.contains(f"[{CJK}]").to_numpy()
    parts, starts = split(parted_too.filter(~unspaced))
    again = np.repeat(several[~unspaced], np.diff(starts))
    return (
        pl.concat([word.filter(one), parts]),
        np.concatenate([role[one], role[again]]),
        np.concatenate([language[one], language[again]]),
    )


def _texts() -> tuple[pl.Series, NDArray[np.uint8], NDArray[np.uint64]]:
    """All texts of all lists with their roles and languages, each once."""
    texts: dict[tuple[str, str], set[str]] = defaultdict(set)
    with much_made():
        for locale, role, some in _lists():
            # Other words are counted by list, not by language.
            texts[locale[:2] if role in _NAMES else "", role].update(strings(some))
        word = pl.Series(list(chain.from_iterable(texts.values())))
    sizes = [len(some) for some in texts.values()]
    codes = {speech: nth % 64 for nth, speech in enumerate(dict.fromkeys(s for s, _ in texts))}
    roles = np.repeat([_LISTS[listed] for _, listed in texts], sizes).astype(np.uint8)
    shifts = np.repeat([codes[speech] for speech, _ in texts], sizes).astype(np.uint64)
    return word, roles, np.uint64(1) << shifts


def _lists() -> Iterator[tuple[str, str, object]]:
    """Locale, role and texts of each list."""
    for locale, data in faker("person"):
        for name, some in data.items():
            if name.startswith(("first_", "middle_name")):
                yield locale, "given", some
            elif "last_name" in name or "last_roman" in name:
                yield locale, "family", some
    yield from (("ja", role, some) for role, some in japanese.romanised())
    yield "ko", "family", _KOREAN.split()
    for locale, data in faker("lorem"):
        yield locale, "ordinary", data.get("word_list", ())
    for subject, keys in _OF_MIMESIS.items():
        for locale, data in mimesis(subject):
            yield from ((locale, role, data.get(key, ())) for key, role in keys.items())
    for locale, data in mimesis("food"):
        yield locale, "ordinary", list(data.values())
