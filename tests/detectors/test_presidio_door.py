"""Presidio comes offline, without spaCy in our own processes, and whole where that fails."""

from __future__ import annotations

import subprocess
import sys

import pytest

ASKED = """
import sys
from privscan.rulebook import _presidio
{before}
_presidio.defer_unused()
recognizers = _presidio.presidio().predefined_recognizers
found = recognizers.EmailRecognizer().analyze("to ann@example.com", ["EMAIL_ADDRESS"])
print("spacy" in sys.modules, [(r.start, r.end, r.score) for r in found])
import spacy
import presidio_analyzer.nlp_engine.spacy_nlp_engine as engine
print(len(spacy.blank("en")("two words")), len(engine.spacy.blank("en")("two words")))
"""

BROKEN = """
def refuse(self, name):
    raise AttributeError(name)
_presidio._Named.__getattr__ = refuse
"""


@pytest.mark.parametrize(
    ("before", "loaded"),
    [("", False), ("import spacy", True), (BROKEN, True)],
    ids=["deferred", "loaded before", "stand-ins fail"],
)
def test_recognizers_work_and_so_does_spacy_afterwards(before, loaded):
    done = subprocess.run(
        [sys.executable, "-c", ASKED.format(before=before)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == [f"{loaded} [(3, 18, 1.0)]", "2 2"], done.stderr


def test_e_mail_hosts_are_looked_up_in_the_bundled_list():
    from privscan.rulebook._presidio import presidio

    presidio()
    from tldextract import tldextract

    assert tldextract.TLD_EXTRACTOR.suffix_list_urls == ()
    assert tldextract.TLD_EXTRACTOR.extract_str("a.b.co.uk").suffix == "co.uk"
