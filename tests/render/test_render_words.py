"""Every word is there in both languages, is used, and covers the closed vocabularies."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_reports import dataset, finding, whole

import privscan.render
from privscan.assess.context import Context
from privscan.assess.findings import SHOWN, findings
from privscan.assess.findings import _measured as as_text
from privscan.assess.score import risk
from privscan.assessments.cnil import DECLARED
from privscan.model.finding import Citation, Finding
from privscan.model.kinds import Certainty, Kind, Level, Severity, State
from privscan.render import _laws, _phrases
from privscan.render._overview import STEPS, decision, measures, questions
from privscan.render._sentences import LIMITS
from privscan.render._words import WORDS, both, say
from privscan.render.cnil import OPEN, PARTS
from privscan.rulebook.load import rulebook
from privscan.rulebook.predicate import Match, Sighting
from privscan.rulebook.sentence import sentence

FOLDER = Path(privscan.render.__file__).parent
CODE = {
    f"{file.parent.name}/{file.name}": file.read_text("utf-8")
    for file in [
        *FOLDER.glob("*.py"),
        *FOLDER.glob("_html/*.html"),
        *FOLDER.parent.glob("assessments/cnil.py"),
        *FOLDER.parent.glob("assessments/_tables.py"),
    ]
    if file.name not in {"_words.py", "_sentences.py", "_terms.py"}
}
_CALL = re.compile(r"""\b(?:t|n|say|both|pairs|number)\(\s*["']([a-z_0-9]+)["']\s*[,)]""")
PLURALS = {
    "n_rows",
    "n_parts",
    "n_subjects",
    "n_columns",
    "n_files",
    "n_cells",
    "plain_columns",
    "n_findings",
    "n_questions",
    "n_unread",
    "m_cells",
    "m_subjects",
    "m_kept",
    "w_people",
}


def fields(text: str) -> list[str]:
    return sorted(name or "" for _, name, _, _ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("key", WORDS)
def test_a_word_has_two_languages_that_take_the_same_values(key):
    english, japanese = WORDS[key]
    assert english.strip()
    assert japanese.strip()
    assert english != japanese
    count = len(fields(english))
    assert len(fields(japanese)) == count
    values = [f"v{i}" for i in range(count)]
    for lang in ("en", "ja"):
        said = say(key, lang, *values)
        assert all(value in said for value in values)
        assert "{" not in said


@pytest.mark.parametrize("file", CODE)
def test_every_word_asked_for_is_there(file):
    asked = set(_CALL.findall(CODE[file]))
    assert asked <= {*WORDS}


def test_no_word_is_left_over():
    code = "\n".join(CODE.values())
    rules = rulebook()
    computed = (
        {e.value for kind in (Level, Severity, Certainty, State, Kind) for e in kind}
        | {f"decide_{level.value}" for level in Level}
        | {f"c{step}" for step in STEPS}
        | {f"{key}_one" for key in PLURALS}
        | {e.category for e in rules.entities.values()}
        | {p.viewpoint for p in rules.principles.values()}
        | {v for r in rules.rules for v in r.viewpoints}
        | {*rules.groups}
        | {"planning", "design", "operation", "table", "media", "mixed", "T", "S", "M"}
    )
    bars = ("sensitivity", "identifiability", "joinability", "scale", "vulnerable_subjects",
            "exposure", "floor")  # fmt: skip
    computed |= {*bars} | {f"{bar}_means" for bar in bars}
    computed |= {f"q_{number}" for number in OPEN} | {f"r_{part}" for part in (2, 3, 4, *PARTS)}
    computed |= {f"d_{key}" for key in DECLARED}
    computed |= {f"a_{kind}" for kind in ("measure", "question", "unread")}
    computed |= {f"s_{state}" for state in ("open", "started", "done", "dropped")}
    unused = [k for k in WORDS if k not in computed and not re.search(rf"""["']{k}["']""", code)]
    assert unused == []


def test_closed_vocabularies_have_words():
    rules = rulebook()
    for kind in (Level, Severity, Certainty, State, Kind):
        assert {e.value for e in kind} <= {*WORDS}
    assert {f"decide_{level.value}" for level in Level} <= {*WORDS}
    assert {e.category for e in rules.entities.values()} <= {*WORDS}
    assert {p.viewpoint for p in rules.principles.values()} <= {*WORDS}
    assert {v for r in rules.rules for v in r.viewpoints} <= {*WORDS}
    assert {r.phase for r in rules.rules} <= {*WORDS}


def test_limits_are_in_both_languages():
    assert all(english != japanese and english and japanese for english, japanese in LIMITS)


def test_an_unknown_word_is_shown_as_it_is():
    assert both("brand_new") == {"en": "brand new", "ja": "brand new"}
    assert _phrases.entity("brand_new", "ja") == "brand_new"
    assert _phrases.principle("brand_new", "en") == "brand_new"


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0 %"),
        (1, "100 %"),
        (0.0001, "< 0.1 %"),
        (0.001, "0.1 %"),
        (0.349504, "35 %"),
        (0.064, "6.4 %"),
    ],
)
def test_a_share_that_is_not_zero_never_reads_as_zero(share, said):
    assert _phrases.percent(share) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 B"), (999, "999 B"), (4012, "4.0 kB"), (151_234, "151 kB"), (6_600_000, "6.6 MB"),
     (5e15, "5,000 TB")],
)  # fmt: skip
def test_sizes(count, said):
    assert _phrases.size(count) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("氏　名 🧑🏽‍🚀 é", "氏　名 🧑🏽‍🚀 é"),
        ("a\x1b[31mb", "a\ufffd[31mb"),
        ("a\nb\u202ec\u2066d\udcffe", "a\ufffdb\ufffdc\ufffdd\ufffde"),
    ],
)
def test_names_keep_their_writing_and_lose_what_steers(text, said):
    assert _phrases.shown(text) == said


