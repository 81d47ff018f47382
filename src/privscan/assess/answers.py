"""`assessment.yaml`: what people answered and signed. It is only ever added to.

New entries are put into the text of the file, so that comments, order and wording of what
people wrote stay; what an entry says about a question that is gone stays there too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
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
    """An entry under `questions`; without `answer` it is open. `about` is for people who read it."""

    about: str = ""
    question: str = ""
    answer: Annotated[str, BeforeValidator(_word)] = ""
    reason: str = ""
    by: str = ""
    date: str = ""


class Planned(Shape):
    """Who takes the measures of a dataset, until when, and on which day they were done."""

    owner: str = ""
    due: str = ""
    done: str = ""

    def overdue(self, today: date) -> bool:
        """Whether the day has passed and nobody noted that they are done."""
        day = self.due if self.due and _is_day(self.due) else None
        return day is not None and not self.done and date.fromisoformat(day) < today


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
    """The whole file; of several signatures of a role on a dataset the first is the newest.

    `reviews` holds the day of the next review by dataset, where people set an earlier one.
    `datasets` holds where the data of each name lay when it was first written here; `*` is
    allowed in it.
    """

    datasets: Mapping[str, str] = {}
    questions: Mapping[str, Answered] = {}
    measures: Mapping[str, Planned] = {}
    reviews: Mapping[str, str] = {}
    signoffs: tuple[Signature, ...] = ()

    def given(self) -> dict[str, Answer]:
        """The answers that hold something, by the key of their question."""
        return {
            key: Answer(one.answer, one.reason, one.by, one.date)
            for key, one in self.questions.items()
            if one.answer
        }

    def name_of(self, dataset: str, uri: str) -> str:
        """What this file calls a dataset: its name, or that and a mark if another one has it."""
        mark = hashlib.sha256(uri.encode()).hexdigest()[:4]
        called = [name for name in self.datasets if name.partition(MARK)[0] == dataset]
        if dataset not in called:
            return dataset
        here = (name for name in called if same_place(self.datasets[name], uri))
        return next(here, f"{dataset}{MARK}{mark}")

    def about(self, dataset: str, called: str) -> dict[str, Answer]:
        """The answers about a dataset, by keys with its own name; those under `@*` are for all."""
        given = self.given()
        mark = called.removeprefix(dataset)
        found = {
            key.removesuffix("@*") + f"@{dataset}": a for key, a in given.items() if "@*" in key
        }
        for key, answer in given.items():
            check, at, name = key.rpartition("@")
            if at and name == called:
                found[f"{check}@{dataset}"] = answer
            elif not at and key.endswith(mark):
                found[key.removesuffix(mark)] = answer
        return found


MARK = "~"
"""Between a dataset's name and what tells it from another of that name."""


def same_place(known: str, uri: str) -> bool:
    """Whether a place is that of the file, as seen from another folder, or fits its pattern."""
    if fnmatchcase(uri, known):
        return True
    one, two = PurePath(known).parts, PurePath(uri).parts
    least = min(len(one), len(two))
    return least > 0 and one[-least:] == two[-least:]


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
    for name, plan in answers.measures.items():
        for key in ("due", "done"):
            if not _is_day(getattr(plan, key)):
                where = document.where(("measures", name, key))
                raise RuleError(f"{name}: {key} is no day", where=where, hint="2026-11-25")
    for name, day in answers.reviews.items():
        if not _is_day(day):
            where = document.where(("reviews", name))
            raise RuleError(f"{name}: the review is no day", where=where, hint="2027-05-25")
    return answers


def _is_day(said: str) -> bool:
    try:
        return not said or bool(date.fromisoformat(said))
    except ValueError:
        return False


HEAD = {
    "en": """\
# Answers and sign-offs of an impact assessment. A key with an @ is answered yes, no or
# not_applicable, with the why in `reason`; any other in your own words. A key that ends in @*
# is for every dataset without an answer of its own; so is the id of a rule alone.
# privscan adds to this file and never changes or removes what stands in it.
""",
    "ja": """\
# 影響評価の回答と承認。キーに@を含む質問には、yes、no、not_applicableのいずれかで答え、
# 理由をreasonに記入する。その他は文章で答える。キーの末尾が@*の回答(又は規則のIDのみの
# キー)は、個別の回答がないすべてのデータセットに適用される。
# privscanはこのファイルに追記するのみで、既存の記載を変更・削除しない。
""",
}
"""How a new file begins, by language."""

_SECTIONS = "datasets:\nquestions:\nmeasures:\nsignoffs:\n"


@dataclass(frozen=True, slots=True)
class Additions:
    """What is to be put into the file, as far as it is not there; signatures always are.

    `datasets` are their places by name, `questions` texts and `about` subjects by key,
    `measures` the names of datasets that have some.
    """

    datasets: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()

    def entries(self, old: Answers) -> Iterator[tuple[str, Any]]:
        """The new entries under each key of the file."""
        blank = {"answer": "", "reason": "", "by": "", "date": ""}
        yield "datasets", {k: v for k, v in self.datasets.items() if k not in old.datasets}
        asked = {k: {"question": v} for k, v in self.questions.items() if k not in old.questions}
        about = {k: {"about": v} for k, v in self.about.items()}
        yield "questions", {k: {**about.get(k, {}), **v, **blank} for k, v in asked.items()}
        plan = {"owner": "", "due": "", "done": ""}
        new = (name for name in self.measures if name not in old.measures)
        # A copy for each: YAML writes the same mapping as an alias, and one answer would be all's.
        yield "measures", {name: {**plan} for name in new}
        yield "signoffs", [one.model_dump(mode="json") for one in self.signatures]


def added(path: Path, new: Additions, *, lang: str = "en") -> str:
    """The file's text with entries for what it does not name yet, and with signatures on top.

    A file in which they cannot be put without a change to what stands there is a `RuleError`.
    """
    heads = HEAD.values() if lang == "both" else (HEAD[lang],)
    text = path.read_text("utf-8") if path.exists() else "".join([*heads, _SECTIONS])
    old = load_answers(path)
    for key, entries in new.entries(old):
        if entries:
            text = _put(text, key, entries, path)
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
        planned = planned and {**new.datasets, **old.datasets} == {**new.datasets}
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
