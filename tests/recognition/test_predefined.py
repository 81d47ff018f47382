"""The table of Presidio's recognizers is that of the installed Presidio, or is made anew."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from privscan.recognition import predefined
from privscan.recognition._derive import derived
from privscan.recognition.recognizer import Way


@pytest.fixture(scope="module")
def installed():
    return json.loads(json.dumps(derived()))


def test_the_shipped_table_is_of_the_installed_presidio(installed):
    """After an upgrade this names what changed: run `make table`, then the differential tests."""
    shipped = predefined._shipped()
    theirs, ours = installed["recognizers"], shipped["recognizers"]
    changed = {name for name in theirs.keys() & ours.keys() if theirs[name] != ours[name]}
    assert {"new": theirs.keys() - ours.keys(), "gone": ours.keys() - theirs.keys()} == {
        "new": set(),
        "gone": set(),
    }
    assert not changed
    assert {k: v for k, v in shipped.items() if k != "recognizers"} == {
        k: v for k, v in installed.items() if k != "recognizers"
    }


@pytest.fixture
def another_release(monkeypatch):
    """The installed Presidio as if it were another release than the table's."""
    for cached in (predefined._table, predefined.predefined):
        cached.cache_clear()
    monkeypatch.setattr(predefined, "version", lambda _: "99.0")
    yield monkeypatch
    for cached in (predefined._table, predefined.predefined):
        cached.cache_clear()


@pytest.mark.usefixtures("another_release")
def test_under_another_release_the_table_is_worked_out_anew():
    one = predefined.predefined("NhsRecognizer")
    assert one.check is not None
    assert [p.regex for p in one.patterns] == [
        p["regex"] for p in predefined._shipped()["recognizers"]["NhsRecognizer"]["patterns"]
    ]


def test_check_digits_serve_only_the_source_they_were_written_for(another_release):
    changed = json.loads(json.dumps(predefined._shipped()))
    changed["recognizers"]["NhsRecognizer"]["source"] = "another"
    another_release.setattr(predefined, "_shipped", lambda: changed)
    assert predefined.predefined("NhsRecognizer").check is None
    assert predefined.predefined("NhsRecognizer").way is Way.SUPERSET
    assert predefined.predefined("CreditCardRecognizer").check is not None


def test_most_recognizers_are_compiled_and_none_falls_back():
    ways = [predefined.predefined(name).way for name in predefined.known()]
    assert len(ways) > 80
    assert Way.FALLBACK not in ways
    assert ways.count(Way.COMPILED) > 0.8 * len(ways)


def test_spans_of_compiled_recognizers_need_no_presidio():
    code = (
        "import sys, privscan\n"
        "found = privscan.spans(['ann@example.com', '4111 1111 1111 1111', 'DE89370400440532013000',"
        " '536-22-8726', '192.168.0.1', 'http://a.example.com', '+1 425 882 8080'])\n"
        "print(len(found) >= 7, 'presidio_analyzer' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True False"
