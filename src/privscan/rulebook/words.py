"""The words of a header: paths, brackets, camelCase, abbreviations and words run together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST = 40
"""Letters of a word that is still taken apart; longer ones are codes."""

LEAST = 4
"""Letters from which a part of a word run together counts by itself: "postage" has no age in it."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_]{2})(?=\d)")
_ACCENT = re.compile(r"[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\b[Nn]\.?\s?[\u00ba\u00b0]|\u2116")
_FOLDED = str.maketrans(
    {"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "\u0131": "i", "đ": "d", "ð": "d"}
)
_REMARK = re.compile(r"[(\[<\u3010\u3014\u300c][^)\]>\u3011\u3015\u300d]*[)\]>\u3011\u3015\u300d]")
_LINKS = ("", "s", "n", "en", "es", "e", "er")

_NAMELESS = re.compile(
    r"(?i)\W*(?:"
    r"(?:_?c|col|column|columna|coluna|colonna|colonne|spalte|field|f|v|var|x|unnamed|value|text|列)?"
    r"[\s_:.\-]*\d*(?:_level_\d+)?"
    r"|(?:cols|kolom|kolumn|kolumna|sutun|feld|fld|campo|champ|variable|attr|attribute|feature|feat"
    r"|header|item|data|q|question|カラム|項目|フィールド|字段|欄|컬럼|열|필드|항목|第)"
    r"[\s_:.\-]*\d+列?"
    r"|\d+(?:st|nd|rd|th)?[\s_]*(?:column|列|열|欄)"
    r"|[a-z]"
    r")\W*"
)


def words(text: str) -> tuple[str, ...]:
    """Lower-case words of a header: camelCase, snake_case and digits split, accents dropped."""
    if text.isascii():
        # Most phrases of the rules are such, and there are thousands.
        if text.islower() and text.replace(" ", "").isalpha():
            return tuple(text.split())
        return tuple(_WORD.findall(_CAMEL.sub(" ", text).lower()))
    spaced = _CAMEL.sub(
        " ", unicodedata.normalize("NFKC", _NUMBER.sub("no ", text)).replace("〒", "郵便番号")
    ).casefold()
    plain = _ACCENT.sub("", unicodedata.normalize("NFD", spaced))
    return tuple(_WORD.findall(unicodedata.normalize("NFC", plain).translate(_FOLDED)))


def nameless(path: str) -> bool:
    """Whether the header says nothing by design: `column_3`, `_c0`, `field7`, `Unnamed: 2`."""
    steps = [step for step in re.split(r"[.\[\]/]+", path.strip("\ufeff[]. ")) if step]
    return _NAMELESS.fullmatch(steps[-1] if steps else "") is not None


def steps(path: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The words of each step of a nested path, and those in brackets behind them (`Age (years)`)."""
    found = []
    plain = unicodedata.normalize("NFKC", _NUMBER.sub("no ", path))
    plain = _REMARK.sub(lambda remark: remark[0].replace(".", " "), plain)
    for step in re.split(r"(?:\[\d*\])?\.|\[\d*\]", plain):
        remark = words(" ".join(_REMARK.findall(step)))
        said = words(_REMARK.sub(" ", step)) or remark
        if said and not all(word.isdigit() for word in said):
            found.append((said, remark if remark != said else ()))
    return found


def unjoined(word: str, known: Collection[str], before: Collection[str]) -> tuple[str, ...]:
    """Known words that a word without spaces is made of: CUSTOMERPHONE, Mitarbeitertelefon.

    A last part of fewer than LEAST letters counts only behind a word of `before`. The word
    itself, where it is not made of known words.
    """
    if len(word) > LONGEST or len(word) <= LEAST or not word.isalpha() or word in known:
        return (word,)
    best: list[tuple[str, ...] | None] = [(), *([None] * len(word))]
    for end in range(2, len(word) + 1):
        for start in range(max(0, end - 20), end - 1):
            ahead = best[start]
            part = _known(word[start:end], known, last=end == len(word))
            if ahead is None or part is None:
                continue
            here = best[end]
            if here is None or len(ahead) + 1 < len(here):
                best[end] = (*ahead, part)
    parts = best[-1]
    if not parts or len(parts) > LEAST:
        return (word,)
    short = len(parts[-1]) < LEAST and not set(parts[:-1]) & {*before}
    return (word,) if short or len(parts[0]) < LEAST - 1 else parts


def _known(part: str, known: Collection[str], *, last: bool) -> str | None:
    """The known word that the part is, or is with a linking sound behind it (Kunde-n-name)."""
    for link in _LINKS[: 1 if last else len(_LINKS)]:
        stem = part.removesuffix(link)
        if part.endswith(link) and stem in known and (not link or len(stem) >= LEAST):
            return stem
    return None
