"""Names in Cyrillic and Greek as they are mostly written in Latin letters, and umlauts in ASCII."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_CYRILLIC = "абвгґдеёжзийіїєклмнопрстуўфхцчшщъыьэюяђјљњћџќѓѕ"
_FROM_CYRILLIC = (
    "a b v g g d e e zh z i y i i ie k l m n o p r s t u u f kh ts ch sh shch _ y _ e yu ya "
    "dj j lj nj c dz k g dz"
)
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
_FROM_GREEK = "a v g d e z i th i k l m n x o p r s s t y f ch ps o a e i i o y o i y i y"
_PAIRS, _FROM_PAIRS = "ου ού αυ ευ μπ ντ γγ", "ou ou av ev b nt ng"  # noqa: RUF001  Greek is meant

_LETTERS = str.maketrans(
    {
        letter: latin.strip("_")
        for letters, latins in ((_CYRILLIC, _FROM_CYRILLIC), (_GREEK, _FROM_GREEK))
        for letter, latin in zip(letters, latins.split(), strict=True)
    }
)
_TOGETHER = tuple(zip(_PAIRS.split(), _FROM_PAIRS.split(), strict=True))
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})

_FOREIGN = re.compile("[\u0370-\u04ff]")
_UMLAUT = re.compile("[äöüøå]")


def romanised(texts: Iterable[str]) -> Iterator[str]:
    """The Latin forms of those texts that have others: Алексей as aleksey and alexey."""
    for text in texts:
        if text.isascii():
            continue
        low = text.lower()
        if _FOREIGN.search(low):
            for pair, latin in _TOGETHER:
                low = low.replace(pair, latin)
            plain = low.translate(_LETTERS)
            yield plain
            if "ks" in plain or "kh" in plain:
                yield plain.replace("ks", "x").replace("kh", "h")
            if plain.endswith(("iy", "yy")):
                yield plain[:-2] + "y"
                yield plain[:-2] + "i"
        elif _UMLAUT.search(low):
            yield low.translate(_UMLAUTS)
