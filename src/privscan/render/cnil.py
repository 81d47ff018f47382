"""CNIL PIA: a file that the CNIL's PIA tool imports; what only people know stands as questions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from privscan.model.finding import Citation, Finding
from privscan.model.report import Report
from privscan.render import _pia
from privscan.render._languages import beside, languages
from privscan.render._laws import clause, status
from privscan.render._overview import found, grouped
from privscan.render._phrases import entity, listed, number, percent, shown, size
from privscan.render._when import moment
from privscan.render._words import say
from privscan.render.json import plain

PLUGIN = True
SUFFIXES = (".cnil.json", ".pia.json")

OPEN = (111, 112, 113, 121, 122, 123, 211, 212, 213, 214, 215, 221, 222, 223, 224, 225, 226, 227)
"""The tool's questions on the processing; those on risks are 321 to 346."""

PARTS = ("impacts", "threats", "sources", "measures", "severity", "likelihood")
"""What is asked of each risk, in the order of the last digit of a question's number."""

RISKS = (2, 3, 4)
"""Illegitimate access, unwanted modification, disappearance: the second digit."""

MOST = 200
"""Items of a list in an answer; a reader of more is better served by another format."""

_TOPICS = (
    ("GDPR", "5(1)(b)", 211),
    ("GDPR", "5(1)(c)", 213),
    ("GDPR", "5(1)(d)", 214),
    ("GDPR", "5(1)(e)", 215),
    ("GDPR", "6(", 212),
    ("GDPR", "87", 212),
    ("GDPR", "8;", 222),
    ("GDPR", "9(", 212),
    ("GDPR", "10", 212),
    ("NEC", "3", 221),
    ("NEC", "4", 112),
    ("NEC", "5", 211),
    ("APPI", "17", 211),
    ("APPI", "27", 227),
    ("My Number Act", "9", 212),
    ("EU AI Act", "50", 221),
    ("BIPA", "740 ILCS 14/15(b)", 222),
)
"""Where a finding's question belongs, by the clause it rests on; else to the rules, 113."""


def render(report: Report, *, lang: str = "en") -> str:
    """One PIA for the report, status "in progress", with answers only where evidence settles."""
    every = languages(lang)
    return written(head(report, every[0]), beside([rows(report, one) for one in every]))


def written(pia: Mapping[str, Any], tables: Mapping[str, list[dict[str, Any]]]) -> str:
    """The file: numbers and dates for every row, as the tool keeps them."""
    dates = dict.fromkeys(("created_at", "updated_at"), moment())
    document: dict[str, Any] = {"pia": {**pia, **dates}}
    document |= {
        name: [{"id": i, "pia_id": 1, **row, **dates} for i, row in enumerate(given, 1)]
        for name, given in tables.items()
    }
    return json.dumps(plain(document), ensure_ascii=False, indent=1) + "\n"


