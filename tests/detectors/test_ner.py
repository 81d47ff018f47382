"""Names and places in free text: what is read, by whom, and what is said of the rest."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from importlib.metadata import EntryPoint

import numpy as np
import polars as pl
import pytest

import privscan as ps
from privscan.detectors import ner
from privscan.evidence.distinct import counted, distinct
from privscan.model.data import Column
from privscan.model.kinds import Kind
from privscan.model.profile import Sampled
from privscan.recognition.ner import models, process
from privscan.recognition.ner import worker as worker_module
from privscan.recognition.ner.process import Process
from privscan.recognition.ner.worker import kind_of, language_of
from privscan.render import html, markdown, text
from privscan.scan.samples import Samples

TEXTS = [f"please call Margaret Thompson about order {i}" for i in range(40)]
MODEL = models.Model("made_up", "en", "1.0", models.Path("none"), 0.8)


def column(cells, path="comment"):
    return Column(path, Kind.TEXT, pl.Series(cells, dtype=pl.String))


class Told:
    """A reader that sees a person in texts with a Margaret, and knows no language of digits."""

    def read(self, texts, _seconds):
        return [
            None if one[-1] == "7" else ["person"] if "Margaret" in one else [] for one in texts
        ]


@pytest.fixture
def model(monkeypatch):
    monkeypatch.setattr(ner, "installed", lambda: (MODEL,))
    monkeypatch.setattr(process, "reader", Told)


@pytest.fixture
def nothing_installed(monkeypatch):
    monkeypatch.setattr(models, "entry_points", lambda **_: [])
    models.installed.cache_clear()
    yield
    models.installed.cache_clear()


def test_without_a_model_the_report_says_that_it_did_not_run_and_what_to_do(nothing_installed):
    report = ps.scan(pl.DataFrame({"comment": TEXTS}))
    assert report.tool.not_run["ner"] == "pip install 'privscan[ner]'"
    assert report.complete
    assert "ner (pip install 'privscan[ner]')" in text.render(report)
    assert "privscan\\[ner\\]" in markdown.render(report, lang="ja")


def test_cells_are_counted_and_what_was_not_read_is_said(model):
    report = ps.scan(pl.DataFrame({"comment": TEXTS}))
    assert "ner" not in report.tool.not_run
    assert report.datasets[0].sampled == (Sampled("ner", "comment", 36, 40),)
    assert "ner read 36 of 40 cells in “comment”" in text.render(report)
    assert "ner は「comment」の 40 件のうち 36 件を読んだ" in text.render(report, lang="ja")
    assert "36 of 40 cells" in markdown.render(report)
    assert "36 of 40 cells" in html.render(report)


def test_no_more_texts_are_read_than_the_budget_whatever_the_batches(model, monkeypatch):
    monkeypatch.setattr(ner, "BUDGET", 10)
    cells = [f"{one} {word}" for one in TEXTS for word in ("a", "b", "c")]
    tallies = []
    for rows in (7, 50, 120):
        whole = pl.DataFrame({"comment": cells})
        frames = [whole[at : at + rows] for at in range(0, len(cells), rows)]
        [data] = ps.observe(ps.plan(pl.concat(frames, rechunk=False)).parts[0]).datasets.values()
        tallies.append({k: v for k, v in data.columns["comment"].tallies.items() if "ner" in k[1]})
    assert tallies[0] == tallies[1] == tallies[2]
    assert sum(t.cells for k, t in tallies[0].items() if k.entity == "read.ner") == 10
    assert sum(t.objects for k, t in tallies[0].items() if k.entity == "read.ner") == 120


def test_a_sample_is_the_same_for_every_cut_and_its_counts_are_exact():
    rng = random.Random(4)
    cells = [f"text number {rng.randint(0, 60)}" for _ in range(400)]

    def sample(*cuts):
        kept = Samples(seed=9)
        for at, end in zip((0, *cuts), (*cuts, len(cells)), strict=True):
            seen = distinct(counted(pl.Series(cells[at:end], dtype=pl.String)))
            kept.add(
                "ner", Column("c", Kind.TEXT, seen.cells), 20, seen, np.arange(len(seen.cells))
            )
        [(_, _, seen, rows)] = kept.all()
        return dict(zip(seen.cells.to_list(), seen.counts.to_list(), strict=True)), rows

    whole, rows = sample()
    assert rows == 400
    assert len(whole) == 20
    assert all(cells.count(cell) == count for cell, count in whole.items())
    assert sample(1, 17, 18, 200) == sample(350) == (whole, rows)


@pytest.mark.parametrize(
    ("cell", "is_text"),
    [
        ("please call Margaret Thompson today", True),
        ("山田太郎様より問い合わせあり", True),
        ("문의 주신 김철수님께 다시 연락 바랍니다", True),
        ("Margaret Thompson", False),
        ("12 Main Street", False),
        ("2024-01-31 12:00:00 +09:00 UTC", False),
        ("山田太郎", False),
        ("https://example.org/a/very/long/path", False),
        ("0123 4567 8901 2345 6789 0123", False),
        ("", False),
    ],
)
def test_only_texts_are_read(cell, is_text):
    assert ner.wanted(column([cell, "x"])).tolist() == ([0] if is_text else [])


@pytest.mark.parametrize(
    ("label", "said", "kind"),
    [
        ("PERSON", "Johnson & Johnson", "word"),
        ("PERSON", "Margaret Thompson", "person"),
        ("PERSON", "Ludwig van Beethoven", "person"),
        ("PERSON", "JOHN SMITH", "person"),
        ("PERSON", "山田太郎", "person"),
        ("PERSON", "Amy", "word"),
        ("PERSON", "鈴木", "word"),
        ("PERSON", "Galaxy S21", "word"),
        ("PERSON", "order number", "word"),
        ("LOCATION", "Leeds", "location"),
    ],
)
def test_a_full_name_is_told_from_a_word(label, said, kind):
    assert kind_of(label, said) == kind


def test_a_title_makes_a_name_of_a_word():
    assert kind_of("PERSON", "Mehta", before="Meeting with Dr. ") == "person"
    assert kind_of("PERSON", "佐藤", after="さんに") == "person"
    assert kind_of("PERSON", "Mehta", before="from ") == "word"
    assert kind_of("PERSON", "松下", after="電器の") == "word"


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("please call about the order", "en"),
        ("bitte rufen Sie wegen der Bestellung an", "de"),
        ("merci de rappeler pour la commande", "fr"),
        ("注文について電話してください", "ja"),
        ("주문에 대해 전화해 주세요", "ko"),
        ("Bosch drill XY-200", "en"),
    ],
)
def test_texts_go_to_a_model_of_their_language(said, language, monkeypatch):
    common = {"en": {"about", "the"}, "de": {"sie", "der"}, "fr": {"de", "la"}}
    monkeypatch.setattr(worker_module, "_common", lambda of: common.get(of, ()))
    assert language_of(said) == language


WORKER = """
import json, os, sys, time
print("true", flush=True)
for line in sys.stdin:
    texts = json.loads(line)
    if "die" in texts:
        os._exit(1)
    if "sleep" in texts:
        time.sleep(60)
    print(json.dumps([["person"] if "Jane" in t else None if t == "?" else [] for t in texts]), flush=True)
