"""Names of cities, countries and regions in many languages, and codes of them."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.dictionaries import _cities
from privscan.dictionaries._sources import faker, mimesis, strings
from privscan.dictionaries.japanese_places import districts, municipalities
from privscan.dictionaries.lookup import Lookup, hashed
from privscan.dictionaries.persons import FAMILY, GIVEN, changed, folded, words
from privscan.rulebook.text import is_ascii, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

CITY, TOWN, COUNTRY, REGION, MUNICIPALITY, DOUBTFUL = (1 << bit for bit in range(6))
"""A city; a smaller place; a country; a state, province or the like; a Japanese municipality;
a city's or town's name that is as often a person's, or an ordinary word."""

COUNTRY_CODE, COUNTRY_CODE3, US_STATE, REGION_CODE = (1 << bit for bit in range(4))
"""Two letters or three for a country (ISO 3166); two for a US state; a code of another region."""

LANGUAGES = ("en", "ja", "de", "fr", "es", "pt", "it", "nl", "ko", "zh", "zh_Hant", "sv", "pl", "ru")  # fmt: skip
"""Languages in which the countries are known; cities are in all those that Geonames has."""

_CITY, _FAMOUS = 15_000, 500_000
"""Inhabitants of a city; of one whose name is a place before it is a person's or a word. Names in
other languages are read of those with 50,000."""

_WORDS = (
    "reading bath orange mobile nice split most same male best sale hull deal ware rugby sandwich bar "
    "normal surprise independence union liberty enterprise paradise corona hope pearl industry "
    "commerce media police date page temple republic central battle eye ash barking delta alpha "
    "gold silver rose lily olive beach forest lake park plant bay hills valley field mission "
    "progress unity victory march may june august moment young price short long white black brown "
    "green north south east west upper lower middle center centre none other single married open "
    "closed yes no man van sun moon star stone rock wood bend flint steel lead tin cork apple cherry "
    "plum berry rice corn pine cedar oak maple elm ford wells banks bridges brooks fields woods "
    "general total main local active general normal standard premium basic nova mira sari tours "
    "bern ems bad ulm rust essen worms singen hagen siegen halle bergen berg stein born celle "
    "cat sedan toyota cheddar arsenal apac nancy vienne tulle die rue porto vila lagos ponte cruz"
)
"""Names of places that are words or names first, in any of the languages that we read."""

_COUNTRIES = (
    "usa|u.s.a.|us of a|u.s.|uk|u.k.|great britain|england|scotland|wales|northern ireland|holland|"
    "united states of america|republic of korea|korea|russian federation|czech republic|viet nam|"
    "republic of ireland|macedonia|burma|ivory coast|cape verde|swaziland|turkey|uae|"
    "people's republic of china|islamic republic of iran|brasil|deutschland|espana|米国|英国|韓国|中国"
)

_OTHER_REGIONS = (
    "abruzzo|basilicata|calabria|campania|emilia romagna|friuli venezia giulia|lazio|liguria|lombardia|"
    "marche|molise|piemonte|puglia|sardegna|sicilia|toscana|trentino alto adige|umbria|valle d'aosta|veneto|"
    "bavaria|saxony|lower saxony|hesse|thuringia|rhineland palatinate|north rhine westphalia|brittany|"
    "normandy|burgundy|corsica|catalonia|andalusia|aragon|castile|galicia|basque country|navarre|lombardy|"
    "tuscany|piedmont|sicily|sardinia|apulia|latium|flanders|wallonia|brabant|tyrol|styria|carinthia|"
    "silesia|bohemia|moravia|transylvania|crete|madeira|azores|canary islands|balearic islands|"
    "hokkaido|tohoku|kanto|kansai|kinki|chubu|chugoku|shikoku|kyushu|okinawa|関東|関西|東北|九州|四国|近畿"
)
"""Italy's regions, which the packages lack, and names in English."""

