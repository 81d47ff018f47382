"""`privscan.spans`: what it takes, what it says of rows it has no answer for, what it refuses."""

from __future__ import annotations

import json
import time
import warnings

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest
import regex
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerResult
from presidio_analyzer.predefined_recognizers import CryptoRecognizer

import privscan
from privscan import UnreadWarning
from privscan.errors import UsageError
from privscan.recognition import budget

TEXTS = ["mail ann@example.com", None, "", "4111 1111 1111 1111", "é 4111111111111111"]
EMAIL = ["EmailRecognizer"]


def rows(values, **options):
    found = privscan.spans(values, **options).to_pylist()
    return [(r["row"], r["entity"], r["start"], r["end"], r["score"]) for r in found]


WANTED = [(0, "EMAIL_ADDRESS", 5, 20, 1.0), (3, "CREDIT_CARD", 0, 19, 1.0), (4, "CREDIT_CARD", 2, 18, 1.0)]  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [
        TEXTS,
        pa.array(TEXTS),
        pa.array(TEXTS, pa.large_string()),
        pa.array(TEXTS, pa.string_view()),
        pa.array(TEXTS).dictionary_encode(),
        pa.chunked_array([TEXTS[:2], TEXTS[2:]]),
        pl.Series(TEXTS),
        pl.Series(TEXTS).cast(pl.Categorical),
    ],
    ids=lambda v: f"{type(v).__module__}.{getattr(v, 'type', getattr(v, 'dtype', ''))}",
)
def test_any_column_of_strings_will_do(values):
    assert rows(values, recognizers=["EmailRecognizer", "CreditCardRecognizer"]) == WANTED


@pytest.mark.parametrize("values", [[], [None, None], pa.array([], pa.string())])
def test_of_nothing_there_is_nothing(values):
    table = privscan.spans(values)
    assert table.num_rows == 0
    assert table.column_names == ["row", "entity", "start", "end", "score", "recognizer"]


@pytest.mark.parametrize("values", [[1, 2], pa.array([b"x"]), [["a"]], pl.Series([1.5]), 7, "text"])
def test_what_is_no_column_of_strings_is_refused(values):
    with pytest.raises(UsageError):
        privscan.spans(values)


def test_equal_cells_are_found_at_each_of_their_rows():
    values = ["ann@example.com", "nothing"] * 4000
    found = rows(values, recognizers=EMAIL)
    assert found == [(i, "EMAIL_ADDRESS", 0, 15, 1.0) for i in range(0, 8000, 2)]


def test_rows_count_on_over_batches(monkeypatch):
    monkeypatch.setattr("privscan.recognition.spans.ROWS", 3)
    found = rows(["ann@example.com"] * 8, recognizers=EMAIL)
    assert [r for r, *_ in found] == list(range(8))


def test_signs_that_the_engine_uses_itself_are_text_too():
    texts = ["\x02ann@example.com\x03", "\x00 ann@example.com", "a\x01b@example.com", "\x02\x03"]
    assert {(r, s, e) for r, _, s, e, _ in rows(texts, recognizers=EMAIL)} == {
        (0, 1, 16),
        (1, 2, 17),
        (2, 2, 15),
    }


def test_bytes_that_are_no_text_are_unread_and_the_others_are_read():
    offsets, data = (
        pa.py_buffer(b"\0\0\0\0\2\0\0\0\x11\0\0\0"),
        pa.py_buffer(b"\xff\xfeann@example.com"),
    )
    broken = pa.StringArray.from_buffers(2, offsets, data)
    with pytest.warns(UnreadWarning, match="1 rows"):
        table = privscan.spans(broken, recognizers=EMAIL)
    assert table.column("row").to_pylist() == [1]
    assert json.loads(table.schema.metadata[b"unread"]) == [
        {"row": 0, "recognizer": "", "reason": "the bytes are no valid UTF-8"}
    ]


HOSTILE = PatternRecognizer("X", name="Hostile", patterns=[Pattern("p", r"(a|aa)+(?=b)c|z", 0.5)])


def test_a_hostile_pattern_leaves_its_cell_unread_and_reads_the_rest(monkeypatch):
    monkeypatch.setattr(budget, "EACH", 0.05)
    started = time.monotonic()
    with pytest.warns(UnreadWarning):
        table = privscan.spans(["a" * 80 + "c", "z", "plain"] * 2, recognizers=[HOSTILE])
    assert time.monotonic() - started < 5
    unread = json.loads(table.schema.metadata[b"unread"])
    assert [(u["row"], u["recognizer"]) for u in unread] == [(0, "Hostile"), (3, "Hostile")]
    assert table.column("row").to_pylist() == [1, 4]


