"""No planted value comes out anywhere: not whole, not cut, not coded, from no kind of source."""

from __future__ import annotations

import base64
import json
import logging
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from canaries import Search, canaries, unpacked
from lake import HEADER, KINDS, ROWS, frame, make, photograph, planted, rows

import privscan as ps
from privscan.__main__ import run
from privscan.api import judge, merge, observe, plan
from privscan.detectors import dates
from privscan.evidence.codec import encode
from privscan.registry import plugins
from privscan.render import json as json_format
from privscan.render import text as text_format

PLANTED = Search(planted())
FILE_KINDS = [k for k in KINDS if k not in {"frame", "lazy", "failing"}]


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    return make(tmp_path_factory.mktemp("lake"))


@pytest.fixture(scope="module")
def evidence(lake):
    return merge(observe(part) for part in plan(lake).parts)


@pytest.fixture(scope="module")
def report(evidence):
    return judge(evidence)


@pytest.fixture(scope="module")
def few(report):
    """The report of every fifth dataset: what assessments and sites say of each is the same."""
    kept = report.datasets[::5]
    names = {d.name for d in kept}
    found = tuple(f for f in report.findings if f.dataset in names)
    return replace(report, datasets=kept, findings=found)


@pytest.fixture(scope="module")
def assessment(few):
    return ps.assess(few)


def none_leaked(output):
    found = PLANTED.leaked(output)
    assert not found, found


# The search itself: a test that finds nothing must be able to find something.


ONE = canaries("self check")


@pytest.mark.parametrize("shape", ONE)
@pytest.mark.parametrize(
    "write",
    [
        lambda v: v,
        lambda v: v.upper(),
        lambda v: f"<td>{v}</td>",
        lambda v: json.dumps({"example": v}),
        lambda v: base64.b64encode(v.encode()).decode(),
        lambda v: base64.b64encode(b"x" + v.encode()).decode(),
        lambda v: v.encode().hex(),
        lambda v: "".join(f"%{b:02X}" for b in v.encode()),
        lambda v: v[::-1],
        lambda v: v.replace(" ", "-"),
        lambda v: v[:-1],
        lambda v: "".join(f"&#{ord(c)};" for c in v),
    ],
    ids=["whole", "upper", "html", "json", "base64", "base64 in a whole", "hex", "percent",
         "backwards", "hyphens", "cut", "entities"],
)  # fmt: skip
def test_the_search_finds(shape, write):
    said = f"some words {write(ONE[shape].value)} and more"
    assert Search(ONE.values()).leaked(said) >= {shape}


def test_the_search_finds_machine_numbers_and_full_width():
    import struct

    number = ONE["my_number"].value
    search = Search([ONE["my_number"]])
    wide = "".join(chr(ord(d) + 0xFEE0) for d in number)
    assert search.leaked(struct.pack("<d", float(number)))
    assert search.leaked(struct.pack("<q", int(number)))
    assert search.leaked(f"{float(number)}")
    assert search.leaked(wide)


def test_the_search_stays_silent():
    others = Search(canaries("something else").values())
    said = " ".join(c.value for c in ONE.values())
    assert not others.leaked(said)
    assert not PLANTED.leaked("Xxxxxxxxxx xxxx@xxxxxx.xxx 9999 9999 9999 9999 " * 20)
    assert not PLANTED.leaked("")


def test_canaries_are_what_they_look_like():
    from stdnum import luhn
    from stdnum.jp import in_

    for number in range(20):
        made = canaries(f"check {number}")
        assert luhn.is_valid(made["card"].value)
        assert in_.is_valid(made["my_number"].value)


def test_a_leaking_renderer_is_caught(report):
    value = rows("csv")[0][0]
    dataset = replace(report.datasets[0], columns=(
        replace(report.datasets[0].columns[0], examples=(value,)),))  # fmt: skip
    bad = replace(report, datasets=(dataset,))
    assert PLANTED.leaked(json_format.render(bad))
    finding = replace(report.findings[0], message={"en": f"found {value}", "ja": "あり"})
    assert PLANTED.leaked(text_format.render(replace(report, findings=(finding,))))


# What privscan writes.


