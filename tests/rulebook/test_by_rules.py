"""What follows from rules follows the rules in force, also when these change within a process."""

import shutil

import pytest

from privscan.rulebook.folders import rules_folder
from privscan.rulebook.lexicon import around, phrases, vocabulary
from privscan.rulebook.load import by_rules
from privscan.rulebook.names import header_entities


@pytest.fixture
def another(tmp_path):
    """A copy of the rules with one more phrase for an e-mail address and one more thing."""
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder)
    for name, old, new in (
        ("entities/contact.yaml", "[email, mail,", "[email, brieftaube, mail,"),
        ("headers.yaml", "\nthings:\n  [", "\nthings:\n  [kuckucksuhr, "),
    ):
        text = (folder / name).read_text("utf-8")
        assert text.count(old) == 1
        (folder / name).write_text(text.replace(old, new), "utf-8")
    return folder


def test_headers_are_read_by_the_rules_in_force(another, monkeypatch):
    assert header_entities("Brieftaube") == ()
    monkeypatch.setenv("PRIVSCAN_RULES", str(another))
    assert header_entities("Brieftaube")[0][0] == "email"
    assert ("email", True) in phrases()["brieftaube"]
    assert "kuckucksuhr" in around().things & vocabulary()
    monkeypatch.delenv("PRIVSCAN_RULES")
    assert header_entities("Brieftaube") == ()
    assert "brieftaube" not in phrases()
    assert "kuckucksuhr" not in around().things | vocabulary()


def test_an_answer_is_worked_out_once_for_each_rules_folder(another, monkeypatch):
    asked = []

    @by_rules()
    def answer(question, *, loud=False):
        asked.append((question, loud))
        return rules_folder()

    assert answer("a") == answer("a") != another
    monkeypatch.setenv("PRIVSCAN_RULES", str(another))
    assert answer("a") == answer("a") == another
    monkeypatch.delenv("PRIVSCAN_RULES")
    assert answer("a") == rules_folder()
    assert answer("a", loud=True) == rules_folder()
    assert asked == [("a", False), ("a", False), ("a", True)]


def test_only_so_many_answers_about_headers_are_kept():
    asked = []

    @by_rules(2)
    def answer(question):
        asked.append(question)
        return question

    assert [answer(question) for question in "abcabc"] == list("abcabc")
    assert asked == list("abcabc")
    assert answer("c") == "c"
    assert len(asked) == 6
