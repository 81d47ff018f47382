"""`privscan.spans` gives Presidio's answers: same entities, spans, scores, recognizers' names."""

from __future__ import annotations

import json
import time
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from differential import Question, by_row, mismatches, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_texts import CASES, REPOSITORY, adversarial, presidio_cases
from odd_patterns import EXPONENTIAL, STALLING, TEXTS
from odd_recognizers import exponential_recognizers, odd_sets, of_presidio, yaml_recognizers
from oracle import Oracle, everything, from_yaml
from pattern_texts import alphabet, pattern_texts

import privscan
from privscan.recognition.predefined import known

MARKED = ("\x02x\x03 4111111111111111", "a\x00b@c.com", "\x03", "1.2.3.4\x02", "\x05\x04\x02\x03")


@pytest.fixture(scope="module")
def presidio() -> Question:
    return Question(Oracle())


@pytest.fixture(scope="module")
def all_of_presidio() -> Question:
    return Question(Oracle(everything()), "all")


def agrees(question: Question, values: Iterable[str]) -> None:
    found = list(mismatches(question, list(values)))
    assert not found, told(found)


@cache
def texts_by_recognizer() -> dict[str, list[str]]:
    """The texts of Presidio's own tests by the recognizer that they are for."""
    texts = defaultdict(list)
    for line in CASES.read_text("utf-8").splitlines() if CASES.exists() else ():
        case = json.loads(line)
        texts[case["recognizer"]].append(case["text"])
    return texts


@cache
def cells() -> list[str]:
    """Cells of the mixed table, of every column."""
    import polars as pl

    folder = REPOSITORY / "bench"
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        from mixed import table
    frame = table(60, seed=7)
    return [cell for column in frame for cell in column.cast(pl.String).drop_nulls().unique()]


@pytest.mark.parametrize("name", known())
def test_installed_presidio_differs_nowhere_in(name: str) -> None:
    question = Question(Oracle(of_presidio(name, language="en")), [name])
    made = pattern_texts(question.oracle.recognizers, 40, seed=1)
    agrees(question, [*made, *texts_by_recognizer()[name][:40]])


@pytest.mark.skipif(not CASES.exists(), reason="the cases of Presidio's tests are not here")
def test_cases_of_presidio_s_own_tests(presidio: Question) -> None:
    agrees(presidio, presidio_cases())


@pytest.mark.skipif(not CASES.exists(), reason="the cases of Presidio's tests are not here")
def test_every_recognizer_at_once(all_of_presidio: Question) -> None:
    agrees(all_of_presidio, presidio_cases()[::6])


def test_cells_of_a_table(presidio: Question) -> None:
    agrees(presidio, Random(1).sample(cells(), 400))


def test_texts_near_the_patterns(presidio: Question) -> None:
    agrees(presidio, pattern_texts(presidio.oracle.recognizers, 400, seed=2))


def test_values_turned_against_it(presidio: Question) -> None:
    pool = [*cells(), *pattern_texts(presidio.oracle.recognizers, 200, seed=3)]
    agrees(presidio, [*adversarial(pool, 400, seed=3), *MARKED])


LEFT_TO_FUZZ = {"huge", "syntax, flags cased", "syntax, flags ignore case only"}


@pytest.mark.parametrize("name", sorted(odd_sets().keys() - LEFT_TO_FUZZ))
def test_odd_recognizers(name: str) -> None:
    question = Question(Oracle(odd_sets()[name]), odd_sets()[name])
    made = pattern_texts(question.oracle.recognizers, 40, seed=4)
    agrees(question, [*TEXTS[::2], *made, *MARKED])


def test_a_file_of_recognizers(tmp_path: Path) -> None:
    file = yaml_recognizers(tmp_path)
    question = Question(Oracle(from_yaml(file)), str(file), 0.0, ("Zip",))
    agrees(question, [*TEXTS, "12345", "12345-6789", "〒123-4567", "Mr. 様", "mr.x", ""])


