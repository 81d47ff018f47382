"""Bytes of a document as text: by what they are, then by what they are said to be; nothing raises."""

from __future__ import annotations

import re

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_ALIASES = {
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "x-euc-jp": "euc_jp", "eucjp-ms": "euc_jp", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "iso-8859-8-i": "iso-8859-8", "iso-8859-9": "cp1254",
    "windows-874": "cp874", "x-mac-roman": "mac_roman", "macintosh": "mac_roman",
}  # fmt: skip
"""Names that pages and mail use, and encodings that hold what is written under narrower names."""

_SEVEN = re.compile(r"utf-?7|hz(?:-gb-2312)?|iso-2022-\w+")
"""Encodings whose bytes pass for ASCII."""

_NO_CHARSET = re.compile(r"idna|punycode|undefined|(?:raw_)?unicode_escape|mbcs|oem")
"""Codecs of Python that are no character set; some of them take quadratic time."""

_SHIFT = re.compile(rb"\x1b\$[@B(]|\x1b\(J")
_KANA = re.compile("[\u3041-\u30ff]")
_WORDS = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")
_FEWEST = 2
_LOST = "\ufffd"
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decoded(content: bytes, declared: str = "") -> str:
    """The text; bytes that no encoding explains are read as Windows-1252."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace")
    said = declared.strip().strip("'\"").lower()
    if _SHIFT.search(content):
        said = said if _SEVEN.fullmatch(said) else "iso-2022-jp"
    first = (said,) if _SEVEN.fullmatch(said) or b"\0" in content else ()
    for name in (*first, "utf-8", said):
        if (text := _strictly(content, name)) is not None:
            return text
    text = content.decode("utf-8", "replace")
    if sum(c > "\x7f" for c in text) > 10 * text.count(_LOST):
        return text
    return _guessed(content)


def is_text(content: bytes) -> bool:
    """Whether a file is text: UTF-8, or UTF-16 with its mark, without control characters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(content, "utf-16") is not None
    return not _CONTROLS.search(content) and _strictly(content, "utf-8") is not None


def _strictly(content: bytes, name: str) -> str | None:
    name = _ALIASES.get(name, name)
    if not name or _NO_CHARSET.fullmatch(name.replace("-", "_")):
        return None
    try:
        return content.decode(name)
    except (LookupError, ValueError):
        return None


def _guessed(content: bytes) -> str:
    """Japanese where it reads as that, else Windows-1252; its five gaps are as in Latin-1."""
    best, most = "", 0.5
    for name in ("cp932", "euc_jp"):
        text = _strictly(content, name)
        beyond = [c for c in text or "" if c > "\x7f"]
        share = len(_WORDS.findall("".join(beyond))) / max(1, len(beyond))
        if text and len(_KANA.findall(text)) >= _FEWEST and share > most:
            best, most = text, share
    if best:
        return best
    return "".join(_strictly(bytes([b]), "cp1252") or chr(b) for b in content) if _GAPS.search(content) else content.decode("cp1252")  # fmt: skip


_GAPS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
