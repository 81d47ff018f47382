"""Where identifiers of a request occur; what was sought stands nowhere in it."""

from __future__ import annotations

from dataclasses import dataclass

from privscan.model.data import Unread

OCCURRENCES = "privscan-occurrences/1"


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """Rows, or list elements, of one column in one part that hold the identifier of a number.

    `exact` as it was given, `otherwise` in another writing, `digest` as its MD5, SHA-1 or
    SHA-256, `in_text` among other text.
    """

    identifier: int
    dataset: str
    column: str
    uri: str
    span: str
    exact: int = 0
    otherwise: int = 0
    digest: int = 0
    in_text: int = 0


@dataclass(frozen=True, slots=True)
class Searched:
    """A dataset of which every row was read, but for `unread`; `left_out` are columns of no text."""

    name: str
    uri: str
    rows: int
    columns: int
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The answer to a request: `tokens` name its identifiers, in order, by keyed hashes.

    `complete` is false where anything stayed unread: not found is then no proof of absence.
    """

    tokens: tuple[str, ...]
    found: tuple[Occurrence, ...]
    datasets: tuple[Searched, ...]
    complete: bool
    unread: tuple[Unread, ...]
