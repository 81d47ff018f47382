"""The page as a reader meets it: clicked through in headless Chromium, from disk."""

from __future__ import annotations

import shutil

import pytest

from privscan.render.html import render

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="Chromium is not installed: the page is not clicked through"
    ),
]

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


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
def show(browser, tmp_path):
    """Open a report from disk; at the end nothing may have been fetched, logged or thrown."""
    contexts, said, fetched = [], [], []

    def call(report, *, lang="en", **options):
        file = tmp_path / "report.html"
        file.write_text(render(report, lang=lang), "utf-8")
        context = browser.new_context(**{"viewport": DESKTOP} | options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: fetched.append(request.url))
        page.goto(file.as_uri())
        return page

    yield call
    for context in contexts:
        context.close()
    assert said == []
    assert [url for url in fetched if not url.startswith(("file:", "data:"))] == []


def visible(page) -> int:
    return page.locator("article.finding:visible").count()


def overflow(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def test_switches_language_and_back(show, lake):
    page = show(lake)
    assert page.locator("h1").inner_text() == "Privacy and biometric-data report"
    page.get_by_role("button", name="日本語").click()
    assert page.locator("html").get_attribute("lang") == "ja"
    assert page.locator("h1").inner_text() == "プライバシー・生体データ報告書"
    assert page.title() == "プライバシー・生体データ報告書"
    assert page.get_by_role("button", name="日本語").get_attribute("aria-pressed") == "true"
    assert page.locator("select option").first.inner_text() == "すべて"
    assert page.locator("nav.contents").get_attribute("aria-label") == "目次"
    assert "Data about people" not in page.locator("main").inner_text()
    page.get_by_role("button", name="English").click()
    assert "Data about people in email." in page.locator("main").inner_text()
    assert "個人のデータがある" not in page.locator("main").inner_text()


def test_filters_search_and_the_count_agree(show, lake):
    page = show(lake)
    output = page.locator("output")
    assert (visible(page), output.inner_text()) == (6, "6 of 6 findings shown")
    page.locator("select[data-filter=severity]").select_option("high")
    assert (visible(page), output.inner_text()) == (2, "2 of 6 findings shown")
    page.locator("select[data-filter=dataset]").select_option("staff")
    assert visible(page) == 1
    page.get_by_role("button", name="Clear the filters").click()
    assert visible(page) == 6
    page.locator("select[data-filter=principle]").select_option("fairness")
    assert visible(page) == 1
    page.get_by_role("button", name="Clear the filters").click()
    page.locator("select[data-filter=certainty]").select_option("needs_context")
    assert visible(page) == 1


def test_search_reads_the_language_shown_and_says_when_nothing_fits(show, lake):
    page = show(lake)
    search = page.locator("input[type=search]")
    search.fill("myn-12 MEASURE")
    assert visible(page) == 1
    assert not page.locator("#no-match").is_visible()
    search.fill("no such thing")
    assert visible(page) == 0
    assert page.locator("#no-match").inner_text() == "No finding matches these filters."
    search.fill("対策 3")
    assert visible(page) == 0
    page.get_by_role("button", name="日本語").click()
    assert visible(page) == 1
    assert page.locator("output").inner_text() == "6 件中 1 件を表示"


def test_details_open_by_keyboard_and_all_at_once(show, lake):
    page = show(lake)
    details = page.locator("article.finding details")
    details.first.locator("summary").focus()
    page.keyboard.press("Enter")
    assert details.first.get_attribute("open") is not None
    assert details.first.locator("code").first.is_visible()
    assert not details.nth(1).locator("code").first.is_visible()
    page.get_by_role("button", name="Open all details").click()
    assert page.locator("article.finding details[open]").count() == details.count()
    page.get_by_role("button", name="Close all details").click()
    assert page.locator("article.finding details[open]").count() == 0


def test_keyboard_reaches_the_skip_link_first_and_focus_is_seen(show, lake):
    page = show(lake)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.lang") == "en"


def test_a_link_opens_what_it_leads_to(show, lake):
    page = show(lake)
    page.locator("#risk_map a", has_text="pictures").click()
    assert page.locator("#dataset-3").get_attribute("open") is not None
    page.locator("select[data-filter=severity]").select_option("info")
    page.locator("#measures a").first.click()
    assert page.locator("article.finding").first.is_visible()
    assert visible(page) == 6


@pytest.mark.parametrize(
    ("viewport", "case"),
    [(PHONE, "nothing"), (PHONE, "unread"), (PHONE, "ordinary"), (PHONE, "hostile"), (PHONE, "many"),
     (DESKTOP, "hostile")],
    ids=lambda value: value if isinstance(value, str) else str(value["width"]),
)  # fmt: skip
def test_nothing_sticks_out_sideways(show, cases, case, viewport):
    page = show(cases[case](), viewport=viewport)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert overflow(page) <= 0
    page.evaluate("document.querySelector('button[data-lang=ja]').click()")
    assert page.locator("html").get_attribute("lang") == "ja"
    assert overflow(page) <= 0


def test_names_run_nothing(show, hostile_report):
    page = show(hostile_report)
    assert page.evaluate("document.querySelectorAll('script').length") == 1
    assert (
        page.locator("select[data-filter=dataset] option").nth(1).inner_text()
        == "<script>alert(1)</script>"
    )
    page.locator("select[data-filter=dataset]").select_option(index=1)
    assert visible(page) == 1


def test_without_script_all_is_there_in_the_language_asked_for(show, lake):
    page = show(lake, lang="ja", java_script_enabled=False)
    assert page.locator("h1").inner_text() == "プライバシー・生体データ報告書"
    assert visible(page) == 6
    assert not page.locator("form.filters").is_visible()
    assert not page.locator(".languages").is_visible()


def test_paper_shows_all_details_and_no_controls(show, lake):
    page = show(lake)
    page.emulate_media(media="print")
    assert not page.locator("form.filters").is_visible()
    assert not page.locator("nav.contents").is_visible()
    heights = page.evaluate(
        "[...document.querySelectorAll('article.finding dl')].map((d) => d.offsetHeight)"
    )
    assert len(heights) == 6
    assert min(heights) > 20
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_dark_and_light_differ(show, lake):
    ground = "getComputedStyle(document.body).backgroundColor"
    light = show(lake, color_scheme="light").evaluate(ground)
    dark = show(lake, color_scheme="dark").evaluate(ground)
    assert (light, dark) == ("rgb(252, 252, 250)", "rgb(20, 23, 28)")