"""


@pytest.fixture
def worker(tmp_path, monkeypatch):
    (tmp_path / "made_worker.py").write_text(WORKER)
    monkeypatch.setattr(process, "WORKER", "made_worker")
    monkeypatch.setattr(process, "CHUNK", 2)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    made = Process([MODEL])
    yield made
    made._stop()


def test_a_process_answers_text_by_text(worker):
    assert worker.read(["Jane", "x", "?", "y", "Jane"], 20) == [
        ["person"],
        [],
        None,
        [],
        ["person"],
    ]
    assert worker.read(["x"], 20) == [[]]


def test_its_death_costs_the_texts_it_has_not_read_and_no_more(worker):
    assert worker.read(["Jane", "x", "die", "y", "z"], 20) == [["person"], [], None, None, None]
    assert worker.read(["Jane"], 20) == [["person"]]


def test_a_process_that_dies_again_and_again_is_given_up(worker, monkeypatch):
    for _ in range(process.TRIES):
        assert worker.read(["die"], 20) == [None]
    assert worker.read(["Jane"], 20) == [None]


def test_what_takes_too_long_stays_unread(worker):
    assert worker.read(["Jane", "x", "sleep", "y"], 1.5) == [["person"], [], None, None]


def test_a_process_that_does_not_start_reads_nothing(monkeypatch):
    monkeypatch.setattr(process, "WORKER", "there_is_no_such_module")
    assert Process([MODEL]).read(["Jane"], 20) == [None]


ALONE = """
import socket, sys
from privscan.recognition.ner.worker import _alone
answers = _alone()
print("a library speaks")
try:
    socket.create_connection(("127.0.0.1", 9))
