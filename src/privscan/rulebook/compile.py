"""A recognizer's regex as Rust regexes that Polars runs over whole columns, and facts about it.

Derived from CPython's own syntax tree (`re._parser`). The ASCII form is for cells of ASCII only,
the wide form for any cell; each matches whatever the recognizer matches, and perhaps more: a
cell that it leaves out needs no further look. Where the ASCII form is exact, its leftmost match
is the recognizer's, once the characters before and after were looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from privscan.rulebook import _facts as facts
from privscan.rulebook._dialect import parsed
from privscan.rulebook._edges import Edge, beside, peeled
from privscan.rulebook._facts import STAND_INS
from privscan.rulebook._rust import Writer

__all__ = ["STAND_INS", "Compiled", "Edge", "compiled"]

MOST_STATES = 2_000
"""Rust's engine takes time in proportion to text times states, and nothing interrupts it."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """Rust regexes that match at least what the pattern does, and facts every match has.

    `seek` finds ASCII cells with a match, `ascii` the match itself without its edges `before`
    and `after`. If `exact`, a leftmost match of `ascii` is the pattern's own if
    its edges hold, `refused` (a regex) does not match its start and `runs` nothing in the cell.
    `portable` says that letters, spaces and other signs beyond ASCII may be exchanged for
    `STAND_INS` without a change of its answer, `digits_pass` and `folded_pass` that so may digits
    and the letters that ignoring case equates with i, s and k. Each match holds a match of `run`,
    if any. Each ASCII cell with a match, if that is `ascii_possible`, holds one of `gate`, which
    is cheap to look for, and for each number of `needs` a character whose bit it has; any cell
    with a match holds `mark`, if there is one. `digits` is the least number of digits, `shortest`
    of characters, and `bare` says that a match may be digits and nothing else.
    """

    ascii: str
    wide: str
    exact: bool
    runs: str
    before: Edge | None
    after: Edge | None
    refused: str
    portable: bool
    digits_pass: bool
    folded_pass: bool
    run: str
    shortest: int
    digits: int
    gate: str
    mark: str
    ascii_possible: bool
    bare: bool
    needs: tuple[int, ...] = ()

    @property
    def word(self) -> bool:
        """Whether the gate is a word, no digit and no mark."""
        marked = bool(self.mark) and self.gate.startswith(self.mark)
        return bool(self.gate) and self.gate != "[0-9]" and not marked

    @property
    def seek(self) -> str:
        """Finds the ASCII cells in which a match stands, its neighbours looked at."""
        return beside(self.before, r"\A") + self.ascii + beside(self.after, r"\z")


def _least(tree: Any, flags: int) -> list[frozenset[int]]:
    """What every match needs, without what follows from the rest."""
    every = facts.needs(tree, flags)
    return [some for some in every if not any(other < some for other in every)]


def compiled(pattern: str, flags: int) -> Compiled:
    """The forms of a regex of the `regex` package; `re.error` where none can be derived."""
    tree, flags = parsed(pattern, flags)
    shortest = int(tree.getwidth()[0])
    if not shortest:
        raise re.error("it may match nothing")
    if facts.states(tree) > MOST_STATES:
        raise re.error("too many counted repeats for an automaton")
    core, before, after, refused = peeled(tree, flags)
    narrow, wide = Writer(flags, wide=False), Writer(flags, wide=True)
    ascii_form = f"(?:{narrow.sequence(core)})"
    digits = facts.digits(tree)
    return Compiled(
        ascii=ascii_form,
        wide=f"(?:{wide.sequence(tree)})",
        exact=narrow.exact,
        runs="|".join(narrow.runs),
        before=before,
        after=after,
        refused="|".join(Writer(flags, wide=True).sequence(body) for body in refused),
        portable=facts.portable(tree, flags),
        digits_pass=facts.digits_pass(tree),
        folded_pass=facts.folded_pass(tree, flags),
        run=facts.run(tree, flags),
        shortest=shortest,
        digits=digits,
        gate=facts.gate(tree, flags),
        needs=tuple(sorted(sum(1 << code for code in some) for some in _least(tree, flags))),
        mark=facts.mark(tree, flags),
        ascii_possible=facts.ascii_possible(tree, flags),
        bare=digits > 0 and shortest == digits,
    )
