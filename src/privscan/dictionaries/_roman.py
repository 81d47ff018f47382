"""Names in Cyrillic and Greek as they are mostly written in Latin letters, and umlauts in ASCII."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.rulebook.text import is_ascii

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CYRILLIC = "абвгґдеёжзийіїєклмнопрстуўфхцчшщъыьэюяђјљњћџќѓѕ"
_FROM_CYRILLIC = (
    "a b v g g d e e zh z i y i i ie k l m n o p r s t u u f kh ts ch sh shch _ y _ e yu ya "
    "dj j lj nj c dz k g dz"
)
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
_FROM_GREEK = "a v g d e z i th i k l m n x o p r s s t y f ch ps o a e i i o y o i y i y"
_PAIRS, _FROM_PAIRS = "ου ού αυ ευ μπ ντ γγ", "ou ou av ev b nt ng"  # noqa: RUF001  Greek is meant

_LETTERS = [*_PAIRS.split(), *_CYRILLIC, *_GREEK]
_LATIN = [
    latin.strip("_")
    for line in (_FROM_PAIRS, _FROM_CYRILLIC, _FROM_GREEK)
    for latin in line.split()
]
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}

_FOREIGN = r"[\x{0370}-\x{04FF}]"
_UMLAUT = "[äöüøå]"


def romanised(texts: pl.Series) -> tuple[pl.Series, NDArray[np.int64]]:
    """The Latin forms of those texts that have others (Алексей: aleksey, alexey), and of which each is."""
    rows = np.flatnonzero(~is_ascii(texts))
    low = texts.gather(rows).str.to_lowercase()
    foreign, umlaut = (low.str.contains(form).to_numpy() for form in (_FOREIGN, _UMLAUT))
    plain, at = low.filter(foreign).str.replace_many(_LETTERS, _LATIN, leftmost=True), rows[foreign]
    forms, places = [plain], [at]
    some = plain.str.contains("ks|kh")
    forms.append(plain.filter(some).str.replace_all("ks", "x").str.replace_all("kh", "h"))
    places.append(at[some.to_numpy()])
    some = plain.str.contains("[iy]y$")
    for ending in "yi":
        forms.append(plain.filter(some).str.replace("..$", ending))
        places.append(at[some.to_numpy()])
    umlaut &= ~foreign
    forms.append(low.filter(umlaut).str.replace_many(_UMLAUTS))
    places.append(rows[umlaut])
    return pl.concat([form.alias("") for form in forms]), np.concatenate(places)