def test_a_cell_of_many_megabytes_is_read_to_its_end():
    cell = "lorem ipsum 12 " * 1_400_000 + "ann@example.com"
    assert [(s, e) for *_, s, e, _ in rows([cell], recognizers=EMAIL)] == [
        (len(cell) - 15, len(cell))
    ]


class Failing(PatternRecognizer):
    """Validates with code that fails on some texts, and quotes them."""

    def validate_result(self, pattern_text):
        if "13" in pattern_text:
            raise ValueError(pattern_text)


class Own(EntityRecognizer):
    """No pattern recognizer at all."""

    def load(self):
        pass

    def analyze(self, text, entities, nlp_artifacts):
        assert nlp_artifacts.tokens == []
        if "bad" in text:
            raise KeyError(text)
        meta = {
            RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
        }
        at = text.find("heron")
        return [] if at < 0 else [RecognizerResult(entities[0], at, at + 5, 0.3, None, meta)]


def test_code_that_fails_gives_its_cells_up_without_a_word_of_them(recwarn):
    failing = Failing("N", name="Failing", patterns=[Pattern("n", r"\d+", 0.4)])
    own = Own(["BIRD"], name="Own", context=["bird"])
    table = privscan.spans(["1", "137", "a heron", "bad heron"], recognizers=[failing, own])
    assert {(r["row"], r["entity"]) for r in table.to_pylist()} == {(0, "N"), (2, "BIRD")}
    unread = json.loads(table.schema.metadata[b"unread"])
    assert {(u["row"], u["recognizer"]) for u in unread} == {(1, "Failing"), (3, "Own")}
    said = str([str(w.message) for w in recwarn]) + str(table.schema.metadata)
    assert "137" not in said
    assert "heron" not in said


def test_context_words_raise_the_scores_of_recognizers_that_know_them():
    own = Own(["BIRD"], name="Own", context=["bird"])
    some = [own, "UsSsnRecognizer"]
    assert rows(["a heron", "536-22-8726"], recognizers=some) == [
        (0, "BIRD", 2, 7, 0.3),
        (1, "US_SSN", 0, 11, 0.5),
    ]
    both = rows(["a heron", "536-22-8726"], recognizers=some, context=["BIRDS", "my ssn"])
    assert both == [(0, "BIRD", 2, 7, 0.3 + 0.35), (1, "US_SSN", 0, 11, 0.85)]


def test_below_the_threshold_there_is_nothing():
    assert rows(["123456789"], recognizers=["UsPassportRecognizer"], score_threshold=0.06) == []
    assert rows(["123456789"], recognizers=["UsPassportRecognizer"], score_threshold=0.05) != []
    boosted = rows(
        ["123456789"],
        recognizers=["UsPassportRecognizer"],
        score_threshold=0.4,
        context=["passport"],
    )
    assert [score for *_, score in boosted] == [0.4]


def test_objects_for_another_language_are_not_asked_and_none_at_all_is_an_error():
    here = PatternRecognizer("A", name="A", deny_list=["wren"])
    there = PatternRecognizer("B", name="B", deny_list=["wren"], supported_language="de")
    assert [e for _, e, *_ in rows(["a wren"], recognizers=[here, there])] == ["A"]
    assert [e for _, e, *_ in rows(["a wren"], recognizers=[here, there], language="de")] == ["B"]
    with pytest.raises(UsageError, match="language 'en'"):
        privscan.spans(["a wren"], recognizers=[there])


def test_names_are_checked_and_near_ones_suggested():
    with pytest.raises(UsageError) as caught:
        privscan.spans(["x"], recognizers=["EmialRecognizer"])
    assert "EmailRecognizer" in caught.value.hint
    with pytest.raises(UsageError):
        privscan.spans(["x"], recognizers="presidoi")
    with pytest.raises(UsageError):
        privscan.spans(["x"], recognizers=[7])


