"""The training part: lesson cards, and a quiz with one right answer each."""

from __future__ import annotations

from assessed import BODIES, CUSTOMERS, assessed

from privscan.assessments._blocks import Items, Para
from privscan.assessments._training import MOST, training
from privscan.assessments.markdown import render


def quiz(made):
    """Questions with their choices, and the answers, as they stand in the document."""
    blocks = list(training(made))
    asked = [b for b in blocks if isinstance(b, Items) and b.ordered]
    answers = [b for b in blocks if isinstance(b, Items)][-1]
    return asked, answers.items, [b for b in blocks if isinstance(b, Para)]


def test_each_question_has_one_right_answer_among_three():
    made = assessed(CUSTOMERS, BODIES)
    asked, answers, _ = quiz(made)
    advice = {f.advice["ja"] for f in made.report.findings}
    assert 3 < len(asked) == len(answers) <= MOST
    for number, (choices, answer) in enumerate(zip(asked, answers, strict=True), 1):
        right = int(answer["en"].split("answer ")[1].split(".")[0])
        assert answer["en"].startswith(f"Question {number}:")
        assert len({c["en"] for c in choices.items}) == 3
        assert choices.items[right - 1]["ja"] in advice


def test_the_same_findings_make_the_same_quiz_and_not_always_the_same_answer():
    one, two = (quiz(assessed(CUSTOMERS, BODIES)) for _ in range(2))
    assert one == two
    assert len({a["en"].split("answer ")[1][0] for a in one[1]}) > 1


def test_without_findings_there_is_no_quiz():
    made = assessed()
    assert "No finding, no quiz." in render(made, lang="en", part="training")
    assert "確認問題はない" in render(made, lang="ja", part="training")


def test_the_council_reads_the_lessons_too():
    made = assessed(CUSTOMERS)
    for lang, word in (("en", "Good practice"), ("ja", "望ましいのは")):
        assert word in render(made, lang=lang, part="council")