@pytest.mark.parametrize(
    ("threshold", "context"),
    [
        (0.05, ("x",)),
        (0.4, ("credit card", "the driver")),
        (0.5, ()),
        (0.75, ("ITIN PASSPORT", "phone")),
        (1.0, ("bank",)),
    ],
)
def test_thresholds_and_context(
    presidio: Question, threshold: float, context: tuple[str, ...]
) -> None:
    question = Question(presidio.oracle, "presidio", threshold, context)
    values = list(pattern_texts(presidio.oracle.recognizers, 80, seed=int(threshold * 100)))
    agrees(question, values)


@st.composite
def lettered(draw: st.DrawFn, letters: str) -> list[str]:
    """Several texts of few characters of an alphabet."""
    few = draw(st.lists(st.sampled_from(letters), min_size=2, max_size=10, unique=True))
    return draw(st.lists(st.text(few, min_size=1, max_size=24), min_size=30, max_size=30))


@pytest.mark.parametrize("turn", range(4))
def test_texts_of_the_patterns_letters(presidio: Question, turn: int) -> None:
    some = presidio.oracle.recognizers[turn::4]

    @settings(max_examples=3, database=None, derandomize=True, deadline=None,
              suppress_health_check=[*HealthCheck])  # fmt: skip
    @given(values=st.one_of(*(lettered(alphabet(recognizer)) for recognizer in some)))
    def hold(values: list[str]) -> None:
        agrees(presidio, values)

    hold()


def test_a_difference_is_seen_and_told_by_name() -> None:
    fewer = [r for r in Oracle().recognizers if r.name != "UrlRecognizer"]
    found = list(mismatches(Question(Oracle(fewer)), ["see http://a.com", "nothing"]))
    assert [m.value for m in found] == ["see http://a.com"]
    assert found[0].recognizers == ("UrlRecognizer",)
    assert not found[0].presidio
    assert ("URL", 4, 16, 0.6) in {span for span, _ in found[0].ours}
    assert "UrlRecognizer: 1 values differ" in told(found)
    assert "aaa aaaa://a.aaa" in str(found[0])


def test_a_wrong_score_is_seen() -> None:
    recognizer = of_presidio("UuidRecognizer", language="en")[0]
    recognizer.patterns[0].score += 0.125
    value = "0b2f1c9e-1d43-4c7a-9c55-0a1b2c3d4e5f"
    (found,) = mismatches(Question(Oracle([recognizer]), ["UuidRecognizer"]), [value])
    assert len(found.presidio) == len(found.ours) == 1


def arrays(values: list[str | None]) -> Iterator[tuple[str, Any]]:
    plain = pa.array(values)
    yield "large_string", pa.array(values, pa.large_string())
    yield "string_view", pa.array(values, pa.string_view())
    yield "dictionary", plain.dictionary_encode()
    yield "chunked", pa.chunked_array([plain.slice(0, 3), plain.slice(3)])
    yield "sliced", pa.concat_arrays([pa.array(["a@b.com"]), plain, plain]).slice(1, len(values))


def test_arrays_of_every_kind_get_the_same_answers(presidio: Question) -> None:
    values = [None, *cells()[:200:5], None, "", *cells()[:200:5], "é a@b.com", *MARKED]
    expected = [{} if value is None else presidio.presidio(value) for value in values]
    assert sum(map(bool, expected)) > 20
    for kind, array in arrays(values):
        assert by_row(privscan.spans(array), len(values)) == expected, kind


@pytest.mark.parametrize("recognizer", exponential_recognizers(), ids=EXPONENTIAL)
def test_a_stalling_regex_gives_its_cells_up_and_answers_on_others(recognizer: Any) -> None:
    values = ["aaa", "b=c", *STALLING, "word x"]
    started = time.monotonic()
    with warnings.catch_warnings(action="ignore"):
        table = privscan.spans(pa.array(values), recognizers=[recognizer, "UrlRecognizer"])
    assert time.monotonic() - started < 30
    answers = by_row(table, len(values))
    unread = {
        item["row"] for item in json.loads((table.schema.metadata or {}).get(b"unread", "[]"))
    }
    assert unread <= {2, 3, 4, 5}
    question = Question(Oracle([recognizer, *of_presidio("UrlRecognizer", language="en")]))
    for row in (0, 1, len(values) - 1):
        assert answers[row] == question.presidio(values[row])
