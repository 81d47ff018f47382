"""Report, assessment and site by the rules of WCAG 2.2 AA that a program can judge (axe-core).

    pip install -e '.[dev,real]' && make test-real

Wide and narrow, light and dark, with everything opened. What axe leaves to a person (contrast of
text on figures) is no violation here.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import privscan as ps
from privscan.render._site.folder import write_all
from privscan.render._site.pages import pages

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SAMPLES = Path(__file__).parents[2] / "samples"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = [
    pytest.mark.real,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]

axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="pip install -e '.[dev,real]' brings axe-core"
)


@pytest.fixture(scope="module")
def browser():
    with pytest.importorskip("playwright.sync_api").sync_playwright() as play:
        made = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("pages")
    report = ps.scan(SAMPLES)
    report.save(made / "report.html")
    ps.assess(report).save(made / "assessment.html")
    write_all({}, {made / "site": pages({"samples": report})})
    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("page", ["report.html", "assessment.html", "site/index.html"])
def test_nothing_is_violated(browser, folder, page, width, scheme):
    context = browser.new_context(
        bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    shown = context.new_page()
    shown.goto((folder / page).as_uri())
    shown.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    answer = axe.Axe().run(shown, options={"runOnly": RULES}).response
    context.close()
    said = [
        (one["id"], one["nodes"][0]["html"][:160], len(one["nodes"]))
        for one in answer["violations"]
    ]
    assert said == []
    assert len(answer["passes"]) > 20


def test_a_page_without_names_is_caught(browser):
    shown = browser.new_page()
    shown.set_content("<img src='x.png'><p style='color:#999;background:#aaa'>Hardly read</p>")
    found = {one["id"] for one in axe.Axe().run(shown).response["violations"]}
    assert {"image-alt", "color-contrast", "html-has-lang"} <= found
