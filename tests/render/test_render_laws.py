"""Laws, articles, status and reasons in Japanese: whole, and told from those nobody translated."""

from __future__ import annotations

import re

import pytest

from privscan.model.data import Unread
from privscan.model.finding import Citation
from privscan.render._laws import LAWS, STATUS, clause, law, status
from privscan.render._reasons import _KNOWN, reason
from privscan.render.markdown import render
from privscan.rulebook.load import rulebook

RULES = rulebook().rules
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
ENGLISH = re.compile(r"\b(?:of|the|and|since|from|force|applies|rule|recital|bill)\b")


def cited(rule):
    return Citation(rule.law, rule.article, rule.status, rule.src)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_citation_is_japanese_in_japanese(rule):
    said = clause(cited(rule), "ja")
    assert rule.law in LAWS
    assert not ENGLISH.search(said)
    assert JAPANESE.search(said)
    assert JAPANESE.search(status(cited(rule), "ja"))
    assert not ENGLISH.search(status(cited(rule), "ja"))
    assert rule.article_ja or rule.law == "NEC"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_an_english_citation_is_the_rules_own(rule):
    assert status(cited(rule), "en") == rule.status
    assert clause(cited(rule), "en").startswith(rule.law)


def test_articles_keep_their_numbers():
    for rule in RULES:
        if rule.article_ja:
            theirs, ours = (re.findall(r"\d+", text) for text in (rule.article, rule.article_ja))
            assert {n for n in theirs if len(n) > 1} <= {*ours}, rule.id


def test_what_nobody_translated_stays_as_it_is():
    own = Citation("House rule", "7", "valid since spring", "M")
    assert clause(own, "ja") == "House rule 7"
    assert status(own, "ja") == "valid since spring"
    assert law("House rule", "ja") == "House rule"
    assert reason("a reason of tomorrow", "ja") == "a reason of tomorrow"
    assert set(STATUS) & {rule.status for rule in RULES}


@pytest.mark.parametrize(
    ("said", "japanese"),
    [
        ("empty file", "空のファイル"),
        ("12 records are not JSON", "JSONではない記録が12件ある"),
        ("3 places are not valid utf-8 and were replaced", "utf-8 として不正な箇所3か所を置き換えて読んだ"),
        ("no reader for this format (SQLite)", "この形式を読む機能がない(SQLite)"),
        ("detector faces on column 'a: b' failed with ValueError",
         "列'a: b'に対する検出器facesが失敗した(ValueError)"),
        ("malformed ISO 19794-2 record: it ends early", "記録(ISO 19794-2)の形式が不正:途中で終わっている"),
        ("detector records on column x: malformed NIST record: it breaks off",
         "列xに対する検出器records:記録(NIST)の形式が不正:途中で途切れている"),
        ("cannot be opened: Permission denied", "開けない:アクセス権がない"),
        ("left out by choice", "指定により除外"),
        ("pip install 'privscan[ner]'", "未導入(pip install 'privscan[ner]')"),
    ],
)  # fmt: skip
def test_a_reason_is_said_in_japanese_and_kept_in_english(said, japanese):
    assert reason(said, "ja") == japanese
    assert reason(said, "en") == said


def test_each_form_of_a_reason_takes_what_it_holds():
    for form, japanese in _KNOWN:
        holes = max(
            (int(n) + 1 for n in re.findall(r"{(\d)}", japanese)), default=japanese.count("{}")
        )
        assert re.compile(form).groups == holes, form
        assert JAPANESE.search(japanese) or japanese == "{0}:{1}"


def test_a_japanese_report_says_reasons_and_laws_in_japanese(lake):
    from dataclasses import replace

    broken = replace(
        lake,
        unread=(Unread("x.csv", "", "empty file", dataset="x"),),
        tool=replace(lake.tool, not_run={"ner": "left out by choice"}, not_evaluated=("APPI",)),
    )
    said = render(broken, lang="ja")
    assert "空のファイル" in said
    assert "ner: 指定により除外" in said
    assert "個人情報保護法" in said
    assert "empty file" not in said
