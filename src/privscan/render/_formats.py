"""In which formats records were met, and what was measured of them, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from privscan.render._phrases import number, shown

if TYPE_CHECKING:
    from privscan.model.profile import Form

RANGES: Mapping[str, tuple[str, str]] = {
    "faces": ("faces {}", "顔 {}"),
    "share": ("share of the picture {} %", "画像に占める割合 {} %"),
    "face_width": ("face width {} px", "顔の幅 {} 画素"),
    "views": ("views {}", "ビュー {}"),
    "minutiae": ("minutiae {}", "特徴点 {}"),
    "fingers": ("fingers {}", "指 {}"),
    "width": ("width {} px", "幅 {} 画素"),
    "height": ("height {} px", "高さ {} 画素"),
    "seconds": ("length {} s", "{} 秒"),
    "speech_seconds": ("speech {} s", "発話 {} 秒"),
    "channels": ("channels {}", "{} チャンネル"),
    "sampling_rate": ("sampling rate {} Hz", "標本化周波数 {} Hz"),
    "dimension": ("dimensions {}", "{} 次元"),
    "frames": ("frames {}", "{} フレーム"),
    "records": ("records {}", "レコード {}"),
    "samples": ("samples {}", "検体 {}"),
    "variants": ("variants {}", "変異 {}"),
    "letters": ("letters {}", "{} 文字"),
}
"""What is measured, by the name that detectors give it."""


def formed(form: Form, lang: str) -> str:
    """The format's name, how often it was met, and each range, as `ISO 19794-2:2005: 12 cells`."""
    name = form.name.partition("/")[2] or form.name
    facts = [number("n_cells", form.cells, lang)]
    facts += [_range(key, *bounds, lang) for key, bounds in form.ranges.items()]
    return f"{shown(name)}: {('、' if lang == 'ja' else ', ').join(facts)}"


def _range(key: str, low: int, high: int, lang: str) -> str:
    said = f"{low:,}" if low == high else f"{low:,}–{high:,}"  # noqa: RUF001  the dash of a range
    words = RANGES.get(key)
    return words[lang == "ja"].format(said) if words else f"{shown(key.replace('_', ' '))} {said}"