def test_reasons_and_measures_are_said_in_japanese(lake):
    for one in lake.datasets:
        for bar in one.risk.waterfall:
            assert not re.search(r"[a-z]{4}", _phrases.why(bar.why, "ja").replace("my_number", ""))
            assert _phrases.why(bar.why, "en")
    assert _phrases.measured(lake.findings[0], "ja") == [
        "email にメールアドレス:100 件(100 %)",
        "本人 90 人",
    ]
    assert _phrases.measured(lake.findings[0], "en")[1] == "90 people"


def test_what_the_judge_says_today_is_said_in_japanese(lake):
    rules, context = rulebook(), Context(subjects="employees", retention_days=4000)
    for profile in lake.datasets:
        for bar in risk(replace(profile, unread_share=0.2), rules, context).waterfall:
            assert _phrases.why(bar.why, "ja") != bar.why, bar.why
        judged = replace(profile, unread_share=0.2, risk=risk(profile, rules, context))
        for found in findings(judged, rules, context):
            japanese = _phrases.measured(found, "ja")
            english = _phrases.measured(found, "en")
            assert not {*japanese} & {*english}, found.measured


RULE = {rule.id: rule for rule in rulebook().rules}
FINDING = Finding(
    id="0" * 12, check="CHECK", principles=("privacy",), viewpoints=("privacy",), phase="design",
    severity=Severity.HIGH, confidence=1.0, certainty=Certainty.SCAN_INDICATES, dataset="people",
    columns=("email",), measured="", threshold="", citations=(), message={}, advice={},
)  # fmt: skip
PIECES = st.sampled_from(
    ["; ", ";", " in ", "email", ": 5 cells (5.0%)", "90 subjects", "and 2 more", "a", "\n", "氏名"]
)
HOSTILE = st.lists(PIECES, min_size=1, max_size=6).map("".join)


@given(st.lists(HOSTILE, min_size=1, max_size=6, unique=True))
def test_names_of_columns_never_change_what_was_measured(columns):
    sightings = tuple(Sighting("email", column, 100, 1.0, 0.9) for column in columns)
    match = Match(sightings, ("90 subjects",))
    found = replace(FINDING, columns=tuple(columns), measured=as_text(match))
    if any("; " in column for column in columns):
        assert _phrases.measured(found, "ja") == _phrases.measured(found, "en") == [found.measured]
    else:
        facts = [f"{column} にメールアドレス:100 件(100 %)" for column in columns[:SHOWN]]
        more = [f"他 {len(columns) - SHOWN} 件"] if len(columns) > SHOWN else []
        assert _phrases.measured(found, "ja") == [*facts, *more, "本人 90 人"]


def test_what_looks_like_a_measure_and_is_none_stays_as_it_is():
    found = replace(FINDING, measured="email in email: 5 cells (1.2.3%)")
    assert _phrases.measured(found, "ja") == [found.measured]