except OSError as error:
    answers.write(str(error).encode())
    answers.flush()
"""


def test_the_process_opens_no_socket_and_only_answers_come_out():
    told = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)
    assert told.stdout == "the process that reads texts opens no socket"
    assert "a library speaks" in told.stderr


def made_model(tmp_path, monkeypatch, name="made_model"):
    """An installed package that says of itself that it is a model."""
    folder = tmp_path / name
    (folder / f"{name}-1.0").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise SystemExit('a model is not to be imported')")
    (folder / f"{name}-1.0" / "weights").write_bytes(b"123")
    meta = {"lang": "en", "version": "1.0", "pipeline": ["ner"], "performance": {"ents_f": 0.5}}
    (folder / "meta.json").write_text(json.dumps(meta))
    monkeypatch.syspath_prepend(str(tmp_path))
    entry = EntryPoint(name, name, "spacy_models")
    monkeypatch.setattr(models, "entry_points", lambda **_: [entry])
    models.installed.cache_clear()
    return folder


def test_an_installed_model_is_found_without_importing_it(tmp_path, monkeypatch):
    folder = made_model(tmp_path, monkeypatch)
    [found] = models.installed()
    assert (found.name, found.language, found.f1) == ("made_model", "en", 0.5)
    assert found.folder == folder / "made_model-1.0"
    assert "made_model" not in sys.modules
    models.installed.cache_clear()


def test_a_model_with_other_data_than_those_looked_at_is_not_used(tmp_path, monkeypatch):
    folder = made_model(tmp_path, monkeypatch)
    good = models.digest(folder / "made_model-1.0")
    monkeypatch.setitem(models.KNOWN, ("made_model", "1.0"), good)
    assert len(models.installed()) == 1
    (folder / "made_model-1.0" / "weights").write_bytes(b"124")
    models.installed.cache_clear()
    assert models.installed() == ()
    models.installed.cache_clear()


def needs(language):
    here = any(model.language == language for model in models.installed())
    return pytest.mark.skipif(not here, reason=f"no spaCy model for {language}: {models.INSTALL}")


@needs("en")
def test_an_english_model_sees_names_and_no_products():
    cells = [
        "Please call Margaret Thompson about the refund",
        "The drill from Bosch broke after a day",
    ]
    found = {h.detector: h.mask.to_list() for h in ner.find(column(cells))}
    assert found["ner"] == [True, True]
    assert found["ner/person"] == [True, False]


@needs("ja")
def test_a_japanese_model_sees_names_and_places():
    cells = [
        "山田太郎様より問い合わせあり、折り返し希望",
        "大阪へ出張した",
        "サーバーを再起動しました",
    ]
    found = {h.detector: h.mask.to_list() for h in ner.find(column(cells))}
    assert found["ner/person"] == [True, False, False]
    assert found["ner/location"] == [False, True, False]
