"""Words of verdicts, differences and audits: each in both languages with the same blanks; documents."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
import yaml

from privscan.rulebook.schema import DeclaredKey
from privscan.verdicts._differences import _SAID
from privscan.verdicts._phrases import _WORDS, measure

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("key", [*_WORDS, *(f"diff {key}" for key in _SAID)])
def test_both_languages_say_a_word_with_the_same_blanks(key):
    english, japanese = _SAID[key[5:]] if key.startswith("diff ") else _WORDS[key]
    assert english
    assert japanese
    blanks = [len(re.findall(r"\{[^}]*\}", text)) for text in (english, japanese)]
    assert blanks[0] == blanks[1]
    if english.isalpha() and not key.startswith("diff "):
        assert re.search("[ぁ-ん一-龥ァ-ヶ]", japanese)


def test_the_workflows_of_the_pipelines_page_are_yaml():
    blocks = (DOCS / "gate.md").read_text("utf-8").split("```yaml\n")[1:]
    workflow, job = (yaml.safe_load(block.split("```")[0]) for block in blocks)
    steps = workflow["jobs"]["gate"]["steps"]
    assert any("privscan gate" in step.get("run", "") for step in steps)
    assert steps[-1]["if"] == "always()"
    assert job["privacy"]["artifacts"]["reports"]["junit"] in job["privacy"]["script"][1]


KEYS = get_args(DeclaredKey)


@pytest.mark.parametrize("fact", [*KEYS, ", ".join(KEYS), *_WORDS, "nothing known", "{}", "1 cell"])
def test_any_measure_is_said_and_none_is_a_sentence(fact):
    for lang in ("en", "ja"):
        assert measure(fact.removeprefix("s_"), lang)
