"""Made-up texts: values turned against a matcher with Unicode traps, marks and long runs."""

# ruff: noqa: RUF001  look-alikes are what these texts are made of

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

REPOSITORY = Path(__file__).parents[2]

CASES = REPOSITORY.parent / "shared" / "data" / "presidio_cases.jsonl"
"""The cases of Presidio's own tests, where the development data stands beside the repository."""

TRAPS = (
    *"０１９ａＡ＠．－：／",  # full width
    *"ıİſK",  # equal to i, s and k when case is ignored
    *"é ß ẞ ǆ ﬁ Å Σσς".replace(" ", ""),
    *"\u0301\u0345\u0364\u200d\ufe0f",  # combine with what stands before
    *"\u00a0\u2002\u202f\u3000\u200b\u2060\ufeff\u00ad",  # spaces, visible or not
    *"中文番号円、。・ー",
    *"٣٤۵߁७๓²³½Ⅷ①𝟗",  # digits and what isdigit() or isnumeric() takes for one
    *"‐‑–—−〜％＋",  # dashes and signs
    *"€№™😀👩Ж𝒜\U0010ffff\ud7ff\ue000",
)
MARKS = (*" -./:@_,;()[]{}\"'`%#&=?!$*+~^|\\<>", "\t", "\n", "\r\n", "\x0b", "\x0c", "\x1c", "\x1f")
CONTROLS = (*map(chr, range(0x20)), "\x7f", "\x80", "\x85", "\u2028", "\u2029")
RUNS = ("a", "1", "0", "a.", "1-", " ", "é", "中", ".", "-", "@", ":", "ab ", "A1", "\n", "٣", "1 ")
SCRAPS = "0123456789-ABab .:/@13bc"
LONGEST_PARTNER = 80


def adversarial(pool: Sequence[str], count: int, seed: int) -> Iterator[str]:
    """Texts of a pool after one to three mutations each."""
    rng = Random(seed)
    for _ in range(count):
        text = rng.choice(pool)
        for _ in range(rng.randrange(1, 4)):
            text = mutated(text, rng, pool)
        yield text


def mutated(text: str, rng: Random, pool: Sequence[str]) -> str:
    """A text changed in one place, or joined with another."""
    return rng.choice((_with_odd, _with_odd, _with_partner, _rewritten))(text, rng, pool)


def _with_odd(text: str, rng: Random, pool: Sequence[str]) -> str:
    del pool
    at = rng.randrange(len(text) + 1)
    odd = rng.choice(rng.choice((TRAPS, TRAPS, MARKS, MARKS, CONTROLS)))
    run = rng.choice(RUNS) * rng.choice((2, 5, 20, 90, 260))
    number = str(rng.randrange(10 ** rng.randrange(1, 12)))
    return rng.choice(
        (
            text[:at] + odd + text[at:],
            text[:at] + odd + text[at + 1 :],
            odd + text + rng.choice(TRAPS + MARKS),
            text[:at] + number + text[at:],
            text[:at] + run + text[at:],
        )
    )


def _with_partner(text: str, rng: Random, pool: Sequence[str]) -> str:
    partner = rng.choice(pool)[:LONGEST_PARTNER]
    between = rng.choice(("", " ", ", ", "\n", *MARKS, *TRAPS))
    longer = partner + between + text[:LONGEST_PARTNER] + between + partner
    return rng.choice((text + between + partner, text + between + partner, longer))


def _rewritten(text: str, rng: Random, pool: Sequence[str]) -> str:
    del pool
    at = rng.randrange(len(text) + 1)
    return rng.choice(
        (
            text.upper(),
            text.swapcase(),
            text.casefold(),
            text[:at] + text[at + rng.randrange(1, 3) :],
            text[:at] + text[at - 1 : at] + text[at:],
            disguised(text, rng),
            disguised(text, rng),
            "".join(rng.choice(SCRAPS) for _ in range(rng.randrange(1, 40))),
        )
    )


def disguised(text: str, rng: Random) -> str:
    """A text with some characters replaced by look-alikes outside ASCII."""
    like = {
        "i": "ıİｉі", "s": "ſｓ", "k": "Kｋ", "a": "ａаâ", "I": "İıＩ", "S": "ſＳ", "K": "KＫ",
        "-": "‐‑–−－", ".": "．。·", " ": "\u00a0\u3000\u2009\u200b", "@": "＠", ":": "：",
        **{str(d): f"{chr(0xFF10 + d)}{chr(0x660 + d)}{chr(0x7C0 + d)}" for d in range(10)},
    }  # fmt: skip
    share = rng.choice((0.1, 0.5, 1.0))
    return "".join(rng.choice(like[c]) if c in like and rng.random() < share else c for c in text)


def presidio_cases() -> list[str]:
    """The texts of Presidio's own recognizer tests; none where the file is missing."""
    if not CASES.exists():
        return []
    lines = CASES.read_text("utf-8").splitlines()
    return list(dict.fromkeys(json.loads(line)["text"] for line in lines))
