"""What `explain` says of each kind of thing: a title and lines of label and text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from privscan.model.finding import Citation
from privscan.render._laws import STATUS, clause, status
from privscan.render._phrases import (
    condition,
    in_part,
    label,
    measured,
    percent,
    principle,
    threshold,
)
from privscan.render._reasons import reason as why_not
from privscan.render._words import say

if TYPE_CHECKING:
    from privscan.model.finding import Finding
    from privscan.model.report import Report
    from privscan.recognition.recognizer import Recognizer as Compiled
    from privscan.rulebook.numbers import Number
    from privscan.rulebook.policies import Policy
    from privscan.rulebook.recognizers import Recognizer
    from privscan.rulebook.schema import Entity, Principle, Rule

Lines = Iterator[tuple[str, object]]

EXIT_CODES = (
    (0, "done, or the policy is met", "完了、又はポリシーを満たす"),
    (
        1,
        (
            "the policy is broken (gate), a finding reaches --fail-on (scan), or something is not as "
            "recorded (verify); wins over 3"
        ),
        "ポリシー違反(gate)、--fail-on 以上の所見(scan)、又は記録との相違(verify)。3 に優先する",
    ),
    (2, "usage, configuration or rule files wrong", "使い方・設定・ルールファイルの誤り"),
    (
        3,
        "the answer is incomplete: nothing scanned, or a part unread",
        "結果が不完全:対象なし、又は読めない部分がある",
    ),
    (4, "internal error", "内部エラー"),
    (130, "interrupted", "中断"),
)

_JA = {
    "about": "説明",
    "advice": "助言",
    "allowed score": "許容スコア",
    "APPI": "個人情報保護法",
    "category": "分類",
    "certainty": "確からしさ",
    "checks": "関係する検査",
    "citation": "根拠条文",
    "check digit": "検査数字",
    "columns": "列",
    "dataset": "データセット",
    "entity": "項目",
    "example": "該当例",
    "no example": "非該当例",
    "fails on": "停止する重大度",
    "floor": "スコアの下限",
    "forbidden": "禁止する項目",
    "forbidden in clear": "平文を禁止する項目",
    "GDPR": "GDPR",
    "header words": "見出し語",
    "identifying power": "識別力",
    "lesson": "教訓",
    "location": "所在",
    "masked example": "伏せ字の例",
    "measured": "測定値",
    "message": "所見",
    "no header words": "該当しない見出し語",
    "not scanned": "未走査",
    "note": "注記",
    "patterns": "検出パターン",
    "layouts": "桁の並び",
    "parts of words": "語の一部",
    "passed by chance": "偶然に通る割合",
    "principles": "原則",
    "Python class": "Python クラス",
    "question": "質問",
    "role": "役割",
    "rule": "ルール",
    "sensitivity": "機微性",
    "severity": "重大度",
    "source": "出典",
    "status": "状態",
    "must be declared": "申告が必要な事項",
    "must be protected": "必要な保護状態",
    "smallest k": "k の下限",
    "stops at level": "停止するレベル",
    "stops if new": "新規なら停止する項目",
    "waiver": "免除",
    "threshold": "しきい値",
    "viewpoint": "観点",
    "vocabulary": "語彙",
    "weak header words": "弱い見出し語",
    "when": "条件",
    "where": "適用地域",
}

_ROLES = {
    "D": ("direct identifier", "直接識別子"),
    "Q": ("quasi-identifier: identifies together with others", "準識別子:組合せで識別し得る"),
    "A": ("attribute", "属性"),
    "B": ("biometric", "生体情報"),
    "S": ("sensitive", "機微情報"),
    "C": ("credential", "認証情報"),
}
_CERTAINTIES = {
    "scan_sufficient": ("a scan settles it", "スキャンで確定する"),
    "scan_indicates": ("a scan suggests it, a person confirms", "スキャンは示唆し、人が確認する"),
    "needs_context": ("only people can answer it", "人のみが答えられる"),
}
_GRADES = {
    "T": ("the clause's text was seen", "条文を確認"),
    "S": ("a secondary page was seen", "二次資料を確認"),
    "M": ("from memory, unverified", "記憶による、未確認"),
}


def card(title: str, lines: Iterable[tuple[str, object]], lang: str) -> str:
    """The title, then a line for each label that has a text."""
    said = [(label, _words(text)) for label, text in lines]
    shown = [f"  {_JA.get(k, k) if lang == 'ja' else k}: {text}" for k, text in said if text]
    return "\n".join([title, *shown])


def _words(text: object) -> str:
    if isinstance(text, (list, tuple, set, frozenset)):
        return ", ".join(map(str, text))
    return "" if text is None else f"{text:g}" if isinstance(text, float) else str(text)


def _in(lang: str, pair: tuple[str, str]) -> str:
    return pair[lang == "ja"]


def _labels(ids: Iterable[str], lang: str) -> list[str]:
    """Ids as they are, for the reader who will type them; in Japanese the words for them."""
    return [label(one, lang) for one in ids] if lang == "ja" else list(ids)


def _titles(principles: Iterable[str], lang: str) -> list[str]:
    return [principle(one, lang) for one in principles] if lang == "ja" else list(principles)


def of_entity(entity: Entity, lang: str) -> Lines:
    """How an entity is found and what it weighs."""
    yield "category", _labels((entity.category,), lang)
    yield "role", _in(lang, _ROLES[entity.role])
    yield "sensitivity", entity.weight
    yield "identifying power", entity.identifying
    yield "floor", entity.floor or None
    yield "GDPR", entity.gdpr
    yield "APPI", entity.appi
    yield "DPV", entity.dpv
    yield "header words", entity.names.strong
    yield "weak header words", entity.names.weak
    yield "no header words", entity.not_names
    yield "vocabulary", entity.values
    yield "parts of words", entity.parts
    yield "patterns", entity.presidio
    yield "note", entity.note


def of_recognizer(recognizer: Recognizer, lang: str) -> Lines:
    """What a recognizer looks for; its examples are made up and may be shown."""
    if recognizer.about:
        yield "about", getattr(recognizer.about, lang)
    yield "entity", recognizer.supported_entity
    yield "patterns", [f"{p.name} ({p.score:g}): {p.regex}" for p in recognizer.every_pattern]
    yield "Python class", recognizer.python
    yield "check digit", recognizer.check_digit
    if recognizer.examples:
        yield "example", recognizer.examples.positive
        yield "no example", recognizer.examples.negative


def of_number(number: Number, lang: str) -> Lines:
    """What a number looks like, and how often chance makes one."""
    yield "about", getattr(number.about, lang)
    yield "entity", number.supported_entity
    signs = ("9 a digit, A a letter, X either", "9は数字、Aは英字、Xはいずれか")
    yield "layouts", [*number.forms, _in(lang, signs)]
    yield "check digit", number.check_digit
    yield "passed by chance", f"{number.chance:.2%}"
    yield "example", number.examples.positive
    yield "no example", number.examples.negative


def of_presidio(recognizer: Compiled, entity: str, lang: str) -> Lines:
    """What one of Presidio's own recognizers looks for."""
    about = ("by Presidio, with its check digit where the number has one",
             "Presidio による。検査数字がある番号はそれも確認する")  # fmt: skip
    yield "about", _in(lang, about)
    yield "entity", entity
    yield "patterns", [f"{p.name} ({p.score:g}): {p.regex}" for p in recognizer.patterns]