def test_every_kind_was_looked_at(report):
    seen = {Path(d.uri).parent.name for d in report.datasets} | {
        Path(d.uri).name for d in report.datasets
    }
    assert seen >= {*FILE_KINDS}
    assert not report.complete
    unread = " ".join(u.uri for u in report.unread)
    for kind in ("broken_csv", "truncated_parquet", "pages_parquet", "truncated_arrow", "jsonl",
                 "truncated_array", "broken_photo", "gz_csv"):  # fmt: skip
        assert f"/{kind}/" in unread or unread.endswith(kind), kind
    found = {e.entity for d in report.datasets for c in d.columns for e in c.entities}
    assert found >= {"email", "phone", "card_number", "my_number", "secret_key", "gps"}
    whole = next(d for d in report.datasets if "/csv/" in d.uri)
    assert whole.rows == ROWS


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", [p.name for p in plugins("render")])
def test_no_format_holds_a_value(report, name, lang):
    module = next(p for p in plugins("render") if p.name == name).load()
    said = unpacked(module.render(report, lang=lang))
    assert len(said) > 500
    none_leaked(said)
    if hasattr(module, "styled"):
        none_leaked(module.styled(report, lang=lang))


@pytest.mark.parametrize("name", [p.name for p in plugins("assessments")])
def test_no_format_of_an_assessment_holds_a_value(assessment, name):
    module = next(p for p in plugins("assessments") if p.name == name).load()
    said = unpacked(module.render(assessment, lang="both"))
    assert len(said) > 2_000
    none_leaked(said)


def test_no_page_of_a_site_holds_a_value(few, assessment, tmp_path):
    for value, folder in ((few, tmp_path / "report"), (assessment, tmp_path / "assessment")):
        folder.mkdir()
        value.save(folder)
        written = [file for file in folder.rglob("*") if file.is_file()]
        assert len(written) > len(few.datasets) > 3
        none_leaked("".join(file.read_text("utf-8") for file in written))
        none_leaked("".join(str(file.relative_to(folder)) for file in written))


def test_evidence_holds_no_value(evidence):
    wire = encode(evidence)
    assert len(wire) > 10_000
    none_leaked(wire)


def test_no_verb_says_a_value(lake, tmp_path, capfd, monkeypatch):
    monkeypatch.setenv("PRIVSCAN_DEBUG", "1")
    saved = tmp_path / "report.json"
    some = [str(lake / kind) for kind in ("csv", "broken_csv", "jsonl", "photo", "broken_photo")]
    assert run(["scan", *some, "-o", str(saved)]) == 3
    assert run(["gate", *some, "-f", "json"]) == 1
    assert run(["report", str(saved), "-f", "markdown"]) in {0, 3}
    for finding in json.loads(saved.read_text("utf-8"))["findings"][:3]:
        assert run(["explain", finding["id"], "--report", str(saved)]) == 0
    out, err = capfd.readouterr()
    assert len(out) > 5_000
    assert "INCOMPLETE" in err
    for said in (out, err, saved.read_text("utf-8")):
        none_leaked(said)


@pytest.mark.parametrize("kind", ["photo", "broken_photo", "note", "csv", "broken_csv", "jsonl"])
def test_no_log_holds_a_value_even_where_all_is_logged(lake, kind, caplog):
    """Libraries log what they read; whoever calls privscan may have logging at its lowest."""
    caplog.set_level(logging.DEBUG)
    ps.scan(lake / kind)
    none_leaked(caplog.text)


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_a_kind_alone_says_no_value(lake, kind, capfd):
    """Alone, so that a leak names the source it comes from."""
    assert run(["scan", str(lake / kind), "-f", "json"]) in {0, 3}
    out, err = capfd.readouterr()
    none_leaked(out)
    none_leaked(err)


# Data in memory, and code that breaks with a value in its message.


@pytest.mark.parametrize("kind", ["frame", "lazy"])
def test_data_in_memory(kind):
    data = frame(kind) if kind == "frame" else frame(kind).lazy()
    report = ps.scan(data)
    assert report.datasets[0].rows == ROWS
    none_leaked(json_format.render(report))


def test_a_lazy_frame_that_fails_on_a_value():
    lazy = frame("failing").lazy().with_columns(pl.col("email").cast(pl.Int64, strict=True))
    report = ps.scan(lazy)
    assert not report.complete
    assert report.unread
    none_leaked(json_format.render(report))
    none_leaked(text_format.render(report))


