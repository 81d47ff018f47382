"""In what protected form cells stand: digest, cipher text, token, mask, band, or removed.

The kinds of character and the size of a cell rule nearly all forms out, so regexes see few cells.
A cell counts for the first form that it has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.evidence._removed import removed
from privscan.evidence.characters import (
    DIGIT,
    HEX,
    LETTER,
    OTHER,
    POINT,
    SIGN,
    SPACE,
    WIDE,
    Question,
    holding,
)
from privscan.rulebook.text import bytes_of, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from privscan.evidence.distinct import Distinct

    Rows = NDArray[np.int64]

DIGESTS = (16, 20, 28, 32, 48, 64)
"""Bytes of an MD5, a SHA-1, and the four sizes of SHA-2."""

BLOCK = 16
"""Bytes of a block of AES: what is encrypted in blocks is a multiple of them long."""

_LONGEST = 1023
"""Sizes above it are one: what is longer is no digest, token, mask or band."""

_MOST = _LONGEST + 1
_WORD = HEX | LETTER
_UNSPACED = 0xFF & ~(SPACE | WIDE)
_SOLID = _UNSPACED & ~POINT
_MARKED = DIGIT | SIGN | OTHER | POINT

_UUID = r"^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$"
_ARMOUR = r"^-----BEGIN (?:PGP MESSAGE|AGE ENCRYPTED FILE)-----"
_SEALED_LONG = (
    r"^(?:gAAAAA[\w-]{40,}={0,2}|AQICAH[A-Za-z0-9+/=]{20,}|YWdlLWVuY3J5cHRpb24u\S+"
    r"|age-encryption[.]org/v1\S*|eyJ[\w-]+(?:[.][\w-]*){4})$"
)
"""Fernet, KMS of AWS, age, and JWE with its five parts."""

_SEALED_MARKED = r"^(?:vault:v\d+:\S+|ENC[\[(]\S+[\])]|\{cipher\}\S+)$"
"""Vault, sops and Jasypt, Spring."""

_SLOW_HASH = (
    r"^(?:\$(?:[156y]|2[abxy]?|argon2(?:id|i|d)|scrypt|s[ch]a?1|pbkdf2[\w-]*)\$\S+"
    r"|(?:pbkdf2|bcrypt|argon2|scrypt)\w*[$:]\S+|\{(?:SSHA\d*|CRYPT|PBKDF2[\w-]*)\}\S+)$"
)
_PREFIXED = (
    r"^(?i:\{(?:md5|sha\d*)\}|(?:md5|sha|sha-?1|sha-?224|sha-?256|sha-?384|sha-?512|blake2[bs]?|blake3"
    r"|hmac[\w-]*)[:$=_-])[0-9A-Za-z+/_-]{22,128}={0,2}$"
)
_TOKEN = (
    r"^(?:[a-z]{2,12}|[A-Z]{2,12})[_-](?:[A-Za-z]{1,40}[0-9]|[0-9]{1,40}[A-Za-z])[A-Za-z0-9]{8,}$"  # noqa: S105  a pattern
)
_IP_CUT = r"^\d{1,3}[.]\d{1,3}[.](?:\d{1,3}|[xX*]{1,3})[.][xX*]{1,3}$"
_IP_ZERO = r"^\d{1,3}[.]\d{1,3}[.]\d{1,3}[.]0$"
_SIGNS = "*●•█■○\uff0a"
_DIGITS_AND = rf"[0-9\s().+\-/{_SIGNS}xX]"
MASKED = (
    rf"^{_DIGITS_AND}*(?:[{_SIGNS}]{{2}}|[xX]{{3}}){_DIGITS_AND}*$"
    rf"|^\S*[{_SIGNS}]{{2}}\S*(?:\s\S*){{0,2}}$|^[0-9\s()+\-/]*##[0-9\s()+\-/#]*$"
    r"|^[0-9]{2,5}[xX]{2}$|^(?:[.]{3}|…)\s?\d{2,4}$|^\S{0,3}…\S*@\S+$"
    rf"|^[A-Z]{{2}}[0-9{_SIGNS}]{{2}}(?:\s[0-9A-Z{_SIGNS}]{{1,4}})*\s[0-9A-Z]{{0,2}}[{_SIGNS}]{{2,4}}[0-9A-Z]{{0,2}}"
    rf"(?:\s[0-9A-Z{_SIGNS}]{{1,4}})*$"
)
"""Digits with a run of signs in their place, up to three words of which one has such a run, what
is left of an account or an e-mail address after an ellipsis, and an IBAN with signs in its groups."""

_AGE = r"\s?(?:years?|yrs?|yo|ans|años|anni|anos|[Jj]ahre|jaar)?(?: old)?"
_BAND_DIGITS = r"^[0-9]{1,7}(?:\s?-\s?[0-9]{1,7}|\s?[+])$"
_BOUND = r"[0-9]{1,28}(?:[.][0-9]{1,9})?[kKmMGTP]?"
_BAND_MARKS = (
    r"^(?:[<>]=?\s?[0-9]{1,7}|[0-9]{1,7}\s?[~]\s?[0-9]{1,7}"
    rf"|[\[(]\s?-?{_BOUND}\s?[,-]\s?-?{_BOUND}\s?[\])])$"
)
_BAND_WORDS = (
    rf"^[0-9]{{1,7}}\s?(?:-|to|bis|à|till)\s?[0-9]{{1,7}}{_AGE}$|^[0-9]{{1,3}}{_AGE}\s?[+]$"
    r"|^(?i:under|over|below|above|unter|über|moins de|plus de|menos de|más de|less than|more than)"
    rf"\s[0-9]{{1,7}}{_AGE}$|^[0-9]{{1,7}}{_AGE}\s?(?:and|or|&|plus)\s?(?:over|older|more|above|under|below|younger|up)?$"
    r"|^[1-9]0'?s$|^(?:19|20)[0-9]0'?s$"
)
_MONEY = (
    r"(?:US|R)?[$€£¥₩]?\s?(?:[0-9]{1,3}(?:[,.' ][0-9]{3})+|[0-9]{1,7})\s?[kKmMGTP]?"
    r"(?:\s?(?:[€$£]|EUR|USD|GBP|CHF|euros?))?"
)
_BAND_MONEY = (
    rf"^(?:{_MONEY}\s?(?:-|\x{{2013}}|~|to|bis|à|tot)\s?{_MONEY}|[<>≤≥]=?\s?{_MONEY}|{_MONEY}\s?[+]"
    rf"|(?i:de|da|von|van|from|between|entre|zwischen)\s{_MONEY}\s(?:a|à|to|bis|tot|and|et|y|e|und|en)\s{_MONEY}"
    rf"|{_MONEY}\s?(?:and|or|&|und|et|ou|y|o|e|en)\s(?:more|over|above|up|less|under|below|mehr|weniger|plus"
    r"|moins|más|menos|mais|più|meno|meer|minder)"
    r"|(?i:under|over|below|above|less than|more than|up to|unter|über|bis|ab|mehr als|weniger als"
    r"|moins de|plus de|menos de|más de|mais de|até|meno di|più di|fino a|minder dan|meer dan|tot|vanaf)"
    rf"\s{_MONEY})$"
)
_UNIT = "(?:歳|才|세|岁|万円|万元|万|만원|만|千円|円|元|원)"
_FIGURE = "(?:[0-9]{1,2},[0-9]{3}|[0-9]{1,5})"
_BAND_WIDE = (
    rf"^{_FIGURE}{_UNIT}?\s?[-\x{{2013}}~〜\x{{FF5E}}\x{{FF0D}}ー至]\s?{_FIGURE}{_UNIT}?$"
    rf"|^{_FIGURE}{_UNIT}(?:以上|超)\s?{_FIGURE}{_UNIT}(?:未満|以下|未满)$"
    r"|^(?:[0-9]{2}|[0-9]{4}年)(?:代|대)(?:前半|後半|초반|후반)?$|^[≤≥]\s?[0-9]{1,7}$"
    rf"|^{_FIGURE}{_UNIT}\s?(?:以上|以下|未満|未满|超|이상|이하|미만|초과)$"
)
_MONTH = r"^(?:(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-/.](?:19|20)\d\d)$"
_MONTH_WORD = r"^[A-Z][a-z]{2,8}[. -]{1,2}(?:19|20)\d\d$"
_MONTH_WIDE = r"^(?:(?:19|20)\d\d|(?:昭和|平成|令和)(?:\d{1,2}|元))年\s?(?:1[0-2]|[1-9])月$"


@dataclass(frozen=True, slots=True)
class _Form:
    """Cells that may have a form, by kinds, sizes, first and last bytes; the regex that tells."""

    name: str
    maybe: Question
    sizes: range
    first: bytes
    last: bytes
    regex: str


def _last(signs: str) -> bytes:
    """The last byte of each of these signs."""
    return bytes(sign.encode()[-1] for sign in signs)


_N = b"0123456789"
_A = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_X = _N + b"xX*#()+-./ "
_ALL = bytes(range(256))
_FORMS = (
    _Form("uuid", holding(SIGN, only=DIGIT | HEX | SIGN), range(36, 37), _ALL, _ALL, _UUID),
    _Form("sealed", holding(DIGIT, LETTER, SPACE, SIGN, OTHER), range(80, _MOST), b"-", _ALL, _ARMOUR),
    _Form("sealed", holding(_WORD, DIGIT, only=_UNSPACED), range(80, _MOST), b"gAYae", _ALL, _SEALED_LONG),
    _Form("sealed", holding(_WORD, OTHER, only=_UNSPACED), range(20, _MOST), b"vE{", _ALL, _SEALED_MARKED),
    _Form("password", holding(_WORD, DIGIT, OTHER, only=_UNSPACED), range(20, 512), b"${", _ALL, _SLOW_HASH),
    _Form("password", holding(_WORD, DIGIT, OTHER, only=_UNSPACED), range(50, 512), b"pbas", _ALL, _SLOW_HASH),
    _Form("prefixed", holding(_WORD, SIGN | OTHER, only=_SOLID), range(26, 160), b"mMsSbBhH{", _N + _A + b"+/=_-", _PREFIXED),
    _Form("token", holding(_WORD, DIGIT, SIGN | OTHER, only=_SOLID), range(13, 81), _A, _N + _A, _TOKEN),
    _Form("cut", holding(DIGIT, POINT, only=DIGIT | POINT), range(8, 16), _N, b"0", _IP_ZERO),
    _Form("cut", holding(DIGIT, POINT, LETTER | OTHER, only=_UNSPACED), range(8, 16), _N, b"xX*", _IP_CUT),
    _Form("month", holding(DIGIT, SIGN | OTHER | POINT, only=_MARKED), range(6, 8), _N, _N, _MONTH),
    _Form("month", holding(DIGIT, _WORD, SPACE | SIGN | POINT), range(8, 16), _A[26:], _N, _MONTH_WORD),
    _Form("month", holding(WIDE, DIGIT), range(11, 20), b"12\xe4\xe5\xe6", _last("月"), _MONTH_WIDE),
    _Form("band", holding(DIGIT, SIGN, only=DIGIT | SIGN | SPACE), range(2, 16), _N, _N + b"+", _BAND_DIGITS),
    _Form("band", holding(DIGIT, OTHER, only=_MARKED | SPACE | LETTER), range(2, 85), b"<>[(", _N + b"])", _BAND_MARKS),
    _Form("band", holding(DIGIT, OTHER, only=DIGIT | OTHER | SPACE), range(3, 16), _N, _N, _BAND_MARKS),
    _Form("band", holding(DIGIT, SPACE, _WORD), range(6, 20), _N, _N + b"+drewpso", _BAND_WORDS),
    _Form("band", holding(DIGIT, SPACE, _WORD), range(6, 25), b"uobampldUOBAMPLD", _N + b"dso", _BAND_WORDS),
    _Form("band", holding(DIGIT, LETTER, only=DIGIT | LETTER | OTHER | SIGN), range(3, 9), _N, _N + b"so+", _BAND_WORDS),
    _Form("band", holding(WIDE, DIGIT), range(5, 40), _N + b"\xe2", _N + _last("歳才세岁円万半반代대上下満상하만元원满超과"), _BAND_WIDE),
    _Form("band", holding(DIGIT, SIGN | WIDE, OTHER | POINT | WIDE | _WORD), range(4, 32), _N + b"$U\xe2\xc2", _N + b"kKmMGTP+$RDPFs\xac\xa3", _BAND_MONEY),
    _Form("band", holding(DIGIT, OTHER | WIDE), range(3, 24), b"<>\xe2", _N + b"kKmM$RDPFs\xac\xa3", _BAND_MONEY),
    _Form("band", holding(DIGIT, SPACE, _WORD), range(5, 40), _N + b"$U\xe2\xc2uobalmpfvtdezUOBALMPFVTDEZ", _N + b"kKmM$RDPFs\xac\xa3erpwass\xb9\xbasron", _BAND_MONEY),
    _Form("masked", holding(LETTER, only=0xFF & ~HEX), range(3, 64), _X, _X, MASKED),
    _Form("masked", holding(DIGIT, POINT, only=DIGIT | POINT | SPACE), range(5, 9), b".", _N, MASKED),
    _Form("masked", holding(POINT, only=_UNSPACED) | holding(OTHER | WIDE), range(2, _MOST), _ALL, _ALL, MASKED),
)  # fmt: skip
"""In the order in which they are tried; the last needs a sign for what is left out somewhere."""

_HEXADECIMAL = holding(DIGIT, HEX, only=DIGIT | HEX)
_RADIX = holding(DIGIT, LETTER, only=_SOLID)
_BASE64 = r"^[A-Za-z0-9+/_-]{22,}={0,2}$"
_HEX_BIT, _BASE64_BIT = np.uint32(1 << 30), np.uint32(1 << 31)
_PADDED = tuple(-(-size // 3) * 4 for size in DIGESTS)
_BARE = tuple(-(-size * 4 // 3) for size in DIGESTS)
_CODED = 40
"""Characters from which base64 of another size than a digest's is looked at."""


