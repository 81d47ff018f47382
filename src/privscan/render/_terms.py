"""The words of files for other tools in English and Japanese: plans, sheets, the CNIL's PIA."""

from __future__ import annotations

from collections.abc import Mapping

TERMS: Mapping[str, tuple[str, str]] = {
    # the action plan
    "actions": ("Action plan", "対応計画"),
    "a_measure": ("measure", "対策"),
    "a_question": ("question", "質問"),
    "a_unread": ("scan again", "再走査"),
    "reread": ("Repair and scan again: {}", "修復して再走査する:{}"),
    "what": ("What to do or to answer", "対応・回答すべき事項"),
    "owner": ("Owner", "担当者"),
    "due": ("Due date", "期限"),
    "status": ("Status", "状況"),
    "s_open": ("open", "未着手"),
    "s_started": ("in progress", "対応中"),
    "s_done": ("done", "完了"),
    "s_dropped": ("not taken, reason in the comment", "見送り(理由はコメント)"),
    "comment": ("Comment", "コメント"),
    # further titles and heads of sheets
    "planned": ("Measures", "対策"),
    "signoffs": ("Sign-offs", "承認"),
    "signed_on": ("Signed on", "署名日"),
    "files": ("Files", "ファイル数"),
    "bytes_read": ("Bytes", "バイト数"),
    "unread_share": ("Share not read", "未走査の割合"),
    "taken_for": ("Taken for", "推定内容"),
    "distinct": ("Distinct values", "異なり数"),
    "empty": ("Empty cells", "空のセル"),
    "span": ("Part", "部分"),
    "n_parts": ("{} parts", "{} 部分"),
    "n_parts_one": ("{} part", "{} 部分"),
    "rows_left": (
        "{} more rows are left out here; the JSON report has all.",
        "他 {} 行はここでは省略した。JSON の報告書にすべてある。",
    ),
    # what the CNIL's PIA file says
    "p_evidence": (
        "Evidence: privscan {}, rules {}, scan plan {}.",
        "証跡:privscan {}、規則 {}、走査計画 {}。",
    ),
    "p_rules": (
        "Clauses that the findings point to, with their status and how well the text is known",
        "指摘事項が示す条文(状態と確認の程度)",
    ),
    "p_data": (
        "Data found, with its share of cells and its protection",
        "検出した情報(出現率・保護状態)",
    ),
    "p_supports": ("What was scanned", "走査したもの"),
    "p_found": ("Found by the scan", "走査による指摘"),
    "p_declared": ("Declared in dataset.yaml", "dataset.yaml の申告"),
    "p_severity": (
        "A proposal for the worst dataset, {}, from the measured sensitivity {} (0 to 1). The evaluator decides.",
        "最も高い {} の機微性の測定値 {}(0〜1)に基づく案である。評価者が決定する。",
    ),
    "p_likelihood": (
        "A proposal for the worst dataset, {}, from how far people are identified: {} (0 to 1). The evaluator decides.",
        "最も高い {} の識別可能性の測定値 {}(0〜1)に基づく案である。評価者が決定する。",
    ),
    "p_proposed": (
        "Proposed by privscan from a scan; this is no evaluation.",
        "privscan が走査に基づき提案するもので、評価ではない。",
    ),
    "p_bundle": (
        "Measures that only together lower the level: {}",
        "合わせて初めてレベルが下がる対策:{}",
    ),
    "p_predicted": (
        "Predicted with these measures: score {} ({}). A scan of the treated data has to show it.",
        "これらの対策後の予測:スコア {}({})。対策後のデータの再走査で確認すること。",
    ),
    "p_residual": (
        "Predicted for the dataset that then stands highest, {}: score {} ({}).",
        "対策後に最も高いデータセット {} の予測:スコア {}({})。",
    ),
    "p_due": ("Due date: {}", "期限:{}"),
    "p_due_shown": (
        "The PIA tool shows no day from 1 to 9; its date is set to {}, the last day before that it shows.",
        "PIAツールは1日から9日までの日付を表示できないため、表示できる直前の日付である{}を設定した。",
    ),
    "p_answered": ("{} Answered: {} ({})", "{} 回答:{}({})"),
    "p_nobody": ("name not given", "氏名の記載なし"),
    "d_purposes": ("purposes", "利用目的"),
    "d_legal_basis": ("legal basis", "法的根拠"),
    "d_controller": ("controller", "管理者"),
    "d_owner": ("owner", "担当者"),
    "d_retention_days": ("kept for days", "保存日数"),
    "p_places": ("Concerns: {}", "対象:{}"),
    # impacts of illegitimate access, by what was found
    "i_identity": ("Identity theft", "なりすまし"),
    "i_money": ("Loss of money, fraud", "金銭的損失・詐欺"),
    "i_account": ("Accounts taken over", "アカウントの乗っ取り"),
    "i_discrimination": ("Discrimination, stigma", "差別・偏見"),
    "i_body": (
        "A body feature that cannot be changed is known for good",
        "変更できない身体の特徴が恒久的に知られる",
    ),
    "i_traced": ("Being followed or found", "追跡・居場所の特定"),
    "i_contact": ("Unwanted contact, phishing", "望まない連絡・フィッシング"),
    "i_child": ("Harm to children or others who need care", "子どもなど配慮を要する本人への害"),
    # threats of illegitimate access, by what was measured
    "t_exposed": ("Copying of data that many can reach", "多数が到達できるデータの複製"),
    "t_joined": ("Joining with other data", "他のデータとの結合"),
    "t_single": ("Singling out by combinations of columns", "項目の組合せによる特定"),
    "t_hash": ("Undoing of hashes by guessing", "推測によるハッシュの復元"),
    "t_leak": ("Data that stands in free text unnoticed", "自由記述に気付かれず残る情報"),
    "t_clear": ("Reading of grave data that stands in clear", "平文の機微な情報の閲覧"),
    # measures, by the slug of the CNIL's knowledge base
    "PIA_TEC_CHIF": ("Encryption", "暗号化"),
    "PIA_TEC_ANO": ("Anonymisation", "匿名化"),
    "PIA_TEC_CLO": ("Partitioning data", "データの分離"),
    "PIA_TEC_CTLA": ("Logical access control", "論理的アクセス制御"),
    "PIA_TEC_ARCH": ("Archiving", "アーカイブ"),
    "PIA_TEC_MINI": ("Minimising the amount of personal data", "個人データの最小化"),
    "PIA_ORG_RMGT": ("Managing privacy risks", "プライバシーリスクの管理"),
    "PIA_ORG_VIOL": ("Managing personal data violations", "個人データ侵害への対応"),
    # questions that stay open in it
    "q_111": (
        "For what purpose and in what context is the data processed, and what is at stake?",
        "取扱いの目的と背景、関係する利害は何か。",
    ),
    "q_112": (
        "Who is the controller, and who processes the data on whose behalf?",
        "管理者は誰か。誰が誰のために取り扱うか。",
    ),
    "q_113": (
        "Which standards, codes of conduct and rules apply?",
        "適用される基準・行動規範・規則は何か。",
    ),
    "q_121": (
        "Which personal data is processed? The scan detected none, which is no proof that there is none.",
        "取り扱う個人データは何か。走査では検出されなかったが、存在しないことの証明ではない。",
    ),
    "q_122": (
        "How does the data live, from collection to deletion?",
        "収集から消去まで、データはどう扱われるか。",
    ),
    "q_123": (
        "Which systems, people and papers carry the data? Nothing was scanned.",
        "データを担うシステム・人・紙は何か。走査したものはない。",
    ),
    "q_211": (
        "Which specified, explicit and legitimate purpose has each column?",
        "項目ごとの、特定され明確かつ正当な利用目的は何か。",
    ),
    "q_212": ("Which legal basis makes the processing lawful?", "取扱いの法的根拠は何か。"),
    "q_213": (
        "Is each column needed for the purpose? Name the needed ones in dataset.yaml.",
        "各項目は目的に必要か。必要な項目を dataset.yaml に記すこと。",
    ),
    "q_214": (
        "How is the data kept accurate and up to date? The scan has no evidence on it.",
        "正確性と最新性をどう保つか。走査に証拠はない。",
    ),
    "q_215": (
        "How long is the data kept, and why so long?",
        "保存期間はどれだけか。その理由は何か。",
    ),
    "q_221": ("How are the persons informed?", "本人にどう通知・公表するか。"),
    "q_222": ("If consent is the basis, how is it obtained?", "同意に基づく場合、どう取得するか。"),
    "q_223": (
        "How do persons get access to their data, and take it with them?",
        "本人は開示とデータ移行をどう請求できるか。",
    ),
    "q_224": (
        "How do persons have their data rectified or erased?",
        "本人は訂正・消去をどう請求できるか。",
    ),
    "q_225": (
        "How do persons restrict the processing or object to it?",
        "本人は利用の制限や異議をどう申し出られるか。",
    ),
    "q_226": (
        "Do contracts bind every processor?",
        "すべての委託先と契約を結んでいるか。",
    ),
    "q_227": (
        "Does data leave the country or the EEA, and how is it protected there?",
        "国外(EEA 域外)へ移転するか。移転先でどう保護されるか。",
    ),
    "r_2": ("Illegitimate access", "不正アクセス"),
    "r_3": ("Unwanted modification", "望まない改変"),
    "r_4": ("Disappearance", "消失"),
    "r_impacts": ("{}: what would it mean for the persons?", "{}:本人にどのような影響があるか。"),
    "r_threats": ("{}: which threats could lead to it?", "{}:どのような脅威が考えられるか。"),
    "r_sources": ("{}: who or what could cause it?", "{}:リスク源(人・事象)は何か。"),
    "r_measures": (
        "{}: which measures contribute against it?",
        "{}:どの対策が効果を持つか。",
    ),
    "r_severity": ("{}: how severe is it, from 1 to 4?", "{}:影響レベルは 1〜4 のどれか。"),
    "r_likelihood": ("{}: how likely is it, from 1 to 4?", "{}:起こりやすさは 1〜4 のどれか。"),
    "r_no_evidence": (
        "{} A scan of contents holds no evidence on it.",
        "{} 内容の走査に証拠はない。",
    ),
    # groups of people, months of records
    "g_above": ("{} and over", "{}歳以上"),
    "g_band": ("{} to {}", "{}〜{}歳"),
    "g_decade": ("born in the {}s", "{}年代生まれ"),
    "g_rank": ("group no. {} by size", "{}番目に多い群"),
    "g_rest": ("none of these", "いずれにも当たらない"),
    "g_between": ("{} to {}", "{}〜{}"),
    "unseen": ("Not scanned here", "未走査の範囲"),
    "unseen_parts": ("{} not read", "読み取れなかった部分 {}"),
    "unseen_none": (
        "nothing: every part was read, by every detector",
        "なし(すべての部分をすべての検出器で走査した)",
    ),
    "part_unread": ("not read: {}", "読み取れなかった部分:{}"),
    "detector_not_run": ("detector not run: {0}: {1}", "実行しなかった検出器:{0}:{1}"),
    "law_not_evaluated": ("law not evaluated: {}", "評価していない法令:{}"),
    "findings_left": (
        "{0} less grave findings are left out here: GitHub takes {1} results",
        "重大度の低い指摘 {0} 件を省いた。GitHub が受け付けるのは {1} 件まで",
    ),
    "balance": ("Balance of groups", "集団ごとの構成"),
    "balance_none": (
        "Not measurable: no column of this dataset holds a protected attribute in few groups. That is not a sign of fairness.",
        "測定不能:少数の区分で記録された属性の列がない。公平であることを示すものではない。",
    ),
    "balance_note": (
        "Counted in columns that are there; nothing is inferred from other data. Groups of fewer than {} are given as a range, and one more where they could be worked out. Decisions and results by group were not measured.",
        "存在する列のみを数えたもので、他のデータからの推測はしていない。{} 未満の群は範囲で示し、逆算できる場合は他の1群も範囲で示す。群ごとの判断や結果は測定していない。",
    ),
    "group": ("Group", "群"),
    "group_cells": ("Cells", "件数"),
    "group_least": ("Cells, at least", "件数(以上)"),
    "group_most": ("Cells, at most", "件数(以下)"),
    "group_share": ("Share", "割合"),
    "records_dates": ("Age of records", "記録の時期"),
    "records_oldest": ("Oldest", "最も古い記録"),
    "records_newest": ("Newest", "最も新しい記録"),
    "records_apart": ("Days apart, at least", "間隔(日、以上)"),
    "records_none": (
        "Not measurable: no column has a header that says when records were made or used.",
        "測定不能:記録の作成・利用の時期を示す見出しの列がない。",
    ),
    "records_note": (
        "Measured from the newest date in the dataset, not from today: if the data has stopped growing, its records are older than shown.",
        "本日ではなく、データセット内の最新の日付を基準とする。更新が止まっている場合、実際の経過期間はこれより長い。",
    ),
    "m_records": (
        "records in {} from {} to {}, the oldest {} days or more before {}",
        "{0} の記録は {1} から {2} まで、最も古いものは {4} の {3} 日以上前",
    ),
    "m_older": ("{} records older than {} days", "{1} 日を超えて古い記録 {0} 件"),
    "m_balance": ("{1} in {0}: {2} of {3}", "{0} の{1}:{2}(全 {3} 件)"),
}