def of_principle(principle: Principle, checks: Iterable[Rule], lang: str) -> Lines:
    """What a principle asks, and the checks that stand on it."""
    yield "viewpoint", _labels((principle.viewpoint,), lang)
    yield "lesson", getattr(principle.lesson, lang)
    yield "question", getattr(principle.question, lang)
    yield "checks", [rule.id for rule in checks if principle.id in rule.principles]


def of_rule(rule: Rule, lang: str) -> Lines:
    """When a check fires, what it says then, and how well its clause is known."""
    yield "when", condition(rule.when, lang)
    yield "where", rule.jurisdictions
    yield "message", getattr(rule.message, lang)
    yield "advice", getattr(rule.advice, lang)
    yield "question", getattr(rule.question, lang) if rule.question else None
    yield "lesson", getattr(rule.lesson, lang)
    yield "severity", _labels((rule.severity.value,), lang)
    yield "certainty", _in(lang, _CERTAINTIES[rule.certainty.value])
    yield "principles", _titles(rule.principles, lang)
    said = status(Citation(rule.law, rule.article, rule.status, rule.src), lang)
    yield "status", f"{said} ({rule.as_of})"
    yield "source", _in(lang, _GRADES[rule.src])


def of_policy(policy: Policy, lang: str) -> Lines:
    """What a dataset must keep to pass."""
    yield "about", getattr(policy.about, lang)
    yield "allowed score", policy.max_score
    yield "stops at level", _labels(filter(None, (policy.stop_at,)), lang)
    yield "fails on", _labels(filter(None, (policy.fail_on,)), lang)
    yield "forbidden", _labels(policy.forbid, lang)
    yield "forbidden in clear", _labels(policy.forbid_clear, lang)
    for asked in policy.protect:
        whose = ", ".join(_labels(asked.entities, lang))
        yield "must be protected", f"{whose}: {', '.join(_labels(asked.states, lang))}"
    yield "smallest k", policy.min_k
    for told in policy.declare:
        whose = ", ".join(_labels(told.entities, lang))
        yield "must be declared", f"{whose}: {', '.join(told.keys)}"
    yield "columns", [path for one in policy.columns for path in (*one.required, *one.allowed)]
    yield "where", policy.jurisdictions
    yield "stops if new", _labels(policy.stop_new, lang)
    yield "waiver", [f"{w.id} {w.rule} ({w.owner}, {w.expires})" for w in policy.waivers]
    said = STATUS.get(policy.status, policy.status) if lang == "ja" else policy.status
    yield "status", f"{said} ({policy.as_of})"
    yield "source", policy.source


