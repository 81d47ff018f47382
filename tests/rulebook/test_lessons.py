"""Every rule teaches: two sentences in each language, its own, and none about its places."""

from __future__ import annotations

import re

import pytest

from privscan.rulebook.examples import check_rules
from privscan.rulebook.load import load, rulebook

RULES = {rule.id: rule for rule in rulebook().rules}
ENDS = {"en": re.compile(r"[.](?= |$)"), "ja": re.compile("。")}
FILLER = (
    "it is important",
    "make sure",
    "be careful",
    "in today",
    "注意が必要",
    "重要である",
    "徹底する",
)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_lesson_of_two_sentences_in_both_languages(name):
    for lang, text in RULES[name].lesson.both().items():
        assert len(ENDS[lang].findall(text)) == 2
        assert text.endswith("。" if lang == "ja" else ".")
        assert "{" not in text
        assert not [word for word in FILLER if word in text.lower()]


def test_the_second_sentence_says_what_good_looks_like():
    for rule in RULES.values():
        _, good = rule.lesson.en.split(". ")
        assert good.startswith("Good ")
        assert "望ましいのは、" in rule.lesson.ja.split("。")[1]


def test_no_two_rules_teach_the_same():
    for lang in ("en", "ja"):
        assert len({rule.lesson.both()[lang] for rule in RULES.values()}) == len(RULES)


def test_japanese_lessons_are_japanese_and_english_ones_english():
    for rule in RULES.values():
        assert not re.search(r"[\u3040-\u9fff]", rule.lesson.en)
        assert not re.search(r"[A-Za-z]{12}", rule.lesson.ja)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (" Good practice asks who could", " and asks who could", "(en) is not in two sentences"),
        ("行き着くことがある。", "行き着くことがあり、", "(ja) is not in two sentences"),
        ("行き着くことがある。", "行き着く。それがある。", "(ja) is not in two sentences"),
    ],
)
def test_a_lesson_of_one_or_three_sentences_is_told(rules, old, new, said):
    file = rules / "laws" / "gdpr.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(
        text.replace(old, new, 1).replace("person. and", "person, and"), encoding="utf-8"
    )
    [error] = check_rules(rules)
    assert error.what.startswith("GDPR-4-1: the lesson")
    assert said in error.what


def test_a_rule_without_a_lesson_is_refused(rules):
    file = rules / "laws" / "gdpr.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("    lesson:\n", "    lessen:\n", 1), encoding="utf-8")
    [error] = check_rules(rules)
    assert error.hint == "did you mean 'lesson'?"
    with pytest.raises(type(error)):
        load(rules)
