"""A text that was once written is written the same again, and markup never lends its trust."""

from __future__ import annotations

from markupsafe import Markup

from privscan.render._page import texts

BOLD = "<b>x</b>"


def test_a_text_equal_to_markup_is_still_escaped():
    trusted = texts({"en": Markup(BOLD), "ja": Markup(BOLD)})
    assert BOLD in trusted
    assert BOLD not in texts({"en": BOLD, "ja": BOLD})
    assert "&lt;b&gt;" in texts({"en": BOLD, "ja": Markup(BOLD)}).partition("</span>")[0]
    assert texts({"en": Markup(BOLD), "ja": Markup(BOLD)}) == trusted


def test_each_language_has_its_own_span():
    assert texts({"en": "a & b", "ja": "甲"}) == (
        '<span lang="en">a &amp; b</span><span lang="ja">甲</span>'
    )