_US, _SHORT_CODE = "en", 2
_REGIONS = ("states", "provinces", "regions", "departments", "cantons", "counties", "prefectures",
            "region_republics", "region_krai", "region_oblast")  # fmt: skip
_KINDS_OF_REGION = (
    r"[- ](?:province|state|region|prefecture|governorate|oblast|sheng|do|si|ken|fu)$"
)


_ACCENTED = r"[^\x00-\x7F\x{3040}-\x{30FF}\x{3400}-\x{9FFF}\x{AC00}-\x{D7A3}]"
_MARKED = r"[-.'’`´–]|\s\s|^\s|\s$|^the |^ste? |^sainte "  # noqa: RUF001  a dash and an apostrophe


def plain(cells: pl.Series) -> pl.Series:
    """The cells as names are kept: folded, hyphens and points as blanks, St. as saint, no article."""
    names = changed(cells.str.to_lowercase(), _ACCENTED, _unaccented, ascii_too=False)
    return changed(names, _MARKED, _unmarked)


def _unaccented(names: pl.Series) -> pl.Series:
    letters = _letters()
    return changed(names.str.replace_many(letters), _ACCENTED, folded)


@cache
def _letters() -> dict[str, str]:
    """Accented letters of Latin scripts without their accents: quicker than to take all apart."""
    accented = [chr(code) for code in range(0xC0, 0x180) if chr(code).isalpha()]
    bare = folded(pl.Series(accented)).to_list()
    return {a: b for a, b in zip(accented, bare, strict=True) if a != b}


def _unmarked(names: pl.Series) -> pl.Series:
    names = names.str.replace_all("['’`´]", "").str.replace_all(r"[\s\-–.]+", " ")  # noqa: RUF001  as above
    names = names.str.strip_chars().str.replace("^(?:ste?|sainte) ", "saint ")
    return names.str.strip_prefix("the ")


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """A lookup of few of the words that it is asked for: most are ruled out in one step."""

    lookup: Lookup
    seen: NDArray[np.bool_]

    @classmethod
    def of(cls, names: pl.Series, bits: NDArray[np.uint8]) -> Names:
        """The names with what is known of them."""
        seen = np.zeros(1 << _SEEN, bool)
        seen[hashed(names) >> np.uint64(64 - _SEEN)] = True
        return cls(Lookup.of(names, bits), seen)

    def __call__(self, names: pl.Series) -> NDArray[np.uint8]:
        """The bits of each name; 0 for all others."""
        rows = np.flatnonzero(self.seen[hashed(names) >> np.uint64(64 - _SEEN)])
        bits = np.zeros(len(names), np.uint8)
        bits[rows] = self.lookup(taken(names, rows))
        return bits


_SEEN = 22
"""Bits of a hash of which a table says whether any name has them."""


def known(names: pl.Series) -> NDArray[np.uint8]:
    """What is known of each plain name."""
    bits = _places()(names)
    wide = np.flatnonzero(~is_ascii(names))
    if len(wide):
        bits[wide] |= _municipalities()(taken(names, wide))
    return bits


@cache
def _places() -> Names:
    """All but the places of Japan alone; loaded once a process, when first asked for."""
    cities = _cities.named()
    large = cities["people"].to_numpy() >= _CITY
    names, bits = [plain(cities["name"])], [np.where(large, CITY, TOWN)]
    listed = (word for _, data in faker("lorem") for word in strings(data.get("word_list", ())))
    ordinary = plain(pl.Series(sorted(set(listed)))).unique()
    doubt = (words()(names[0]) & (GIVEN | FAMILY) > 0) | names[0].is_in(
        ordinary.implode()
    ).to_numpy()
    famous = names[0].filter(cities["people"] >= _FAMOUS).unique()
    doubt &= ~names[0].is_in(famous.implode()).to_numpy()
    bits[0] = bits[0] | DOUBTFUL * (doubt | names[0].is_in(_WORDS.split()).to_numpy())
    for bit, some in ((COUNTRY, _countries()), (REGION, _regions())):
        names.append(plain(pl.Series(sorted(set(some)))))
        bits.append(np.full(len(names[-1]), bit))
    return Names.of(pl.concat([n.alias("") for n in names]), np.concatenate(bits).astype(np.uint8))