def forms(seen: Distinct, hashes: pl.Series, seed: int) -> Mapping[str, int]:
    """How many rows hold a cell of each form; `hashes` are the cells', made with `seed`."""
    if not len(seen.cells):
        return {}
    found: dict[str, int] = {}
    for name, rows in _found(seen, hashes, seed):
        weight = seen.weight_at(rows)
        if weight:
            found[name] = found.get(name, 0) + weight
    return found


def _found(seen: Distinct, hashes: pl.Series, seed: int) -> Iterator[tuple[str, Rows]]:
    """Each form with the cells that have it and no form before it."""
    gone = removed(hashes, seed)
    yield "removed", gone
    rows, may = _candidates(seen, gone)
    for number, form in enumerate(_FORMS):
        if np.bitwise_or.reduce(may, initial=0) & (1 << number):
            asked = np.flatnonzero(may & (1 << number))
            at = rows[asked]
            some = seen.cells if len(at) == len(seen.cells) else taken(seen.cells, at)
            have = some.str.contains(form.regex).to_numpy()
            yield form.name, at[have]
            may[asked[have]] = 0
    yield from _digests(seen.cells, rows[(may & _HEX_BIT) != 0])
    yield from _base64(seen.cells, rows[(may & _BASE64_BIT) != 0])


