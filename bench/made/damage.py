"""What befalls tables before anybody scans them: gaps, slips, mixed writing, shifted cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from made.draw import EASTERN, Draw

Cells = list[str | None]
EMPTY = {"ja": "不明", "de": "k.A.", "es": "N/D", "fr": "NC", "zh": "无", "ko": "없음"}
WORDED = 0.5
"""Share of letters from which a cell counts as text that a short field may cut."""


def _each(share: float) -> Callable[..., Callable[[Draw, list[Cells]], None]]:
    """Change cells one by one, that share of those of about half of the columns."""

    def build(change: Callable[[Draw, str], str | None]) -> Callable[[Draw, list[Cells]], None]:
        def strike(draw: Draw, columns: list[Cells]) -> None:
            for cells in columns:
                if draw.chance(0.5):
                    cells[:] = [change(draw, c) if c and draw.chance(share) else c for c in cells]

        return strike

    return build


@_each(0.2)
def _missing(draw: Draw, _: str) -> str | None:
    return draw.pick((None, None, "", "NA", "-", EMPTY.get(draw.language, "n/a")))


@_each(0.03)
def _typo(draw: Draw, cell: str) -> str:
    at = draw.rng.randrange(len(cell))
    return cell[:at] + cell[at + 1 : at + 2] + cell[at : at + 1] + cell[at + 2 :]


@_each(0.3)
def _case(draw: Draw, cell: str) -> str:
    return cell.upper() if draw.chance(0.5) else cell.lower()


@_each(0.6)
def _blanks(draw: Draw, cell: str) -> str:
    return cell + " " * draw.rng.randint(1, 4)


@_each(0.9)
def _wide(draw: Draw, cell: str) -> str:
    if draw.language not in EASTERN:
        return unicodedata.normalize("NFD", cell)
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in cell)


@_each(0.05)
def _wrong(draw: Draw, _: str) -> str:
    return draw.pick(("test", "0", "see above", "xxx", "1900-01-01", "unknown", "123456"))


def _swapped(draw: Draw, columns: list[Cells]) -> None:
    for row in range(len(columns[0])):
        if draw.chance(0.03):
            one, other = draw.rng.randrange(len(columns)), draw.rng.randrange(len(columns))
            left, right = columns[one], columns[other]
            left[row], right[row] = right[row], left[row]


def _cut(draw: Draw, columns: list[Cells]) -> None:
    for cells in columns:
        filled = [c for c in cells if c]
        letters = sum(c.isalpha() for cell in filled for c in cell)
        if letters > WORDED * sum(map(len, filled)) and draw.chance(0.3):
            most = max(6, max(map(len, filled)) * 2 // 3)
            cells[:] = [c[:most] if c and "@" not in c else c for c in cells]


KINDS: dict[str, Callable[[Draw, list[Cells]], None]] = {
    "missing": _missing, "typo": _typo, "case": _case, "blanks": _blanks, "wide": _wide,
    "wrong": _wrong, "swapped": _swapped, "cut": _cut,
}  # fmt: skip


def damaged(draw: Draw, columns: list[Cells]) -> tuple[str, ...]:
    """Damage the columns where they stand; the names of what befell them."""
    kinds = draw.rng.sample(sorted(KINDS), draw.pick((0, 0, 1, 1, 2, 3)))
    for kind in kinds:
        KINDS[kind](draw, columns)
    return tuple(sorted(kinds))
