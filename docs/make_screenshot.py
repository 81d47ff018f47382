"""Take a picture of a report in headless Chromium: make_screenshot.py REPORT.html PICTURE.png."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDTH, HEIGHT = 1280, 900


def main(report: Path, picture: Path) -> None:
    """Show the report on a desktop screen in English and save its first screen."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as play:
        # Chromium refuses its sandbox to root; the page is our own and reaches no network.
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(report.resolve().as_uri())
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:  # noqa: PLR2004  the script, the report and the picture
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
