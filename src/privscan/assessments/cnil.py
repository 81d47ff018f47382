"""CNIL PIA: a file that the CNIL's PIA tool imports, with what people declared, answered and plan."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from html import escape
from typing import Any

from privscan.model.assessment import Assessment, DatasetAssessment
from privscan.model.profile import Risk
from privscan.render import cnil
from privscan.render._overview import STEPS
from privscan.render._phrases import listed, shown
from privscan.render._words import LANGUAGES, say

PLUGIN = True
SUFFIXES = (".cnil.json", ".pia.json")

DECLARED = {
    "purposes": 211,
    "legal_basis": 212,
    "controller": 112,
    "owner": 112,
    "retention_days": 215,
}
"""Which of the tool's questions a key of dataset.yaml answers."""

FIRST_BUNDLE = 201
"""The number of the first bundle; those of the measures that evidence calls for lie below."""

_FIRST_SHOWN = 10
"""The tool shows no date whose day is lower: it pads no zero."""


def render(assessment: Assessment, *, lang: str = "en") -> str:
    """The report's PIA, with answers from dataset.yaml, owners, dates, and the predicted risk."""
    made = [_document(assessment, one) for one in (LANGUAGES if lang == "both" else (lang,))]
    whole = made[0] if len(made) == 1 else {**_joined(*made), "pia": made[0]["pia"]}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _document(a: Assessment, lang: str) -> dict[str, Any]:
    tables = cnil.rows(a.report, lang, _said(a, lang))
    tables["comments"] += [*_unsaid(a, lang), *_answered(a, lang)]
    bundles = [d for d in a.datasets if d.bundle.measures]
    for number, d in enumerate(bundles, FIRST_BUNDLE):
        tables["measures"].append(_measure(number, d, lang))
        tables["evaluations"].append(_planned(number, d, lang))
    if bundles:
        _contributing(tables["answers"], [_title(d, lang) for d in bundles])
        tables["evaluations"] += _residual(a, lang)
    made: dict[str, Any] = json.loads(cnil.written(cnil.head(a.report, lang), tables))
    return made


def _said(a: Assessment, lang: str) -> dict[int, list[str]]:
    """What dataset.yaml says, by the question that it answers."""
    lines: dict[int, list[str]] = {}
    for d in a.datasets:
        for key, values in d.declared:
            if key in DECLARED:
                said = f"{d.dataset}: {say(f'd_{key}', lang)}: {listed(values, lang)}"
                lines.setdefault(DECLARED[key], []).append(said)
    return lines


def _unsaid(a: Assessment, lang: str) -> Iterator[dict[str, Any]]:
    """A question that only some datasets answer stays open for the others."""
    for ref in sorted({*DECLARED.values()}):
        keys = {key for key, question in DECLARED.items() if question == ref}
        silent = [d.dataset for d in a.datasets if not keys & {key for key, _ in d.declared}]
        if silent and len(silent) < len(a.datasets):
            places = say("p_places", lang, listed(silent, lang))
            yield cnil.comment(ref, f"{say(f'q_{ref}', lang)} {places}")


def _answered(a: Assessment, lang: str) -> Iterator[dict[str, Any]]:
    """Answers that people gave to questions of the findings, with their name and date."""
    found = {f.id: f for f in a.report.findings}
    for d in a.datasets:
        for question in d.questions:
            if (given := question.answer) and question.key in found:
                by = " ".join(filter(None, (given.by, given.date))) or say("p_nobody", lang)
                words = " ".join(filter(None, (given.answer, given.reason)))
                said = say("p_answered", lang, question.text[lang], words, by)
                ref = cnil.topic(found[question.key].citations)
                yield cnil.comment(ref, f"{d.dataset}: {said}")


def _title(d: DatasetAssessment, lang: str) -> str:
    return cnil.flat(say("p_bundle", lang, d.dataset))


def _measure(number: int, d: DatasetAssessment, lang: str) -> dict[str, Any]:
    steps = (f"<li>{escape(shown(f'{m.column}: {m.text[lang]}'))}</li>" for m in d.bundle.measures)
    return {
        "id": number,
        "title": _title(d, lang),
        "content": f"{escape(say('p_proposed', lang))}<ul>{''.join(steps)}</ul>",
        "placeholder": "",
    }


def _planned(number: int, d: DatasetAssessment, lang: str) -> dict[str, Any]:
    residual, due = d.bundle.residual, d.bundle.due
    level = say(residual.level, lang)
    plan = say("p_predicted", lang, f"{residual.score:.1f}", level)
    day = _day(due)
    plan += f" {say('p_due', lang, due)}" if due else ""
    plan += f" {say('p_due_shown', lang, day)}" if day and day != due else ""
    return cnil.evaluation(
        f"3.1.{number}",
        escape(shown(plan)),
        lang,
        person_in_charge=cnil.flat(d.bundle.owner),
        estimated_implementation_date=f"{day}T12:00:00.000Z" if day else None,
    )


def _day(due: str) -> str:
    """The day itself, or the last before it that the tool shows: never too late, never empty."""
    try:
        day = date.fromisoformat(due)
    except ValueError:
        return ""
    shown_ = day if day.day >= _FIRST_SHOWN else day.replace(day=1) - timedelta(days=1)
    return shown_.isoformat()


def _contributing(answers: list[dict[str, Any]], titles: list[str]) -> None:
    for answer in answers:
        if answer["reference_to"] == 324:  # noqa: PLR2004  the question about contributing measures
            answer["data"]["list"] += titles


def _residual(a: Assessment, lang: str) -> Iterator[dict[str, Any]]:
    """Where the risk is predicted to stand after all bundles, for the dataset that is highest."""
    left = [(d.dataset, d.bundle.residual) for d in a.datasets]
    placed = [(name, risk) for name, risk in left if _steps(risk)]
    if placed:
        name, risk = max(placed, key=lambda one: (_height(one[1]), one[1].score))
        level = say(risk.level, lang)
        said = say("p_residual", lang, shown(name), f"{risk.score:.1f}", level)
        # The tool's x is severity and its y likelihood.
        gauges = {"x": risk.cnil_severity, "y": risk.cnil_likelihood}
        yield cnil.evaluation("3.2", escape(said), lang, gauges=gauges)


def _steps(risk: Risk) -> bool:
    return risk.cnil_severity in STEPS and risk.cnil_likelihood in STEPS


def _height(risk: Risk) -> int:
    return risk.cnil_severity * risk.cnil_likelihood


def _joined(english: Any, japanese: Any) -> Any:
    """Both documents in one: they differ in texts only, which then stand beside each other."""
    if isinstance(english, Mapping):
        return {key: _joined(value, japanese[key]) for key, value in english.items()}
    if isinstance(english, list):
        return [_joined(one, two) for one, two in zip(english, japanese, strict=True)]
    return english if english == japanese else f"{english} / {japanese}"
