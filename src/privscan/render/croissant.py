"""Croissant: the fields on personal data and limits (RAI) of a machine-learning dataset's card."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from privscan.model.report import Report
from privscan.render._languages import beside, languages, opening
from privscan.render._overview import found, in_part
from privscan.render._phrases import entity, listed, number, percent, shown
from privscan.render._phrases import in_part as said_in_part
from privscan.render._reasons import reason
from privscan.render._sentences import LIMITS
from privscan.render._words import say
from privscan.render.json import plain

PLUGIN = True
SUFFIXES = (".croissant.json",)

RAI = "http://mlcommons.org/croissant/RAI/"

_OWN = "citeAs column conformsTo data dataType equivalentProperty examples extract field \
fileProperty fileObject fileSet format includes isLiveDataset jsonPath key md5 parentField path \
recordSet references regex repeated replace samplingRate separator source subField transform"

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": RAI,
    "sc": "https://schema.org/",
    **{term: f"cr:{term}" for term in _OWN.split()},
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
}
"""The context that the format prescribes, word for word: readers warn of any other."""


def render(report: Report, *, lang: str = "en") -> str:
    """One dataset card for the report: what is personal in it, and what the scan cannot say.

    Licence, citation, date and files are not the scan's to state: merge these fields into the
    card that has them.
    """
    card = beside([_card(report, one) for one in languages(lang)])
    card["@context"] = CONTEXT | {"@language": opening(lang)}
    return json.dumps(plain(card), ensure_ascii=False, indent=2) + "\n"


def _card(report: Report, lang: str) -> dict[str, Any]:
    names = listed((d.name for d in report.datasets), lang, 3) or say("nothing", lang)
    card = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "name": shown(names),
        "description": _description(report, lang),
        "conformsTo": ["http://mlcommons.org/croissant/1.0", f"{RAI}1.0"],
        "rai:personalSensitiveInformation": list(dict.fromkeys(_personal(report, lang))),
        "rai:dataLimitations": list(dict.fromkeys(_limits(report, lang))),
    }
    return {key: value for key, value in card.items() if value != []}


def _description(report: Report, lang: str) -> str:
    tool = report.tool
    state = say("complete" if report.complete else "incomplete", lang)
    score = f"{say('score', lang)} {report.score:.1f} / 100, {say(report.level, lang)}, {state}."
    made = say("p_evidence", lang, tool.version, tool.rules_digest, tool.plan_digest)
    return f"{score} {shown(made)}"


def _personal(report: Report, lang: str) -> Iterator[str]:
    """A line for each kind of data in each dataset, with its columns and protection."""
    for d in report.datasets:
        kinds: dict[tuple[str, str], list[tuple[str, float]]] = {}
        for column in d.columns:
            for e in found(column):
                state = say("leak" if e.leak else e.state, lang)
                kinds.setdefault((e.entity, state), []).append((column.path, e.share))
        for (name, state), places in kinds.items():
            columns = listed((f"{path} ({percent(share)})" for path, share in places), lang)
            yield shown(f"{d.name}: {entity(name, lang)}, {state}: {columns}")
        if d.media.faces:
            yield shown(f"{d.name}: {say('faces', lang)} {d.media.faces:,}")


def _limits(report: Report, lang: str) -> Iterator[str]:
    """What was not read, then what no scan can say."""
    for d in report.datasets:
        parts = [u for u in report.unread if u.dataset == d.name]
        for why in dict.fromkeys(u.reason for u in parts):
            count = number("n_parts", sum(u.reason == why for u in parts), lang)
            yield shown(f"{d.name}: {say('unread', lang)}: {count}: {reason(why, lang)}")
    for name, why in report.tool.not_run.items():
        yield shown(f"{say('not_run', lang)}: {name}: {reason(why, lang)}")
    for one in in_part(report):
        yield shown(said_in_part(one, lang))
    for pair in LIMITS:
        yield pair[lang == "ja"]
