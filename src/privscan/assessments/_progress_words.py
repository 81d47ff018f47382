"""The words of what to do first, of questions that wait, and of figures over scans."""

from __future__ import annotations

from collections.abc import Mapping

PROGRESS: Mapping[str, tuple[str, str]] = {
    "first": ("What to do first", "優先して行うこと"),
    "number_sign": ("No.", "番号"),
    "what": ("What", "内容"),
    "where": ("Where", "対象"),
    "command": ("Command", "コマンド"),
    "and_more": ("{} and {} more", "{} ほか{}件"),
    "reason": ("What puts it there", "主な要因"),
    "order_note": (
        "Begin at the top: the order is that of the score.",
        "スコアの高い順に並べている。上から着手する。",
    ),
    "kinds_held": ("Kinds of data", "含まれる情報"),
    "more_kinds": ("{} more", "ほか{}種類"),
    "singled_out": (
        "{} of the people can be singled out",
        "本人の{}が小さな群に属し、特定され得る",
    ),
    "joins_with": ("joins with {}", "{}と結合可能"),
    "unread_share": ("{} unread", "未走査{}"),
    "more_wait": (
        "{} more questions wait: for what dataset.yaml does not say yet, or because an answer would change nothing today.",
        "ほかに{}件の質問を保留している。dataset.yamlに記入がないため、又は回答しても現時点の結論が変わらないためである。",
    ),
    "wait": ("Not put yet: {}", "保留:{}"),
    "wait_keys": ("first fill in {} in dataset.yaml", "先にdataset.yamlの{}に記入する"),
    "wait_outcome": ("the outcome stands whatever the answer", "回答にかかわらず結論は変わらない"),
    "wait_other_phase": (
        "it belongs to the sheet of another phase",
        "現在の段階とは別の段階の項目である",
    ),
    "wait_nothing_found": ("no personal data was found", "個人データが検出されていない"),
    "figures": ("Figures to steer by", "進捗の指標"),
    "figure": ("Figure", "指標"),
    "f_with_purpose": ("Datasets with a declared purpose", "利用目的の申告があるデータセット"),
    "f_with_owner": ("Datasets with an owner", "責任者の申告があるデータセット"),
    "f_with_signoff": ("Datasets with every sign-off", "必要な承認がすべて得られたデータセット"),
    "f_answers_given": ("Questions answered", "回答済みの質問"),
    "f_measures_planned": (
        "Bundles of measures with owner and date",
        "担当者と期限が定まった対策(データセット単位)",
    ),
    "f_measures_done": ("Bundles of measures done", "実施済みの対策(データセット単位)"),
    "f_measures_overdue": ("Bundles of measures overdue", "期限を過ぎた対策(データセット単位)"),
    "f_reviews_overdue": (
        "Datasets whose review is overdue",
        "見直し期限を過ぎたデータセット",
    ),
    "f_bytes_unread": ("Share of the data unread", "未走査のデータの割合"),
    "overdue": ("OVERDUE", "期限超過"),
    "plan_state": ("State", "実施状況"),
    "question_state": ("State", "状態"),
    "done": ("done on {}", "{}に実施済み"),
    "history": ("Each dataset from scan to scan", "データセット別の推移"),
    "new_kinds": ("New kinds of data", "新たに検出された情報"),
    "gone_kinds": ("No longer found", "検出されなくなった情報"),
    "rules_moved": ("Rules that changed between the scans", "走査間で変更された規則"),
    "rules_moved_none": (
        "The rules changed; none that fired in both scans says anything else than before.",
        "規則は変更されたが、両方の走査で該当した規則の内容に変更はない。",
    ),
    "changed_rule": ("What changed", "変更点"),
    "in_short": (
        "{} datasets; {} sign-offs and {} questions open; {} more wait",
        "データセット{}件、未承認{}件、回答を要する質問{}件、保留{}件",
    ),
    "declarations": (
        "dataset.yaml: {}; datasets without one: {}",
        "dataset.yaml:{}。dataset.yamlのないデータセット:{}件",
    ),
    "none_found": ("none", "なし"),
    "phase": ("Phase", "段階"),
    "assessed_on": ("Assessed on", "評価日"),
    "scanned_on": ("Scanned on", "走査日"),
    "scanned_unknown": (
        "not known: no manifest beside the report vouches for it (privscan scan --manifest)",
        "不明(報告と同じ場所に、その報告を証するマニフェストがない。privscan scan --manifest)",
    ),
    "next_review": ("Next review, at the latest", "次回の見直し期限"),
    "review_none": ("not set yet", "未定"),
    "review_counts": (
        "counts {} months from the last signature that the level asks",
        "必要な承認がすべて得られた日から{}か月以内",
    ),
    "review_signature": ("{} months after the last signature", "最後の承認から{}か月"),
    "review_person": (
        "a person, before the {} months after the last signature",
        "人による設定(最後の承認から{}か月より早い日)",
    ),
    "to_do": ("To do", "実施事項"),
    "declare": ("Declare", "申告"),
    "signoff": ("Sign-off", "承認"),
    "box": ("Box", "確認項目"),
    "ticked": ("Ticked", "チェック"),
    "pram": ("Data actions (NIST PRAM)", "データ行為(NIST PRAM)"),
    "pram_note": (
        "Problematic data actions of the NIST Privacy Risk Assessment Methodology, as far as evidence or declarations show them. Likelihood and impact, 1 to 10, are for people to fill in; an action that is not listed was not shown, and is not ruled out.",
        "NISTプライバシーリスク評価手法(PRAM)の「問題となるデータ行為」のうち、証跡又は申告から認められるものを示す。起こりやすさと影響(1〜10)は人が記入する。記載のない行為は、認められなかっただけで、否定されたものではない。",
    ),
    "pram_none": (
        "No problematic data action was shown.",
        "問題となるデータ行為は認められなかった。",
    ),
    "data_action": ("Data action", "データの取扱い"),
    "problematic": ("Problematic data action", "問題となるデータ行為"),
    "problems": ("Problems for people", "本人に生じ得る問題"),
    "pram_likelihood": ("Likelihood (1-10)", "起こりやすさ(1〜10)"),
    "pram_impact": ("Impact (1-10)", "影響(1〜10)"),
    "view_wanted": (
        "Is this use necessary and proportionate, and would the persons concerned expect it?",
        "この取扱いは必要かつ相当であり、本人の予測し得る範囲にあるか。",
    ),
    "view_else": (
        "What else has to be considered before data like this is used?",
        "このような情報の利用に当たり、ほかに検討すべき点は何か。",
    ),
    "view_singled_out": (
        "Together these single people out without a name: is that acceptable for the purpose?",
        "これらの組合せにより、氏名がなくても本人が特定され得る。利用目的に照らして許容できるか。",
    ),
}
