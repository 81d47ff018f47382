"""What people declare about a dataset in `dataset.yaml`; a scan never infers any of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from privscan.errors import RuleError, nearest
from privscan.rulebook._yaml import read
from privscan.rulebook.jurisdictions import Jurisdiction
from privscan.rulebook.load import read_shape
from privscan.rulebook.schema import Shape

FILE = "dataset.yaml"

Subjects = Literal["customers", "employees", "patients", "pupils", "children", "citizens", "other"]
Exposure = Literal["public", "shared", "internal", "restricted"]
Use = Literal[
    "ai_training", "ai_use", "automated_decisions", "public_cameras", "web_scraping", "public_service",
    "credit_or_insurance", "law_enforcement", "remote_identification", "image_generation", "significant_fiduciary",
]  # fmt: skip
"""Uses that laws name, and the role of a significant data fiduciary (India)."""

ProcessedAs = Literal["pseudonymously_processed", "anonymously_processed"]
"""What APPI 2(5) and 2(6) call data whose identifiers were taken out."""

Affair = Literal["tax", "social_security", "disaster"]
"""What the My Number Act lets the number be used for (Article 9)."""

Incident = Literal["suspected", "malicious"]

VULNERABLE: Mapping[str, float] = {"employees": 0.5, "patients": 0.5, "pupils": 0.5, "children": 1}
"""V of the score by the kind of persons declared (scoring.md: employees, patients, pupils .5)."""

EXPOSED: Mapping[str, float] = {"public": 0.5}
"""X of the score: a world-readable place counts .5 (scoring.md)."""


class Context(Shape):
    """Declared facts; an empty or absent one is unknown, and asked for in the findings.

    `jurisdictions` are ISO 3166 codes, EU, or US-IL style; `retention_days` counts from
    collection; `subjects` says whose data it is; `exposure` who can reach it. `incident` is set
    while a leak is looked into.
    """

    title: str = ""
    controller: str = ""
    owner: str = ""
    contact: str = ""
    purposes: tuple[str, ...] = ()
    legal_basis: str = ""
    jurisdictions: tuple[Jurisdiction, ...] = ()
    phase: Literal["planning", "design", "operation"] | None = None
    subjects: Subjects | None = None
    subject_key: str = ""
    retention_days: Annotated[int, Field(gt=0)] | None = None
    exposure: Exposure | None = None
    needed_columns: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    processed_as: ProcessedAs | None = None
    affairs: tuple[Affair, ...] = ()
    incident: Incident | None = None

    def declared(self) -> Mapping[str, object]:
        """The keys that hold something, by name; blanks are nothing."""
        return {k: v for k, v in self.model_dump().items() if _holds_something(v)}


def _holds_something(value: object) -> bool:
    parts = value if isinstance(value, tuple) else (value,)
    return any(part.strip() if isinstance(part, str) else part is not None for part in parts)


def load_context(path: Path) -> Context:
    """The context in a file; a missing file or wrong key is a `RuleError` with its line."""
    return read_shape(Context, path)


def known_subject_key(context: Context, columns: Collection[str], file: Path | None) -> None:
    """A `subject_key` that no column has is a `RuleError` with the file's line and a near name."""
    key = context.subject_key
    if key and key not in columns:
        where = "context" if file is None else read(file).where(("subject_key",))
        hint = nearest(key, columns) or "name a column of these data, or leave subject_key out"
        raise RuleError(f"subject_key: no column is called {key!r}", where=where, hint=hint)


def find_context(uri: str) -> Path | None:
    """The description beside the data: `NAME.dataset.yaml` for a file NAME, else `dataset.yaml`.

    The latter may stand above Hive partitions. A `uri` where no file is, that is no pattern
    either, names data in memory or elsewhere: None, as where no description is.
    """
    place = Path(uri)
    if not _stands(place, uri):
        return None
    own = (place.with_name(f"{name}.{FILE}") for name in (place.name, stem(place.name)))
    return next((file for file in (*own, *_above(place)) if file.is_file()), None)


def place_for(uri: str, *, alone: bool = True) -> Path | None:
    """Where a description of that data would be found; not `alone`, one of that file only."""
    place = Path(uri)
    if not _stands(place, uri):
        return None
    if not alone and place.is_file():
        return place.with_name(f"{stem(place.name)}.{FILE}")
    return [*_above(place)][-1]


def _stands(place: Path, uri: str) -> bool:
    return place.exists() or bool(_PATTERN.search(uri))


def _above(place: Path) -> Iterator[Path]:
    """The `dataset.yaml` of the data's folder, then of those above as long as it is a partition."""
    folder = place if place.is_dir() else place.parent
    yield folder / FILE
    while _PARTITION.search(folder.name):
        folder = folder.parent
        yield folder / FILE


def stem(name: str) -> str:
    """A file's name without its format and without what packs it."""
    whole = Path(name)
    return Path(whole.stem if whole.suffix in _PACKED else name).stem


_PACKED = frozenset({".gz", ".zst", ".bz2", ".xz"})

_PATTERN = re.compile(r"[*?\[]")
"""Signs of a pattern for files or folders."""

_PARTITION = re.compile(rf"=|{_PATTERN.pattern}")
"""Names of folders that are a Hive partition, or a pattern for folders."""


def template(lang: str = "en") -> str:
    """A `dataset.yaml` to fill in: every key with what it means and its choices, commented out."""
    lines = list(HEAD[lang])
    for name, meaning, example in described(lang):
        lines += ["", f"# {meaning}", f"# {name}: {example}"]
    return "\n".join([*lines, ""])


