"""The words of reports in English and Japanese, and how numbers are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from privscan.rulebook.load import rulebook

LANGUAGES = ("en", "ja")

WORDS: Mapping[str, tuple[str, str]] = {
    # levels, severities, certainties, states
    "none_detected": ("none detected", "検出なし"),
    "low": ("low", "低"),
    "medium": ("medium", "中"),
    "high": ("high", "高"),
    "very_high": ("very high", "極めて高"),
    "info": ("info", "情報"),
    "scan_sufficient": ("settled by the scan", "走査で確定"),
    "scan_indicates": ("suggested by the scan", "走査が示唆"),
    "needs_context": ("needs a human answer", "要回答(人による判断)"),
    "plain": ("in clear", "平文"),
    "hash_unsalted_guessable": ("hashed, guessable", "推測可能なハッシュ"),
    "hash_unsalted": ("hashed without a key", "鍵なしハッシュ"),
    "partial_mask": ("partly masked", "部分マスク"),
    "token_keyed": ("keyed token", "鍵付きトークン"),
    "generalised": ("generalised", "一般化"),
    "encrypted_key_apart": ("encrypted, key apart", "暗号化(鍵分離)"),
    "removed": ("removed", "削除済み"),
    "T": ("clause seen", "条文を確認"),
    "S": ("secondary source", "二次資料"),
    "M": ("from memory, unverified", "記憶による・未確認"),
    # phases
    "planning": ("planning and proposal", "企画・提案フェーズ"),
    "design": ("design and development", "設計・開発フェーズ"),
    "operation": ("operation and maintenance", "運用・保守フェーズ"),
    # headings
    "title": ("Privacy and biometric-data report", "プライバシー・生体データ報告書"),
    "summary": ("Summary", "要約"),
    "decision": ("Decision needed", "必要な判断"),
    "score": ("Score", "スコア"),
    "level": ("Level", "レベル"),
    "severity": ("Severity", "重大度"),
    "dataset": ("Dataset", "データセット"),
    "datasets": ("Datasets", "データセット"),
    "columns": ("Columns", "列"),
    "column": ("Column", "列"),
    "rows": ("Rows", "行数"),
    "subjects": ("People", "本人の数"),
    "findings": ("Findings", "指摘事項"),
    "finding": ("Finding", "指摘事項"),
    "advice": ("What to do", "対応"),
    "question": ("Question to a person", "人への質問"),
    "measured": ("Measured", "測定値"),
    "threshold": ("Fires when", "該当条件"),
    "citations": ("Citation", "根拠条文"),
    "principle": ("Principle", "原則"),
    "principles": ("Principles", "原則"),
    "certainty": ("Certainty", "確からしさ"),
    "confidence": ("Confidence", "確信度"),
    "phase": ("Phase", "フェーズ"),
    "unread": ("What was not read", "未走査"),
    "unread_none": ("Everything that was found was read.", "対象はすべて読み取った。"),
    "place": ("Place", "場所"),
    "reason": ("Reason", "理由"),
    "why": ("Why", "理由"),
    "points": ("Points", "点"),
    "waterfall": ("Where the score comes from", "スコアの内訳"),
    "data_map": ("Data map", "データマップ"),
    "risk_map": ("Risk map: severity × likelihood", "リスクマップ(影響レベル×起こりやすさ)"),
    "entity": ("Data", "項目"),
    "state": ("Protection", "保護状態"),
    "share": ("Share of cells", "出現率"),
    "cells": ("Cells", "件数"),
    "example": ("Masked shape", "マスク済みの形"),
    "evidence": ("Evidence", "証跡"),
    "limits": ("Limits of this report", "本報告の限界"),
    "tool": ("Made with", "作成環境"),
    "interval": ("between {} and {}", "{}〜{}"),
    "classes": ("Singling out", "特定可能性"),
    "pictures": ("Pictures", "画像"),
    "likelihood": ("Likelihood", "起こりやすさ"),
    "impact": ("Severity of harm", "影響レベル"),
    "leak": ("leak in free text", "自由記述中"),
    "none": ("nothing personal found", "個人データの検出なし"),
    "no_findings": ("No finding.", "指摘事項なし。"),
    "nothing": ("Nothing was scanned.", "走査対象がなかった。"),
    "complete": ("complete", "完了"),
    "incomplete": ("INCOMPLETE", "不完全"),
    "not_run": ("Detectors that did not run", "実行されなかった検出器"),
    "not_evaluated": ("Laws not asked, by declared jurisdiction", "申告地域により未評価の法令"),
    "all": ("all", "すべて"),
    "filter": ("Filter", "絞り込み"),
    "search": ("Search in findings", "指摘事項を検索"),
    "shown": ("shown", "件を表示"),
    "passed": ("PASSED", "合格"),
    "stopped": ("STOPPED", "停止"),
    "policy": ("policy", "ポリシー"),
    "bound": ("bound", "上限"),
    "c1": ("negligible", "無視できる"),
    "c2": ("limited", "限定的"),
    "c3": ("significant", "重大"),
    "c4": ("maximum", "最大"),
    # decisions by level
    "decide_incomplete": (
        "Do not rely on this report yet: part of the data could not be read. Repair it and scan again.",
        "一部を読み取れなかったため、本報告にはまだ依拠できない。修復して再走査すること。",
    ),
    "decide_none_detected": (
        "No personal data was detected. That is not proof that there is none: see the limits.",
        "個人データは検出されなかった。存在しないことの証明ではない(限界を参照)。",
    ),
    "decide_low": (
        "Use it for the declared purposes; answer the open questions.",
        "申告された目的の範囲で利用できる。未回答の質問に答えること。",
    ),
    "decide_medium": (
        "Approve with conditions: take the measures below, and answer the open questions.",
        "条件付きで承認:下記の対策を講じ、未回答の質問に答えること。",
    ),
    "decide_high": (
        "Hold back until the measures below are taken and the data is scanned again; the owner decides on what remains.",
        "下記の対策を講じ再走査するまで利用を保留する。残留リスクは責任者が判断する。",
    ),
    "decide_very_high": (
        "Stop. Do not use or pass on this data before the measures below are taken; an impact assessment and a decision by the responsible officer are needed.",
        "停止。下記の対策を講じるまで利用・提供しないこと。影響評価と責任者の判断が必要である。",
    ),
    # waterfall bars
    "sensitivity": ("Sensitivity of the data", "データの機微性"),
    "identifiability": ("How far people are identified", "本人の識別可能性"),
    "joinability": ("Joins with other datasets", "他データとの結合"),
    "scale": ("Number of people", "本人の数"),
    "vulnerable_subjects": ("Vulnerable people", "配慮を要する本人"),
    "exposure": ("Exposure", "公開範囲"),
    "floor": ("Floor for what is present", "存在による下限"),
}

LIMITS: tuple[tuple[str, str], ...] = (
    (
        "Not legal advice: a finding names a clause that may apply, and how well its text is known.",
        "法的助言ではない。指摘事項は該当し得る条文と、その確認の程度を示す。",
    ),
    (
        "Names in free text are found by header words and lists, not by a language model: expect misses.",
        "自由記述中の氏名は見出し語と語彙一覧で検出しており、見落としがあり得る。",
    ),
    (
        "Faces are missed when small, turned away or covered; no face was recognised or described.",
        "小さい顔・横向き・覆われた顔は見落とすことがある。顔の照合や特徴抽出は行っていない。",
    ),
    (
        "Above 2,048 distinct values, counts of distinct values and people are estimates (standard error 2.2 %).",
        "2,048種類を超える値の種類数・本人数は推定値である(標準誤差2.2%)。",
    ),
    (
        "Encrypted, compressed or encoded values inside cells were not opened.",
        "セル内の暗号化・圧縮・符号化された値は開いていない。",
    ),
    (
        "Weights of the score are privscan's judgement on ENISA's steps; they are in rules/scoring.",
        "スコアの重みはENISAの区分に基づく privscan の判断であり、rules/scoring にある。",
    ),
)


def say(key: str, lang: str) -> str:
    """The word of that key, or the key itself, with blanks, for one that nobody translated."""
    pair = WORDS.get(key)
    return key.replace("_", " ") if pair is None else pair[lang == "ja"]


def both(key: str) -> dict[str, str]:
    """The word in every language."""
    return {lang: say(key, lang) for lang in LANGUAGES}


def entity(name: str, lang: str) -> str:
    """An entity's label; the id of one that these rules do not know."""
    known = rulebook().entities.get(name)
    return name if known is None else known.label.both()[lang]


def principle(name: str, lang: str) -> str:
    """A principle's title; its id if these rules do not know it."""
    known = rulebook().principles.get(name)
    return name if known is None else known.title.both()[lang]


def listed(items: Iterable[str], lang: str, most: int = 6) -> str:
    """The first items, and how many more there are."""
    every = list(items)
    more = len(every) - most
    head = ("、" if lang == "ja" else ", ").join(every[:most])
    if more <= 0:
        return head
    return f"{head} 他{more}件" if lang == "ja" else f"{head} and {more} more"


def percent(share: float) -> str:
    """A share in per cent; one that is not zero never reads as zero."""
    if 0 < share < 0.001:  # noqa: PLR2004  what one decimal can show
        return "< 0.1 %"
    return f"{share:.1%}".replace("%", " %").replace(".0 %", " %")
