"""What stands where a value was taken out: `[REDACTED]`, `****`, 非公開."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORDS = """
    redacted removed deleted withheld suppressed anonymized anonymised masked hidden scrubbed
    sanitized sanitised obfuscated erased pseudonymized pseudonymised
    entfernt gelöscht geschwärzt anonymisiert maskiert supprimé masqué anonymisé caviardé effacé
    eliminado suprimido oculto anonimizado borrado removido excluído rimosso oscurato eliminato
    anonimizzato verwijderd geanonimiseerd gemaskeerd 非公開 削除 削除済 削除済み 匿名 匿名化 伏字 伏せ字 秘匿 非表示
    マスク マスク済み 삭제 삭제됨 비공개 익명 已删除 已脱敏 已隐藏 匿名化处理
""".split()  # noqa: SIM905  a list of words reads better without quotes

_THINGS = "name person email phone address location date number ssn id user org pii".split()  # noqa: SIM905  as above
"""What stands in brackets for the value itself: <PERSON>, [EMAIL]."""

_BRACKETS = ("[]", "<>", "()", "{}", "**", "__")
_SIGNS, _LONGEST_RUN = "*xX#●•█■○\uff0a", 64
_FEWEST = 3

_TOP = np.uint64(48)
"""Shift that leaves the first sixteen bits of a hash."""


@lru_cache(maxsize=8)
def _constants(seed: int) -> tuple[NDArray[np.bool_], NDArray[np.uint64]]:
    """Which first sixteen bits the hashes of such texts have, and the hashes."""
    said = {case(w) for w in _WORDS for case in (str.lower, str.upper, str.capitalize)}
    held = said | {case(w) for w in _THINGS for case in (str.lower, str.upper)}
    texts = said | {f"{b[0]}{word}{b[1]}" for word in held for b in _BRACKETS}
    texts |= {sign * size for sign in _SIGNS for size in range(_FEWEST, _LONGEST_RUN + 1)}
    hashes = np.unique(pl.Series(sorted(texts), dtype=pl.String).hash(seed).to_numpy())
    first = np.zeros(1 << 16, bool)
    first[hashes >> _TOP] = True
    return first, hashes


def removed(hashes: pl.Series, seed: int) -> NDArray[np.int64]:
    """The cells, by their hashes, that only say that a value is gone."""
    first, known = _constants(seed)
    every = hashes.to_numpy()
    rows = np.flatnonzero(np.take(first, (every >> _TOP).view(np.int64)))
    return rows[np.isin(every[rows], known)]