HEAD = {
    "en": (
        "# What people know about this dataset and no scan can see. Take the # off what you fill",
        "# in; what stays out is asked for in the findings.",
    ),
    "ja": (
        "# データセットについて、人だけが知り、走査では分からないことを記入する。記入する行の先頭の",
        "# 「# 」を外す。記入のない項目は、指摘事項の中で質問として示される。",
    ),
}


def described(lang: str) -> Iterator[tuple[str, str, str]]:
    """Each key with its meaning in that language, its choices, and an example."""
    for name, en, ja, *examples in _KEYS:
        meaning, example = (ja, examples[-1]) if lang == "ja" else (en, examples[0])
        if name in _CHOICES:
            named = _CHOICES[name].items()
            meaning += " " + ", ".join(f"{key} ({j})" if lang == "ja" else key for key, j in named)
        yield name, meaning, example


def in_japanese(code: str) -> str:
    """What a key, or a value that a key takes, is called in Japanese; itself if it has no name."""
    named = _NAMES.get(code)
    return named or next((words[code] for words in _CHOICES.values() if code in words), code)


_NAMES = {
    "jurisdictions": "適用法域", "phase": "段階", "legal_basis": "法的根拠", "contact": "問合せ窓口",
    "retention_days": "保存期間", "owner": "データ責任者", "purposes": "利用目的", "affairs": "個人番号を取り扱う事務",
    "controller": "管理者", "needed_columns": "必要な列", "recipients": "提供先", "sources": "取得元",
    "uses": "用途", "subjects": "本人の区分", "exposure": "アクセスできる範囲",
    "processed_as": "加工の区分", "incident": "漏えい等", "title": "名称",
}  # fmt: skip

_CHOICES: Mapping[str, Mapping[str, str]] = {
    "phase": {"planning": "企画・提案", "design": "設計・開発", "operation": "運用・保守"},
    "subjects": {
        "customers": "顧客", "employees": "従業員", "patients": "患者", "pupils": "児童・生徒",
        "children": "子ども", "citizens": "住民", "other": "その他",
    },
    "exposure": {
        "public": "誰でも", "shared": "社外の関係者も", "internal": "社内", "restricted": "限られた担当者",
    },
    "uses": {
        "ai_training": "AIの学習", "ai_use": "AIの利用", "automated_decisions": "自動的な決定",
        "public_cameras": "公共の場所のカメラ", "web_scraping": "ウェブからの収集",
        "public_service": "公共サービス", "credit_or_insurance": "与信・保険",
        "law_enforcement": "法執行", "remote_identification": "遠隔での本人の特定",
        "image_generation": "画像生成", "significant_fiduciary": "インド法上の重要データ受託者",
    },
    "processed_as": {
        "pseudonymously_processed": "仮名加工情報", "anonymously_processed": "匿名加工情報",
    },
    "affairs": {"tax": "税", "social_security": "社会保障", "disaster": "災害対策"},
    "incident": {"suspected": "漏えい等の疑い", "malicious": "不正の目的によるおそれ"},
}  # fmt: skip
"""The values that a key takes, with what they mean in Japanese; the codes are English words."""

CLOSED_KEYS = frozenset(_CHOICES)
"""Keys that allow certain values only."""

_KEYS = (
    ("title", "The name people know this dataset by.", "データセットの名称(通称)。",
     "Newsletter subscribers", "メールマガジン会員"),
    ("controller", "Who decides why and how the data is used.",
     "利用の目的と方法を決める者(個人情報取扱事業者、GDPRの管理者)。", "Example Ltd", "株式会社例示"),
    ("owner", "The role that answers for this dataset.", "データセットの責任者(役職)。",
     "Head of Marketing", "営業企画部長"),
    ("contact", "Where a person asks about their data.", "本人からの問合せ・苦情の窓口。",
     "privacy@example.com"),
    ("purposes", "What the data is for, as published.", "公表している利用目的。",
     "[send the monthly newsletter]", "[メールマガジンの配信]"),
    ("legal_basis", "The ground it is used on, per purpose if they differ.",
     "取扱いの法的根拠(目的ごとに異なる場合はそれぞれ)。", "consent", "本人の同意"),
    ("jurisdictions", "Laws that apply: EU, JP, US, US-IL, US-CA, GB, ...",
     "法令が適用される国・地域: EU, JP, US, US-IL, US-CA, GB, ...", "[EU, JP]", "[JP]"),
    ("phase", "Where the use stands:", "利用の段階:", "operation"),
    ("subjects", "Whose data it is:", "本人の区分:", "customers"),
    ("subject_key", "The column that tells persons apart.", "本人を区別する列。", "customer_id",
     "会員番号"),
    ("retention_days", "Days it is kept.", "保存期間(日数)。", "730"),
    ("exposure", "Who can reach it:", "アクセスできる範囲:", "internal"),
    ("needed_columns", "The columns the purpose needs.", "利用目的に必要な列。",
     "[email, given_name]", "[メールアドレス, 氏名]"),
    ("recipients", "Who else receives it.", "提供先・委託先。", "[mail provider]",
     "[メール配信の委託先]"),
    ("sources", "Where it was collected.", "取得元。", "[sign-up form]", "[会員登録フォーム]"),
    ("uses", "What laws ask about:", "法令が着目する用途・立場:", "[ai_training]"),
    ("processed_as", "What the APPI calls it:", "個人情報保護法上の区分:",
     "pseudonymously_processed"),
    ("affairs", "What My Numbers are held for:", "個人番号を取り扱う事務:", "[tax]"),
    ("incident", "While a leak is looked into:", "漏えい等を調査している間だけ記入する:",
     "suspected"),
)  # fmt: skip
