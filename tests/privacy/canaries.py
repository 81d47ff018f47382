"""Values that occur nowhere else, and a search that finds them whole, cut, or written otherwise."""

from __future__ import annotations

import base64
import html
import io
import random
import re
import string
import struct
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from pypdfium2 import PdfDocument

PIECE, DIGITS, CODED, MACHINE = 8, 10, 12, 8
"""Characters of a canary that make a leak: of letters, of digits (hashes are full of those),
coded, and bytes of a machine number."""

_KANJI = "鷹蒼颯凪碧雫霞嶺朔燈絢楓椿藍琥翠"
_GAP = re.compile(r"[\s\-.,'_]+")


@dataclass(frozen=True, slots=True)
class Canary:
    """A planted value; `cores` are its random parts, by which it is searched."""

    shape: str
    value: str
    cores: tuple[str, ...]


def canaries(seed: str) -> dict[str, Canary]:
    """One of each shape; equal seeds give equal ones, different seeds nothing in common."""
    chance = random.Random(f"canary {seed}")

    def letters(size: int, of: str = string.ascii_lowercase) -> str:
        return "".join(chance.choice(of) for _ in range(size))

    def digits(size: int) -> str:
        return letters(size, "123456789")

    first, last = letters(10).capitalize(), letters(11).capitalize()
    user, host = letters(12), letters(10)
    line, card, number = digits(7), _luhn("4" + digits(14)), _my_number(digits(11))
    token, remark, kanji = letters(36, string.ascii_letters), letters(14), letters(12, _KANJI)
    made = (
        Canary("name", f"{first} {last}", (first, last)),
        Canary("email", f"{user}@{host}.com", (user, host)),
        Canary("phone", f"+1 212 {line[:3]} {line[3:]}", (f"1212{line}",)),
        Canary("my_number", number, (number,)),
        Canary("card", card, (card,)),
        Canary("token", f"ghp_{token}", (token,)),
        Canary("text", f"please ask for {remark} at the desk, card {card}", (remark,)),
        Canary("kanji", kanji, (kanji,)),
    )
    return {canary.shape: canary for canary in made}


def unpacked(document: str | bytes) -> str:
    """The text of a report: of an archive, that of its members; of a PDF, that of its pages, also without spaces."""
    if isinstance(document, str):
        return document
    if document.startswith(b"%PDF"):
        pages = PdfDocument(document)
        said = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
        return said + re.sub(r"[\s\u200b]", "", said)
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def _luhn(body: str) -> str:
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(reversed(body))]
    return f"{body}{-sum(d - 9 if d > 9 else d for d in doubled) % 10}"


def _my_number(body: str) -> str:
    rest = (
        sum(int(d) * w for d, w in zip(reversed(body), (2, 3, 4, 5, 6, 7) * 2, strict=False)) % 11
    )
    return f"{body}{0 if rest <= 1 else 11 - rest}"


def plain(text: str) -> str:
    """One writing of what may be written in many: compatible forms, case, gaps."""
    return _GAP.sub("", unicodedata.normalize("NFKC", text).casefold())


def pieces(text: str, size: int = PIECE) -> set[str]:
    """Every run of so many characters."""
    return {text[i : i + size] for i in range(len(text) - size + 1)}


def coded(core: str) -> set[str]:
    """The core as base64 (at each offset), hex, or escaped characters."""
    raw = core.encode()
    forms = [raw.hex(), "".join(f"\\u{ord(c):04x}" for c in core)]
    for shift, skipped in ((0, 0), (1, 2), (2, 3)):
        whole = (shift + len(raw)) * 8 // 6
        forms.append(base64.b64encode(b"\0" * shift + raw).decode()[skipped:whole])
    return {piece for form in forms for piece in pieces(form.casefold(), CODED)}


def numbers(core: str) -> set[bytes]:
    """A core of digits as machine numbers."""
    if not core.isdigit():
        return set()
    return {struct.pack(form, int(core)) for form in ("<q", ">q")} | {
        struct.pack(form, float(core)) for form in ("<d", ">d")
    }


class Search:
    """Every piece of the planted canaries in every writing, made once and looked up often."""

    def __init__(self, planted: Iterable[Canary]) -> None:
        self.short: dict[str, str] = {}
        self.digits: dict[str, str] = {}
        self.long: dict[str, str] = {}
        self.machine: dict[bytes, str] = {}
        for canary in planted:
            for whole in {
                *canary.cores,
                canary.value if canary.shape == "phone" else canary.cores[0],
            }:
                self.long |= dict.fromkeys(coded(whole), canary.shape)
            for core in canary.cores:
                said = plain(core)
                size = DIGITS if said.isdigit() else PIECE
                known = pieces(said, size) | pieces(said[::-1], size)
                (self.digits if said.isdigit() else self.short).update(
                    dict.fromkeys(known, canary.shape)
                )
                self.machine |= dict.fromkeys(numbers(core), canary.shape)

    def leaked(self, output: bytes | str) -> set[str]:
        """Shapes of the canaries of which something stands in the output."""
        text = output if isinstance(output, str) else output.decode("utf-8", "replace")
        found = set()
        for said in {text, unquote(text), html.unescape(text)}:
            found |= _looked_up(plain(said), self.short, PIECE)
            found |= _looked_up(plain(said), self.digits, DIGITS)
            found |= _looked_up(said.casefold(), self.long, CODED)
        if isinstance(output, bytes):
            found |= _looked_up(output, self.machine, MACHINE)
        return found


def _looked_up(said: Any, known: dict[Any, str], size: int) -> set[str]:
    ends = range(size, len(said) + 1)
    return {known[piece] for end in ends if (piece := said[end - size : end]) in known}
