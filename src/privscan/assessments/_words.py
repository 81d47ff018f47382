"""The words of assessments in English and Japanese; other words are those of reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from privscan.assessments._progress_words import PROGRESS
from privscan.model.finding import Text
from privscan.render._words import LANGUAGES, both

OUTLINE: tuple[tuple[str, str, str, str], ...] = (
    ("0", "summary", "Summary on one page", "要約"),
    ("1", "identification", "Identification", "評価対象の特定"),
    ("2", "threshold", "Why an assessment (threshold analysis)", "実施要否の判断(しきい値分析)"),
    ("3", "data_map", "Description and data map", "取扱いの概要・データマップ"),
    ("4", "categories", "Categories of personal and biometric data", "個人情報・生体情報の分類"),
    ("5", "purposes", "Purposes and usage-purpose notice", "利用目的と公表文案"),
    ("6", "basis", "Legal basis and applicable rules", "法的根拠・適用法令"),
    (
        "7",
        "necessity",
        "Necessity, proportionality, minimisation, accuracy, retention",
        "必要性・相当性・最小化・正確性・保存期間",
    ),
    ("8", "rights", "Rights of the persons and contact for complaints", "本人の権利・苦情窓口"),
    ("9", "reidentification", "Re-identification and linkage", "再識別・結合可能性の測定結果"),
    (
        "10",
        "inherent",
        "Risk map (severity × likelihood), inherent",  # noqa: RUF001  the sign is meant
        "リスクマップ(影響レベル×起こりやすさ):固有リスク",  # noqa: RUF001  the sign is meant
    ),
    ("11", "findings", "Findings", "指摘事項"),
    ("12", "measures", "Existing and planned measures", "既存・予定の対策と担当者"),
    ("13", "residual", "Residual risk after the measures", "残留リスク"),
    ("14", "views", "Views of the persons concerned and of experts", "本人・有識者等の意見"),
    ("15", "advice", "Advice of the privacy officer", "プライバシー保護責任者の意見"),
    ("16", "decision", "Decision and sign-off", "結論・承認"),
    ("17", "review", "Review date, triggers and trend", "見直し時期・契機・推移"),
    ("18", "limits", "Limits of this assessment", "本評価の限界"),
    ("A", "annex", "Evidence annex and check sheets", "証跡・チェックシート"),
)
"""The twenty headings that a privacy officer expects, in their order."""

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Privacy impact assessment", "プライバシー影響評価書"),
    "status": ("Status", "状態"),
    "draft": ("draft", "草案"),
    "approved": ("approved", "承認"),
    "conditions": ("approved with conditions", "条件付き承認"),
    "rejected": ("rejected", "不承認"),
    "referred": ("referred", "上位へ付議"),
    "draft_until": (
        "Draft: it binds nobody until every role below has signed what stands here.",
        "草案:以下のすべての役割が本書の内容を承認するまで、効力を持たない。",
    ),
    "reasons": ("Main reasons", "主な理由"),
    "predicted": ("Predicted after measures", "対策後の予測"),
    "organisation": ("Organisation", "組織"),
    "declared": ("declared in dataset.yaml", "dataset.yamlの申告"),
    "declared_none": (
        "No dataset.yaml was found for this dataset: nothing is declared, and all of it is asked.",
        "このデータセットのdataset.yamlが見つからず、申告がない。すべて質問として示す。",
    ),
    "declared_nothing": (
        "{} says nothing yet: all of it is asked.",
        "{}には記入がない。すべて質問として示す。",
    ),
    "declared_key": ("Key", "項目"),
    "declared_value": ("Declared", "申告内容"),
    "gaps": ("Not said in org.yaml", "org.yamlに記載のない事項"),
    "criterion": ("Criterion", "基準"),
    "result": ("Result", "結果"),
    "settled_by": ("Settled by", "根拠"),
    "met": ("met", "該当"),
    "not_met": ("not met", "非該当"),
    "open": ("open", "未回答"),
    "evidence": ("evidence of the scan", "走査の証跡"),
    "person": ("answer of a person", "人の回答"),
    "scheme_note": (
        "What the scan did not see is never a “not met”: only a person can rule a criterion out.",
        "走査で見えなかったことは「非該当」を意味しない。非該当とできるのは人だけである。",
    ),
    "category": ("Category", "分類"),
    "evidence_where": ("Evidence", "証跡"),
    "n_columns": ("{} column(s), at most {} of the cells", "{}列、セルの最大{}"),
    "notice": ("Draft of the notice to publish", "公表文案"),
    "notice_missing": ("Still to be filled in: {}", "未記入:{}"),
    "notice_note": (
        "A draft by the tool from what was detected and declared; a person checks and publishes it.",
        "検出結果と申告から作成した案である。人が確認して公表する。",
    ),
    "face_note": (
        "Face templates or identification by face: the notice names face recognition.",
        "顔テンプレート又は顔による識別があるため、顔認証の利用を明示している。",
    ),
    "basis": ("Legal basis", "法的根拠"),
    "not_declared": ("not declared", "申告なし"),
    "law": ("Law", "法令"),
    "law_status": ("In force", "施行状況"),
    "grade": ("How it was checked", "確認の程度"),
    "no_law": ("No clause was triggered.", "該当した条項はない。"),
    "quasi": ("Columns taken together", "組み合わせた列"),
    "k_min": ("Smallest class (k)", "最小の群(k)"),
    "below": ("People in classes that are too small", "小さすぎる群にいる本人"),
    "no_quasi": (
        "No set of quasi-identifiers was measured; that does not show that nobody can be singled out.",
        "準識別子の組は測定されていない。個人が特定されないことを示すものではない。",
    ),
    "links": ("Joins with other datasets: {}", "他データセットとの結合:{}"),
    "no_links": (
        "Joins with other datasets were not measured, or none was found.",
        "他データセットとの結合は測定されていないか、見つかっていない。",
    ),
    "by_principle": ("Findings by principle", "原則別の指摘事項"),
    "by_viewpoint": ("Findings by viewpoint", "観点別の指摘事項"),
    "number": ("Number", "件数"),
    "worst": ("Gravest", "最も重い重大度"),
    "treatment": ("Measure", "対策"),
    "before_after": ("Protection before → after", "保護状態(前→後)"),
    "owner": ("Owner", "担当者"),
    "due": ("Due date", "期限"),
    "to_name": ("to be named", "要記入"),
    "bundle_note": (
        "The measures are one bundle: each alone may change nothing. The score after them is predicted by the same model; classes of quasi-identifiers count as measured today. A scan of the treated data proves it.",
        "対策は一つのまとまりであり、単独では効果がないことがある。対策後のスコアは同じモデルによる予測で、準識別子の群は現在の測定値のままとする。対策後のデータの再走査で確認する。",
    ),
    "no_bundle": ("No measure is needed to keep the level.", "レベルの維持に必要な対策はない。"),
    "not_reached": (
        "Even with all of them the level stays above {}: consider not to use this data.",
        "すべて講じてもレベルは「{}」を上回る。データを利用しないことも検討する。",
    ),
    "score_from_to": ("Score {} → {} (predicted)", "スコア {} → {}(予測)"),
    "inherent": ("Inherent", "固有リスク"),
    "residual": ("Residual (predicted)", "残留リスク(予測)"),
    "n_people": ("{} people", "本人 {} 人"),
    "no_points": (
        "No personal data was detected, so nothing was scored. That is not proof that there is none.",
        "個人データは検出されず、評点の対象がない。個人データがないことの証明ではない。",
    ),
    "map_note": (
        "A proposal of the tool; people confirm it.",
        "ツールによる案であり、人が確認する。",
    ),
    "dialogue": ("Dialogue sheet for experts from outside", "外部有識者との対話シート"),
    "dialogue_note": (
        "It names kinds of data and counts only, no place and no value, and can be handed out.",
        "情報の種類と件数のみを示し、場所や値は含まない。外部に渡せる。",
    ),
    "dialogue_none": (
        "No finding about bodies, children or matching calls for views from outside.",
        "身体・子ども・突合に関し、外部の意見を要する指摘事項はない。",
    ),
    "ask_whom": (
        "Who was asked, on what date, and what did they say?",
        "誰に、いつ聞き、どのような意見があったか。",
    ),
    "heard": ("Views to be asked for: {}", "意見を聞く先:{}"),
    "role": ("Role", "役割"),
    "holder": ("Held by", "担当"),
    "sign_state": ("Signature", "承認状況"),
    "missing": ("missing", "未承認"),
    "current": ("current", "有効"),
    "reopened": ("re-opened", "要再承認"),
    "decided": ("Decision", "判断"),
    "approve": ("approve", "承認"),
    "reject": ("reject", "不承認"),
    "refer": ("refer", "付議"),
    "changed": ("Changed since it was signed", "承認後の変更"),
    "owner_role": ("data owner", "データ責任者"),
    "privacy_officer": ("privacy officer", "プライバシー保護責任者"),
    "governance_officer": ("AI governance officer", "AIガバナンス遂行責任者"),
    "committee": ("Risk Control and Compliance Committee", "リスク・コンプライアンス委員会"),
    "council": ("External Expert Council", "外部有識者会議"),
    "how_to_sign": (
        "To sign: privscan assess REPORT --sign ROLE --name NAME --decision approve",
        "承認の記録方法:privscan assess REPORT --sign ROLE --name NAME --decision approve",
    ),
    "no_advice": ("Not given yet.", "未記入。"),
    "triggers": ("Look again", "見直しの契機"),
    "trend": ("Trend, oldest scan first", "推移(古い順)"),
    "scan_no": ("Scan", "走査"),
    "with_purpose": ("With a purpose", "目的の申告あり"),
    "new_findings": ("New", "新規"),
    "gone_findings": ("Gone", "解消"),
    "rules": ("Rules", "規則"),
    "one_scan": (
        "One scan was given; a trend needs an earlier report as well.",
        "走査は1回分である。推移には過去の報告も必要である。",
    ),
    "rules_changed": (
        "The rules have changed since the scan ({} → {}): scan again before you sign.",
        "走査後に規則が変更された({} → {})。承認前に再走査すること。",
    ),
    "manifest": ("What made this", "作成環境"),
    "rules_scanned": ("rules that scanned", "走査時の規則"),
    "rules_assessed": ("rules that assessed", "評価時の規則"),
    "plan": ("plan", "計画"),
    "libraries": ("libraries", "ライブラリ"),
    "sheets": ("Check sheets", "チェックシート"),
    "sheet": ("Check sheet: {}", "チェックシート:{}"),
    "sheet_note": (
        "Only evidence and declarations tick a box; every other box asks a person.",
        "証跡と申告だけがチェックを付ける。ほかの項目は人に尋ねる。",
    ),
    "sheet_totals": ("{}: {} of {} ticked", "{}:{}/{}項目"),
    "not_applicable": ("not applicable", "該当しない"),
    "yes": ("yes", "はい"),
    "no": ("no", "いいえ"),
    "by_on": ("{} ({}, {}) {}", "{}(回答者 {}、{}){}"),
    "settled": ("Settled by: {}", "根拠:{}"),
    "not_so": ("Not so, by {}: give the reason.", "{}によれば該当しない。理由を記入する。"),
    "drift": ("New since the last scan", "前回の走査からの変化"),
    "no_drift": ("Nothing new since the last scan.", "前回の走査からの変化はない。"),
    "mean": ("Mean score", "平均スコア"),
    "asked": ("Needs an answer: {}", "要回答:{}"),
    "questions": ("Questions to answer now", "今回答すべき質問"),
    "finding_questions": ("All questions of the findings", "指摘事項に関するすべての質問"),
    "no_questions": ("Nothing is left to ask.", "回答を要する質問はない。"),
    "lessons": ("Lessons of the findings", "指摘事項からの学び"),
    "lessons_note": (
        "For each rule: what goes wrong in practice, and what good looks like.",
        "規則ごとに、実務で起こりがちな誤りと望ましい取扱いを示す。",
    ),
    "lesson_times": ("findings: {}, scans: {}", "指摘 {} 件、走査 {} 回"),
    "training": ("Training from own findings", "自社の指摘事項に基づく教育"),
    "quiz": ("Quiz", "確認問題"),
    "quiz_note": (
        "Which measure fits the finding? One answer each; the answers stand below.",
        "指摘事項に合う対応はどれか。正解は各1つで、末尾に示す。",
    ),
    "quiz_none": ("No finding, no quiz.", "指摘事項がないため、確認問題はない。"),
    "quiz_answers": ("Answers", "正解"),
    "quiz_answer": ("Question {}: answer {}. {}", "問{}の正解は{}。{}"),
    "quiz_question": ("Question {}. {}", "問{} {}"),
    "records_over": ("longer than the {} days declared", "申告された {} 日を超える"),
    "records_within": ("within the {} days declared", "申告された {} 日以内"),
    "records_open": ("no retention declared", "保存期間の申告なし"),
    "proper_utilisation": ("proper utilisation", "適正利用"),
    "fairness_view": ("fairness", "公正性"),
    "unnamed": ("not named in org.yaml", "org.yamlに記載なし"),
    "controller": ("Controller", "管理者"),
    "contact": ("Contact", "問合せ窓口"),
    "retention_days": ("Retention (days)", "保存期間(日)"),
    "purposes": ("Purposes", "利用目的"),
    "legal_basis": ("Legal basis", "法的根拠"),
    "needed_columns": ("Columns needed", "必要な列"),
    "sources": ("Sources", "取得元"),
    "recipients": ("Recipients", "提供先"),
    "jurisdictions": ("Jurisdictions", "適用法域"),
    "exposure_declared": ("Who can reach it", "アクセスできる範囲"),
    "uses": ("Uses", "用途"),
    "processed_as": ("Processed as", "加工の区分"),
    "affairs": ("Affairs of the My Number Act", "個人番号を取り扱う事務"),
    "incident": ("Incident", "漏えい等"),
    "subject_key": ("Key of persons", "本人を識別する列"),
    "declared_title": ("Title", "名称"),
    "subjects_declared": ("Whose data", "本人の区分"),
    "name": ("Name", "名称"),
    "policy": ("Privacy policy", "プライバシーポリシー"),
    "resources": ("Resources", "人員・予算等"),
    **PROGRESS,
}


def w(key: str, *values: object) -> Text:
    """The word of that key in both languages, with values filled in."""
    if key not in WORDS:
        return both(key, *values)
    return {
        lang: word.format(*(_of(v, lang) for v in values)) if values else word
        for lang, word in zip(LANGUAGES, WORDS[key], strict=True)
    }


def _of(value: object, lang: str) -> object:
    """A value that is a text in both languages, in that one."""
    return value[lang] if isinstance(value, Mapping) else value


def same(text: object) -> Text:
    """What is written alike in both languages: names, numbers, what people wrote."""
    return dict.fromkeys(LANGUAGES, str(text))


def said(say: Callable[..., str], *values: object) -> Text:
    """What a phrase of the report's own says in each language; it takes the language last."""
    return {lang: say(*values, lang) for lang in LANGUAGES}


def joined(texts: list[Text], *, between: tuple[str, str] = ("; ", "、")) -> Text:
    """Texts one after the other."""
    return {
        lang: mark.join(text[lang] for text in texts)
        for lang, mark in zip(LANGUAGES, between, strict=True)
    }
