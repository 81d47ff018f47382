"""A source that misbehaves in a worker, installed as another package's plugin would be."""

from __future__ import annotations

import textwrap

import pytest

ODD = '''
    """Files that begin with ODD: in a worker, reading one kills it, or takes a minute."""

    import multiprocessing
    import os
    import time
    from pathlib import Path

    import polars as pl

    from privscan.model.data import Batch, Column, Part
    from privscan.model.kinds import Kind

    PRIORITY = 1


    def sniff(sample):
        return sample.startswith(b"ODD")


    def schema(uri):
        return ("c",)


    def parts(uri, dataset):
        yield Part("odd", dataset, uri, bytes=Path(uri).stat().st_size)


    def read(part, *, batch_rows=0):
        if multiprocessing.parent_process() is not None:
            if "kill" in part.uri:
                os.kill(os.getpid(), 9)
            if "slow" in part.uri:
                Path(f"{part.uri}.{os.getpid()}.reading").touch()
                time.sleep(60)
        threads = os.environ.get("POLARS_MAX_THREADS")
        yield Batch(1, (Column("c", Kind.TEXT, pl.Series("c", [threads], dtype=pl.String)),))
'''


@pytest.fixture
def odd(tmp_path, monkeypatch):
    """The folder of the plugin, on the path of this process and of its workers."""
    folder = tmp_path / "plugins"
    info = folder / "odd-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[privscan.sources]\nodd = odd_source\n")
    (folder / "odd_source.py").write_text(textwrap.dedent(ODD))
    monkeypatch.syspath_prepend(str(folder))
    return folder
