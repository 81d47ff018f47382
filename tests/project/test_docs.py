"""The documents say what the program does: each verb, option, exit code and link."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from privscan.cli.cards import EXIT_CODES
from privscan.cli.settings import options, verbs

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "verbs"
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def documents() -> list[Path]:
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def tables():
    spec = importlib.util.spec_from_file_location("tables", ROOT / "docs" / "make_verb_tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_verb_has_its_page_and_every_page_its_verb():
    assert {p.stem for p in PAGES.glob("*.md")} == {verb[0] for verb, _ in verbs()}


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda p: p.stem)
def test_option_tables_are_up_to_date(page: Path):
    text = page.read_text("utf-8")
    assert tables().page(text) == text, "make docs brings it up to date"


@pytest.mark.parametrize(("verb", "command"), list(verbs()), ids=str)
def test_page_names_every_option_and_no_other(verb, command):
    text = (PAGES / f"{verb[0]}.md").read_text("utf-8")
    assert f"<!-- options {' '.join(verb)} -->" in text
    for option in options(command):
        assert option.help
        assert all(f"`{name}`" in text for name in option.opts)
    known = {n for v, c in verbs() if v[0] == verb[0] for o in c.params for n in o.opts}
    for row in re.findall(r"^\| (`-[^|]*)\|", text, re.MULTILINE):
        assert set(re.findall(r"`(--?[\w-]+)`", row)) <= known


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda p: p.stem)
def test_page_has_purpose_synopsis_examples_and_exit_codes(page: Path):
    text = page.read_text("utf-8")
    assert text.startswith(f"# privscan {page.stem}\n")
    assert f"privscan {page.stem}" in text.split("```")[1]
    assert "## Examples" in text
    assert "## Exit codes" in text


def test_readme_states_every_exit_code():
    text = (ROOT / "README.md").read_text("utf-8")
    for code, _, _ in EXIT_CODES:
        assert f"| {code} | " in text


@pytest.mark.parametrize("document", documents(), ids=lambda p: p.name)
def test_links_lead_somewhere(document: Path):
    for target in LINK.findall(document.read_text("utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", documents(), ids=lambda p: p.name)
def test_commands_in_documents_are_real(document: Path):
    known = {verb[0]: set() for verb, _ in verbs()}
    for verb, command in verbs():
        known[verb[0]] |= {name for o in command.params for name in o.opts}
    blocks = document.read_text("utf-8").split("```")[1::2]
    if document.name == "design.md":
        pytest.skip("the design names verbs of later versions too")
    for line in "\n".join(blocks).splitlines():
        for verb, rest in re.findall(r"(?<!import )\bprivscan ([a-z]+)\b([^|&#>]*)", line):
            assert verb in known, line
            given = {w for w in rest.split() if re.fullmatch(r"--?[a-z][\w-]*", w)}
            assert given <= known[verb], line


def test_decisions_are_numbered_and_short():
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [f.name[:4] for f in files] == [f"{n:04d}" for n in range(1, len(files) + 1)]
    for file in files:
        text = file.read_text("utf-8")
        assert "**Decided:**" in text
        assert len(text.splitlines()) <= 30


def test_the_policy_of_the_gates_page_is_one(tmp_path):
    from privscan.assess.policies import load_policy

    text = (PAGES / "gate.md").read_text("utf-8")
    file = tmp_path / "policy.yaml"
    file.write_text(text.split("```yaml\n")[1].split("```")[0], "utf-8")
    assert load_policy(file).id == "marketing"


def test_every_key_of_a_condition_is_in_the_rules_page():
    from privscan.rulebook.schema import When

    text = (PAGES / "rules.md").read_text("utf-8")
    keys = {field.alias or name for name, field in When.model_fields.items()}
    assert not [key for key in keys if f"`{key}:" not in text and f"`{key}`" not in text]


def test_every_format_is_in_the_reports_page_with_a_suffix_of_its_own():
    from privscan.registry import plugins
    from privscan.render._files import suffixes

    text = (PAGES / "report.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| `([.\w]+)` \|", text, re.MULTILINE))
    assert set(rows) == {p.name for p in plugins("render")}
    assert not [p.name for p in plugins("render") if rows[p.name] not in suffixes(p)]
