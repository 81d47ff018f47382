"""Which text encoding a file is in, judged from a sample by ordered strict trials."""

from __future__ import annotations

import codecs
import re

from privscan.errors import UnreadableError
from privscan.sources._bytes import CHUNK, HEAD, TROUBLE, opened

SEARCHED = 32 << 20
"""How far into plain ASCII a first byte beyond it is looked for: the head alone may mislead."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_ALONE = re.compile(rb"(?<![\x80-\xff])[\xa0-\xff](?![\x80-\xff])")
# Runs beyond ASCII that are UTF-8 as a whole; in text of two bytes a character only those of three
# count, since its short words can pass for the others.
_UTF_8 = rb"[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
_WHOLE = {
    wide: re.compile(rb"(?<![\x80-\xff])(?:%b)+(?![\x80-\xff])" % units)
    for wide, units in ((True, _UTF_8), (False, rb"[\xc2-\xdf][\x80-\xbf]|" + _UTF_8))
}
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uff01-\uff5e\u3000-\u303f]")
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_TRIED = 8_192

_FEW = 3
_MIXED = 0.1
"""Share of runs that are UTF-8, from which on a file that is not is one of two encodings."""

_WIDE = frozenset({"cp932", "euc_jp", "gb18030", "big5", "cp949", "euc_kr"})

# What the tie-break may answer; its other guesses are rarer than its errors.
_OTHERS = frozenset({"gb18030", "big5", "cp949", "euc_kr", "cp1251", "koi8_r", "cp1253", "cp1250"})


def encoding_of(sample: bytes) -> str:
    """The encoding of text that begins with `sample`.

    Order: BOM, UTF-8, UTF-16 by its zeros, Shift_JIS or EUC-JP where the sample reads as Japanese,
    Windows-1252 (printable Latin-1 and more) where accents stand alone, then charset-normalizer.
    Where UTF-8 and another are mixed it is UTF-8, so that the other's places are counted as bad.
    """
    for bom, name in _BOMS:
        if sample.startswith(bom):
            return name
    if (zeros := _zeros(sample)) is not None:
        return zeros
    if _decodes(sample, "utf-8"):
        return "utf-8"
    pieces = b"\n".join(line for line in re.split(rb"[\r\n]+", sample) if _HIGH.search(line))
    found = _legacy(pieces)
    return "utf-8" if _mixed(pieces, wide=found in _WIDE) else found


def _legacy(pieces: bytes) -> str:
    """The encoding of lines with bytes beyond ASCII that are not UTF-8."""
    share = {name: _japanese(pieces, name) for name in ("cp932", "euc_jp")}
    best = max(share, key=lambda name: share[name])
    high = sum(map(len, _HIGH.findall(pieces)))
    alone = len(_ALONE.findall(pieces)) / max(1, high)
    if share[best] > 0.5 and alone < 0.4:  # noqa: PLR2004  misread Latin has few kana, lone accents
        return best
    return "cp1252" if alone > 0.5 else _tie(pieces[:_TRIED])  # noqa: PLR2004  most accents


def _mixed(pieces: bytes, *, wide: bool) -> bool:
    whole = len(_WHOLE[wide].findall(pieces))
    return whole >= max(_FEW, _MIXED * len(_HIGH.findall(pieces)))


def sampled(uri: str, head: bytes) -> bytes:
    """`head`, or if that is plain ASCII, text around the first byte beyond it, if it comes soon."""
    if not head.isascii() or len(head) < HEAD or b"\0" in head:
        return head
    try:
        with opened(uri) as stream:
            for _ in range(SEARCHED // CHUNK):
                piece = stream.read(CHUNK)
                if not piece:
                    break
                if (found := _HIGH.search(piece)) is not None:
                    line = piece.rfind(b"\n", 0, found.start()) + 1
                    return piece[line : line + HEAD]
    except (*TROUBLE, UnreadableError):
        return head
    return head


def _zeros(sample: bytes) -> str | None:
    """UTF-16 without BOM: in Latin text one half of the bytes are zeros."""
    half = len(sample) / 2
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if max(odd, even) <= 0.3 * half or min(odd, even) > 0.1 * half:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _decodes(sample: bytes, name: str) -> bool:
    """Whether the sample is valid, but for a character cut at its end."""
    try:
        codecs.getincrementaldecoder(name)().decode(sample, final=len(sample) < HEAD)
    except UnicodeDecodeError:
        # A few bad bytes in much good UTF-8 are damage, not another encoding.
        return name == "utf-8" and _damaged(sample)
    return True


def _damaged(sample: bytes) -> bool:
    text = sample.decode("utf-8", "replace")
    good = sum(c > "\x7f" and c != "\ufffd" for c in text)
    return good > 10 * text.count("\ufffd")


def _japanese(pieces: bytes, name: str) -> float:
    """Share of characters beyond ASCII that Japanese uses, half-width kana at half their weight."""
    text = [c for c in pieces.decode(name, "replace") if c > "\x7f"]
    if not text or text.count("\ufffd") > len(text) / 50:
        return 0.0
    joined = "".join(text)
    half: float = len(_HALF_WIDTH.findall(joined))
    # In EUC-JP 0x8E stands before each half-width kana, which is no accident.
    if name != "euc_jp" or half < 0.5 * len(text):
        half /= 1.9
    return (len(_JAPANESE.findall(joined)) + half) / len(text)


def _tie(pieces: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(pieces).best()
    return best.encoding if best and best.encoding in _OTHERS else "cp1252"
