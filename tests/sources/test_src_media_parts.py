"""Folders of media in parts: whose end a name says, so that a new file changes its own part alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from privscan.sources._media import FILES, PART_FILES, media_parts

NAMES = [f"person_{i:05}.jpg" for i in range(2_000)]


def parts(names):
    return [part.options[FILES] for part in media_parts("images", "/lake/photos", "photos", names)]


def test_every_file_is_in_one_part_in_order():
    made = parts(NAMES)
    assert [name for part in made for name in part] == NAMES
    assert max(map(len, made)) <= PART_FILES
    assert 20 < len(made) < 120


@given(st.integers(0, len(NAMES)), st.text("abc1.", min_size=1))
def test_a_new_file_changes_few_parts_wherever_it_comes(at, name):
    before, after = {*parts(NAMES)}, parts([*NAMES[:at], name, *NAMES[at:]])
    new = [part for part in after if part not in before]
    assert 1 <= len(new) <= 6
    assert any(name in part for part in new)


def test_a_part_is_called_by_its_files():
    [one] = media_parts("images", "/lake/face.jpg", "photos")
    assert (one.uri, one.span, one.options[FILES]) == ("/lake", "face.jpg", ("face.jpg",))
    few = next(iter(media_parts("images", "/lake", "photos", ["a\udcffb.jpg", "c.jpg"])))
    assert few.span.isprintable()
    assert few.span.endswith("b.jpg .. c.jpg")
