"""The house rules that no linter holds: lengths, docstrings first, folders, ignores with reasons."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "src").rglob("*.py"))
SCRIPTS = [
    p
    for folder in ("tests", "samples", "bench", "docs")
    for p in sorted((ROOT / folder).rglob("*.py"))
]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_module_has_300_lines_at_most_and_functions_50(module: Path):
    text = module.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert node.end_lineno - node.lineno < 50, node.name


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_module_starts_with_its_subject(module: Path):
    tree = ast.parse(module.read_text("utf-8"))
    assert ast.get_docstring(tree)
    if len(tree.body) > 1:
        first = tree.body[1]
        assert isinstance(first, ast.ImportFrom)
        assert first.module == "__future__"


@pytest.mark.parametrize("file", MODULES + SCRIPTS, ids=name)
def test_ignores_have_a_reason(file: Path):
    for line in file.read_text("utf-8").splitlines():
        if "re.search" in line:
            continue  # this file says what it looks for
        assert not re.search(r"# noqa(?:\s*$|: [A-Z0-9, ]+$)", line), line
        assert not re.search(r"#\s*(TODO|FIXME|XXX)\b", line), line
        assert not re.search(r"# type: ignore(?!\[)", line), line


def test_names_are_nouns_of_the_domain():
    said = {
        node.name
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    } | {module.stem for module in MODULES}
    assert not [n for n in said if re.search(r"(Manager|Helper|Utils?)$", n, re.IGNORECASE)]


def test_linter_ignores_in_pyproject_have_a_reason():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    assert tomllib.loads(text)["tool"]["ruff"]["lint"]["select"] == ["ALL"]
    listed = re.findall(r'^  "[A-Z]+\d*",.*$', text, re.MULTILINE)
    assert len(listed) > 10
    assert not [line for line in listed if "#" not in line]


def imported() -> set[str]:
    """The names of packages that our modules import, also within functions."""
    nodes = [n for m in MODULES for n in ast.walk(ast.parse(m.read_text("utf-8")))]
    plain = {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
    dotted = {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module}
    by_name = {
        n.args[0].value
        for n in nodes
        if isinstance(n, ast.Call) and ast.unparse(n.func).endswith("import_module") and n.args
        if isinstance(n.args[0], ast.Constant)
    }
    tops = {name.partition(".")[0] for name in plain | dotted | by_name}
    return tops - {*sys.stdlib_module_names, "privscan"}


NOT_INSTALLED = {"airflow": ["apache-airflow"], "py4j": ["pyspark"]}
"""Modules of extras that the tests do not install, and whose package has another name."""


def test_what_is_imported_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = (n for name, n in project["optional-dependencies"].items() if name != "dev")
    needed = chain(project["dependencies"], *extras)
    wanted = {re.match(r"[\w.-]+", d)[0].lower() for d in needed}
    makers = {**NOT_INSTALLED, **packages_distributions()}
    names = imported()
    assert {"polars", "tldextract"} <= names
    lost = [
        n for n in names if not wanted & {d.lower().replace("_", "-") for d in makers.get(n, [n])}
    ]
    assert lost == []


def test_typed_and_licensed():
    assert (ROOT / "src" / "privscan" / "py.typed").is_file()
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")


def test_make_help_lists_every_public_target():
    text = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split()
    assert {t for t in phony if not re.search(rf"^{t}:.*## ", text, re.MULTILINE)} == set()
