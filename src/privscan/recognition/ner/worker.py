"""The process that reads texts with a model: nothing but chunks in, and entities by text out.

It opens no socket, prints nothing, and ends when its input does.
"""

from __future__ import annotations

import json
import os
import re
import socket
import sys
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any, BinaryIO

MEMORY = 4 << 30
"""Bytes of address space after which the process, and not the scan, is short of memory."""

LONGEST = 2_000
"""Characters of a text that are read: a model's memory grows with them."""

MAPPED = {"PER": "PERSON", "PERSON": "PERSON", "Person": "PERSON", "PRS": "PERSON", "PS": "PERSON",
          "GPE": "LOCATION", "LOC": "LOCATION", "City": "LOCATION", "Province": "LOCATION",
          "County": "LOCATION", "Country": "LOCATION", "Domestic_Region": "LOCATION",
          "Postal_Address": "ADDRESS", "Disease_Other": "DISEASE", "Animal_Disease": "DISEASE"}  # fmt: skip
"""Labels of models, of GiNZA's 213 those that are about a person, in Presidio's words."""

LATIN = ("de", "en", "es", "fr", "it", "nl", "pl", "pt", "sv")
"""Languages told apart by their commonest words, whether a model of them is there or not."""

_KANA, _HAN, _HANGUL = re.compile("[ぁ-ヿ]"), re.compile("[一-鿿]"), re.compile("[가-힣]")
_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(
    r"[A-ZÀ-ÞŁŚŻČŠŽ][\w'\u2019.-]*(?: (?:de|da|van|von|der|la|bin|al|[A-ZÀ-ÞŁŚŻČŠŽ][\w'\u2019.-]*)){1,4}"
)
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herrn?|Frau|Mme|M|Sra?|Sig)\.? $")
_HONORIFIC = re.compile(r"\s?(?:さん|さま|様|氏|殿|君|先生|医師|씨|님|先生|女士)")
_WIDE_NAME = 3
"""Characters of the shortest name of a family and a person; shorter words are firms and things, too."""


def kind_of(label: str, text: str, before: str = "", after: str = "") -> str:
    """What an entity is: of persons a full name, or one with a title, is told from a mere word."""
    if label != "PERSON":
        return label.lower()
    wide = _HAN.search(text) or _KANA.search(text) or _HANGUL.search(text)
    titled = _TITLE.search(before) or _HONORIFIC.match(after)
    full = len(text) >= _WIDE_NAME if wide else _NAME.fullmatch(text) and not re.search(r"\d", text)
    return "person" if full or titled else "word"


def _kind(entity: Any) -> str:
    """Of a span in its text; a title in it belongs to the name."""
    begin, end = entity.start_char, entity.end_char
    whole = entity.doc.text
    return kind_of(
        entity.label_,
        whole[begin:end].strip(),
        whole[max(0, begin - 12) : begin],
        whole[end : end + 4],
    )


class Reader:
    """Presidio's spaCy engine with the models that are here, by language."""

    def __init__(self, models: dict[str, str]) -> None:
        self._engine = _engine(models)

    def read(self, texts: Sequence[str]) -> list[list[str] | None]:
        """The kinds of entity in each text; None where no model knows its language."""
        here = {*self._engine.nlp}
        found: list[list[str] | None] = [None] * len(texts)
        languages = [language_of(text, here) for text in texts]
        for language in sorted({*languages} & here):
            rows = [i for i, of in enumerate(languages) if of == language]
            some = [texts[i][:LONGEST] for i in rows]
            answers = self._engine.process_batch(some, language, batch_size=64)
            for row, (_, artifacts) in zip(rows, answers, strict=True):
                found[row] = sorted({_kind(entity) for entity in artifacts.entities})
        return found


def language_of(text: str, here: Collection[str] = ()) -> str:
    """By script, then by the language whose commonest words are most; English in doubt."""
    if _KANA.search(text):
        return "ja"
    if _HANGUL.search(text):
        return "ko"
    if _HAN.search(text):
        return "zh" if "zh" in here else "ja"
    words = [word.lower() for word in _WORD.findall(text[:LONGEST])]
    score = {language: sum(word in _common(language) for word in words) for language in LATIN}
    return max(score, key=lambda language: (score[language], language == "en"))


def _engine(models: dict[str, str]) -> Any:
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
    from spacy import load
    from spacy.util import load_config

    engine: Any = SpacyNlpEngine(models=[], ner_model_configuration=NerModelConfiguration())
    engine.nlp = {}
    labels: set[str] = set()
    for language, folder in models.items():
        config = load_config(os.path.join(folder, "config.cfg"))  # noqa: PTH118  spaCy takes texts
        others = [
            p for p in config["nlp"]["pipeline"] if p not in {"tok2vec", "transformer", "ner"}
        ]
        engine.nlp[language] = load(folder, exclude=others)
        labels |= {*engine.nlp[language].get_pipe("ner").labels}
    settings = engine.ner_model_configuration
    settings.model_to_presidio_entity_mapping = MAPPED
    settings.labels_to_ignore = sorted(labels - {*MAPPED})
    return engine


@cache
def _common(language: str) -> frozenset[str]:
    words: frozenset[str] = frozenset(import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS)
    return words


def _alone() -> BinaryIO:
    """No sockets, no more memory than given, and no output but ours: that is returned."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    # Presidio and spaCy bring HTTP clients; what reads cells has no business with a network.
    socket.socket = _Refused  # type: ignore[misc, assignment]
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    return answers


class _Refused:
    def __init__(self, *_: Any, **__: Any) -> None:
        raise OSError("the process that reads texts opens no socket")


def main(models: dict[str, str]) -> None:
    """Answer each line of texts with a line of what is in them."""
    answers = _alone()
    reader = Reader(models)
    for line in _said(answers, ready=True):
        answers.write(json.dumps(reader.read(json.loads(line))).encode() + b"\n")
        answers.flush()


def _said(answers: BinaryIO, *, ready: bool) -> Iterator[bytes]:
    answers.write(json.dumps(ready).encode() + b"\n")
    answers.flush()
    yield from sys.stdin.buffer


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
