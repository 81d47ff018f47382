"""Laws, articles and their status in words of either language."""

from __future__ import annotations

from privscan.model.finding import Citation
from privscan.rulebook.load import by_rules, rulebook
from privscan.rulebook.schema import Rule

LAWS = {
    "GDPR": "GDPR(EU一般データ保護規則)",
    "APPI": "個人情報保護法",
    "APPI amendment bill": "個人情報保護法改正案(2026年)",
    "My Number Act": "番号法",
    "PPC guidance on PIA; JIS X 9251:2021": "個人情報保護委員会のPIAに関する資料・JIS X 9251:2021",
    "EU AI Act": "EU AI法",
    "BIPA": "イリノイ州生体情報プライバシー法(BIPA)",
    "CCPA": "カリフォルニア州消費者プライバシー法(CCPA)",
    "HIPAA": "HIPAAプライバシー規則(米国)",
    "DPDP": "デジタル個人データ保護法(インド、DPDP)",
    "PIPL": "個人情報保護法(中国、PIPL)",
    "CN-FRT": "顔識別技術応用安全管理弁法(中国)",
    "LGPD": "個人データ保護法(ブラジル、LGPD)",
    "NEC": "NEC",
}
"""What laws are called in Japanese; one of somebody's own rules keeps its name."""

STATUS = {
    "in force": "施行済み",
    "applies": "適用中",
    "guidance": "指針",
    "policy in force": "方針として実施中",
    "in use": "使用中",
    "draft": "草案",
}
"""Words for the status of most rules; the others say it themselves."""


def law(name: str, lang: str) -> str:
    """The law's name."""
    return LAWS.get(name, name) if lang == "ja" else name


def clause(cited: Citation, lang: str) -> str:
    """The law and its article; a principle's title, which stands for one, in the language."""
    number, _, title = cited.article.partition(" ")
    for known in rulebook().principles.values():
        if title == known.title.ja:
            return f"{law(cited.law, lang)} {number} {known.title.both()[lang]}"
    rule = _cited().get((cited.law, cited.article))
    article = (rule.article_ja if rule and lang == "ja" else "") or cited.article
    return f"{law(cited.law, lang)} {article}".rstrip()


def status(cited: Citation, lang: str) -> str:
    """Whether the clause holds, since or from when, as its rule says it."""
    if lang != "ja":
        return cited.status
    if cited.status in STATUS:
        return STATUS[cited.status]
    said = (r for r in rulebook().rules if (r.law, r.status) == (cited.law, cited.status))
    return next((rule.status_ja for rule in said if rule.status_ja), cited.status)


@by_rules()
def _cited() -> dict[tuple[str, str], Rule]:
    return {(rule.law, rule.article): rule for rule in rulebook().rules}