@pytest.mark.parametrize("panic", [ValueError, pl.exceptions.PanicException])
def test_a_detector_that_breaks_with_a_cell_in_its_message(lake, monkeypatch, capfd, panic):
    def breaks(column):
        raise panic(f"cannot judge {column.cells[0]!r}")

    monkeypatch.setattr(dates, "find", breaks)
    assert run(["scan", str(lake / "csv"), "-f", "json"]) == 3
    out, err = capfd.readouterr()
    assert "detector dates" in out
    none_leaked(out)
    none_leaked(err)


def test_a_reader_that_breaks_with_a_cell_in_its_message(lake, monkeypatch, capfd):
    from privscan.sources import parquet

    def breaks(*_, **__):
        raise RuntimeError(f"row {rows('parquet')[0]} is odd")
        yield

    monkeypatch.setattr(parquet, "read", breaks)
    assert run(["scan", str(lake / "parquet"), "-f", "json"]) in {3, 4}
    for said in capfd.readouterr():
        none_leaked(said)


@pytest.mark.parametrize("debug", ["0", "1"])
def test_an_internal_error_with_a_cell_in_its_message(lake, monkeypatch, capfd, debug):
    from privscan.assess import judging

    def breaks(*_, **__):
        value = rows("csv")[0]
        raise RuntimeError(f"{value} broke it") from KeyError(value[1])

    monkeypatch.setenv("PRIVSCAN_DEBUG", debug)
    monkeypatch.setattr(judging, "profile", breaks)
    assert run(["scan", str(lake / "csv")]) == 4
    out, err = capfd.readouterr()
    assert "internal error: RuntimeError" in err
    none_leaked(out)
    none_leaked(err)


@pytest.mark.parametrize(
    "broken",
    ["owner: [{value}", "owner: {{name: {value}}}", "retention_days: x{value}",
     "subjects: {value}", "jurisdictions: [{value}]", "- {value}", "{value}",
     "title: x\ntitle: {value}"],
)  # fmt: skip
@pytest.mark.parametrize("shape", ["token", "my_number"])
def test_a_context_that_is_wrong(tmp_path, capfd, broken, shape):
    value = canaries("csv")[shape].value
    (tmp_path / "a.csv").write_text("machine,state\n1,on\n2,off\n", "utf-8")
    (tmp_path / "dataset.yaml").write_text(broken.format(value=value), "utf-8")
    assert run(["scan", str(tmp_path)]) == 2
    out, err = capfd.readouterr()
    assert "dataset.yaml" in err
    none_leaked(out)
    none_leaked(err)


def test_a_saved_report_that_is_wrong(tmp_path, capfd):
    value = rows("csv")[0][1]
    for content in (f'{{"schema": "{value}"}}', f'{{"x": {value}', f"{value}"):
        file = tmp_path / "report.json"
        file.write_text(content, "utf-8")
        assert run(["report", str(file)]) == 2
    for said in capfd.readouterr():
        none_leaked(said)


# A file without a header must not have its first record shown as column names.


@pytest.mark.parametrize("count", [1, 2, 3, ROWS])
@pytest.mark.parametrize(
    "chosen",
    [
        (0, 1, 2, 3, 4, 5, 6, 7),
        (0, 1),
        (0, 3),
        (1,),
        (2,),
        (3,),
        (4,),
        (5,),
        (0, 7),
        (0, 1, 6),
        (0,),
        (6,),
        (7,),
    ],
    ids=lambda chosen: "+".join(HEADER[i] for i in chosen),
)
def test_a_first_record_is_no_header(tmp_path, chosen, count):
    file = tmp_path / "bare.csv"
    lines = rows("headerless_csv")[:count]
    file.write_text("".join(",".join(f'"{r[i]}"' for i in chosen) + "\n" for r in lines), "utf-8")
    none_leaked(json_format.render(ps.scan(file)))


def test_pictures_in_cells(tmp_path):
    cells = [photograph("photo"), photograph("broken_photo")[:-200]]
    file = tmp_path / "pictures.parquet"
    pl.DataFrame({"image": cells, "id": [1, 2]}).write_parquet(file)
    none_leaked(json_format.render(ps.scan(file)))
