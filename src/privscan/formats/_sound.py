"""What headers say of a recording of sound."""

from __future__ import annotations

from dataclasses import dataclass

CUT = "it breaks off"

_CHANNELS = 64
_RATES = range(1_000, 768_001)


@dataclass(frozen=True, slots=True)
class Sound:
    """Channels and rate are 0 and seconds None where the header does not tell.

    `broken` says what is wrong with it; `spoken` marks formats and codecs made for speech.
    """

    format: str
    channels: int
    sampling_rate: int
    seconds: float | None
    broken: str = ""
    spoken: bool = False


def plausible(channels: int, rate: int) -> bool:
    """Whether some device records with so many channels and samples a second."""
    return 0 < channels <= _CHANNELS and rate in _RATES
