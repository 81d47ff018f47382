"""The sentences of reports in English and Japanese: decisions, reasons, notes, limits."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, tuple[str, str]] = {
    # decisions by level
    "decide_incomplete": (
        "Do not rely on this report yet: part of the data could not be read. Repair it and scan again.",
        "一部を読み取れなかったため、本報告にはまだ依拠できない。修復して再走査すること。",
    ),
    "decide_nothing": (
        "Nothing was scanned, so there is nothing to decide on: check the sources.",
        "走査対象がなく、判断できない。対象の指定を確認すること。",
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
    # what each bar of the waterfall stands for
    "sensitivity_means": (
        "How much harm the data could do if it were seen.",
        "データが見られた場合に生じ得る害の大きさ。",
    ),
    "identifiability_means": (
        "How easily a person is named, or singled out by a combination.",
        "氏名などから、又は項目の組合せで、本人が特定されやすい度合い。",
    ),
    "joinability_means": (
        "What another dataset adds when the two are joined.",
        "他のデータセットとの結合で加わるもの。",
    ),
    "scale_means": ("More people, more harm.", "人数が多いほど害は大きい。"),
    "vulnerable_subjects_means": (
        "Employees, patients, pupils or children are among them.",
        "従業員・患者・生徒・子どもが含まれる。",
    ),
    "exposure_means": (
        "Who can reach the data, as declared in dataset.yaml.",
        "データに到達できる人の範囲(dataset.yaml の申告)。",
    ),
    "floor_means": (
        "Some data in clear, and data that could not be read, never scores lower.",
        "一部の平文データと、読めなかったデータには下限がある。",
    ),
    # what was measured, and why points were given
    "m_cells": ("{1} in {0}: {2} cells ({3})", "{0} に{1}:{2} 件({3})"),
    "m_cells_one": ("{1} in {0}: {2} cell ({3})", "{0} に{1}:{2} 件({3})"),
    "m_more": ("and {} more", "他 {} 件"),
    "m_groups": ("{} in row groups {} of {}", "{2} の行グループ {1} に {0} 件"),
    "m_part": ("{} in part {} of {}", "{2} の {1} に {0} 件"),
    "m_place": ("{} in {}", "{1} に {0} 件"),
    "m_subjects": ("{} people", "本人 {} 人"),
    "m_subjects_one": ("{} person", "本人 {} 人"),
    "m_classes": (
        "{} of people in groups that are too small, the smallest has {}",
        "本人の {} が小さすぎる群にあり、最小の群は {} 人",
    ),
    "m_score": ("score {}", "スコア {}"),
    "m_unread": ("{} not read", "未走査 {}"),
    "m_kept": ("kept for {} days", "保存期間 {} 日"),
    "m_kept_one": ("kept for {} day", "保存期間 {} 日"),
    "m_nothing": ("nothing is declared", "申告なし"),
    "w_kinds": ("Gravity {}: {}", "重さ {}:{}"),
    "w_kinds_more": ("{} and {} more", "{} 他{}種"),
    "w_nothing": ("nothing that weighs was found", "該当する項目なし"),
    "w_direct": (
        "named directly {}, by combinations {} (0 to 1)",
        "直接の特定 {}、組合せによる特定 {}(0〜1)",
    ),
    "w_join": ("best join {} (0 to 1)", "最大の結合 {}(0〜1)"),
    "w_no_join": (
        "joins with other datasets are not measured in this version",
        "他のデータセットとの結合は本版では測定していない",
    ),
    "w_none_joins": (
        "no join with another dataset of this scan was found",
        "本走査の他のデータセットとの結合は見つからなかった",
    ),
    "w_people": ("about {} people", "約 {} 人"),
    "w_people_one": ("about {} person", "約 {} 人"),
    "w_vulnerable": ("weight {} (0 to 1)", "重み {}(0〜1)"),
    "w_exposure": ("weight {} (0 to 1)", "重み {}(0〜1)"),
    "w_none": ("none declared or seen", "申告・検出なし"),
    "w_unread": ("{} could not be read", "{} を読み取れなかった"),
    "w_floor": ("{} in clear never scores lower", "平文の{}に下限がある"),
    "w_no_floor": ("no floor holds", "下限の適用なし"),
    # why the gate's answer is incomplete
    # notes of the page
    "besides": ("What was read so far says:", "読み取れた範囲での判断:"),
    "facts_note": (
        "People are counted in each dataset; one person may be counted in several.",
        "本人の数はデータセットごとの値であり、同一人が重複し得る。",
    ),
    "waterfall_note": (
        "The bars of a dataset add up to its score. The range says how far the score may move with what the scan could not settle.",
        "各データセットの棒の合計がスコアである。範囲は、走査で確定できない点によりスコアが動き得る幅を示す。",
    ),
    "cuts_note": ("Marks on a bar show where a level begins:", "棒の目盛はレベルの境界:"),
    "scored_zero": (
        "Score 0, because nothing that weighs was found:",
        "該当する項目がなく、スコアが 0 のもの:",
    ),
    "map_note": (
        "A proposal after the CNIL's scale, for illegitimate access only: a scan of contents holds no evidence on unwanted change or loss of data. People confirm or move each dataset.",
        "CNIL の尺度による案であり、不正アクセスのみを対象とする。改変・消失については内容の走査に証拠がない。位置は人が確認・変更する。",
    ),
    "map_none": (
        "Not placed, because nothing that weighs was found:",
        "該当項目がなく配置しないもの:",
    ),
    "data_map_note": (
        "What each column is taken for, and how sure that is; in bold, what the whole column holds. Why: the evidence in bits, each of which doubles the odds. Examples are masked shapes (X, x: a letter, 9: a digit); no value is in this report.",
        "各列の内容の推定と確信度。太字は列全体の内容である。理由は証拠の重み(ビット、1ビットでオッズが2倍)を示す。例は形のみを示す(X・x は文字、9 は数字)。本報告に値は含まれない。",
    ),
    "plain_columns_one": (
        "{} column in which nothing personal was found",
        "個人データが検出されなかった列:{}",
    ),
    "plain_columns": (
        "{} columns in which nothing personal was found",
        "個人データが検出されなかった列:{}",
    ),
    "no_columns": ("No column could be read.", "読み取れた列はない。"),
    "groups_note": (
        "People who share the same values on these columns form a group; in a small group a person is singled out. Which size is enough rises with the gravity of the data.",
        "これらの列の値が同じ人は一つの群となり、小さい群では個人が特定され得る。必要な大きさはデータの重さとともに上がる。",
    ),
    "no_groups": (
        "No combination of columns that could single people out was measured.",
        "個人を特定し得る列の組合せは測定されなかった。",
    ),
    "no_links": (
        "No join was found between datasets of this scan.",
        "本走査のデータセット間に結合は見つからなかった。",
    ),
    "no_match": ("No finding matches these filters.", "該当する指摘事項はない。"),
    "count": ("{0} of {1} findings shown", "{1} 件中 {0} 件を表示"),
    "questions_note": (
        "A scan cannot answer these. The boxes are for people: privscan never ticks one.",
        "走査では答えられない質問である。欄は人が記入するもので、privscan が記入することはない。",
    ),
    "no_questions": ("No question is open.", "質問はない。"),
    "no_measures": ("No measure follows from the findings.", "指摘事項から導かれる対応はない。"),
    "s_in_part": (
        "{0} read {2} of {3} cells in “{1}”",
        "{0} は「{1}」の {3} 件のうち {2} 件を読んだ",
    ),
    "not_run_none": ("Every detector ran.", "すべての検出器を実行した。"),
    "not_evaluated_none": (
        "Every law in the rules was asked.",
        "規則にあるすべての法令を評価した。",
    ),
    "grades_note": (
        "How well a clause is known: T, its text was seen; S, a secondary page was seen; M, from memory and unverified: check it before you rely on it.",
        "条文の確認の程度:T は条文を確認、S は二次資料を確認、M は記憶によるもので未確認であり、依拠する前に確認が必要。",
    ),
    "made_note": (
        "The same data, rules and version give this report again, to the byte.",
        "同じデータ・規則・版からは、同一の報告が得られる。",
    ),
}

LIMITS: tuple[tuple[str, str], ...] = (
    (
        "Not legal advice: a finding names a clause that may apply, and how well its text is known.",
        "法的助言ではない。指摘事項は該当し得る条文と、その確認の程度を示す。",
    ),
    (
        "Names of people are found by header words, dictionaries and titles, and by a language model only where the report says that it ran: expect misses of rare names in free text and without headers. Without the model, names are not sought inside texts of over 20 kB.",
        "氏名は見出し語・氏名辞書・敬称により検出する。言語モデルは、実行した旨が本報告にある場合に限り用いる。自由記述や見出しのない列では、稀な氏名の見落としがあり得る。モデルを用いない場合、20 kBを超える文章中の氏名は検出しない。",
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
        "Joins are measured between the datasets of one scan, on identifying columns and rare combinations, by samples of 2,048 values: a key that few of a much larger dataset's values hold can be missed, and data outside the scan may identify people all the same.",
        "結合は同じ走査のデータセット間で、識別子の列と稀な組合せについて、2,048件の値の標本により測定する。はるかに大きいデータセットのごく一部と一致するキーは見逃し得るほか、走査対象外のデータにより個人を特定し得る。",
    ),
    (
        "Inside cells, pictures, recordings, records and genomes are opened, in base64 and hexadecimal too; other encoded, compressed or encrypted values are not.",
        "セル内の画像・録音・記録・ゲノムは、base64や16進表記のものも含めて開く。その他の符号化・圧縮・暗号化された値は開かない。",
    ),
    (
        "Weights of the score are privscan's judgement on ENISA's steps; they are in rules/scoring.",
        "スコアの重みはENISAの区分に基づく privscan の判断であり、rules/scoring にある。",
    ),
)
