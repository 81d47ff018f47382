"""How a column's values are protected, as far as their form tells: hashed, masked, or clear."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from privscan.model.kinds import State

if TYPE_CHECKING:
    from privscan.evidence.column import ColumnEvidence

MOST = 0.9
"""Share of cells that must have the form."""

_HASH_WORDS = re.compile(
    r"(?i)[_\-. ]?(?:hashed|hash|sha[_-]?(?:1|224|256|384|512)|md5|digest|hmac|hex|masked)"
    r"(?=$|[_\-. \]])"
)
"""Words that say how a column is protected; what is left of the header says what it holds."""

_FEW = frozenset({"phone", "fax", "dob", "age", "postal_code", "card_number", "ip_address",
                  "name_given", "name_family", "customer_id", "mac_address", "email",
                  "pension_number", "health_insurance_no"})  # fmt: skip


def unprotected() -> frozenset[str]:
    """Entities of which all values can be tried: an unkeyed hash of them is soon undone.

    E-mail addresses count: lists of real ones are sold by the billion.
    """
    return _FEW


def protection(column: ColumnEvidence) -> tuple[State, str]:
    """The state that most cells show, and the header without the words that say so."""
    filled, facts = column.rows - column.nulls, column.facts
    if not filled:
        return State.PLAIN, column.path
    hexes = max(facts.hex32, facts.hex40, facts.hex64, facts.hex128)
    bare = _HASH_WORDS.sub("", column.path).strip("_-. ") or column.path
    if hexes >= MOST * filled:
        return State.HASH_UNSALTED, bare
    if facts.masked >= MOST * filled:
        return State.PARTIAL_MASK, bare
    return State.PLAIN, column.path