def _candidates(seen: Distinct, gone: Rows) -> tuple[Rows, NDArray[np.uint32]]:
    """The cells that may have a form, and which forms as bits."""
    looks, bits = seen.characters, _bits(seen.characters.stars)
    if not bits.kinds[np.bincount(looks.kinds, minlength=256) > 0].any():
        return np.empty(0, np.int64), np.empty(0, np.uint32)
    may = np.take(bits.kinds, looks.kinds)
    may &= np.take(bits.first, looks.first)
    may &= np.take(bits.last, looks.last)
    may[gone] = 0
    rows = np.flatnonzero(may)
    if not len(rows):
        return rows, may[rows]
    sizes = bytes_of(seen.cells)[rows]
    may = may[rows] & np.take(bits.sizes, sizes, mode="clip")
    kept = np.flatnonzero(may)
    return rows[kept], may[kept]


@dataclass(frozen=True, slots=True, eq=False)
class _Bits:
    """For each sum of kinds, size and byte at an end: the forms that a cell may have, as bits."""

    kinds: NDArray[np.uint32]
    sizes: NDArray[np.uint32]
    first: NDArray[np.uint32]
    last: NDArray[np.uint32]


@lru_cache(maxsize=2)
def _bits(stars: bool) -> _Bits:  # noqa: FBT001  a key of the cache
    """Without signs for what is left out, no cell but one of x is masked."""
    sizes = np.zeros(_MOST, np.uint32)
    kinds, first, last = np.zeros((3, 256), np.uint32)
    for number, form in enumerate(_FORMS):
        if stars or form is not _FORMS[-1]:
            kinds[form.maybe.table] |= np.uint32(1 << number)
            sizes[form.sizes] |= np.uint32(1 << number)
            first[[*form.first]] |= np.uint32(1 << number)
            last[[*form.last]] |= np.uint32(1 << number)
    kinds[_HEXADECIMAL.table] |= _HEX_BIT
    kinds[_RADIX.table] |= _BASE64_BIT
    every = np.arange(_MOST)
    whole = (every >= 2 * BLOCK) & (every % (2 * BLOCK) == 0)
    sizes[whole | np.isin(every, [2 * size for size in DIGESTS])] |= _HEX_BIT
    sizes[np.isin(every, [*_PADDED, *_BARE]) | ((every >= _CODED) & (every % 4 == 0))] |= (
        _BASE64_BIT
    )
    sizes[_LONGEST] |= _HEX_BIT | _BASE64_BIT
    first[[*_N, *_A, *b"+/_-"]] |= _HEX_BIT | _BASE64_BIT
    last[[*_N, *_A, *b"+/_-="]] |= _HEX_BIT | _BASE64_BIT
    return _Bits(kinds, sizes, first, last)


