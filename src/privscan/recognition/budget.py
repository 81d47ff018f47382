"""Time that one cell may take, and what is given up for want of it."""

from __future__ import annotations

from dataclasses import dataclass, field

EACH = 1.0
"""Seconds that one pattern may search one cell; Presidio gives up after 60, with what it has."""

LOST = 20.0
"""Seconds lost to cells that were given up, after which a pattern asks no further cell."""


@dataclass(slots=True)
class Budget:
    """The time of one pattern on one batch; `given_up` are the cells without an answer."""

    each: float = field(default_factory=lambda: EACH)
    lost: float = field(default_factory=lambda: LOST)
    given_up: set[int] = field(default_factory=set)

    def spent(self, row: int) -> bool:
        """Whether no time is left; the cell then joins those given up."""
        if self.lost > 0:
            return False
        self.given_up.add(row)
        return True

    def give_up(self, row: int, seconds: float) -> None:
        """There is no answer for the cell, and what it took is lost."""
        self.lost -= seconds
        self.given_up.add(row)

    def charge(self, seconds: float) -> None:
        """Code that nothing can interrupt has answered; what it took beyond its time is lost."""
        self.lost -= max(0.0, seconds - self.each)
