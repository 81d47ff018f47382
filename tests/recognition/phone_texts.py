"""Made-up texts with telephone numbers: of all regions, in many forms, among traps; seeded."""

# ruff: noqa: RUF001  look-alikes are what these texts are made of

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from made_texts import TRAPS
from phonenumbers import SUPPORTED_REGIONS, PhoneMetadata

WORLD = tuple(sorted(SUPPORTED_REGIONS))
KINDS = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "voip", "uan")
LENGTHS = (4, 5, 6, 7, 8, 9, 10, 10, 10, 11, 11, 12, 13, 14, 15, 16, 21)
COMMON_GAPS = (" ", "-", ".", " ")
ODD_GAPS = ("/", " - ", "  ", "", "(", ") ", "–", "\u00a0", "~", "x", ", ", ". ", " " * 5, ":", "[", "] ", " (0)", "xx")  # fmt: skip
EXTENSIONS = (" ext. 12", " x45", "x1234567", "#12", " ext 123456789012345", "; 12", ";ext=99", ",12", "/x12", " int 5", " доб. 12", "~123", "- 503#", "     x12", ",,45", "x123456789012", " ENSİON 3")  # fmt: skip
ABROAD = ("00{}", "011{}", "00 {}", "(+{})", "++{}", "\uff0b{} ", "0014{}", "+ {}", "+{} (0)")
NOT_NUMBERS = ("2024-11-23", "23/11/2024", "11/23/24", "2024-11-23 10:22", "2012-01-02 08:00", "20120102 08:00", "10:22:01", "211-227 (2003)", "12(3): 211-227 (2003)", "192.168.10.254", "4111 1111 1111 1111", "123-45-6789", "$1234567", "62704", "2024", "4 5 6 7 8 9 " * 5)  # fmt: skip
NEIGHBOURS = ("call", "me at", "a", "é", "ß", "電話", "は", "%", "$", "€", " ", ". ", ", ", ": ", "tel", "\n", "(", ")", "+", "x", "ext", "Ж", "\u0301", "#", "/", "-", "–", "\x02", "\x03", *TRAPS)  # fmt: skip
SCRAPS = "0123456789" * 3 + " +()-./x[]:#,~e"


def digits(rng: Random, regions: Sequence[str]) -> tuple[str, str]:
    """National digits, valid or nearly so, and the country code that they belong to."""
    region = rng.choice(regions if rng.random() < 0.7 else WORLD)
    plan = PhoneMetadata.metadata_for_region(region)
    length = rng.choice(LENGTHS)
    number = "".join(rng.choices("0123456789", k=length))
    described = [d for kind in KINDS if (d := getattr(plan, kind)) and d.example_number]
    if rng.random() < 0.7:
        example = rng.choice(described).example_number
        kept = len(example) if rng.random() < 0.4 else rng.randrange(2, len(example))
        number = (example[:kept] + number + number)[: rng.choice((length, 9, 10, len(example)))]
    prefix = rng.choice(("0", "0", "0", "1", *[""] * 6))
    return prefix + number, str(plan.country_code)


def written(rng: Random, number: str, code: str) -> str:
    """The digits as someone may write them: grouped, from abroad, with an extension."""
    gap = rng.choice(COMMON_GAPS if rng.random() < 0.6 else ODD_GAPS)
    cuts = sorted(rng.sample(range(1, len(number)), rng.randrange(1, 4)))
    groups = [number[a:b] for a, b in zip([0, *cuts], [*cuts, len(number)], strict=True)]
    text = groups[0]
    for group in groups[1:]:
        text += gap + group
        gap = rng.choice(ODD_GAPS) if rng.random() < 0.15 else gap
    match rng.randrange(12):
        case 0 | 1:
            text = "(" + text.replace(gap or " ", ") ", 1)
        case 2 | 3:
            text = number
        case 4 | 5:
            text = "+" + code + rng.choice(("", " ", "-", " (0)", " (", ".")) + text
        case 6:
            text = code + rng.choice(("", " ")) + text
        case 7:
            text = rng.choice(ABROAD).format(code) + text
    text += rng.choice(EXTENSIONS) if rng.random() < 0.1 else ""
    scripts = ("０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩")
    return text.translate(_script(rng.choice(scripts))) if rng.random() < 0.08 else text


def _script(ten: str) -> dict[int, str]:
    return dict(zip(map(ord, "0123456789"), ten, strict=True))


def texts(count: int, seed: int, regions: Sequence[str]) -> Iterator[str]:
    """Numbers alone, beside a trap, several in a text, and scraps of digits and marks."""
    rng = Random(seed)
    for _ in range(count):
        match rng.randrange(20):
            case n if n < 9:
                yield written(rng, *digits(rng, regions))
            case n if n < 12:
                number = written(rng, *digits(rng, regions))
                yield rng.choice(NEIGHBOURS) + number + rng.choice(NEIGHBOURS)
            case n if n < 18:
                yield "".join(_piece(rng, regions) for _ in range(rng.randrange(2, 8)))
            case _:
                yield "".join(rng.choices(SCRAPS, k=rng.randrange(4, 30)))


def _piece(rng: Random, regions: Sequence[str]) -> str:
    return rng.choice(
        (
            written(rng, *digits(rng, regions)),
            rng.choice(NEIGHBOURS),
            rng.choice(NEIGHBOURS) + " ",
            rng.choice(NOT_NUMBERS),
            " ",
        )
    )