def _digests(cells: pl.Series, rows: Rows) -> Iterator[tuple[str, Rows]]:
    """Hexadecimal digits alone: those of the sizes of digests, and other whole blocks."""
    if not len(rows):
        return
    size = taken(cells, rows).str.len_bytes().to_numpy() // 2
    for one in np.unique(size).tolist():
        yield (f"hex{one}" if one in DIGESTS else "hex"), rows[size == one]


def _base64(cells: pl.Series, rows: Rows) -> Iterator[tuple[str, Rows]]:
    """Base64 by what it holds: as many bytes as a digest, whole blocks, or others."""
    if not len(rows):
        return
    some = taken(cells, rows)
    mixed = some.str.contains(_BASE64)
    for needed in ("[A-Z]", "[a-z]", "[0-9]"):
        mixed &= some.str.contains(needed)
    rows, some = rows[mixed.to_numpy()], some.filter(mixed)
    letters = some.str.strip_chars_end("=").str.len_bytes().to_numpy()
    size = letters * 3 // 4
    for one in DIGESTS:
        yield f"base64/{one}", rows[size == one]
    rest = ~np.isin(size, DIGESTS)
    yield "base64/blocks", rows[rest & (size % BLOCK == 0)]
    yield "base64", rows[rest & (size % BLOCK != 0)]
