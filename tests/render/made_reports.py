"""Reports built from the model, for every renderer: ordinary, empty, huge and hostile ones."""

from __future__ import annotations

from collections.abc import Callable

from privscan.model.data import Unread
from privscan.model.finding import Citation, Finding
from privscan.model.kinds import Certainty, Kind, Level, Severity, State
from privscan.model.profile import (
    Balance,
    ColumnProfile,
    DatasetProfile,
    EntityProfile,
    Group,
    Link,
    MediaProfile,
    QuasiIdentifiers,
    Reason,
    RecordDates,
    Risk,
    WaterfallStep,
)
from privscan.model.report import Report, Tool

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "a|b|c",
    "`code` **bold** [link](javascript:alert(1)) ![i](http://evil.example/x.png)",
    "# heading",
    "two\nlines\r\nand\ttab",
    "\x1b[31mred\x1b[0m\x07\x00",
    "\u202egnp.exe\u202c",
    "{{ 7*7 }} {% raw %} ${7*7}",
    "</style></title></textarea>-->",
    "🧑🏽‍🚀 emoji",
    "عمود السعر",
    "氏　名",
    "x" * 300,
    "half \udcff character",
    "http://evil.example www.evil.example",
)
"""Names that a file, column or dataset may have."""

BARS = (
    ("sensitivity", "S 0.99: belief 0.99, gov_id 0.75 and 2 more"),
    ("identifiability", "direct 0.99, combinations 1.00"),
    ("joinability", "no joinable dataset known"),
    ("scale", "about 1,200 persons"),
    ("vulnerable_subjects", "V 0.5"),
    ("exposure", "X 0"),
    ("floor", "my_number in clear never scores lower"),
)
SCORES = {
    Level.NONE_DETECTED: 0.0,
    Level.LOW: 29.5,
    Level.MEDIUM: 47.5,
    Level.HIGH: 70.25,
    Level.VERY_HIGH: 91.5,
}


def seen(entity: str = "email", **given: object) -> EntityProfile:
    facts = {"confidence": 0.95, "cells": 100, "share": 1.0, "interval": (0.96, 1.0)}
    return EntityProfile(
        entity,
        **facts
        | {
            "reasons": (
                Reason("header", 8.5, {"en": "the header says it", "ja": "見出しがそう言う"}),
            )
        }
        | given,
    )


def column(path: str, entity: str | None = "email", **given: object) -> ColumnProfile:
    found = (seen(entity),) if entity else ()
    facts = {"entity": entity, "confidence": 0.95 if entity else 0.0, "entities": found}
    shapes = {"examples": ("xxxx@xxxx.xx", "xxx9@xxxx.xx")}
    return ColumnProfile(path, Kind.TEXT, 100, 5, 90, **facts | shapes | given)


def genders(path: str) -> Balance:
    """A column of a few hundred cells, one group of which is too small to be counted."""
    groups = (Group("male", 950, 950), Group("female", 40, 48), Group("rest", 1, 9))
    return Balance(path, "gender", "words", 999, groups)


JOINED = RecordDates("2015-03", "2025-08", ((2015, 60), (2025, 40)))
"""A column of dates of ten years."""


def risk(level: Level, severity: int = 3, likelihood: int = 4) -> Risk:
    score = SCORES[level]
    steps = tuple(
        WaterfallStep(name, score / 2 if i < 2 else 0.0, why) for i, (name, why) in enumerate(BARS)
    )
    place = (severity, likelihood) if score else (0, 0)
    return Risk(score, level, (score * 0.75, min(100.0, score * 1.0625)), steps, 0.75, 0.5, *place)


def dataset(name: str = "people", level: Level = Level.HIGH, **given: object) -> DatasetProfile:
    facts: dict[str, object] = {
        "uri": f"lake/{name}.csv",
        "kind": "table",
        "rows": 100,
        "bytes": 4096,
        "files": 1,
        "subjects": 90,
        "columns": (column("email"), column("note", None)),
        "risk": risk(level),
    }
    return DatasetProfile(name, **facts | given)


def finding(number: int = 0, **given: object) -> Finding:
    facts: dict[str, object] = {
        "check": "GDPR-4-1",
        "principles": ("privacy",),
        "viewpoints": ("privacy",),
        "phase": "planning",
        "severity": Severity.HIGH,
        "confidence": 0.95,
        "certainty": Certainty.SCAN_INDICATES,
        "dataset": "people",
        "columns": ("email",),
        "measured": "email in email: 100 cells (100.0%); 90 subjects",
        "threshold": "has personal_any",
        "citations": (Citation("GDPR", "4(1)", "in force", "T"),),
        "message": {"en": "Data about people in email.", "ja": "email に個人のデータがある。"},
        "advice": {"en": f"Take measure {number}.", "ja": f"対策 {number} を講じる。"},
        "question": {"en": f"Who owns part {number}?", "ja": f"部分 {number} の責任者は誰か。"},
    }
    return Finding(id=f"{number:012x}", **facts | given)