def test_a_file_of_presidios_is_read(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(
        "recognizers:\n"
        "  - name: Zip\n    supported_entity: ZIP\n    supported_language: en\n"
        "    patterns: [{name: zip, regex: '\\b\\d{5}\\b', score: 0.2}]\n    context: [zip]\n"
        "  - name: Titles\n    supported_entity: TITLE\n    supported_language: en\n"
        "    deny_list: [Mr., Mrs.]\n",
        "utf-8",
    )
    found = rows(["Mr. Wren, 10115 Berlin"], recognizers=str(file), context=["zip code"])
    assert found == [(0, "TITLE", 0, 3, 1.0), (0, "ZIP", 10, 15, 0.55)]


def test_nothing_is_warned_of_where_nothing_is_wrong():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = privscan.spans(TEXTS)
    assert not (table.schema.metadata or {}).get(b"unread")


FILL = ["zz qq"] * 100
"""Enough cells for Rust's engine to be asked."""


@pytest.mark.parametrize(
    ("pattern", "cell"),
    [
        ("[-é]abc", "éabc"),
        ("(?:-|é)abc", "éabc"),
        (r"[.@é]ab\w", "éabc"),
        ("[-k]abc", "\u212aabc"),
        ("(?:-|k)abc", "\u212aabc"),
        (r"[^\x04-\x7f]abc", "東abc"),
        (r"(?!abc-\b)\w{3}-", "abc-d"),
        (r"(?!\b-ab)-\w\w", "x-ab"),
        (r"x(?:a|b??)*", "xabab xa x"),
        (r"x(?:a|b??)+", "xabab xa x"),
        (r"x(?:b??a?)*", "xabab xa x"),
        (r"x(?i:@[a-z])", "x@B x@b X@b"),
    ],
)
def test_forms_that_look_alike_are_told_apart(pattern, cell):
    own = regex.compile(pattern, regex.DOTALL | regex.MULTILINE | regex.IGNORECASE)
    wanted = [(m.start(), m.end()) for m in own.finditer(cell)]
    recognizer = PatternRecognizer("P", patterns=[Pattern("p", pattern, 0.5)])
    found = rows([*FILL, *[cell] * 80, *FILL], recognizers=[recognizer])
    assert [(r, s, e) for r, _, s, e, _ in found] == [
        (r, s, e) for r in range(100, 180) for s, e in wanted
    ]


def test_methods_that_were_set_on_the_object_are_its_methods():
    own = PatternRecognizer("P", patterns=[Pattern("p", r"\bAB\d+", 0.5)])
    own.validate_result = lambda text: text.endswith("1")
    assert rows(["AB1 AB2"], recognizers=[own]) == [(0, "P", 0, 3, 1.0)]
    silent = PatternRecognizer("P", patterns=[Pattern("p", r"\bAB\d+", 0.5)])
    silent.analyze = lambda *_: []
    assert rows(["AB1 AB2"], recognizers=[silent]) == []


def test_a_predefined_check_serves_other_patterns_too():
    own = CryptoRecognizer(patterns=[Pattern("p", r"(?<=x)1[0-9A-Za-z]{33}", 0.5)])
    cells = [f"10x1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2 {i}" for i in range(90)]
    assert [(r, s, e) for r, _, s, e, _ in rows(cells, recognizers=[own])] == [
        (i, 3, 37) for i in range(90)
    ]


def test_a_malformed_result_gives_its_cell_up():
    own = Own(["BIRD"], name="Own")
    own.analyze = lambda text, *_: [None] if "odd" in text else []
    with pytest.warns(UnreadWarning):
        table = privscan.spans(["odd", "even"], recognizers=[own])
    assert [u["row"] for u in json.loads(table.schema.metadata[b"unread"])] == [0]


def test_own_recognizers_are_told_the_entities_of_all():
    seen = []
    own = Own(["BIRD"], name="Own")
    own.analyze = lambda _, entities, __: seen.append(entities) or []
    rows(["x"], recognizers=[own, *EMAIL])
    assert seen == [["BIRD", "EMAIL_ADDRESS"]]


def test_a_large_dictionary_is_read_once(monkeypatch):
    monkeypatch.setattr("privscan.recognition.spans.BYTES", 10)
    monkeypatch.setattr("privscan.recognition.spans.ROWS", 4)
    values = pa.array(["ann@example.com", "no", None, "bob@example.com"] * 5).dictionary_encode()
    assert [r for r, *_ in rows(values, recognizers=EMAIL)] == [
        i for i in range(20) if i % 4 in {0, 3}
    ]


def test_half_a_surrogate_is_unread_and_no_value_is_in_an_error():
    with pytest.warns(UnreadWarning):
        table = privscan.spans(["a\ud800 secret", "ann@example.com"], recognizers=EMAIL)
    assert table.column("row").to_pylist() == [1]
    with pytest.raises(UsageError) as caught:
        privscan.spans([1, "4111 secret"])
    assert caught.value.__context__ is None
    assert "secret" not in str(caught.value)


def test_runs_of_equal_values_will_do():
    encoded = pc.run_end_encode(pa.array(["ann@example.com"] * 3))
    assert [r for r, *_ in rows(encoded, recognizers=EMAIL)] == [0, 1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "recognizers: [",
        "recognizers: [{name: a, supported_entity: A, patterns: [{name: p, regex: '(', score: 1}]}]",
        "recognizers: [{name: a, supported_entity: A, deny_list: [x], colour: red}]",
        "nothing: here",
    ],
)
def test_a_wrong_file_is_an_error_with_its_place(tmp_path, text):
    file = tmp_path / "wrong.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=r"wrong\.yaml"):
        privscan.spans(["x"], recognizers=file)


def test_none_is_the_usual_threshold_and_context():
    assert rows(TEXTS, recognizers=EMAIL, score_threshold=None, context=None) == WANTED[:1]
