"""YAML with lines: what is wrong is told with its line, and nothing harms the reader."""

from __future__ import annotations

import pytest

from privscan.errors import RuleError
from privscan.rulebook import _yaml
from privscan.rulebook._yaml import read


@pytest.fixture
def file(tmp_path):
    return tmp_path / "some.yaml"


def test_values_and_their_lines(file):
    file.write_text("a: 1\nb:\n  - x\n  - {c: yes, d: 2026-11-23}\n", encoding="utf-8")
    document = read(file)
    assert document.value == {"a": 1, "b": ["x", {"c": True, "d": "2026-11-23"}]}
    assert document.where(("b", 1, "c")) == f"{file}:4"
    assert document.where(("b", 0)) == f"{file}:3"
    assert document.where(("b", 9, "nowhere")) == f"{file}:2"
    assert document.where() == f"{file}:1"


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n"])
def test_an_empty_file_has_no_value(file, text):
    file.write_text(text, encoding="utf-8")
    assert read(file).value is None


def test_a_byte_order_mark_is_no_text(file):
    file.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read(file).value == {"a": 1}


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"a: 1\nb: [1, 2\n", 3, "not YAML"),
        (b"a: 1\n b: 2\n", 2, "not YAML"),
        (b"a: 'open\n", 2, "not YAML"),
        (b"a: 1\na: 2\n", 2, "stands twice"),
        (b"x:\n  a: 1\n  b: 2\n  a: 3\n", 4, "stands twice"),
        (b"a: 1\n---\nb: 2\n", 2, "not YAML"),
        (b"a: *nothing\n", 1, "not YAML"),
        (b"a: 1\nb: !!python/object:os.system x\n", 2, "not YAML"),
        (b"a: 1\nb: !unknown x\n", 2, "not YAML"),
        (b"a: 1\nb: !!int abc\n", 2, "kind its tag names"),
        (b"a: 1\nb: !!float abc\n", 2, "kind its tag names"),
        (b"a: 1\n? [1, 2]\n: b\n", 2, "a key must be text"),
        (b"a: \xff\xfe\n", 1, "UTF-8"),
        ("a: é\n".encode("latin-1"), 1, "UTF-8"),
        ("a: 1\n".encode("utf-16"), 1, "UTF-8"),
        (b"a: \x00\n", 1, "UTF-8"),
        (b"\t- a\n", 1, "not YAML"),
    ],
)
def test_what_is_no_yaml_is_told_with_its_line(file, content, line, said):
    file.write_bytes(content)
    with pytest.raises(RuleError) as caught:
        read(file)
    assert caught.value.where == f"{file}:{line}"
    assert said in caught.value.what


def test_a_bomb_of_aliases_is_refused(file, monkeypatch):
    monkeypatch.setattr(_yaml, "MOST_NODES", 20_000)
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(RuleError, match="too many values"):
        read(file)


@pytest.mark.parametrize("text", ["a: &a [*a]", "a: &a {b: *a}"])
def test_an_alias_to_itself_is_refused(file, text):
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=r"nested too deeply|not YAML"):
        read(file)


@pytest.mark.parametrize("depth", [2_000, 20_000])
def test_deep_nesting_is_refused(file, depth):
    file.write_text("[" * depth + "]" * depth, encoding="utf-8")
    with pytest.raises(RuleError):
        read(file)


def test_an_alias_used_twice_is_fine(file):
    file.write_text("a: &x [1]\nb: *x\nc: *x\n", encoding="utf-8")
    assert read(file).value == {"a": [1], "b": [1], "c": [1]}


def test_a_file_of_data_is_not_read_as_rules(file, monkeypatch):
    monkeypatch.setattr(_yaml, "MOST_BYTES", 10)
    file.write_text("a: 12345678\n", encoding="utf-8")
    with pytest.raises(RuleError, match="too large"):
        read(file)


def test_a_folder_or_nothing_is_told_without_a_line(tmp_path):
    for place in (tmp_path, tmp_path / "none.yaml"):
        with pytest.raises(RuleError, match="cannot be read") as caught:
            read(place)
        assert caught.value.where == str(place)
