"""A verdict in words of either language: rules, measures, what is lacking, what would help."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from privscan.model.finding import Remedy, Verdict, Violation, Waived
from privscan.model.report import Report
from privscan.render._phrases import number
from privscan.render._words import WORDS
from privscan.render._words import say as word

_WORDS: Mapping[str, tuple[str, str]] = {
    "passed": ("PASSED", "合格"),
    "stopped": ("STOPPED", "停止"),
    "policy": ("policy", "ポリシー"),
    "bound": ("bound", "基準"),
    "waived": ("waived", "免除"),
    "max_score": ("highest score", "最高スコア"),
    "stop_at": ("stops at level", "停止するレベル"),
    "fail_on": ("fails on", "停止する重大度"),
    "forbid": ("forbidden", "禁止する項目"),
    "forbid_clear": ("forbidden in clear", "平文を禁止する項目"),
    "protect": ("protection asked", "必要な保護状態"),
    "min_k": ("smallest k", "k の下限"),
    "declare": ("to be declared", "申告が必要な事項"),
    "columns": ("columns agreed on", "列の取決め"),
    "jurisdictions": ("places", "適用地域"),
    "stop_new": ("stops what is new", "新規に現れた項目"),
    "score": ("score", "スコア"),
    "waiver": ("waiver", "免除"),
    "incomplete": ("incomplete answer", "不完全な結果"),
    "a score": ("a score", "スコアがあること"),
    "none": ("none", "なし"),
    "a contract": ("a contract", "列の取決めがあること"),
    "unexpected": ("not expected", "取決めにない列"),
    "expected columns": ("expected columns", "取決めの列"),
    "missing": ("missing", "欠落"),
    "any": ("any type", "型を問わない"),
    "i_nothing": ("nothing was scanned", "走査対象がなかった"),
    "i_more": ("and {} more parts unread", "他 {} 件が未走査"),
    "i_report": ("the report says that it is incomplete", "報告書が不完全とされている"),
    "i_left_out": ("detectors left out by choice: {}", "指定により外した検出器:{}"),
    "i_lacking": (
        "detectors that the policy asks for did not run: {}",
        "ポリシーが求める検出器が実行されなかった:{}",
    ),
    "i_share": ("{}: {} could not be read", "{}:{} を読み取れなかった"),
    "i_sample": (
        "{}: k of {} is known from a sample of classes only",
        "{}:{} の k は標本による値しか分からない",
    ),
    "i_unmeasured": ("{}: k of {} was not measured", "{}:{} の k は測定されていない"),
    "i_texts": (
        "{}: {} read {} of {} texts of {}",
        "{0}:{1} は列 {4} の文章 {3} 件中 {2} 件を読んだ",
    ),
    "i_rules": (
        "the report was made by other rules than those in force",
        "報告書は現行と異なるルールで作成されている",
    ),
    "s_passes_one": (
        "{}: 1 treatment would let it pass (predicted score {}, {})",
        "{}:次の1件の処理で合格する見込み(予測スコア {}、レベル {})",
    ),
    "s_passes": (
        "{}: {n} treatments would let it pass (predicted score {}, {})",
        "{}:次の{n}件の処理で合格する見込み(予測スコア {}、レベル {})",
    ),
    "s_no_bundle": (
        "{}: no bundle of treatments passes; even with all of them this stays: {}",
        "{}:どの処理の組合せでも合格しない。すべて行っても残るもの:{}",
    ),
    "s_not_alone": (
        "{}: no bundle of treatments passes while this stays: {}; all the rest is lifted by",
        "{}:次が残る限り、処理だけでは合格しない:{}。その他は次の処理で解消する",
    ),
    "s_declare": (
        "{}: people have to say in dataset.yaml: {}",
        "{}:dataset.yaml への記載が必要な事項:{}",
    ),
    "s_owner": ("{}, until {}: {}", "{}、期限 {}:{}"),
    "s_more": ("and {} more", "他 {} 件"),
}

_MISSING = (
    (re.compile(r"nothing was scanned"), "i_nothing"),
    (re.compile(r"and ([\d,]+) more parts unread"), "i_more"),
    (re.compile(r"the report says that it is incomplete"), "i_report"),
    (re.compile(r"detectors left out by choice: (.*)"), "i_left_out"),
    (re.compile(r"detectors that the policy asks for did not run: (.*)"), "i_lacking"),
    (re.compile(r"(.*): k of (.*) is known from a sample of classes only", re.DOTALL), "i_sample"),
    (re.compile(r"(.*): k of (.*) was not measured", re.DOTALL), "i_unmeasured"),
    (re.compile(r"(.*): (\w+) read ([\d,]+) of ([\d,]+) texts of (.*)", re.DOTALL), "i_texts"),
    (re.compile(r"(.*): ([\d.]+%) could not be read", re.DOTALL), "i_share"),
    (re.compile(r"the report was made by other rules than those in force"), "i_rules"),
)
_CELLS = re.compile(r"([\d,]+) cells?")


def say(key: str, lang: str, *values: object, **named: object) -> str:
    """A word or sentence of verdicts; where verdicts have none of their own, that of reports."""
    if key not in _WORDS:
        return word(key, lang) if key in WORDS else key
    return _WORDS[key][lang == "ja"].format(*values, **named)


def lacking(reason: str, lang: str) -> str:
    """Why an answer is incomplete; a reason in words not known here stays as it is."""
    for pattern, key in _MISSING:
        if match := pattern.fullmatch(reason):
            return say(key, lang, *match.groups())
    return reason


def rule(name: str, lang: str) -> str:
    """The key of the policy file, which the reader will look for; in Japanese with its meaning."""
    key = name.split(" ", 1)[0]
    return f"{say(key, lang)}({name})" if lang == "ja" and key in _WORDS else name


def measure(fact: str, lang: str) -> str:
    """A level, severity, states or a number of cells in words; a number stays as it is."""
    if cells := _CELLS.fullmatch(fact):
        return number("n_cells", int(cells[1].replace(",", "")), lang)
    return " / ".join(_said(one, lang) for one in fact.split(", "))


def _said(fact: str, lang: str) -> str:
    """The word for a fact; sentences with blanks are none."""
    return fact if "{" in "".join(_WORDS.get(fact, ())) else say(fact, lang)


def head(verdict: Verdict, report: Report, lang: str) -> str:
    """Passed or stopped, by which policy, at which score."""
    said = say("passed" if verdict.passed else "stopped", lang)
    score = f"{word('score', lang).lower()} {report.score:.0f} ({word(report.level, lang)})"
    return f"{said}  {say('policy', lang)} {verdict.policy}, {score}"


def bounded(violation: Violation, lang: str) -> str:
    """The rule, the value measured and the bound; keys and places stay as they are written."""
    names = violation.rule in {"declare", "jurisdictions"}
    asked = violation.threshold if names else measure(violation.threshold, lang)
    bound = f"{say('bound', lang)} {asked}"
    return f"{rule(violation.rule, lang)}: {measure(violation.measured, lang)}; {bound}"


def answered(waived: Waived, lang: str) -> str:
    """What was accepted, and who answers for it until when and why."""
    who = say("s_owner", lang, waived.owner, waived.expires, waived.reason)
    one = waived.violation
    return f"{one.dataset}: {one.message[lang]} ({waived.by}: {who})"


def helps(remedy: Remedy, lang: str) -> Iterator[str]:
    """What would let a dataset pass, one line for the whole and one for each treatment."""
    between = "、" if lang == "ja" else ", "
    left = between.join(rule(name, lang) for name in remedy.left)
    count, risk = len(remedy.measures), (f"{remedy.score:.0f}", word(remedy.level, lang))
    if not remedy.passes:
        yield say("s_not_alone" if count else "s_no_bundle", lang, remedy.dataset, left)
    elif count:
        key = "s_passes_one" if count == 1 else "s_passes"
        yield say(key, lang, remedy.dataset, *risk, n=count)
    for one in remedy.measures:
        yield f"  {one.column}: {one.treatment} ({one.text[lang].rstrip('.。')})"
    if remedy.declare:
        yield say("s_declare", lang, remedy.dataset, ", ".join(remedy.declare))
