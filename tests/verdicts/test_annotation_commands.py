"""Annotations as GitHub's runner reads them: names come back whole, and none starts a command."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_verdicts import CLEAR, STOPPED, dataset, hostile, report

from privscan.model.finding import Verdict
from privscan.verdicts import github

OURS = {"error", "notice"}


def commands(text):
    """The commands that the runner sees in an output: name, properties, message of each.

    It reads line by line, looks past blanks before a command, and takes the old form `##[…]`
    anywhere in a line that is no command of the new form.
    """
    for line in re.split(r"\r\n|\r|\n", text):
        new = re.fullmatch(r"::(.*?)::(.*)", line.lstrip(), re.DOTALL)
        old = re.search(r"##\[([^\]]*)\](.*)", line)
        if new:
            name, _, properties = new[1].partition(" ")
            pairs = (one.partition("=") for one in properties.strip().split(",") if one)
            read = {key.strip(): undone(value, *"\r\n:,%") for key, _, value in pairs}
            yield name, read, undone(new[2], *"\r\n%")
        elif old:
            yield old[1], {}, old[2]


def undone(text, *characters):
    """A text without the runner's escapes of these characters; `%` is the last of them."""
    for character in characters:
        text = text.replace(f"%{ord(character):02X}", character)
    return text


HOSTILE = [
    "::add-mask::secret", "x\n::add-mask::secret", "x\r::stop-commands::token", "x\r\n::error::forged",
    "##[add-mask]secret", "x\n##[stop-commands]t", "::stop-commands::%0A::add-mask::x", "%0A::error::x",
    "%3A%3Aadd-mask%3A%3Ax", "%250A::debug::x", "a,line=1", "a=b,file=other.csv", "title=x::y::z",
    "::", ":::", "::error file=x,title=y::z", "%25", "100%", "a:b,c%d", ":",
    "\u2028::add-mask::x", "\x0b::add-mask::x", "\x85::add-mask::x",
]  # fmt: skip


def test_the_reader_sees_commands_where_the_runner_does():
    said = (
        "a ::error::x\n  ::add-mask::x\n::notice file=a%2Cb%3Ac,title=%25::y%0Az%3A\nb ##[debug]c"
    )
    assert list(commands(said)) == [
        ("add-mask", {}, "x"), ("notice", {"file": "a,b:c", "title": "%"}, "y\nz%3A"),
        ("debug", {}, "c"),
    ]  # fmt: skip


def test_a_name_that_is_not_escaped_would_start_one():
    raw = "::error title=x::in x\n::add-mask::secret"
    assert [name for name, _, _ in commands(raw)] == ["error", "add-mask"]


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_starts_a_command_or_sets_a_property(name, lang):
    verdict, held = hostile(name)
    said = github.render(verdict, held, lang=lang)
    found = list(commands(said))
    assert len(found) == len(said.splitlines()) == len(said.split("\n")) - 1 == 5
    assert {command for command, _, _ in found} == OURS
    assert all(set(properties) <= {"file", "title"} for _, properties, _ in found)


@pytest.mark.parametrize(
    "name", [name for name in HOSTILE if not re.search("[\x00-\x1f\x85\u2028]", name)]
)
def test_names_come_back_as_they_are(name):
    verdict, held = hostile(name)
    [broken, lacking, waived, helped, _] = commands(github.render(verdict, held))
    assert broken[1] == {"file": f"lake/{name}", "title": f"{name}: forbid_clear"}
    assert broken[2] == f"in {name}\nforbid_clear: 1 cell; bound 0 cells"
    assert lacking[1:] == ({"title": "incomplete"}, f"{name}: x")
    assert waived[2].startswith(f"{name}: in {name} ({name}: {name}, until 2026-12-31: {name})")
    assert helped[1]["title"] == name
    assert helped[2].split("\n")[1].startswith(f"  {name}: tokenise")


@pytest.mark.parametrize(
    ("name", "told"),
    [("a\nb", "a\ufffdb"), ("a\r\nb", "a\ufffd\ufffdb"), ("\x1b[2J", "\ufffd[2J"), ("\u202ex", "\ufffdx")],
)  # fmt: skip
def test_what_steers_a_terminal_is_marked(name, told):
    verdict, held = hostile(name)
    broken = next(commands(github.render(verdict, held)))
    assert broken[1] == {"file": f"lake/{told}", "title": f"{told}: forbid_clear"}


@pytest.mark.parametrize(
    ("uri", "file"),
    [
        ("lake/a.csv", "lake/a.csv"), ("lake\\a.csv", "lake/a.csv"), ("a, b: c.csv", "a, b: c.csv"),
        ("/data/a.csv", None), ("s3://bucket/a.csv", None), ("C:\\a.csv", None), ("", None),
        ("::add-mask::x", "::add-mask::x"), ("a b/ü 100%.csv", "a b/ü 100%.csv"),
    ],
)  # fmt: skip
def test_a_file_of_the_repository_is_marked_and_no_other(uri, file):
    verdict = replace(STOPPED, violations=(CLEAR,))
    _, properties, _ = next(commands(github.render(verdict, report(dataset("staff", uri)))))
    assert properties.get("file") == file


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from(":,%=#[]\r\n 0A3Aa\u2028"), max_size=14))
def test_no_text_at_all_starts_a_command(name):
    verdict, held = hostile(name)
    found = list(commands(github.render(verdict, held)))
    assert [command for command, _, _ in found] == ["error", "error", "notice", "notice", "notice"]
    verdict = Verdict("ingest", passed=False, incomplete=(name,))
    assert [c for c, _, _ in commands(github.render(verdict, held))] == ["error", "notice"]
