"""Pictures a second and core that each stage looks at, against OpenCV decoding them alone.

usage: python bench/images.py [FOLDER]   without one: the development pictures, or drawn ones
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import polars as pl
from PIL import Image, ImageFilter

import privscan as ps
from privscan.formats import pixels
from privscan.model.data import Column
from privscan.model.kinds import Kind
from privscan.registry import plugins

HERE = Path(__file__).resolve().parents[1]
DEV = HERE.parent / "shared" / "data" / "bio_dev"
PORTRAIT = HERE / "samples" / "photos" / "grace_hopper.jpg"

MOST = 24
"""Pictures looked at, evenly spread over the folder."""

ROUNDS = 3


def main(folder: Path | None) -> None:
    """Print a table: milliseconds of CPU a picture, pictures a second and core, the ratio."""
    cv2.setNumThreads(1)
    files = list(_files(folder)) or list(_drawn())
    every = [cell for _, cell in files]
    megapixels = sum(_megapixels(cell) for cell in every) / len(every)
    print(f"{len(every)} pictures of {megapixels:.2f} megapixels, "
          f"{sum(map(len, every)) / len(every) / 1000:.0f} kB on average")  # fmt: skip
    base = _milliseconds(lambda: [_opencv(cell) for cell in every], len(every))
    print(f"{'stage':28}{'ms':>8}{'pictures/s':>12}{'x OpenCV decoding':>20}")
    _row("OpenCV decoding", base, base)
    _row("decoding, upright, reduced", _milliseconds(lambda: _decode(every), len(every)), base)
    quick = [one.name for one in plugins("detectors") if not hasattr(one.load(), "BUDGET")]
    for name, spent in _stages(files):
        _row(name, spent, base)
    with tempfile.TemporaryDirectory() as place:
        for number, (name, cell) in enumerate(files):
            Path(place, f"{number:04}_{name}").write_bytes(cell)
        ps.scan(place, detectors=quick, workers=1)
        spent = _milliseconds(
            lambda: ps.scan(place, detectors=quick, workers=1), len(every), rounds=1
        )
    _row("scan but reading of text", spent, base)


def _row(name: str, spent: float, base: float) -> None:
    print(f"{name:28}{spent:8.1f}{1000 / max(spent, 0.01):12.0f}{spent / base:20.2f}")


def _milliseconds(work: Callable[[], object], size: int, rounds: int = ROUNDS) -> float:
    """CPU time a picture, the least of some rounds."""
    spent = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent) / size * 1000


def _opencv(cell: bytes) -> object:
    return cv2.imdecode(np.frombuffer(cell, np.uint8), cv2.IMREAD_COLOR)


def _decode(cells: list[bytes]) -> None:
    for cell in cells:
        pixels._kept.clear()  # noqa: SLF001  each round decodes anew
        pixels.decoded(cell, pixels.DETAIL)


def _stages(files: list[tuple[str, bytes]]) -> Iterator[tuple[str, float]]:
    """Each detector of pictures on pictures that are decoded already, as in a batch of a scan."""
    columns = [
        Column("image", Kind.IMAGE, pl.Series("image", [cell]), pl.Series([name]))
        for name, cell in files
    ]

    def timed(look: Callable[[Column], object]) -> float:
        spent = []
        for _ in range(ROUNDS):
            total = 0.0
            for column in columns:
                pixels.decoded(column.cells[0], pixels.DETAIL)
                start = time.process_time()
                look(column)
                total += time.process_time() - start
            spent.append(total)
        return min(spent) / len(columns) * 1000

    for plugin in sorted(plugins("detectors"), key=lambda one: one.name):
        module = plugin.load()
        if "image" not in module.KINDS or getattr(module, "missing", lambda: None)():
            continue
        if hasattr(module, "BUDGET"):
            yield f"{plugin.name}: choosing", timed(module.wanted)
        else:
            yield plugin.name, timed(lambda column, find=module.find: list(find(column)))


def _files(folder: Path | None) -> Iterator[tuple[str, bytes]]:
    folders = [folder] if folder else [DEV / "faces", DEV / "nofaces"]
    files = [file for one in folders for file in sorted(one.rglob("*")) if file.is_file()]
    for file in files[:: max(1, len(files) // MOST)]:
        cell = file.read_bytes()
        if _opencv(cell) is not None:
            yield file.name, cell


def _drawn() -> Iterator[tuple[str, bytes]]:
    """Clouds of two sizes, every second one with a portrait."""
    random = np.random.default_rng(1)
    with Image.open(PORTRAIT) as opened:
        portrait = opened.convert("RGB").resize((300, 360))
    for number in range(24):
        noise = random.integers(0, 256, (30, 40, 3), np.uint8)
        size = ((1600, 1200), (3200, 2400))[number % 4 == 0]
        picture = Image.fromarray(noise).resize(size).filter(ImageFilter.GaussianBlur(3))
        if number % 2:
            picture.paste(portrait, (200, 300))
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=88)
        yield f"drawn{number}.jpg", out.getvalue()


def _megapixels(cell: bytes) -> float:
    with Image.open(io.BytesIO(cell)) as picture:
        return picture.width * picture.height / 1e6


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
