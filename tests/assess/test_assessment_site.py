"""An assessment of many datasets as a site: what its one document holds, and where the rest is."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from assessed import BODIES, CUSTOMERS, MACHINES, assessed

from privscan.assessments import _site
from privscan.assessments._document import PARTS

FEW = [replace(one, name=f"{one.name}{i}") for i, one in enumerate((CUSTOMERS, BODIES, MACHINES))]
INSTEAD = "the rest stands on the page of each"


@pytest.fixture(scope="module")
def made():
    return assessed(*FEW)


def headings(page: str) -> list[str]:
    return re.findall(r'<section id="([^"]+)"', page)


def test_few_datasets_have_the_whole_document(made):
    pages = _site.pages(made, {}, "now")
    assert headings(pages["assessment.html"]) == [*PARTS["whole"]]
    assert "The whole assessment in one document" in pages["index.html"]
    assert INSTEAD not in pages["index.html"]
    assert 'class="note">' not in pages["assessment.html"].partition("</section>")[0]


def test_many_datasets_have_a_document_of_what_concerns_all(made, monkeypatch):
    monkeypatch.setattr(_site, "MOST", 2)
    pages = _site.pages(made, {}, "now")
    document, index = pages["assessment.html"], pages["index.html"]
    assert headings(document) == [*PARTS["council"]]
    assert len(pages) == 2 + len(FEW)
    assert '<a href="assessment.html" data-page>' in index
    assert f"with more than 2 {INSTEAD}" in index
    assert "2件を超えるため、残りは各データセットのページにある" in index
    for said in ("With more than 2 datasets this document holds only", "2件を超えるため、この文書"):
        assert said in document
    assert 'class="note">' in document.partition("</section>")[0]
    for place, page in pages.items():
        if place.startswith("datasets/"):
            assert headings(page) == [*PARTS["whole"]]
            assert "this document holds only" not in page


def test_the_threshold_itself_is_not_above_it(made, monkeypatch):
    monkeypatch.setattr(_site, "MOST", 3)
    pages = _site.pages(made, {}, "now")
    assert headings(pages["assessment.html"]) == [*PARTS["whole"]]
    assert pages == _site.pages(made, {}, "now")
