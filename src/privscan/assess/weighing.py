"""What speaks for and against an entity in a column beside its header, each piece in bits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privscan.assess.births import births
from privscan.evidence.tally import TallyKey
from privscan.model.data import READ
from privscan.model.kinds import Kind
from privscan.model.profile import Reason
from privscan.rulebook.names import AGAINST, INSIDE, nameless
from privscan.rulebook.weights import Vote, weights

if TYPE_CHECKING:
    from privscan.evidence.column import ColumnEvidence
    from privscan.evidence.tally import Tally
    from privscan.rulebook.schema import Entity, Text

EVEN = 0.5

FEW = 0.01
"""Shares below it are said as counts."""

WORD = 4
"""Letters of a word in Latin writing; shorter ones are codes."""

MOST = 0.95
"""Share of cells from which a fact is said of the whole column."""

CHANCE = 0.2
"""A check digit that one random number in ten passes says something from twice that share on."""

BY_FORM = ("pattern/", "phone/", "number/")
"""Detectors that go by the form of a number: things have such forms as well."""

WHOLE_CELLS = ("names/", "places/", "postcodes/", "addresses/", "lexicon", "births/")
"""Detectors that look at whole cells: what they see rarely is no leak, but another word."""

VECTORS = "vectors/"
"""How the names of detectors of vectors begin."""

BY_MODEL = "ner/"
"""Detectors that read some of the texts only."""

_STRUCTURES = ("mrz/", "machine_codes/")
"""Detectors of structures in texts: a name in one is no piece of a code."""

MODEL_READ = TallyKey(f"{READ}ner", "ner", 0)
"""The tally of the texts that they read."""

_INSIDE = frozenset({"email", "secret_key", "gps"})
"""Entities that count inside a longer code: a URL with an e-mail address in it."""

_NEVER_CHANCE = _INSIDE | {"iban"}
"""Entities that one cell in a hundred can't be by chance: an @, a token's prefix, mod 97."""

_CODES = frozenset({Kind.TEXT, Kind.NUMBER, Kind.TIME})

_LEAKS = frozenset({"email", "phone", "card_number", "iban", "secret_key", "password", "gps",
                    "address", "ip_address", "my_number"})  # fmt: skip
"""Entities whose form is told from the other numbers and references of a text."""

_TOLD = ("SaidRecognizer", "ItFiscalCodeRecognizer")
"""Recognizers that read the word before a number, or whose form no reference has."""

_UNSURE = 0.5
"""A pattern of this score or less, without a check digit, needs a header that says so or none."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Hits of an entity by one detector: cells, those that are nothing else, and its score."""

    detector: str
    score: float
    cells: int
    whole: int

    def joined(self, other: Seen) -> Seen:
        """Both as one: the cells added, named after the more frequent."""
        main = max(self, other, key=lambda seen: seen.cells)
        cells, whole = self.cells + other.cells, self.whole + other.whole
        return Seen(main.detector, main.score, cells, whole)


def by_entity(tallies: Mapping[TallyKey, Tally]) -> dict[str, list[Seen]]:
    """What was seen of each entity, in the order of the tallies' keys."""
    seen: dict[str, list[Seen]] = defaultdict(list)
    for key, tally in sorted(tallies.items()):
        seen[key.entity].append(Seen(key.detector, key.score / 100, tally.cells, tally.whole))
    return seen


def credible(
    seen: list[Seen] | tuple[()], filled: int, rule: Entity, said: float, column: ColumnEvidence
) -> list[Seen]:
    """Hits above what chance gives: one code in ten passes a check digit or for a phone number."""
    kept = []
    text = prose(column)
    for one in seen:
        by_form = one.detector.startswith(BY_FORM)
        few = one.cells < CHANCE * filled and rule.id not in _NEVER_CHANCE
        by_chance = by_form and said <= 0 and few and not text
        unsure = one.detector.startswith("pattern/") and one.score <= _UNSURE
        unsaid = unsure and said <= 0 and not nameless(column.path)
        fills = min(one.cells, one.whole) >= EVEN * filled
        telling = rule.id in _LEAKS or one.detector.endswith(_TOLD)
        reference = text and said <= 0 and by_form and not telling and not fills
        # A match inside a code without spaces is a piece of the code, except an address with @.
        part = one.whole < EVEN * one.cells and not one.detector.startswith(_STRUCTURES)
        piece = part and not text and rule.id not in _INSIDE
        against = said <= AGAINST and one.cells < EVEN * filled
        # Of curves and spectra some look like an embedding by chance.
        some = one.detector.startswith(VECTORS) and one.cells < EVEN * filled and said < INSIDE
        if not (by_chance or unsaid or reference or piece or against or some):
            kept.append(one)
    return list(births(kept)) if rule.id == "dob" else kept