def whole(
    datasets: tuple[DatasetProfile, ...] = (),
    findings: tuple[Finding, ...] = (),
    unread: tuple[Unread, ...] = (),
    **given: object,
) -> Report:
    tool = Tool("0.1.0", "0123456789abcdef", "fedcba9876543210", {"polars": "2.1.0"}, **given)
    worst = max((d.risk for d in datasets if d.risk), key=lambda r: r.score, default=None)
    return Report(
        tool,
        worst.score if worst else 0.0,
        worst.level if worst else Level.NONE_DETECTED,
        bool(datasets) and not unread,
        datasets,
        findings,
        unread,
    )


def ordinary() -> Report:
    groups = QuasiIdentifiers(("birth_date", "postal_code"), 1, 0.75, 90, ((1, 60), (12, 30)))
    leak = seen("phone", share=0.0004, interval=(0.0, 0.002), cells=3, leak=True)
    staff = dataset(
        "staff",
        Level.VERY_HIGH,
        columns=(
            column("my_number", "my_number"),
            column("health", "health_condition"),
            column("comment", None, entities=(leak,)),
            column("hash", "email", entities=(seen(state=State.HASH_UNSALTED),)),
            column("plain", None, dates=JOINED),
        ),
        balance=(genders("sex"),),
        quasi_identifiers=(groups,),
        links=(Link("people", "email", 0.5),),
    )
    media = MediaProfile(31, 30, 20, 50, 2, {"face_image": 31})
    pictures = dataset("pictures", Level.MEDIUM, kind="media", media=media, columns=())
    memory = Citation("My Number Act", "12", "in force", "M")
    found = (
        finding(1, dataset="staff", check="MYN-12", severity=Severity.VERY_HIGH, columns=("my_number",),
                citations=(memory,), certainty=Certainty.NEEDS_CONTEXT),
        finding(2, dataset="staff", principles=("fairness", "privacy")),
        finding(3),
        finding(4, dataset="pictures", severity=Severity.MEDIUM, columns=(), question=None,
                certainty=Certainty.SCAN_SUFFICIENT, principles=("transparency",)),
        finding(5, severity=Severity.LOW),
        finding(6, severity=Severity.INFO),
    )  # fmt: skip
    sets = (staff, dataset(), pictures, dataset("machines", Level.NONE_DETECTED, columns=()))
    return whole(sets, found)


def hostile() -> Report:
    names = tuple(column(name, dates=JOINED) for name in HOSTILE)
    sets = tuple(
        dataset(
            name,
            columns=names[i : i + 1] if i else names,
            uri=f"lake/{name}",
            balance=(genders(name),),
        )
        for i, name in enumerate(HOSTILE)
    )
    found = tuple(
        finding(
            i,
            dataset=name,
            columns=(name,),
            measured=f"email in {name}: 100 cells (100.0%)",
            message={"en": f"Data about people in {name}.", "ja": f"{name} に個人のデータがある。"},
        )
        for i, name in enumerate(HOSTILE)
    )
    unread = tuple(
        sorted(Unread(name, "", "the footer is damaged", 9, 0, name) for name in HOSTILE)
    )
    return whole(sets, found, unread, not_run={"ocr": "not installed"}, not_evaluated=("BIPA",))


def many() -> Report:
    wide = tuple(column(f"column_{i:03}", "email" if i % 3 else None) for i in range(300))
    sets = (dataset("wide", Level.VERY_HIGH, columns=wide),)
    sets += tuple(dataset(f"table_{i:02}", list(Level)[4 - i // 7]) for i in range(30))
    severities = list(Severity)[::-1]
    found = tuple(
        finding(
            i, dataset=f"table_{i % 30:02}", severity=severities[i // 36], check=f"CHECK-{i % 40}"
        )
        for i in range(160)
    )
    parts = (
        Unread(f"lake/part-{i}.csv", "rows 1-9", "the file is cut off", 9, 9, "wide")
        for i in range(30)
    )
    return whole(sets, found, tuple(sorted(parts)))


def heap() -> Report:
    """An ordinary lake with 45 files that nobody could read at all."""
    lake = ordinary()
    blank = tuple(
        dataset(f"broken_{i:02}", Level.MEDIUM, rows=0, columns=(), subjects=0, unread_share=1.0)
        for i in range(45)
    )
    parts = tuple(Unread(d.uri, "", "it is cut off", 9, 0, d.name) for d in blank)
    return whole(lake.datasets + blank, lake.findings, parts)


def unsure() -> Report:
    """Less than even odds of an e-mail address, beside nothing at all."""
    guess = column("contact", None, entities=(seen(confidence=0.31),))
    return whole((dataset("machines", Level.NONE_DETECTED, columns=(guess, column("rpm", None))),))


CASES: dict[str, Callable[[], Report]] = {
    "nothing": whole,
    "clean": lambda: whole(
        (dataset("machines", Level.NONE_DETECTED, columns=(column("rpm", None),)),)
    ),
    "unscored": lambda: whole((dataset(risk=None, columns=()),)),
    "unread": lambda: whole((dataset(),), (), (Unread("lake/a.csv", "", "the file is empty"),)),
    "ordinary": ordinary,
    "hostile": hostile,
    "many": many,
    "heap": heap,
    "unsure": unsure,
}
