"""What `protect` says of its plans and their proof, in English and Japanese, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from privscan.model.profile import Risk
from privscan.model.treatment import Protection, Step, TreatmentPlan
from privscan.render._words import say as word
from privscan.rulebook.load import rulebook

SCHEMA = "privscan-protection/1"
_LEFT = 12
"""What stays that the text shows; JSON has it all."""

_SAID = {
    "score": ("score {} ({}) → {} ({}), predicted{}", "スコア {}({})→ {}({})、予測{}"),
    "part": (" on the first rows", "(先頭の行による)"),
    "cost": ("information lost: {} of the table's", "失われる情報:表全体の {}"),
    "step": ("{}  {}  loses {}", "{}  {}  損失 {}"),
    "nothing": ("nothing needs a treatment", "処理は不要"),
    "missed": ("the goal is not reached", "目標に達しない"),
    "left": ("stays: {}", "残る情報:{}"),
    "more": ("and {} more", "ほか {} 件"),
    "asked": (
        "for people to settle in dataset.yaml before a copy passes: {}",
        "コピーが合格する前に dataset.yaml で人が定めるべき事項:{}",
    ),
    "measured": (
        "measured after writing: {} ({}), predicted {}: {}",
        "書込み後の実測:{}({})、予測 {}:{}",
    ),
    "agrees": ("within one point", "差は1点以内"),
    "differs": ("DIFFERS BY MORE THAN ONE POINT", "1点を超える差がある"),
    "passed": ("policy {} is met", "ポリシー {} を満たす"),
    "residue": (
        "residue: {} values of treated columns sought, {} met in bytes, {} in cells",
        "残留:処理した列の値 {} 件を検索、バイト列に {} 件、セルに {} 件",
    ),
    "met": (
        "the values that are met stand in columns or names that were kept: {}",
        "検出された値は、そのまま残した列または名前にある:{}",
    ),
    "names": ("names of files and columns", "ファイル名・列名"),
    "unsought": (
        "residue: not sought, no treated column held values that tell themselves apart",
        "残留:検索していない(処理した列に判別できる値がない)",
    ),
    "written": ("wrote {}: {} files, {} rows", "{} を書き込んだ:ファイル {} 件、{} 行"),
    "left_out": ("left out: {}", "除外:{}"),
}


def document(done: Protection) -> str:
    """All of it as JSON; no value of the data is in it."""
    plans = [_plan(p) for p in done.plans]
    shown: dict[str, Any] = {"schema": SCHEMA, "plans": plans, "left_out": list(done.left_out)}
    if done.out:
        shown |= {
            "out": done.out,
            "files": done.files,
            "rows": done.rows,
            "measured": {name: _risk(risk) for name, risk in done.measured.items()},
            "passed": done.verdict.passed if done.verdict else None,
            "residue": asdict(done.residue) if done.residue else None,
        }
    return json.dumps(shown, ensure_ascii=False, indent=2)


def _plan(plan: TreatmentPlan) -> dict[str, Any]:
    steps = [
        {"treat": str(s.treatment), "column": s.treatment.column, "treatment": s.treatment.name,
         "options": dict(s.treatment.options), "before": dict(s.before),
         "lost": round(s.lost, 4), "bits": round(s.bits, 4)}
        for s in plan.steps
    ]  # fmt: skip
    left = [{"column": c, "entity": e, "state": s} for c, e, s in plan.left]
    return {
        "dataset": plan.dataset, "now": _risk(plan.now), "predicted": _risk(plan.predicted),
        "lost": round(plan.lost, 4), "reached": plan.reached, "asked": list(plan.asked), "whole": plan.whole,
        "steps": steps, "left": left,
    }  # fmt: skip


def _risk(risk: Risk | None) -> dict[str, Any] | None:
    return {"score": round(risk.score, 2), "level": risk.level.value} if risk else None


def text(done: Protection, lang: str) -> str:
    """For a person."""
    return "\n".join(_lines(done, lang))


def _say(key: str, lang: str, *values: object) -> str:
    return _SAID[key][lang == "ja"].format(*values)


def _score(risk: Risk | None) -> str:
    return f"{risk.score:.1f}" if risk else "-"


def _level(risk: Risk | None, lang: str) -> str:
    return word(risk.level.value, lang) if risk else "-"


def _lines(done: Protection, lang: str) -> Iterator[str]:
    for plan in done.plans:
        yield from _of_plan(plan, lang)
        measured = done.measured.get(plan.dataset)
        if measured and plan.predicted:
            near = abs(measured.score - plan.predicted.score) <= 1
            verdict = _say("agrees" if near else "differs", lang)
            facts = (_score(measured), _level(measured, lang), _score(plan.predicted), verdict)
            yield "  " + _say("measured", lang, *facts)
    if done.verdict:
        yield _say("passed", lang, done.verdict.policy)
    if done.residue:
        found = done.residue
        counts = (f"{found.sought:,}", f"{found.bytes_:,}", f"{found.cells:,}")
        yield _say("residue", lang, *counts) if found.sought else _say("unsought", lang)
        if not found.none:
            held = [f"{name or _say('names', lang)} ({n:,})" for name, n in found.kept.items()]
            yield "  " + _say("met", lang, ("、" if lang == "ja" else ", ").join(held))
    if done.left_out:
        yield _say("left_out", lang, ("、" if lang == "ja" else ", ").join(done.left_out))
    if done.out:
        yield _say("written", lang, done.out, f"{done.files:,}", f"{done.rows:,}")


def _of_plan(plan: TreatmentPlan, lang: str) -> Iterator[str]:
    yield plan.dataset
    part = "" if plan.whole else _say("part", lang)
    now, then = plan.now, plan.predicted
    yield "  " + _say(
        "score", lang, _score(now), _level(now, lang), _score(then), _level(then, lang), part
    )
    if plan.steps:
        yield "  " + _say("cost", lang, f"{plan.lost:.1%}")
    else:
        yield "  " + _say("nothing", lang)
    wide = max((len(_treat(s)) for s in plan.steps), default=0)
    for step in plan.steps:
        held = _held(step, lang)
        yield "    " + _say("step", lang, _treat(step).ljust(wide), held, f"{step.lost:.0%}")
    if plan.left:
        names = [f"{c}: {_label(e, lang)} ({word(s, lang)})" for c, e, s in plan.left[:_LEFT]]
        more = [_say("more", lang, len(plan.left) - _LEFT)] if len(plan.left) > _LEFT else []
        yield "  " + _say("left", lang, ("、" if lang == "ja" else ", ").join([*names, *more]))
    if not plan.reached:
        yield "  " + _say("missed", lang)
    if plan.asked:
        yield "  " + _say("asked", lang, "; ".join(plan.asked))


def _treat(step: Step) -> str:
    return str(step.treatment).partition("::")[2] or str(step.treatment)


def _held(step: Step, lang: str) -> str:
    return ("、" if lang == "ja" else ", ").join(_label(e, lang) for e in step.before) or "-"


def _label(entity: str, lang: str) -> str:
    known = rulebook().entities.get(entity)
    return known.label.both()[lang] if known else entity
