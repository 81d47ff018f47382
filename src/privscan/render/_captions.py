"""The words of figures and of the pages of a site in English and Japanese."""

from __future__ import annotations

from collections.abc import Mapping

CAPTIONS: Mapping[str, tuple[str, str]] = {
    "fig_table": ("Table behind this picture", "この図の元の表"),
    "fig_pictures": ("Pictures", "図"),
    # waterfall
    "fig_waterfall": ("How the score adds up", "スコアの内訳"),
    "fig_waterfall_about": (
        "Bars from 0 to 100, one a step, each beginning where the one before ends. Score {0}: {1}; likely between {2} and {3} (the line below the last bar).",
        "0から100までの棒。各要素は前の要素の終わりから始まる。スコアは{0}({1})、見込みの範囲は{2}~{3}(最後の棒の下の線)。",
    ),
    # risk map
    "fig_map": ("Severity and likelihood", "影響レベルと起こりやすさ"),
    "fig_map_about": (
        "Where each of the {0} datasets with a place on the map stands; the darker the field, the higher the risk.",
        "リスクマップに位置のある{0}件のデータセットの位置。濃い欄ほどリスクが高い。",
    ),
    "fig_moves": ("Risk before and after the measures", "対策の前後のリスク"),
    "fig_moves_about": (
        "Discs: {0} datasets as the data stand. Squares: after the measures, as predicted. The darker the field, the higher the risk.",
        "丸:現状の{0}件のデータセット。四角:対策後(予測)。濃い欄ほどリスクが高い。",
    ),
    "fig_rest": ("{0} more stand in the table.", "ほか{0}件は表に示す。"),
    "fig_place": ("Place", "位置"),
    "fig_inherent": ("As the data stand", "固有リスク(現状)"),
    "fig_residual": ("After the measures (predicted)", "残留リスク(対策後の予測)"),
    "fig_at": (
        "severity {0}, likelihood {1}; score {2}, {3}",
        "影響レベル{0}・起こりやすさ{1}、スコア{2}({3})",
    ),
    "fig_axes_up": ("↑ Severity of harm", "↑ 影響レベル"),
    "fig_axes_right": ("Likelihood →", "起こりやすさ →"),
    # prevalence
    "fig_prevalence": ("How many cells show it", "該当するセルの割合"),
    "fig_prevalence_about": (
        "Share of cells of each column that show each kind of data, with the 95 % interval as a line. Disc: in clear; ring: protected; diamond: a leak in free text.",
        "各列で各種別を示すセルの割合と95%区間(線)。丸:平文、輪:保護済み、ひし形:自由記述への混入。",
    ),
    "fig_share": ("Share of cells", "セルの割合"),
    "fig_interval": ("95 % interval", "95%区間"),
    # classes
    "fig_classes": ("People in classes of k", "kごとの本人の数"),
    "fig_classes_about": (
        "People that share the same values of {0}, by how many they are (k). Hatched: classes below {1}, too small to hide a person: {2} of the people. Smallest k: {3}.",
        "{0}の値が同じ本人を、その人数(k)ごとに示す。斜線:{1}未満の群(小さすぎて個人が紛れない)。本人の{2}が該当する。最小のkは{3}。",
    ),
    "fig_k": ("Size of class (k)", "群の大きさ(k)"),
    "fig_least": ("from {0} on", "{0}以上"),
    "fig_people": ("People", "本人の数"),
    "fig_people_share": ("Share of people", "本人の割合"),
    # joins
    "fig_joins": ("Datasets that can be joined", "結合できるデータセット"),
    "joins": ("Joins", "データセットの結合"),
    "fig_joins_about": (
        "A bow for each pair of datasets with common keys, labelled with the largest share of keys that one finds in the other; the arrow points to where they are found. Dashed: less than half. {0} datasets, {1} pairs.",
        "共通の鍵を持つデータセットの組ごとの弧。一方の鍵が他方に見つかる割合の最大値を示し、矢印は見つかる側を指す。破線:半分未満。{0}件のデータセット、{1}組。",
    ),
    "fig_from": ("Keys of", "鍵の元"),
    "fig_to": ("Found in", "見つかる先"),
    # tiles
    "fig_tiles": ("Faces and bodies, counted", "顔・身体データの件数"),
    "fig_tiles_about": (
        "Counts only: nobody is recognised, and no picture is kept. The bar is the share of all pictures or cells.",
        "件数のみ。誰も識別せず、画像も保存しない。棒は全画像または全セルに占める割合。",
    ),
    "fig_kind": ("What is counted", "数える対象"),
    "fig_count": ("Count", "件数"),
    "fig_of": ("Out of", "母数"),
    "fig_cells_of": ("{0} in {1}", "{0}({1})"),
    # trend
    "fig_trend": ("Score over the reports", "スコアの推移"),
    "fig_trend_about": (
        "The score in each of {0} reports, oldest first, from {1} to {2}.",
        "{0}件の報告書でのスコア(古い順)。{1}から{2}へ。",
    ),
    "fig_report": ("Report", "報告書"),
    # pages of a site
    "site": ("Datasets by risk", "リスク順のデータセット"),
    "all_datasets": ("All datasets", "データセット一覧"),
    "whole_document": ("The whole assessment in one document", "評価書の全文(1文書)"),
    "overview_document": (
        "What concerns all datasets, in one document; with more than {0} the rest stands on the page of each",
        "全データセットに関わる事項(1文書)。{0}件を超えるため、残りは各データセットのページにある",
    ),
    "overview_note": (
        "With more than {0} datasets this document holds only what concerns all of them: the summary, the views of persons concerned and of experts, the decision, the review and the open questions. The rest stands on the page of each dataset; privscan assess REPORT -o whole.html writes everything in one document.",
        "データセットが{0}件を超えるため、この文書には全体に関わる事項(要約、本人・有識者等の意見、結論・承認、見直し、未回答の質問)だけを載せる。残りは各データセットのページにある。privscan assess REPORT -o whole.html で全文を1文書に書き出せる。",
    ),
    "skip_datasets": ("Skip to the datasets", "データセット一覧へ移動"),
    "index": ("Datasets, highest score first", "データセット(スコアの高い順)"),
    "index_note": (
        "Each dataset has a page of its own. The bar shows the score, its range and where levels begin.",
        "データセットごとに個別のページがある。棒はスコア、その範囲、レベルの境界を示す。",
    ),
    "index_trend": (
        "Each is shown as in the last report that holds it; datasets of the same name are the same.",
        "各データセットは、それを含む最後の報告書の内容で示す。同じ名前のものは同じデータセットとみなす。",
    ),
    "filter_datasets": ("Filter the datasets", "データセットの絞り込み"),
    "search_datasets": ("Search in datasets", "データセットを検索"),
    "count_datasets": ("{0} of {1} datasets shown", "{1} 件中 {0} 件を表示"),
    "no_match_datasets": (
        "No dataset matches these filters.",
        "該当するデータセットはない。",
    ),
    "category": ("Category of data", "データの分類"),
    "trend": ("Score over time", "スコアの推移"),
    "risen": ("▲ {0} points since the report before", "▲ 前回の報告書から{0}点上昇"),
    "fallen": ("▼ {0} points since the report before", "▼ 前回の報告書から{0}点低下"),
    "last_in": ("not in the last report; shown as in {0}", "最新の報告書にはない。{0}の内容を表示"),
    "map_none_at_all": (
        "No dataset has a place on the map.",
        "リスクマップに位置のあるデータセットはない。",
    ),
}