def of_finding(finding: Finding, report: Report, lang: str) -> Lines:
    """Rule, clause, measured value, threshold, location, and what was not scanned of its dataset."""
    dataset = next((d for d in report.datasets if d.name == finding.dataset), None)
    yield "rule", finding.check
    yield "message", finding.message[lang]
    yield "dataset", finding.dataset
    yield "location", dataset.uri if dataset else None
    yield "columns", finding.columns
    for column in dataset.columns if dataset else ():
        if column.path in finding.columns:
            shapes = dict.fromkeys(column.examples)
            yield "masked example", [f"{column.path}: {shape}" for shape in shapes]
    yield "measured", "; ".join(measured(finding, lang))
    yield "threshold", threshold(finding, lang)
    for law in finding.citations:
        grade = _in(lang, _GRADES.get(law.source, (law.source, law.source)))
        yield "citation", f"{clause(law, lang)} ({status(law, lang)}; {grade})"
    yield "severity", _labels((finding.severity.value,), lang)
    yield "certainty", _in(lang, _CERTAINTIES[finding.certainty.value])
    yield "principles", _titles(finding.principles, lang)
    yield "advice", finding.advice[lang]
    yield "question", finding.question[lang] if finding.question else None
    for text in _unscanned(finding.dataset, report, lang):
        yield "not scanned", text


def _unscanned(name: str, report: Report, lang: str) -> Iterator[str]:
    """The share unread, each part with its reason, texts read in part, detectors that did not run."""
    dataset = next((d for d in report.datasets if d.name == name), None)
    yield percent(dataset.unread_share if dataset else 0)
    unread = (one for one in report.unread if one.dataset in {"", name})
    yield from (f"{one.uri} {one.span}: {why_not(one.reason, lang)}" for one in unread)
    sampled = dataset.sampled if dataset else ()
    yield from (in_part(one, lang) for one in sampled if one.read < one.texts)
    not_run = [
        f"{detector} ({why_not(why, lang)})" for detector, why in report.tool.not_run.items()
    ]
    if not_run:
        yield f"{say('not_run', lang)}: {', '.join(not_run)}"


def of_exit_codes(lang: str) -> Lines:
    """Each exit code and when the program ends with it."""
    return ((str(code), _in(lang, (en, ja))) for code, en, ja in EXIT_CODES)
