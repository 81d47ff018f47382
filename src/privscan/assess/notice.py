"""The draft of a published purpose of use: every detected category, and what people declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from privscan.assess.jurisdiction import applies
from privscan.model.assessment import Notice
from privscan.model.kinds import State
from privscan.rulebook.load import rulebook
from privscan.rulebook.predicate import LEAST

if TYPE_CHECKING:
    from privscan.assess.context import Context
    from privscan.assess.organisation import Organisation
    from privscan.model.finding import Text
    from privscan.model.profile import DatasetProfile

ASKED = {
    "JP": ("address", "safety", "procedure"),
    "EU": ("officer", "transfers"),
}
"""What APPI 32(1) with Cabinet Order 10, and GDPR 13 and 14, want told besides, by where they hold."""

RIGHTS: Text = {
    "en": "You may also have the use of your data restricted, object to it, receive your data to take "
    "elsewhere, withdraw a consent at any time, and complain to a supervisory authority. "
    "(GDPR 13(2) and 14(2); strike out what does not apply.)",
    "ja": "このほか、取扱いの制限、異議申立て、データポータビリティ、同意の撤回、監督機関への苦情申立てを"
    "することができます。(GDPR第13条2項・第14条2項。該当しないものは削除する)",
}

FACE_USES = frozenset({"remote_identification"})
"""Declared uses in which faces tell who somebody is."""

FACE: Text = {
    "en": "Facial feature data is taken from images of faces, and face recognition is used to tell "
    "who a person is. (The purpose must say so: PPC Q&A 1-14 on the APPI guidelines.)",
    "ja": "顔画像から顔特徴データを抽出し、顔識別機能(顔認証)を用いて特定の個人を識別するために"
    "利用します。(個人情報保護法ガイドラインに関するQ&A 1-14により、その旨の明示が必要)",
}


def notice(profile: DatasetProfile, context: Context, organisation: Organisation) -> Notice:
    """The draft; what nobody declared is a placeholder in it, and named in `missing`."""
    found = categories(profile)
    faces = "face_template" in found or bool(FACE_USES & {*context.uses})
    given = {
        "controller": context.controller or organisation.name,
        "purposes": context.purposes,
        "legal_basis": context.legal_basis,
        "sources": context.sources,
        "recipients": context.recipients,
        "retention_days": f"{context.retention_days:,}" if context.retention_days else "",
        "contact": context.contact or organisation.contact,
        **{key: "" for place, keys in ASKED.items() if _in(place, context) for key in keys},
    }
    missing = tuple(key for key, value in given.items() if not value)
    said = [
        _said("controller", given["controller"]),
        _categories(found),
        _said("purposes", given["purposes"]),
        *([FACE] if faces else []),
        *(_said(key, given[key]) for key in ("legal_basis", "sources", "recipients")),
        _said("retention_days", given["retention_days"]),
        _said("contact", given["contact"]),
        *(_said(key, "") for keys in ASKED.values() for key in keys if key in given),
        *([RIGHTS] if _in("EU", context) else []),
    ]
    return Notice(found, faces, tuple(said), missing)


def _in(place: str, context: Context) -> bool:
    """Whether people said that the law of that place holds; nobody said it where nothing is."""
    return applies((place,), context.jurisdictions) is True


def categories(profile: DatasetProfile) -> tuple[str, ...]:
    """The entities that a dataset is believed to hold, the gravest first, each once."""
    known = rulebook().entities
    seen = dict.fromkeys(
        e.entity
        for column in profile.columns
        for e in column.entities
        if e.confidence >= LEAST and e.state is not State.REMOVED
    )
    return tuple(sorted(seen, key=lambda e: (-(known[e].weight if e in known else 0), e)))


def _categories(found: Iterable[str]) -> Text:
    known = rulebook().entities
    labels = [known[e].label.both() if e in known else {"en": e, "ja": e} for e in found]
    if not labels:
        return _NO_CATEGORY
    en = "; ".join(label["en"].rstrip(".") for label in labels)
    ja = "、".join(label["ja"] for label in labels)
    return {"en": f"Data we use: {en}.", "ja": f"取り扱う情報の項目:{ja}"}


def _said(key: str, value: str | Sequence[str]) -> Text:
    """The paragraph with what was declared, or with a placeholder that nobody overlooks."""
    text, name = _PARAGRAPHS[key], _NAMES[key]
    many = (value,) if isinstance(value, str) and value else tuple(value)
    filled = {
        "en": "; ".join(many) or f"[to be filled in: {name['en']}]",
        "ja": "、".join(many) or f"【要記入:{name['ja']}】",
    }
    return {lang: text[lang].format(filled[lang]) for lang in text}


def missing_names(keys: Iterable[str]) -> Iterator[Text]:
    """What the draft lacks, by name."""
    yield from (_NAMES[key] for key in keys)


_NO_CATEGORY = {
    "en": "Data we use: the scan detected no personal data.",
    "ja": "取り扱う情報の項目:走査では個人データは検出されなかった。",
}

_NAMES: dict[str, Text] = {
    "controller": {"en": "who is responsible", "ja": "事業者名"},
    "purposes": {"en": "purpose of use", "ja": "利用目的"},
    "legal_basis": {"en": "legal basis", "ja": "法的根拠"},
    "sources": {"en": "where the data comes from", "ja": "取得元"},
    "recipients": {"en": "who receives the data, or nobody", "ja": "提供先(ない場合はその旨)"},
    "retention_days": {"en": "how long it is kept", "ja": "保存期間"},
    "contact": {"en": "contact", "ja": "問合せ窓口"},
    "address": {
        "en": "address and, for a company, its representative",
        "ja": "住所、法人の場合は代表者の氏名",
    },
    "safety": {"en": "security measures in outline", "ja": "安全管理のために講じた措置の概要"},
    "procedure": {
        "en": "how to make a request, and its fee if any",
        "ja": "開示等の請求手続(手数料を含む)",
    },
    "officer": {
        "en": "contact of the data protection officer, if there is one",
        "ja": "データ保護責任者の連絡先(置いている場合)",
    },
    "transfers": {
        "en": "transfers out of the EEA and their safeguards, or none",
        "ja": "EEA域外への移転と保護措置(ない場合はその旨)",
    },
}

_PARAGRAPHS: dict[str, Text] = {
    "controller": {"en": "Responsible: {}.", "ja": "個人情報取扱事業者:{}"},
    "purposes": {"en": "Purpose of use: {}.", "ja": "利用目的:{}"},
    "legal_basis": {"en": "Legal basis: {}.", "ja": "法的根拠:{}"},
    "sources": {"en": "Source: {}.", "ja": "取得元:{}"},
    "recipients": {"en": "Recipients: {}.", "ja": "第三者提供・委託先:{}"},
    "retention_days": {
        "en": "Kept for (days): {}.",
        "ja": "保存期間(日):{}",
    },
    "address": {"en": "Address: {}.", "ja": "住所・代表者:{}"},
    "safety": {"en": "Security measures: {}.", "ja": "安全管理措置:{}"},
    "procedure": {"en": "Requests: {}.", "ja": "開示等の請求手続:{}"},
    "officer": {"en": "Data protection officer: {}.", "ja": "データ保護責任者:{}"},
    "transfers": {"en": "Transfers: {}.", "ja": "域外移転:{}"},
    "contact": {
        "en": "You may ask to see, correct, stop using or erase your data, and complain, here: {}.",
        "ja": "開示・訂正・利用停止・消去の請求及び苦情の窓口:{}",
    },
}
