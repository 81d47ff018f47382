"""What an organisation declares in `org.yaml`: who answers, who decides, whom people ask."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from privscan.model.assessment import Gap
from privscan.rulebook.load import read_shape
from privscan.rulebook.schema import Shape

FILE = "org.yaml"

RoleName = Literal["owner", "privacy_officer", "governance_officer", "committee", "council"]


class Holder(Shape):
    """Who holds a role: a person or a body, and how to reach them."""

    name: str = ""
    title: str = ""
    contact: str = ""


class Roles(Shape):
    """The roles that sign or are heard; the owner of a dataset stands in its dataset.yaml."""

    owner: Holder = Holder()
    privacy_officer: Holder = Holder()
    governance_officer: Holder = Holder()
    committee: Holder = Holder()
    council: Holder = Holder()


class Organisation(Shape):
    """Declared facts about the organisation; an absent one is a gap that assessments show.

    `policy` is where the privacy policy is published; `resources` says who and what the work has.
    """

    name: str = ""
    policy: str = ""
    resources: str = ""
    contact: str = ""
    roles: Roles = Roles()

    def holder(self, role: str) -> str:
        """The name of who holds a role; empty where nobody is named."""
        found: Holder | None = getattr(self.roles, role, None)
        return found.name if found else ""

    def holders(self, owner: str) -> Mapping[str, str]:
        """Who holds each role for a dataset whose dataset.yaml names that owner.

        That is a post, which goes before the organisation's owner: whoever has it signs.
        """
        named = {role: self.holder(role) for role in type(self.roles).model_fields}
        return {**named, "owner": ""} if owner else named


def load_organisation(path: Path) -> Organisation:
    """The organisation in a file; a missing file or wrong key is a `RuleError` with its line."""
    return read_shape(Organisation, path)


def find_organisation(*beside: Path) -> Path | None:
    """The first `org.yaml` in those folders; None if there is none."""
    files = (folder / FILE for folder in beside)
    return next((file for file in files if file.is_file()), None)


def gaps(organisation: Organisation) -> tuple[Gap, ...]:
    """What the organisation has not said, in the order of the file."""
    said = {
        "policy": organisation.policy,
        "responsible": organisation.holder("privacy_officer"),
        "resources": organisation.resources,
        "contact": organisation.contact,
    }
    return tuple(Gap(key, _GAPS[key]) for key, value in said.items() if not value)


_GAPS = {
    "policy": {
        "en": "No published privacy policy is named in org.yaml (policy).",
        "ja": "org.yamlに公表済みのプライバシーポリシー(policy)が記載されていない。",
    },
    "responsible": {
        "en": "No person responsible for privacy is named in org.yaml (roles.privacy_officer).",
        "ja": "org.yamlにプライバシー保護責任者(roles.privacy_officer)が記載されていない。",
    },
    "resources": {
        "en": "org.yaml does not say what people and means the protection of privacy has (resources).",
        "ja": "org.yamlにプライバシー保護のための人員・予算等(resources)が記載されていない。",
    },
    "contact": {
        "en": "No contact for questions and complaints is named in org.yaml (contact).",
        "ja": "org.yamlに問合せ・苦情の窓口(contact)が記載されていない。",
    },
}


def template(lang: str = "en") -> str:
    """An `org.yaml` to fill in: every key with what it means, commented out."""
    at = 2 if lang == "ja" else 1
    lines = list(_HEAD[lang])
    for key in _KEYS:
        lines += ["", f"# {key[at]}", f"# {key[0]}: {key[at + 2]}"]
    lines += ["", "# roles:"]
    for role in _ROLES:
        lines += [f"#   # {role[at]}", f"#   {role[0]}:", f"#     name: {role[at + 2]}"]
        lines += ["#     title: ''", "#     contact: ''"]
    return "\n".join([*lines, ""])


_HEAD = {
    "en": (
        "# Who answers for personal data in this organisation. Take the # off what you fill in;",
        "# what stays out is shown as a gap in every assessment.",
    ),
    "ja": (
        "# 組織において個人データに責任を負う者を記入する。記入する行の先頭の「# 」を外す。",
        "# 記入のない項目は、すべての評価書に未記載の事項として示される。",
    ),
}

_KEYS = (
    ("name", "The organisation's name, as persons know it.", "組織の名称(本人に示す名称)。",
     "Example Ltd", "株式会社例示"),
    ("policy", "Where the privacy policy is published.", "プライバシーポリシーの公表場所。",
     "https://www.example.com/privacy", "https://www.example.co.jp/privacy"),
    ("resources", "Who and what the protection of privacy has.",
     "プライバシー保護のための人員・予算等。", "two people, a yearly budget", "担当者2名、年間予算あり"),
    ("contact", "Where persons ask and complain.", "問合せ・苦情の窓口。", "privacy@example.com", "privacy@example.co.jp"),
)  # fmt: skip

_ROLES = (
    ("owner", "Answers for a dataset whose dataset.yaml names no owner.",
     "dataset.yamlに責任者の記載がないデータセットの責任者。", "C. Example", "例示 次郎"),
    ("privacy_officer", "Responsible for privacy; signs from medium on.",
     "プライバシー保護責任者。レベルが「中」以上のときに承認する。", "A. Example", "例示 花子"),
    ("governance_officer", "Responsible for AI governance; signs where very high.",
     "AIガバナンス遂行責任者。レベルが「極めて高」のときに承認する。", "B. Example", "例示 太郎"),
    ("committee", "Risk control and compliance committee; signs from high on.",
     "リスク・コンプライアンス委員会。レベルが「高」以上のときに承認する。", "Risk Committee", "リスク・コンプライアンス委員会"),
    ("council", "Experts from outside; heard where very high.",
     "外部有識者会議。レベルが「極めて高」のときに意見を聞く。", "External Expert Council", "外部有識者会議"),
)  # fmt: skip