@cache
def _municipalities() -> Names:
    """Those of Japan, which no other script has."""
    names = plain(pl.Series(sorted(set(municipalities()))))
    return Names.of(names, np.full(len(names), MUNICIPALITY, np.uint8))


@cache
def codes() -> Lookup:
    """What is known of codes in capital letters."""
    found = [(code, COUNTRY_CODE) for code in _territories("en")]
    found += [(iso3, COUNTRY_CODE3) for iso3 in _iso3()]
    for language, data in _addresses().items():
        for code in data["abbr"]:
            short = code.rsplit("-", 1)[-1].rsplit(".", 1)[-1]
            bit = US_STATE if language == _US else REGION_CODE
            # Three letters after a hyphen are no code of their own: FR-EUR.
            found += [(c, bit) for c in {code, short} if c == code or len(c) == _SHORT_CODE]
            if language == _US:
                found.append((f"US-{code}", REGION_CODE))
    found += [(code, US_STATE) for code in ("DC", "PR")]
    lettered = ((c, b) for c, b in found if len(c) > 1 and c[-1].isalpha())
    texts, bits = zip(*lettered, strict=True)
    return Lookup.of(pl.Series(texts), np.array(bits, np.uint8))


@cache
def japanese_districts() -> Names:
    """Parts of Japan's municipalities, as plain names."""
    names = plain(pl.Series(list(districts())))
    return Names.of(names, np.ones(len(names), np.uint8))


def _countries() -> Iterator[str]:
    yield from _COUNTRIES.split("|")
    for language in LANGUAGES:
        for name in _territories(language).values():
            yield name
            yield re.sub(r" ?\(.*\)$| SAR .*$|（.*）$", "", name)  # noqa: RUF001  brackets of Chinese
            yield name.replace("&", "and")
    for data in _addresses().values():
        yield from data["country"]


@cache
def _addresses() -> dict[str, dict[str, set[str]]]:
    """By locale of mimesis its countries, and states' names and codes."""
    return {
        locale: {
            "country": strings(data.get("country", ())),
            **{key: strings(data.get("state", {}).get(key, ())) for key in ("name", "abbr")},
        }
        for locale, data in mimesis("address")
    }


def _territories(language: str) -> dict[str, str]:
    """The countries' names by ISO code in one language."""
    from babel import localedata

    # Babel would keep what is loaded without its parents, and have no months for others then.
    with Path(localedata.resolve_locale_filename(language)).open("rb") as file:
        every = pickle.load(file)["territories"]  # noqa: S301  a file that Babel installed
    pseudo = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
    return {c: str(name) for c, name in every.items() if len(c) == 2 and c not in pseudo}  # noqa: PLR2004  ISO 3166-1


def _iso3() -> Iterator[str]:
    countries = json.loads(_cities.geonames("countries").read_bytes())
    return (country["iso3"] for country in countries.values())


def _regions() -> Iterator[str]:
    """Names of states, provinces, prefectures and the like, and without the word for it."""
    listed = _OTHER_REGIONS.split("|")
    for named in _addresses().values():
        listed += named["name"]
    for _, data in faker("address"):
        for kind in _REGIONS:
            for one in data.get(kind, ()):
                # Departments of France and cantons stand in pairs of a code and a name.
                listed += [one] if isinstance(one, str) else [str(one[-1])]
    for name in listed:
        if (len(name) > 1 and not name.isascii()) or len(name) > 3:  # noqa: PLR2004  not a code
            yield name
            yield re.sub(_KINDS_OF_REGION, "", name.lower())
            if re.fullmatch(r"\w{2,3}[府県都]", name):
                yield name[:-1]
