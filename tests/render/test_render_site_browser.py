"""A site as a reader meets it: from disk, on a phone, on paper, by keyboard, in both languages."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from privscan.model.kinds import Level
from privscan.model.profile import Link
from privscan.render._site.folder import write_all
from privscan.render._site.pages import pages

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="Chromium is not installed: the site is not clicked through"
    ),
]

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

UNNAMED = """() => [...document.querySelectorAll('a, button, input, select, svg[role=img], .scroll')]
  .filter((e) => e.getClientRects().length)
  .filter((e) => !(e.innerText || e.getAttribute('aria-label') || e.labels?.length
    || e.querySelector(':scope > title')?.textContent))
  .map((e) => e.outerHTML.slice(0, 90))"""
"""What a reader of screens would find without a name."""


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as play:
        # Chromium refuses its sandbox to root; the pages are our own.
        made = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield made
        made.close()


@pytest.fixture
def visit(browser, tmp_path):
    """Open a site's index from disk; at the end nothing may have been fetched, logged or thrown."""
    contexts, said, fetched = [], [], []

    def call(reports, **options):
        folder = tmp_path / "site"
        write_all({}, {folder: pages(reports)})
        context = browser.new_context(**{"viewport": DESKTOP} | options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: fetched.append(request.url))
        page.goto((folder / "index.html").as_uri())
        return page

    yield call
    for context in contexts:
        context.close()
    assert said == []
    assert [url for url in fetched if not url.startswith(("file:", "data:"))] == []


@pytest.fixture
def reports(lake):
    """The lake twice: joined, and before that with one score higher."""
    staff, people, *rest = lake.datasets
    joined = replace(staff, links=(Link("people", "email", 0.5, "mail", (0.4, 0.6)),))
    worse = replace(people, risk=replace(people.risk, score=88.0, level=Level.VERY_HIGH))
    return {
        "may": replace(lake, datasets=(staff, worse, *rest)),
        "june": replace(lake, datasets=(joined, people, *rest)),
    }


def shown(page) -> int:
    return page.locator("li.entry:visible").count()


def overflow(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def test_search_and_filters_work_from_disk(visit, reports):
    page = visit(reports)
    output = page.locator("output")
    assert (shown(page), output.inner_text()) == (4, "4 of 4 datasets shown")
    page.locator("input[type=search]").fill("STAFF very")
    assert (shown(page), output.inner_text()) == (1, "1 of 4 datasets shown")
    page.get_by_role("button", name="Clear the filters").click()
    page.locator("select[data-filter=level]").select_option("high")
    assert shown(page) == 1
    page.locator("select[data-filter=level]").select_option("")
    page.locator("select[data-filter=category]").select_option("face")
    assert page.locator("li.entry:visible a").inner_text() == "pictures"
    page.locator("input[type=search]").fill("no such thing")
    assert page.locator("#no-match").inner_text() == "No dataset matches these filters."


def test_the_language_travels_from_page_to_page(visit, reports):
    page = visit(reports)
    page.get_by_role("button", name="日本語").click()
    assert page.title() == "リスク順のデータセット"
    page.locator("li.entry a").first.click()
    assert page.locator("html").get_attribute("lang") == "ja"
    assert page.locator("h1").inner_text() == "プライバシー・生体データ報告書: staff"
    assert page.locator("#trend svg title").first.text_content() == "スコアの推移: staff"
    assert page.locator("#reidentification a", has_text="people").first.is_visible()
    page.locator("a", has_text="データセット一覧").click()
    assert page.locator("h1").inner_text() == "リスク順のデータセット"


def test_figures_show_one_language_and_are_never_empty(visit, reports):
    page = visit(reports)
    page.locator("li.entry a").first.click()
    drawn = page.locator("#waterfall svg.drawing").first
    assert "Sensitivity of the data" in drawn.text_content()
    visible = "[...document.querySelectorAll('svg.drawing tspan')].filter((t) => t.getComputedTextLength() > 0).map((t) => t.lang || t.getAttribute('lang'))"
    assert {*page.evaluate(visible)} == {"en"}
    page.get_by_role("button", name="日本語").click()
    assert {*page.evaluate(visible)} == {"ja"}
    assert drawn.bounding_box()["height"] > 80


@pytest.mark.parametrize("case", ["hostile", "many", "nothing"])
def test_nothing_sticks_out_on_a_phone(visit, cases, case):
    page = visit({"a": cases[case](), "b": cases[case]()}, viewport=PHONE)
    for lang in ("en", "ja"):
        page.locator(f"button[data-lang={lang}]").click()
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert overflow(page) <= 0
    if case != "nothing":
        page.locator("li.entry a").first.click()
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert overflow(page) <= 0


def test_letters_of_figures_can_be_read_on_a_phone(visit, reports):
    page = visit(reports, viewport=PHONE)
    page.locator("li.entry a").first.click()
    sizes = page.evaluate(
        "[...document.querySelectorAll('svg.drawing text')].filter((t) => t.getClientRects().length)"
        ".map((t) => parseFloat(t.getAttribute('font-size')) * t.getScreenCTM().a)"
    )
    assert sizes
    assert min(sizes) > 8


def test_paper_has_the_figures_and_no_controls(visit, reports):
    page = visit(reports)
    page.emulate_media(media="print")
    assert not page.locator("form.filters").is_visible()
    assert page.locator("#risk_map svg.drawing").is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_keyboard_leads_to_the_datasets(visit, reports):
    page = visit(reports)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#index")
    page.locator("input[type=search]").focus()
    page.keyboard.type("staff")
    assert shown(page) == 1
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('li.entry') !== null"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/datasets/staff-" in page.url


def test_everything_a_reader_can_reach_has_a_name(visit, reports):
    page = visit(reports)
    assert page.evaluate(UNNAMED) == []
    page.locator("li.entry a").first.click()
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert page.evaluate(UNNAMED) == []
    assert page.evaluate("document.querySelectorAll('[id]').length") == page.evaluate(
        "new Set([...document.querySelectorAll('[id]')].map((e) => e.id)).size"
    )


def test_without_script_all_datasets_are_there(visit, reports):
    page = visit(reports, java_script_enabled=False)
    assert shown(page) == 4
    assert not page.locator("form.filters").is_visible()
    page.locator("li.entry a").first.click()
    assert page.locator("h1").inner_text() == "Privacy and biometric-data report: staff"
