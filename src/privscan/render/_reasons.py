"""Why a part was not read, or a detector did not run, in words of either language."""

from __future__ import annotations

import re

_KNOWN: tuple[tuple[str, str], ...] = (
    # sources
    (r"empty file", "空のファイル"),
    (r"no rows", "行がない"),
    (r"not a regular file", "通常のファイルではない"),
    (r"no data files in this folder", "このフォルダーに読めるデータファイルがない"),
    (r"no reader for this format", "この形式を読む機能がない"),
    (r"no reader for this format \((.*)\)", "この形式を読む機能がない({})"),
    (r"cannot be opened: Permission denied", "開けない:アクセス権がない"),
    (r"cannot be opened: No such file or directory", "開けない:ファイルが存在しない"),
    (r"cannot be opened: (.*)", "開けない({})"),
    (r"its reader failed with (\w+)", "読取り処理が失敗した({})"),
    (r"the worker that read it died (\d+) times", "読取り処理が{}回異常終了した"),
    (r"evidence is missing of ([\d,]+) parts?", "{}個の読取り単位の結果がない"),
    (
        r"(.*) inside (.*) is not read: unpack it first",
        "{1} の中の {0} は読まない。先に展開すること",
    ),
    (
        r"the stream breaks off: the file is truncated or its compression is damaged",
        "途中で途切れている:ファイルが不完全か、圧縮が破損している",
    ),
    (
        r"places do not decode, or the file breaks off",
        "復号できない箇所があるか、ファイルが途切れている",
    ),
    (r"the file is not text", "テキストではない"),
    (
        r"([\d,]+) rows with ([\d,]+) fields instead of ([\d,]+)",
        "項目数が{2}ではなく{1}の行が{0}行ある",
    ),
    (
        r"([\d,]+) rows have more fields than the header: all were read, but maybe in wrong columns",
        "見出しより項目が多い行が{}行ある:すべて読んだが、列がずれている可能性がある",
    ),
    (
        r"([\d,]+) places are not valid (\S+) and were replaced",
        "{1} として不正な箇所{0}か所を置き換えて読んだ",
    ),
    (
        r"the last row has fewer fields and no line end: the file is truncated",
        "最終行の項目が不足し改行がない:ファイルが途中で切れている",
    ),
    (
        r"a quoted cell has no end: the file is truncated or damaged; its lines were read as text",
        "引用符が閉じていない:ファイルが不完全か破損している(各行は文字列として読んだ)",
    ),
    (r"([\d,]+) records are not JSON", "JSONではない記録が{}件ある"),
    (r"records are not JSON", "JSONではない"),
    (
        r"the JSON document has no end: the file is truncated or damaged",
        "JSON文書が閉じていない:ファイルが不完全か破損している",
    ),
    (r"the JSON document has no end", "JSON文書が閉じていない"),
    (r"the Parquet footer is damaged", "Parquetの末尾情報が破損している"),
    (
        r"row groups (\S+) do not decode after row ([\d,]+): the file is damaged",
        "行グループ{0}の{1}行より後を復号できない:ファイルが破損している",
    ),
    (r"the Arrow file is damaged", "Arrowファイルが破損している"),
    (
        r"the Arrow file is truncated or damaged after row ([\d,]+)",
        "Arrowファイルが{}行より後で不完全か破損している",
    ),
    (r"the Arrow file is truncated or damaged", "Arrowファイルが不完全か破損している"),
    (
        r"the Parquet file is encrypted and there is no key",
        "Parquetファイルが暗号化されており、鍵がない",
    ),
    (
        r"the Parquet file has no footer: it is truncated",
        "Parquetの末尾情報がない:ファイルが途中で切れている",
    ),
    (r"the NumPy file is damaged", "NumPyファイルが破損している"),
    (
        r"array (.*) breaks off after row ([\d,]+): the file is damaged",
        "配列{}が{}行で途切れている:ファイルが破損している",
    ),
    (
        r"array (.*) holds Python objects, which are never loaded: save it as numbers",
        "配列{}はPythonオブジェクトを含むため読み込まない。数値として保存すること",
    ),
    (r"array (.*) is damaged or no array", "配列{}が破損しているか、配列ではない"),
    (
        r"array (.*) is laid out by columns and over 256 MB",
        "配列{}は列方向に格納され、256 MBを超える",
    ),
    (r"array (.*) is of a type that is not read", "配列{}の型は読めない"),
    (r"array (.*) unpacks to too much", "配列{}は展開後の容量が大きすぎる"),
    (r"([\d,]+) cells of column (.*) are damaged", "列{1}のセル{0}件が破損している"),
    (
        r"([\d,]+) cells of column (.*) are of a type that is not read",
        "列{1}のセル{0}件の型は読めない",
    ),
    (
        r"the data in memory cannot be read after row ([\d,]+)",
        "メモリ上のデータは{}行より後を読めない",
    ),
    (r"the stream fails after row ([\d,]+) with (\w+)", "{}行より後でデータの流れが途絶えた({})"),
    (r"the picture is over 256 MB", "画像が256 MBを超える"),
    (r"the (\w+) is over 256 MB", "256 MBを超える({})"),
    # media and records
    (r"the picture could not be decoded", "画像を復号できない"),
    (r"pictures in column (.*) could not be decoded", "列{}の画像を復号できない"),
    (
        r"pictures were not decoded: no detector that decodes them ran \(column (.*)\)",
        "画像を復号する検出器を実行しなかったため、列{}の画像を確認していない",
    ),
    (r"video is not read without: (.*)", "動画を読むには次が必要:{}"),
    (r"malformed video: (.*)", "動画の形式が不正:{}"),
    (
        r"films in cells are not looked at: save them as files and scan these",
        "セル内の動画は確認しない。ファイルに保存して走査すること",
    ),
    (r"malformed (.*) recording: (.*)", "録音({})の形式が不正:{}"),
    (r"malformed (.*) record: (.*)", "記録({})の形式が不正:{}"),
    (r"it breaks off|packing that breaks off", "途中で途切れている"),
    (r"it ends early|it ends within .*", "途中で終わっている"),
    (r"its declared length does not fit", "長さの表示が実際と合わない"),
    (r"it holds nothing", "内容がない"),
    (r"it holds no picture", "画像を含まない"),
    (r"it is nested too deep|its elements are nested too deep", "入れ子が深すぎる"),
    (r"it takes more than (\d+) s to decode", "復号に{}秒を超える時間を要する"),
    (r"it is no well-formed XML", "XMLとして正しくない"),
    (r"it has two frames", "枠が二つある"),
    (r"it has no coded bits", "符号化されたデータがない"),
    (r"it has more elements than any", "要素数が多すぎる"),
    (r"it does not decode", "復号できない"),
    (r"it declares a document type", "文書型宣言を含む"),
    (r"a header without columns", "見出しに列がない"),
    (r"a header that breaks off", "見出しが途中で途切れている"),
    (r"a block in it is broken: (.*)", "含まれるブロックが破損している:{}"),
    # detectors
    (r"column (.*) is nested too deep", "列{}の入れ子が深すぎる"),
    (r"a pattern took longer than a cell may take", "パターン照合が1セルの制限時間を超えた"),
    (r"the recognizer's own code failed", "検出器の処理が失敗した"),
    (
        r"rows of digits and blanks were too long to be searched for telephone numbers",
        "数字と空白の並びが長すぎ、電話番号を検索できなかった",
    ),
    (r"left out by choice", "指定により除外"),
    (r"pip install (.*)", "未導入(pip install {})"),
    (r"detector (\S+) on column (.*?) failed with (\w+)", "列{1}に対する検出器{0}が失敗した({2})"),
    (r"detector (\S+) on column (.*?): (.*)", "列{1}に対する検出器{0}:{2}"),
    (r"([A-Za-z]\w+): (.*)", "{0}:{1}"),
)
_COMPILED = tuple((re.compile(form, re.DOTALL), said) for form, said in _KNOWN)


def reason(said: str, lang: str) -> str:
    """The reason in the language; one that nobody translated stays in English.

    What stands inside a reason is translated as well: the damage of a record, a detector's own.
    """
    if lang != "ja":
        return said
    for form, japanese in _COMPILED:
        if match := form.fullmatch(said):
            return japanese.format(*(reason(part, lang) for part in match.groups()))
    return said
