"""JUnit XML keeps the schema by which Jenkins' xunit plugin reads it, whatever names are in it."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_verdicts import PASSED, STOPPED, dataset, hostile, report

from privscan.model.finding import Verdict
from privscan.verdicts import junit

_SAID = frozenset({"failure", "error", "skipped"})
_OUT = frozenset({"system-out", "system-err"})
_COUNTS = ("tests", "failures", "errors")

CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testsuite", "properties", "testcase", *_OUT},
    "testcase": {*_SAID, *_OUT, "rerunFailure", "rerunError", "flakyFailure", "flakyError"},
    "properties": {"property"},
}
"""What may stand in an element, by junit-10.xsd; in all others there is text only."""

REQUIRED = {
    "testsuite": {"name", *_COUNTS}, "testcase": {"name"}, "property": {"name", "value"},
}  # fmt: skip
OPTIONAL = {
    "testsuites": {"name", "time", *_COUNTS},
    "testsuite": {
        "group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url",
        "version",
    },
    "testcase": {"time", "classname", "group"},
    **{key: {"type", "message"} for key in _SAID},
}  # fmt: skip
WITH_TEXT = _SAID | _OUT

TIME = re.compile(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]{0,3})?")
"""The form of a time in that schema."""

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no Char of XML 1.0."""


def slips(document):
    """What in a document breaks the schema."""
    found = [f"character {ord(c):x}" for c in NOT_XML.findall(document)]
    if re.search("&#|<!", document.replace("&#10;", "")):
        found.append("a reference or declaration")
    root = ET.fromstring(document.encode("utf-8"))
    if root.tag not in {"testsuites", "testsuite"}:
        found.append(f"root {root.tag}")
    for one in root.iter():
        found += [f"{one.tag} in {c.tag}" for c in one if c.tag not in CHILDREN.get(one.tag, ())]
        needed, known = REQUIRED.get(one.tag, set()), OPTIONAL.get(one.tag, set())
        found += [f"{one.tag} without {key}" for key in needed - set(one.attrib)]
        found += [f"{one.tag} with {key}" for key in set(one.attrib) - needed - known]
        texts = (one.text, *(child.tail for child in one))
        if one.tag not in WITH_TEXT and any(text and text.strip() for text in texts):
            found.append(f"text in {one.tag}")
        if not TIME.fullmatch(one.get("time", "0")):
            found.append(f"time {one.get('time')}")
        if one.tag == "properties" and not len(one):
            found.append("no property")
    return found + [slip for suite in root.iter("testsuite") for slip in miscounted(suite)]


def miscounted(suite):
    """The counts of a suite that are not those of its cases."""
    cases = suite.findall("testcase")
    within = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    counts = {key: sum(c.find(tag) is not None for c in cases) for key, tag in within.items()}
    counts["tests"] = len(cases)
    return [key for key, count in counts.items() if suite.get(key) != str(count)]


GOOD = junit.render(STOPPED, report())

BROKEN = [
    ("<testsuites>", "<suites>"), ("</testsuites>", "<testcase name='x'/></testsuites>"),
    ('tests="3"', 'tests="4"'), ('failures="2"', 'failures="1"'), ('errors="1"', 'errors="0"'),
    ('skipped="1"', 'skipped="0"'), (' tests="3"', ""), ('time="0">', 'time="soon">'),
    ("<system-err></system-err>", "<system-err>\x08</system-err>"),
    ("<system-err></system-err>", "<system-err>&#8;</system-err>"),
    ("<system-err></system-err>", "<system-err><b/></system-err>"),
    ("<system-err></system-err>", "<systemerr/>"), ("<properties>", "<properties>x"),
    ('<property name="policy"', "<property"), ("<testcase name=", "<testcase id='1' name="),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), BROKEN)
def test_the_check_sees_what_the_schema_refuses(old, new):
    assert old in GOOD
    said = GOOD.replace(old, new, 1)
    said = said.replace("</testsuites>", "</suites>") if new == "<suites>" else said
    try:
        assert slips(said)
    except ET.ParseError:
        assert "\x08" in new or "&#8;" in new


NOTHING = Verdict("ingest", passed=False, incomplete=("nothing was scanned",))


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    ("verdict", "held"),
    [
        (STOPPED, report()), (PASSED, report()), (NOTHING, replace(report(), datasets=())),
        (replace(STOPPED, violations=STOPPED.violations * 50, waived=STOPPED.waived * 7), report()),
    ],
)  # fmt: skip
def test_every_verdict_keeps_the_schema(verdict, held, lang):
    assert slips(junit.render(verdict, held, lang=lang)) == []


@pytest.mark.parametrize(
    "name",
    [
        "a<b", "a&b", "a&amp;b", "'a' \"b\"", "]]>", "<!-- x -->", "<![CDATA[", "名前 ☃ 🙂 👩‍👩‍👧", "a%b",
        "<failure/>", "&#8;", "\U0010ffff", "e\u0301",
    ],
)  # fmt: skip
def test_a_name_that_xml_can_hold_comes_back_as_it_is(name):
    verdict, held = hostile(name)
    said = junit.render(verdict, held)
    assert slips(said) == []
    suite = ET.fromstring(said.encode("utf-8")).find("testsuite")
    assert suite.get("name") == name
    assert [case.get("name") for case in suite.findall("testcase")] == [f"forbid_clear {name}"] * 2
    assert suite.find("testcase/failure").get("message") == f"in {name}"
    assert name in suite.find("system-out").text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a\nb\r\nc\td", "a b c d"), ("a\x00b\x1b[2Jc", "a\ufffdb\ufffd[2Jc"), ("\x08", "\ufffd"),
        ("\ufffe\uffff", "\ufffd\ufffd"), ("half \udcff", "half \ufffd"), ("a\x85b\x9f", "a\ufffdb\ufffd"),
        ("\u202egnp.exe", "\ufffdgnp.exe"), ("a\u2028b", "a\ufffdb"),
    ],
)  # fmt: skip
def test_a_name_that_xml_cannot_hold_is_marked(name, told):
    verdict, held = hostile(name)
    said = junit.render(verdict, held)
    assert slips(said) == []
    suite = ET.fromstring(said.encode("utf-8")).find("testsuite")
    assert suite.get("name") == told
    assert suite.find("testcase").get("name") == f"forbid_clear {told}"


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=12), st.sampled_from(["en", "ja"]))
def test_no_name_at_all_breaks_the_schema(name, lang):
    verdict, held = hostile(name)
    assert slips(junit.render(verdict, held, lang=lang)) == []
    assert slips(junit.render(PASSED, report(dataset(name)), lang=lang)) == []