def rows(
    report: Report, lang: str, said: Mapping[int, Sequence[str]] | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Answers, measures, evaluations, comments; `said` are lines that people gave to a question."""
    answers, measures = _answers(report, lang, said or {}), _measures(report, lang)
    return {
        "answers": answers,
        "measures": measures,
        "evaluations": [evaluation(f"3.1.{m['id']}", m["title"], lang) for m in measures],
        "comments": list(_comments(report, {a["reference_to"] for a in answers}, lang)),
    }


def head(report: Report, lang: str) -> dict[str, Any]:
    """The PIA itself; whom it names, who approved it and what they said is left to people."""
    names = listed((d.name for d in report.datasets), lang, 3) or say("nothing", lang)
    people = ("dpo_status", "dpo_opinion", "dpos_names", "people_names", "concerned_people_opinion",
              "concerned_people_status", "concerned_people_searched_opinion",
              "concerned_people_searched_content", "structure_id", "structure_data")  # fmt: skip
    texts = ("evaluator_name", "validator_name", "rejection_reason", "applied_adjustments",
             "structure_name", "structure_sector_name")  # fmt: skip
    return {
        "id": 1,
        "status": 0,
        "name": flat(f"{names} (privscan)"),
        "category": "privscan",
        "author_name": f"privscan {report.tool.version}",
        **dict.fromkeys(texts, ""),
        **dict.fromkeys(people),
        "is_example": 0,
        "is_archive": 0,
        "progress": 0,
    }


def _answers(report: Report, lang: str, said: Mapping[int, Sequence[str]]) -> list[dict[str, Any]]:
    seen = {
        113: ("p_rules", _clauses(report, lang)),
        121: ("p_data", _data(report, lang)),
        123: ("p_supports", _supports(report, lang)),
        213: ("p_found", _messages(_pia.asked(report, "unneeded"), lang)),
        215: ("p_found", _messages(_pia.asked(report, "retention_over"), lang)),
    }
    texts = {ref: _evidence(key, items, report, lang) for ref, (key, items) in seen.items()}
    for ref, lines in said.items():
        texts[ref] = _list("p_declared", lines, lang) + texts.get(ref, "")
    lists = {
        321: [say(key, lang) for key in _pia.impacts(report)],
        322: [say(key, lang) for key in _pia.threats(report)],
        324: [say(m.slug, lang) for m in _pia.measures(report)],
    }
    return [
        *(_answer(ref, text=text) for ref, text in sorted(texts.items()) if text),
        *(_answer(ref, items=items) for ref, items in lists.items() if items),
        *_gauges(report, lang),
    ]


def _gauges(report: Report, lang: str) -> Iterator[dict[str, Any]]:
    worst = _pia.worst(report)
    if worst and (risk := worst.risk):
        severity = say("p_severity", lang, shown(worst.name), f"{risk.severity:.2f}")
        likely = say("p_likelihood", lang, shown(worst.name), f"{risk.identifiability:.2f}")
        yield _answer(325, text=escape(severity), gauge=risk.cnil_severity)
        yield _answer(326, text=escape(likely), gauge=risk.cnil_likelihood)


def _answer(
    ref: int, *, text: str | None = None, gauge: int | None = None, items: Iterable[str] = ()
) -> dict[str, Any]:
    data = {"text": text, "gauge": gauge, "list": list(items)}
    return {"reference_to": ref, "data": data}


def _evidence(key: str, items: Iterable[str], report: Report, lang: str) -> str:
    """A list with what it rests on; empty if there is nothing to say."""
    tool = report.tool
    made = say("p_evidence", lang, tool.version, tool.rules_digest, tool.plan_digest)
    shown_ = _list(key, items, lang)
    return f"{shown_}<em>{escape(shown(made))}</em>" if shown_ else ""


def _list(key: str, items: Iterable[str], lang: str) -> str:
    """A headed list in the HTML that the tool's editor makes; empty without items."""
    every = list(dict.fromkeys(items))
    lines = [f"<li>{escape(shown(item))}</li>" for item in every[:MOST]]
    if len(every) > MOST:
        lines.append(f"<li>{say('more', lang, len(every) - MOST)}</li>")
    return f"<strong>{escape(say(key, lang))}</strong><ul>{''.join(lines)}</ul>" if lines else ""


def _clauses(report: Report, lang: str) -> Iterator[str]:
    for law in dict.fromkeys(c for f in report.findings for c in f.citations):
        yield f"{clause(law, lang)} ({status(law, lang)}; {say(law.source, lang)})"


def _data(report: Report, lang: str) -> Iterator[str]:
    for d in report.datasets:
        for column in d.columns:
            for e in found(column):
                state = say("leak" if e.leak else e.state, lang)
                facts = f"{number('n_cells', e.cells, lang)}, {percent(e.share)}, {state}"
                yield f"{d.name} · {column.path}: {entity(e.entity, lang)} ({facts})"


def _supports(report: Report, lang: str) -> Iterator[str]:
    for d in report.datasets:
        files = number("n_files", d.files, lang)
        rows = number("n_rows", d.rows, lang)
        yield f"{d.uri}: {say(d.kind, lang)}, {files}, {size(d.bytes)}, {rows}"


def _messages(findings: Iterable[Finding], lang: str) -> Iterator[str]:
    for f in findings:
        yield f"{f.dataset}: {f.message[lang]}"


def _measures(report: Report, lang: str) -> list[dict[str, Any]]:
    return [
        {
            "id": 100 + i,
            "title": say(m.slug, lang),
            "content": "<br>".join(escape(line) for line in _content(m, lang)),
            "placeholder": f"knowledge_base.slugs.{m.slug}.placeholder",
        }
        for i, m in enumerate(_pia.measures(report), 1)
    ]


def _content(measure: _pia.Measure, lang: str) -> Iterator[str]:
    yield say("p_proposed", lang)
    yield shown(say("p_places", lang, listed(measure.datasets, lang)))
    yield from dict.fromkeys(shown(f.advice[lang]) for f in measure.findings[:MOST])


def evaluation(ref: str, plan: str, lang: str, **given: Any) -> dict[str, Any]:
    """One that is "improvable", so that the tool's action plan lists it; `plan` is HTML."""
    return {
        "status": 2,
        "reference_to": ref,
        "action_plan_comment": plan,
        "evaluation_comment": say("p_proposed", lang),
        "evaluation_date": None,
        "gauges": {"x": 0, "y": 0},
        "estimated_implementation_date": None,
        "person_in_charge": "",
        "global_status": 0,
        **given,
    }


def _comments(report: Report, answered: set[int], lang: str) -> Iterator[dict[str, Any]]:
    """Every question without an answer, and the questions of the findings beside theirs."""
    for ref in OPEN:
        if ref not in answered:
            yield comment(ref, say(f"q_{ref}", lang))
    for risk in RISKS:
        for digit, part in enumerate(PARTS, 1):
            ref = 300 + 10 * risk + digit
            if ref not in answered:
                asked = say(f"r_{part}", lang, say(f"r_{risk}", lang))
                yield comment(ref, say("r_no_evidence", lang, asked) if risk > RISKS[0] else asked)
    for group in grouped((f.question["en"], f) for f in report.findings if f.question):
        text = (group.worst.question or {})[lang]
        places = say("p_places", lang, listed(group.datasets, lang))
        yield comment(topic(group.worst.citations), f"{text} {places}")


def comment(ref: int, text: str) -> dict[str, Any]:
    """A remark at a question; what is still to be answered stands in these."""
    return {"description": flat(text), "reference_to": ref, "for_measure": False}


def topic(citations: tuple[Citation, ...]) -> int:
    """The number of the question that a finding with these clauses belongs to."""
    for law in citations:
        for name, article, ref in _TOPICS:
            if law.law == name and law.article.startswith(article):
                return ref
    return 113


def flat(text: str) -> str:
    """Text for fields that are no HTML in the tool, and might be in another: no tag either way."""
    return shown(text).replace("<", "‹").replace(">", "›")  # noqa: RUF001  look-alikes on purpose
