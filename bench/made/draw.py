"""One table's dice: its language, where its names come from, and the pieces to compose values of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from random import Random
from typing import Any

import yaml

LANGUAGES = ("en", "ja", "de", "fr", "es", "pt", "it", "nl", "ko", "zh")
SOURCES = ("faker", "mimesis", "composed", "authors")
"""Where names of people come from; privscan's dictionaries know nothing of the last two."""

FAKER = {"en": "en_US", "ja": "ja_JP", "de": "de_DE", "fr": "fr_FR", "es": "es_ES", "pt": "pt_BR",
         "it": "it_IT", "nl": "nl_NL", "ko": "ko_KR", "zh": "zh_CN"}  # fmt: skip
MIMESIS = {"pt": "pt-br"}
EASTERN = frozenset({"ja", "ko", "zh"})


@cache
def resource(name: str) -> dict[str, Any]:
    """One of the YAML files beside this one."""
    text = Path(__file__).with_name(f"{name}.yaml").read_text("utf-8")
    # With the base loader `no` and `Yes` stay the words they are.
    return yaml.load(text, Loader=yaml.BaseLoader)


@cache
def authors() -> tuple[tuple[str, str], ...]:
    """Given and family names of the authors that installed packages name."""
    found = set()
    for one in distributions():
        for said in (one.metadata.get("Author"), one.metadata.get("Author-email")):
            for name in re.split(r"[,;]", said or ""):
                whole = re.fullmatch(r'\s*"?([A-Z][^\W\d_]+) ([A-Z][^\W\d_]+)"?\s*(<.*)?', name)
                if whole and whole[2] not in {"Team", "Project", "Authors", "Developers"}:
                    found.add((whole[1], whole[2]))
    return tuple(sorted(found))


def plain(text: str) -> str:
    """The text in ASCII letters: what a mail address keeps of a name."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", bare.lower())


@dataclass
class Draw:
    """Seeded dice that speak one language; `source` is where names come from."""

    rng: Random
    language: str
    source: str = "composed"
    _made: dict[str, Any] = field(default_factory=dict)

    def pick(self, among: Sequence[Any]) -> Any:
        """One of these."""
        return among[self.rng.randrange(len(among))]

    def chance(self, share: float) -> bool:
        """True in that share of calls."""
        return self.rng.random() < share

    def digits(self, form: str) -> str:
        """The form with `#` as digits and `@` as capital letters."""
        out = [self.pick("0123456789") if c == "#" else c for c in form]
        return "".join(self.pick("ABCDEFGHJKLMNPRSTVWXZ") if c == "@" else c for c in out)

    def pieces(self, kind: str) -> Any:
        """Pieces of this language."""
        return resource("words")["pieces"][self.language][kind]

    def words(self, kind: str) -> list[Any]:
        """A vocabulary in this language, or in English."""
        every = resource("words")["vocabulary"][kind]
        return every.get(self.language) or every["en"]

    def joined(self, kind: str) -> str:
        """A word put together from pieces of this language."""
        return "".join(self.pick(part) for part in self.pieces(kind))

    def name(self, *, female: bool) -> tuple[str, str]:
        """Given and family name from the source of this table."""
        if self.source == "authors":
            return self.pick(authors())[0], self.pick(authors())[1]
        if self.source == "faker":
            fake = self._faker()
            given = fake.first_name_female() if female else fake.first_name_male()
            return given, fake.last_name()
        if self.source == "mimesis":
            person, gender = self._mimesis()
            return person.first_name(gender=gender(female)), person.last_name(gender=gender(female))
        return self.joined("given"), self.joined("family")

    def city(self) -> str:
        """A city: real (mimesis, Faker) or put together."""
        if self.source == "faker":
            return self._faker().city()
        return self._real_city() if self.source == "mimesis" else self.joined("city")

    def street(self) -> str:
        """A street with its number, put together."""
        way = self.pick(self.pieces("way"))
        if self.language not in EASTERN and self.source == "composed":
            way = self.pick((way, self.joined("family")))
        numbers = {"n": self.rng.randint(1, 220), "m": self.rng.randint(1, 30)}
        form = self._once("street", lambda: self.rng.sample(self.pieces("street"), 2))
        return self.pick(form).format(w=way, k=self.rng.randint(1, 9), **numbers)

    def form(self, kind: str) -> str:
        """A number of this kind (`phone`, `post`): mostly in one format, as tables have it."""
        forms = self._once(kind, lambda: self.rng.sample(self.pieces(kind), k=1))
        return self.digits(self.pick(self.pieces(kind)) if self.chance(0.05) else forms[0])

    def _once(self, kind: str, make: Any) -> Any:
        if kind not in self._made:
            self._made[kind] = make()
        return self._made[kind]

    def _faker(self) -> Any:
        def make() -> Any:
            from faker import Faker

            fake = Faker(FAKER[self.language])
            fake.seed_instance(self.rng.randrange(2**32))
            return fake

        return self._once("faker", make)

    def _mimesis(self) -> tuple[Any, Any]:
        def make() -> Any:
            from mimesis import Gender, Person
            from mimesis.locales import Locale

            locale = Locale(MIMESIS.get(self.language, self.language))
            person = Person(locale, seed=self.rng.randrange(2**32))
            return person, lambda female: Gender.FEMALE if female else Gender.MALE

        return self._once("mimesis", make)

    def _real_city(self) -> str:
        def make() -> Any:
            from mimesis import Address
            from mimesis.locales import Locale

            locale = Locale(MIMESIS.get(self.language, self.language))
            return Address(locale, seed=self.rng.randrange(2**32))

        return self._once("address", make).city()
