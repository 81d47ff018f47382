"""`explain FINDING`: rule, clause, measured value, threshold, location, and what was not scanned."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from program import Run

from privscan import api
from privscan.cli import cards
from privscan.model.data import Unread
from privscan.model.profile import Sampled
from privscan.model.report import Report

SIX = {"rule", "citation", "measured", "threshold", "location", "not scanned"}


@pytest.fixture(scope="module")
def report() -> Report:
    days = [f"19{50 + i % 50}-0{1 + i % 9}-{10 + i % 18}" for i in range(200)]
    frame = pl.DataFrame({"birth_date": days, "blood_type": ["A", "O", "B", "AB"] * 50})
    return api.scan(frame, detectors=["dates", "lexicon"])


def said(report: Report, lang: str = "en") -> list[dict[str, list[str]]]:
    """For each finding the texts of each label that is not empty."""
    every = []
    for finding in report.findings:
        lines: dict[str, list[str]] = {}
        for label, text in cards.of_finding(finding, report, lang):
            if text:
                lines.setdefault(label, []).append(str(text))
        every.append(lines)
    return every


def test_every_finding_has_all_six(report: Report):
    assert len(report.findings) > 3
    for lang in ("en", "ja"):
        lacking = [SIX - lines.keys() for lines in said(report, lang)]
        assert not any(lacking), lacking


def test_a_rule_is_named_by_its_id_and_its_clause(report: Report):
    for finding, lines in zip(report.findings, said(report), strict=True):
        assert lines["rule"] == [finding.check]
        assert len(lines["citation"]) == len(finding.citations) > 0
        assert lines["threshold"] == [finding.threshold]
        assert lines["location"] == ["memory"]


def test_examples_are_masked(report: Report):
    shown = [text for lines in said(report) for text in lines.get("masked example", ())]
    assert any("birth_date: 9999-99-99" in text for text in shown)
    assert not any("19" in text for text in shown)


def test_what_was_not_scanned_is_said(report: Report):
    assert all(lines["not scanned"][0] == "0 %" for lines in said(report))
    name = report.datasets[0].name
    dataset = replace(
        report.datasets[0],
        unread_share=0.25,
        sampled=(Sampled("ner", "note", 10, 40), Sampled("ner", "all", 40, 40)),
    )
    unread = (
        Unread("x.csv", "rows 1-9", "broken", dataset=name),
        Unread("y.csv", "", "broken", dataset="another"),
    )
    partly = replace(report, datasets=(dataset,), unread=unread)
    for lines in said(partly):
        texts = lines["not scanned"]
        assert texts[:2] == ["25 %", "x.csv rows 1-9: broken"]
        assert "note" in texts[2]
        assert texts[2:] == [text for text in texts[2:] if "y.csv" not in text]
        assert "left out by choice" in texts[-1]
        assert len(texts) == 4


def test_a_finding_of_a_dataset_that_is_gone_is_still_explained(report: Report):
    lost = replace(report, datasets=())
    for lines in said(lost):
        assert "location" not in lines
        assert lines.keys() >= SIX - {"location"}


def test_the_verb_prints_them(report: Report, inside: Run, tmp_path: Path):
    report.save(tmp_path / "r.json")
    shown = inside("explain", report.findings[0].id, "--report", "r.json").stdout
    missing = [label for label in SIX if f"  {label}: " not in shown]
    assert not missing, shown
    japanese = inside("explain", report.findings[0].id, "--report", "r.json", "--lang", "ja").stdout
    words = [cards._JA[label] for label in SIX]
    assert all(f"  {word}: " in japanese for word in words), japanese
