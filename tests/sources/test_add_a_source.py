"""A new source is one new file: dropped in, it is listed, sniffed, grouped, read and judged."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import privscan
from privscan.registry import plugins

SOURCE = '''
    """Cards: one field a line, a blank line between cards."""

    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl

    from privscan.model.data import Batch, Column, Part, Unread
    from privscan.model.kinds import Kind

    PLUGIN = True
    SUFFIXES = (".cards",)
    PRIORITY = 50
    MAGIC = b"CARDS/1"


    def sniff(sample: bytes) -> bool:
        """Begins with CARDS/1."""
        return sample.startswith(MAGIC)


    def _cards(uri: str) -> list[dict[str, str]]:
        blocks = Path(uri).read_text("utf-8").split("\\n\\n")[1:]
        return [dict(line.split("=", 1) for line in block.splitlines()) for block in blocks]


    def schema(uri: str) -> tuple[str, ...]:
        """Names of the first card."""
        return () if "late" in uri else tuple(next(iter(_cards(uri)), {}))


    def parts(uri: str, dataset: str) -> Iterator[Part | Unread]:
        """One part a file."""
        yield Part("cards", dataset, uri, bytes=Path(uri).stat().st_size)


    def read(part: Part, *, batch_rows: int = 65_536) -> Iterator[Batch | Unread]:
        """All cards."""
        try:
            cards = _cards(part.uri)
        except ValueError:
            yield Unread(part.uri, part.span, "the cards are damaged", part.bytes)
            return
        names = dict.fromkeys(name for card in cards for name in card)
        columns = tuple(
            Column(n, Kind.TEXT, pl.Series(n, [c.get(n) for c in cards], pl.String)) for n in names
        )
        yield Batch(len(cards), columns)
'''

MEDIA_SOURCE = '''
    """Tunes: a title each; a folder of them is one dataset."""

    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import polars as pl

    from privscan.model.data import Batch, Column, Part, Unread
    from privscan.model.kinds import Kind

    PLUGIN = True
    SUFFIXES = (".tune",)
    PRIORITY = 50
    MEDIA = True


    def sniff(sample: bytes) -> bool:
        """Begins with TUNE."""
        return sample.startswith(b"TUNE")


    def parts(uri: str, dataset: str, files: Sequence[str] = ()) -> Iterator[Part | Unread]:
        """One part a folder."""
        yield Part("tunes", dataset, uri, options={"tunes": files, "files": len(files)})


    def read(part: Part, *, batch_rows: int = 0) -> Iterator[Batch | Unread]:
        """All titles."""
        titles = [Path(part.uri, name).read_text("utf-8")[5:] for name in part.options["tunes"]]
        yield Batch(len(titles), (Column("title", Kind.TEXT, pl.Series("title", titles)),))
'''

CHECK = """
    import sys
    from pathlib import Path

    import privscan as ps
    from privscan.registry import plugins

    assert Path(ps.__file__).is_relative_to(sys.argv[1]), ps.__file__
    assert "cards" in {p.name for p in plugins("sources")}

    def columns(name):
        parts = ps.plan(str(Path(sys.argv[1], name)), detectors=["dates"]).parts
        [data] = ps.merge(map(ps.observe, parts)).datasets.values()
        return data

    one, two, lake = columns("t.bin"), columns("t.csv"), columns("lake")
    assert one.columns == two.columns, (one, two)
    assert one.rows == two.rows == 2 and not one.unread
    assert lake.rows == 4 and "year" in lake.columns
    assert columns("cut.bin").unread[0].reason == "its reader failed with ValueError"
    assert "damaged" in columns("late.bin").unread[0].reason
    assert ps.scan(str(Path(sys.argv[1], "t.bin")), detectors=["dates"]).complete
    tunes = columns("tunes")
    assert (tunes.name, tunes.kind, tunes.rows, tunes.files) == ("tunes", "media", 3, 3), tunes
    mixed = ps.plan(str(Path(sys.argv[1], "mixed")), detectors=["dates"]).parts
    assert sorted((p.dataset, p.options["kind"]) for p in mixed) == [
        ("mixed", "media"), ("table", "table")
    ], mixed
    print("read")
"""

CARDS = "CARDS/1\n\nemail=a@example.com\nborn=1980-02-03\n\nemail=b@example.com\nborn=1981-02-03"


def test_a_source_is_one_new_file_and_no_other_edit(tmp_path):
    own = Path(privscan.__file__).parent
    shutil.copytree(own, tmp_path / "privscan", ignore=shutil.ignore_patterns("__pycache__"))
    rules = own / "_rules" if (own / "_rules").is_dir() else own.parent.parent / "rules"
    shutil.copytree(rules, tmp_path / "privscan" / "_rules", dirs_exist_ok=True)
    (tmp_path / "privscan" / "sources" / "cards.py").write_text(textwrap.dedent(SOURCE))
    (tmp_path / "privscan" / "sources" / "tunes.py").write_text(textwrap.dedent(MEDIA_SOURCE))
    for name in ("tunes/a", "tunes/disc/b", "tunes/disc/c", "mixed/a", "mixed/b"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"TUNE {name}")
    (tmp_path / "mixed" / "table.csv").write_text("a,b\n1,2\n3,4\n")
    (tmp_path / "t.bin").write_text(CARDS)
    (tmp_path / "cut.bin").write_text(CARDS[:-33])
    (tmp_path / "late.bin").write_text(CARDS[:-33])
    (tmp_path / "t.csv").write_text(
        "email,born\na@example.com,1980-02-03\nb@example.com,1981-02-03\n"
    )
    for year in ("2023", "2024"):
        folder = tmp_path / "lake" / f"year={year}"
        folder.mkdir(parents=True)
        (folder / "x").write_text(CARDS)
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(CHECK), str(tmp_path)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout == "read\n", done.stderr


def test_every_source_keeps_the_contract_of_the_guide():
    for plugin in plugins("sources"):
        module = plugin.load()
        assert plugin.about
        # A file of files has no columns of its own.
        needed = ("members",) if hasattr(module, "members") else ("schema", "parts", "read")
        if hasattr(module, "tables"):
            needed = ("tables", "read")  # each table says its own columns
        if plugin.fact("MARK"):
            needed = (*needed, "holds")
        for name in ("sniff", *needed):
            assert callable(getattr(module, name)), f"{plugin.name}.{name}"
        assert isinstance(plugin.fact("PRIORITY"), int)
        assert isinstance(plugin.fact("SUFFIXES"), tuple)
        assert module.sniff(b"") is False


def test_every_source_is_on_its_page():
    page = (Path(__file__).parents[2] / "docs" / "sources.md").read_text("utf-8")
    missing = [plugin.name for plugin in plugins("sources") if f"`{plugin.name}`" not in page]
    assert missing == []
