"""Rule files to fill in, one of each kind."""

from __future__ import annotations

import re

from privscan.errors import UsageError, nearest


def skeleton(kind: str, name: str) -> str:
    """A rule file to fill in, of a kind that `rules check` knows; unknown ones are refused."""
    if kind not in _SKELETONS:
        hint = nearest(kind, _SKELETONS) or f"the kinds are {', '.join(_SKELETONS)}"
        raise UsageError(f"there is no skeleton for a {kind!r}", hint=hint)
    if not _NAME.fullmatch(name):
        hint = "use letters, digits, - and _"
        raise UsageError(f"{name!r} is no name for a rule", hint=hint)
    return _SKELETONS[kind].replace("NAME", name)


_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


_HEAD = "version: 1\nas_of: '2026-11-23'\nstatus: draft\nsource: SAY WHERE IT IS FROM\n"
_SKELETONS = {
    "entity": f"""# rules/entities/NAME.yaml
{_HEAD}entities:
  - id: NAME
    label: {{en: "NAME", ja: "NAME"}}
    category: contact
    role: D                # D direct, Q quasi-identifier, A attribute, B biometric, S, C credential
    weight: 0.25           # sensitivity, 0 to 1
    identifying: 0.5       # how far it alone identifies, 0 to 1
    names: {{strong: ["NAME"], weak: []}}
""",
    "recognizer": f"""# rules/recognizers/NAME.yaml
{_HEAD}recognizers:
  - name: NAME
    supported_entity: customer_id
    supported_language: en
    about: {{en: "NAME", ja: "NAME"}}
    patterns:
      - {{name: "two letters, six digits", regex: '\\bZZ\\d{{6}}\\b', score: 0.6}}
    examples:
      positive: ["ZZ123456"]
      negative: ["ZZ12345", "AZZ123456"]
""",
    "law": f"""# rules/laws/NAME.yaml
{_HEAD}rules:
  - id: NAME
    law: NAME
    article: "1"
    jurisdictions: [EU]
    when: {{has: [email], state: [plain]}}
    severity: medium
    certainty: scan_indicates
    principles: [privacy]
    message: {{en: "{{what}} stand in {{columns}}.", ja: "{{columns}} に{{what}}がある。"}}
    advice: {{en: "What to do.", ja: "対応。"}}
    lesson:
      en: "What goes wrong in practice. What good looks like."
      ja: "実務で起こりがちな誤り。望ましい取扱い。"
    src: M                 # T text seen, S secondary page, M memory
    examples:
      - {{fires: true, has: {{email: plain}}}}
      - {{fires: false, has: {{email: token_keyed}}}}
""",
    "check": f"""# rules/principles/NAME.yaml
{_HEAD}checks:
  - id: NAME
    law: NAME
    when: {{beside: [personal_any], missing: [owner]}}
    severity: low
    certainty: needs_context
    principles: [accountability]
    message: {{en: "What is wrong.", ja: "指摘の内容。"}}
    advice: {{en: "What to do.", ja: "対応。"}}
    question: {{en: "What a person must answer.", ja: "人が答える問い。"}}
    lesson:
      en: "What goes wrong in practice. What good looks like."
      ja: "実務で起こりがちな誤り。望ましい取扱い。"
    src: M                 # T text seen, S secondary page, M memory
    examples:
      - {{fires: true, has: {{email: plain}}}}
      - {{fires: false, has: {{email: plain}}, context: {{owner: someone}}}}
""",
    "policy": """# policy.yaml, for privscan gate --policy policy.yaml
id: NAME
about: {en: "NAME", ja: "NAME"}
max_score: 60
fail_on: high
forbid_clear: [gov_id, card_number]
as_of: '2026-11-23'
status: draft
source: SAY WHO DECIDED IT
examples:
  - {has: {email: plain}, score: 60}
  - {has: {card_number: plain}, score: 61, breaks: [max_score, forbid_clear]}
""",
}
