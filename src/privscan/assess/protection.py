"""How a column's values are protected, measured on their forms: hashed, masked, banded, or clear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from privscan.model.kinds import State
from privscan.rulebook.protected import bare

if TYPE_CHECKING:
    from privscan.evidence.column import ColumnEvidence
    from privscan.rulebook.schema import Entity

MOST = 0.9
"""Share of cells that must be protected as well as a state says, or better."""

SOME = 0.05
"""Share of coded cells from which another size is no accident: digests have one size."""

HASHED = frozenset({"pattern/PasswordHashRecognizer"})
"""Recognizers of what is protected: seeing it is seeing its protection."""

UNDONE = "digests/"
"""Detectors of this prefix found values by hashing all candidates (detectors/digests)."""

_STEPS = (State.REMOVED, State.ENCRYPTED_KEY_APART, State.GENERALISED, State.TOKEN_KEYED,
          State.PARTIAL_MASK, State.HASH_UNSALTED)  # fmt: skip
"""From the best protection to the least."""

_FORMS = {"removed": State.REMOVED, "sealed": State.ENCRYPTED_KEY_APART, "uuid": State.TOKEN_KEYED,
          "token": State.TOKEN_KEYED, "masked": State.PARTIAL_MASK, "cut": State.PARTIAL_MASK,
          "prefixed": State.HASH_UNSALTED, "password": State.HASH_UNSALTED}  # fmt: skip
"""A password hash has its salt beside it: each person's values can be tried, one by one."""

_CODED = ("hex", "base64")

_SELVES = frozenset({"customer_id", "pseudonym", "cookie_id", "ad_id", "device_id", "wallet_address",
                     "browser_fingerprint", "secret_key", "transaction", "message_content",
                     "medical_record_no", "face_image", "voice_recording"})  # fmt: skip
"""Entities that are codes by themselves, or pictures written as text: there a token, digest or
base64 is the value, in clear; so it is of all biometrics."""

_BANDS = frozenset({"age", "salary", "income", "dob", "credit_score", "performance"})
_YEARS = (1900, 2100)
_OUTWARD = 4
"""Characters of the area that a British, Irish or Canadian postcode begins with, at most."""

_AREA = 3
"""Digits of a postcode that tell a region: no country has complete ones so short."""

_FEW = frozenset({"phone", "fax", "postal_code", "card_number", "ip_address", "name_given",
                  "name_family", "customer_id", "mac_address", "email", "pension_number",
                  "health_insurance_no", "pin", "card_security", "vehicle_plate"})  # fmt: skip
_TESTED = frozenset({"dob", "age", "gender"})
"""Entities of which every common writing was hashed: a digest that none matches is no plain one."""


def unprotected() -> frozenset[str]:
    """Entities of which all values can be tried: an unkeyed hash of them is soon undone.

    E-mail addresses count: lists of real ones are sold by the billion.
    """
    return _FEW


def protection(column: ColumnEvidence) -> tuple[State, str]:
    """The state that the cells show whatever they hold, and the header without words that say so."""
    state = _reached(_states(column), column)
    return state, column.path if state is State.PLAIN else bare(column.path)


def state_of(
    entity: str, column: ColumnEvidence, rule: Entity, detectors: Iterable[str] = ()
) -> State:
    """The state of an entity in a column; `detectors` are those that saw it in the cells.

    What a detector sees stands there as it is, whatever was done to other cells, unless it is
    seen in a form that is itself coarser, or by hashing what it may be.
    """
    seen = [one for one in detectors if one not in HASHED]
    cells = _states(column)
    coarse = Counter({State.GENERALISED: _coarse(entity, column)})
    if seen and all(one.startswith(UNDONE) for one in seen):
        return State.HASH_UNSALTED_GUESSABLE
    if seen:
        cut = Counter({State.PARTIAL_MASK: column.forms.get("cut", 0)})
        return _reached(coarse + (cut if entity == "ip_address" else Counter()), column)
    if (entity in _SELVES or rule.role == "B") and bare(column.path) == column.path:
        cells = _states(column, only=("removed", "sealed", "masked", "cut"))
    state = _reached(cells + coarse, column)
    guessable = entity in _FEW or (rule.category == "gov_id" and entity not in _TESTED)
    if state is State.HASH_UNSALTED and guessable:
        return State.HASH_UNSALTED_GUESSABLE
    return state


def _states(column: ColumnEvidence, only: Iterable[str] = ()) -> Counter[State]:
    """How many cells have each state, by their forms."""
    chosen = {*only} or {*_FORMS, *_CODED}
    found: Counter[State] = Counter()
    for form, count in column.forms.items():
        if form in _FORMS and form in chosen:
            found[_FORMS[form]] += count
    for code in _CODED:
        if code in chosen:
            found += _coded({f: n for f, n in column.forms.items() if f.startswith(code)})
    return found


def _coded(forms: Mapping[str, int]) -> Counter[State]:
    """Digests all have one size; cipher texts have the sizes of what they hide."""
    every = sum(forms.values())
    sizes = [form for form, count in forms.items() if count > SOME * every]
    digests = len(sizes) == 1 and sizes[0][-1:].isdigit() and sizes[0] != "base64"
    return Counter({State.HASH_UNSALTED if digests else State.ENCRYPTED_KEY_APART: every})


def _reached(cells: Mapping[State, int], column: ColumnEvidence) -> State:
    """The least of the protections that it takes to cover most cells."""
    filled, covered = column.rows - column.nulls, 0
    for state in _STEPS:
        covered += cells.get(state, 0)
        if filled and cells.get(state) and covered >= MOST * filled:
            return state
    return State.PLAIN


def _coarse(entity: str, column: ColumnEvidence) -> int:
    """Cells that say less than the entity would: a band of ages, a year of birth, an area."""
    facts, forms = column.facts, column.forms
    banded = forms.get("band", 0) if entity in _BANDS else 0
    if entity == "dob":
        return banded + forms.get("month", 0) + (facts.integers if _are_years(column) else 0)
    if entity == "postal_code":
        filled, longest = column.rows - column.nulls, facts.longest or 0
        lettered = facts.letters >= MOST * filled and longest <= _OUTWARD
        return filled if longest <= _AREA or lettered else forms.get("masked", 0)
    return banded


def _are_years(column: ColumnEvidence) -> bool:
    facts = column.facts
    size = facts.shortest == facts.longest == len("1984")
    return size and _YEARS[0] <= (facts.low or 0) <= (facts.high or 0) <= _YEARS[1]