@pytest.mark.parametrize(
    "reason", ["no joinable dataset known", "joins with other datasets not measured"]
)
def test_what_was_not_measured_is_not_denied(reason):
    assert _phrases.why(reason, "en") == say("w_no_join", "en")
    assert "not measured" in _phrases.why(reason, "en")
    assert "測定していない" in _phrases.why(reason, "ja")


def test_what_is_said_in_new_words_stays_as_it_is():
    assert _phrases.why("something new 1.5", "ja") == "something new 1.5"


def test_every_threshold_of_the_rules_is_said_in_japanese(lake):
    for rule in rulebook().rules:
        fired = replace(lake.findings[0], check=rule.id, threshold=sentence(rule.when))
        assert _phrases.threshold(fired, "en") == fired.threshold
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", _phrases.threshold(fired, "ja")), rule.id
    # A report that other rules judged keeps the words of those.
    old = replace(lake.findings[0], threshold="has something else")
    assert _phrases.threshold(old, "ja") == "has something else"


def test_the_decision_is_about_what_was_read(cases):
    assert decision(cases["nothing"]()) == "decide_nothing"
    assert decision(cases["unread"]()) == "decide_incomplete"
    assert decision(cases["clean"]()) == "decide_none_detected"
    assert decision(cases["ordinary"]()) == "decide_very_high"


@pytest.mark.parametrize(
    ("severity", "said"), [(Severity.VERY_HIGH, "decide_high"), (Severity.HIGH, "decide_medium")]
)
def test_a_finding_of_the_gravest_kind_holds_back_whatever_the_score(severity, said):
    medium = dataset("photos", Level.MEDIUM)
    assert decision(whole((medium,), (finding(severity=severity),))) == said


def test_measures_go_to_new_places_first(lake):
    first = lake.findings[0]
    same = [replace(first, advice={"en": f"again {i}", "ja": "再"}) for i in range(3)]
    report = replace(lake, findings=(first, *same, *lake.findings[1:]))
    said = [g.worst.advice["en"] for g in measures(report, 4)]
    assert said == ["Take measure 1.", "Take measure 2.", "Take measure 3.", "Take measure 4."]
    assert len(measures(report, 2)) == 2
    slight = replace(lake, findings=lake.findings[-2:])
    assert measures(slight, 5) == []


def test_a_question_stands_once_in_a_dataset(lake):
    twice = replace(lake, findings=lake.findings + lake.findings)
    assert [(name, len(asked)) for name, asked in questions(twice)] == [("staff", 2), ("people", 3)]


def test_a_japanese_condition_holds_labels_and_no_ids():
    rules = rulebook()
    ids = {*rules.entities, *rules.groups, *(s.value for s in State)}
    for rule in rules.rules:
        said = _phrases.condition(rule.when, "ja")
        left = set(re.findall(r"(?<![a-z_.])[a-z]\w+(?![a-z_:/.])", said)) & ids
        assert not left, (rule.id, left)
        assert not re.search(r"レベル [a-z]", said)
        assert _phrases.condition(rule.when, "en") == sentence(rule.when)


def test_what_dataset_yaml_calls_its_keys_stays_as_it_is():
    assert "owner" in _phrases.condition(RULE["ACCOUNTABILITY-OWNER"].when, "ja")
    assert "retention_days" in _phrases.condition(RULE["PURPOSE-RETENTION"].when, "ja")


@pytest.mark.parametrize(
    ("article", "english", "japanese"),
    [
        ("2 プライバシー", "NEC 2 Privacy", "NEC 2 プライバシー"),
        ("4 説明する責任", "NEC 4 Responsibility to explain", "NEC 4 説明する責任"),
        ("2 something else", "NEC 2 something else", "NEC 2 something else"),
        ("9", "NEC 9", "NEC 9"),
    ],
)
def test_a_principle_is_cited_in_the_language(article, english, japanese):
    law = Citation("NEC", article, "in force", "T")
    assert _laws.clause(law, "en") == english
    assert _laws.clause(law, "ja") == japanese


def test_one_is_singular():
    assert _phrases.why("about 1 persons", "en") == "about 1 person"
    assert _phrases.why("about 1,001 persons", "en") == "about 1,001 people"
    found = replace(FINDING, measured="email in email: 1 cells (100.0%); 1 subjects; kept 1 days")
    assert _phrases.measured(found, "en") == [
        "E-mail address in email: 1 cell (100 %)",
        "1 person",
        "kept for 1 day",
    ]