def prose(column: ColumnEvidence) -> bool:
    """Whether the cells are texts of several words."""
    least, facts = CHANCE * (column.rows - column.nulls), column.facts
    spaced = facts.spaces >= least and facts.letters >= least
    return spaced or facts.unspaced >= max(1, least)


def reason(key: str, bits: float, says: Text, **slots: str | Text) -> Reason:
    """A piece of evidence, said in both languages; slots are the same in both, or texts."""
    said = {}
    for lang, text in says.both().items():
        inside = {k: v if isinstance(v, str) else v.both()[lang] for k, v in slots.items()}
        said[lang] = text.format(**inside)
    return Reason(key, round(bits, 3), said)


def values(entity: str, found: list[Seen], column: ColumnEvidence) -> Iterator[Reason]:
    """The strongest of the detectors' votes: they see the same cells, so votes do not add up."""
    rules = weights()
    votes = votes_on(entity, found, column)
    weighed = [(_bits(entity, vote, one, column), vote, one) for vote, one in votes]
    if weighed:
        bits, vote, one = max(weighed, key=lambda w: abs(w[0]))
        says, filled = vote.says or rules.says["form"], column.rows - column.nulls
        said = {
            lang: text.format(
                says=says.both()[lang].format(score=f"{one.score:.2f}"),
                share=_part(one.cells, filled, lang),
                detector=one.detector,
            )
            for lang, text in rules.says["votes"].both().items()
        }
        yield Reason("values", round(bits, 3), said)


def parsed(entity: str, found: list[Seen], column: ColumnEvidence) -> bool:
    """Whether a structure was parsed whole in the cells, so that no header can deny it."""
    return any(vote.certain for vote, _ in votes_on(entity, found, column))


def _bits(entity: str, vote: Vote, one: Seen, column: ColumnEvidence) -> float:
    # In a text or picture one hit is one; of codes some pass any test by chance.
    code = column.kind in _CODES and entity not in _NEVER_CHANCE and not prose(column)
    return max(0.0 if code and not vote.certain else vote.alone, vote.bits(*drawn(one, column)))


def drawn(one: Seen, column: ColumnEvidence) -> tuple[float, float]:
    """The share of the cells, and how many of them count as seen apart from each other."""
    read = column.rows - column.nulls
    if one.detector.startswith(BY_MODEL):
        read = column.tallies[MODEL_READ].cells
    share = min(1.0, one.cells / max(1, read))
    return share, min(weights().draws, column.values.distinct())


def _part(cells: int, filled: int, lang: str) -> str:
    """A share, or the count where a share would read as nothing."""
    if cells < FEW * filled:
        return (
            f"{filled:,}セル中{cells:,}セル" if lang == "ja" else f"{cells:,} of {filled:,} cells"
        )
    share = f"{min(1.0, cells / filled):.1%}"
    return f"セルの{share}" if lang == "ja" else f"{share} of the cells"


def votes_on(entity: str, found: list[Seen], column: ColumnEvidence) -> Iterator[tuple[Vote, Seen]]:
    """Each vote with what was seen for it; hits go to the first vote that fits them."""
    summed: dict[int, Seen] = {}
    distinct, longest = column.values.distinct(), column.facts.longest or 0
    votes = weights().votes
    # A sign of Chinese writing is a word, a Latin letter is a grade or a size as well.
    longest = longest if column.facts.ascii else max(longest, WORD)
    for one in found:
        fitting = (
            i
            for i, vote in enumerate(votes)
            if vote.fits(entity, one.detector, one.score)
            and vote.distinct[0] <= distinct <= vote.distinct[1]
            and longest >= vote.longest
        )
        at = next(fitting, None)
        if at is None:
            continue
        if not votes[at].adds:
            yield votes[at], one
            continue
        before = summed.get(at)
        summed[at] = one if before is None else before.joined(one)
    for at, one in summed.items():
        yield votes[at], one
