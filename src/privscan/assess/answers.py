"""`assessment.yaml`: what people answered and signed. It is only ever added to.

New entries are put into the text of the file, so that comments, order and wording of what
people wrote stay; what an entry says about a question that is gone stays there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BeforeValidator

from privscan.errors import RuleError
from privscan.model.assessment import Answer
from privscan.rulebook._yaml import Document, read, shaped
from privscan.rulebook.schema import Shape

FILE = "assessment.yaml"

CLOSED = ("yes", "no", "not_applicable")
"""Answers to what is settled or not: criteria and boxes, whose keys hold an @."""

Decision = Literal["approve", "conditions", "reject", "refer"]


def _word(value: object) -> object:
    """YAML reads an unquoted yes and no as truth values."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


class Answered(Shape):
    """An entry under `questions`; without `answer` it is open."""

    question: str = ""
    answer: Annotated[str, BeforeValidator(_word)] = ""
    reason: str = ""
    by: str = ""
    date: str = ""


class Planned(Shape):
    """Who takes the measures of a dataset, and until when."""

    owner: str = ""
    due: str = ""


class Signature(Shape):
    """One decision of a role on a dataset; `covers` is what was signed, item by item."""

    role: str
    dataset: str
    name: str
    date: str
    decision: Decision
    note: str = ""
    covers: tuple[str, ...]


class Answers(Shape):
    """The whole file; of several signatures of a role on a dataset the first is the newest."""

    questions: Mapping[str, Answered] = {}
    measures: Mapping[str, Planned] = {}
    signoffs: tuple[Signature, ...] = ()

    def given(self) -> dict[str, Answer]:
        """The answers that hold something, by the key of their question."""
        return {
            key: Answer(one.answer, one.reason, one.by, one.date)
            for key, one in self.questions.items()
            if one.answer
        }


def load_answers(path: Path) -> Answers:
    """The answers in a file; a missing file is empty, a wrong one a `RuleError` with its line."""
    return _shaped(read(path)) if path.exists() else Answers()


def _shaped(document: Document) -> Answers:
    value = document.value
    if isinstance(value, dict):
        value = {key: one for key, one in value.items() if one is not None}
    answers = shaped(Answers, {} if value is None else value, document)
    for key, one in answers.questions.items():
        if "@" in key and one.answer not in {*CLOSED, ""}:
            where = document.where(("questions", key, "answer"))
            raise RuleError(f"{key}: an answer is one of {', '.join(CLOSED)}", where=where)
    return answers


HEAD = """\
# Answers and sign-offs of an impact assessment. A key with an @ is answered yes, no or
# not_applicable, with the why in `reason`; any other in your own words.
# privscan adds to this file and never changes or removes what stands in it.
questions:
measures:
signoffs:
"""


def added(
    path: Path,
    questions: Mapping[str, str],
    measures: Iterable[str] = (),
    signatures: Iterable[Signature] = (),
) -> str:
    """The file's text with entries for what it does not name yet, and with signatures on top.

    A file in which they cannot be put without a change to what stands there is a `RuleError`.
    """
    text = path.read_text("utf-8") if path.exists() else HEAD
    old = load_answers(path)
    blank = {"answer": "", "reason": "", "by": "", "date": ""}
    asked = {
        key: {"question": said, **blank}
        for key, said in questions.items()
        if key not in old.questions
    }
    planned = {name: {"owner": "", "due": ""} for name in measures if name not in old.measures}
    signed = [one.model_dump(mode="json") for one in signatures]
    for key, new in (("questions", asked), ("measures", planned), ("signoffs", signed)):
        if new:
            text = _put(text, key, new, path)
    _unchanged(text, old, path)
    return text


def _put(text: str, key: str, new: Any, path: Path) -> str:
    """The text with new entries right below the line of a top-level key, as deep as those there."""
    lines = text.splitlines()
    heads = [i for i, line in enumerate(lines) if line.split("#")[0].rstrip() in _heads(key)]
    if not heads:
        lines, heads = [*lines, f"{key}:"], [len(lines)]
    at = heads[0]
    lines[at] = f"{key}:"
    below = (line for line in lines[at + 1 :] if line.strip() and not line.lstrip().startswith("#"))
    first = next(below, "")
    belongs = first.startswith((" ", "-"))
    indent = len(first) - len(first.lstrip()) if belongs else 2
    body = yaml.safe_dump(new, allow_unicode=True, sort_keys=False, width=98).splitlines()
    if any("\t" in line[:1] for line in lines):
        raise RuleError("tabs cannot be added to", where=str(path))
    return "\n".join([*lines[: at + 1], *(" " * indent + b for b in body), *lines[at + 1 :], ""])


def _heads(key: str) -> set[str]:
    return {f"{key}:", f"{key}: {{}}", f"{key}: []", f"{key}: null"}


def _unchanged(text: str, old: Answers, path: Path) -> None:
    """What was there is there still: a file in another form is left alone."""
    try:
        value = yaml.safe_load(text)
        new = _shaped(Document(path, _texts(value)))
        kept = {**new.questions, **old.questions} == {**new.questions}
        planned = {**new.measures, **old.measures} == {**new.measures}
        signed = new.signoffs[len(new.signoffs) - len(old.signoffs) :] == old.signoffs
    except (yaml.YAMLError, RuleError):
        kept = planned = signed = False
    if not (kept and planned and signed):
        raise RuleError(
            "new entries do not fit the form of this file",
            where=str(path),
            hint="write questions, measures and signoffs as blocks, one key a line",
        )


def _texts(value: Any) -> Any:
    """Dates as the texts that they are written as."""
    if isinstance(value, dict):
        return {str(key): _texts(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_texts(one) for one in value]
    return value if isinstance(value, (str, bool)) or value is None else str(value)
