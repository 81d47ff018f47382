"""What a document holds, taken apart: words, what it says of its authors, pictures, other files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Document:
    """`texts` are paragraphs or lines; `said` its properties by name; `files` stand inside it.

    `unread` says what of it could not be read, in words without a value.
    """

    texts: tuple[str, ...] = ()
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pictures: tuple[bytes, ...] = ()
    files: tuple[bytes, ...] = ()
    unread: tuple[str, ...] = ()
