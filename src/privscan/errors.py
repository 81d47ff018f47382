"""Every failure a user can meet, each with its exit code and the next command to try."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from itertools import chain, islice

MOST = 100
"""Errors of one reading that are told together."""


class PrivscanError(Exception):
    """What went wrong, where, and what to try next; never holds a cell's value."""

    exit_code = 4

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        """Keep the three parts; they are the error's whole state, so that it pickles."""
        super().__init__(what, where, hint)
        self.what, self.where, self.hint = what, where, hint

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild from the three parts: keyword arguments do not survive the default."""
        return (_rebuild, (type(self), self.what, self.where, self.hint))

    def __str__(self) -> str:
        """Say where, what and the hint in one or two lines."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n  try: {self.hint}" if self.hint else head


def _rebuild(kind: type[PrivscanError], what: str, where: str, hint: str) -> PrivscanError:
    return kind(what, where=where, hint=hint)


class UsageError(PrivscanError):
    """A wrong call: an option, a path, a name."""

    exit_code = 2


class RuleError(UsageError):
    """A rule, policy, context or configuration file that is wrong; `where` is file:line.

    `also` is what else is wrong, found in the same reading; the text says all of it.
    """

    also: tuple[RuleError, ...] = ()

    @classmethod
    def of(cls, errors: Iterable[RuleError]) -> RuleError:
        """One error that says all of those, the first 100; there is at least one."""
        first, *others = islice(chain.from_iterable(error.every for error in errors), MOST)
        whole = cls(first.what, where=first.where, hint=first.hint)
        whole.also = tuple(others)
        return whole

    @property
    def every(self) -> tuple[RuleError, ...]:
        """Each thing that is wrong, as an error of its own."""
        return (RuleError(self.what, where=self.where, hint=self.hint), *self.also)

    def __reduce__(self) -> tuple[object, ...]:
        """Keep what else is wrong."""
        return (*super().__reduce__(), {"also": self.also})

    def __str__(self) -> str:
        """Say each error as it would say itself."""
        return "\n".join((super().__str__(), *map(str, self.also)))


class UnequalHeadersError(UsageError):
    """Evidence made under different plans, rules, libraries or keys does not add up."""


class UnreadWarning(UserWarning):
    """Some rows of a table of spans have no full answer; its metadata `unread` says which, and why."""


class UnreadableError(PrivscanError):
    """Raised inside a source when bytes cannot be read; the scan turns it into an `Unread`."""

    exit_code = 3


class IncompleteError(PrivscanError):
    """The answer is not whole: nothing was scanned, or a part stayed unread."""

    exit_code = 3


class PolicyViolationError(PrivscanError):
    """The dataset broke the policy it was judged by."""

    exit_code = 1


def nearest(name: str, known: Iterable[str]) -> str:
    """`did you mean 'x'?` for the nearest known name, or an empty string."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else ""
