"""How a table heads its columns: language, letters, abbreviations, or nothing that says anything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from made.draw import EASTERN, Draw, resource

GENERIC = ("col_{n}", "value", "field_{n}", "data", "x{n}", "info", "Column{n}", "V{n}", "var{n}",
           "Unnamed: {n}", "項目{n}", "Spalte {n}", "", "F{n}", "misc")  # fmt: skip
"""Headers that say nothing; the empty one is a blank header."""


def _words(text: str) -> list[str]:
    return [w for w in re.split(r"[^\w]+", text) if w]


def _camel(text: str) -> str:
    first, *rest = _words(text)
    return first.lower() + "".join(w.capitalize() for w in rest)


def _ascii(text: str) -> str:
    folded = text.replace("ß", "ss").replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()


STYLES: dict[str, Callable[[str], str]] = {
    "as is": lambda t: t,
    "title": lambda t: t.title(),
    "snake": lambda t: "_".join(_words(t)).lower(),
    "plain snake": lambda t: "_".join(_words(_ascii(t))).lower(),
    "upper": lambda t: "_".join(_words(t)).upper(),
    "camel": _camel,
    "pascal": lambda t: "".join(w.capitalize() for w in _words(t)),
    "joined": lambda t: "".join(_words(t)).lower(),
    "kebab": lambda t: "-".join(_words(t)).lower(),
    "prefixed": lambda t: "c_" + "_".join(_words(t)).lower(),
}


def _listed(concept: str, language: str) -> list[str]:
    """The words of a concept, and those that a person's home has beside them."""
    concept, _, home = concept.partition("+")
    headers = resource("headers")
    more = headers[f"{concept}_{home}"].get(language, []) if home else []
    return [*headers[concept].get(language, []), *more]


def style(draw: Draw) -> tuple[str, str]:
    """How this table heads its columns: whose words, and which letters."""
    words = draw.rng.choices(("local", "en", "abbr", "generic"), (60, 22, 12, 6))[0]
    local = draw.language in EASTERN and words == "local"
    return words, "as is" if local else draw.pick(tuple(STYLES))


def heading(draw: Draw, concept: str, chosen: tuple[str, str], number: int) -> tuple[str, bool]:
    """The header of the column, and whether it says anything."""
    whose, letters = chosen
    if whose == "generic" or draw.chance(0.02):
        return draw.pick(GENERIC).format(n=number), False
    by_language = {"local": draw.language, "abbr": "abbr", "en": "en"}[whose]
    words = _listed(concept, by_language) or _listed(concept, "en")
    text = STYLES[letters](draw.pick(words))
    return text or draw.pick(words), True


def apart(headers: Sequence[str]) -> list[str]:
    """The headers with a number behind those that stand twice, as frames want it."""
    seen: dict[str, int] = {}
    out: list[str] = []
    for header in headers:
        name = header
        while name in seen:
            seen[header] += 1
            name = f"{header}_{seen[header]}"
        seen[name] = 1
        out.append(name)
    return out
