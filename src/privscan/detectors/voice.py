"""Speech in recordings, heard with a voice activity model; who speaks, or what, is never asked.

The extra `media` has the model (Silero) and the decoder (docs/decisions/0017). A recording of up
to a minute is heard whole, of a longer one its first half minute and ten samples of 3 s to the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl

from privscan.formats.audio import demuxer, sound_of
from privscan.formats.decoding.installed import INSTALL, can_hear, versions
from privscan.formats.decoding.process import DecodingError, decoder
from privscan.model.data import READ, Column, Hits, Unread

PLUGIN = True
KINDS = ("audio",)

STEPS = ((2.0, 0.2, 0.95), (1.0, 0.2, 0.9), (0.4, 0.2, 0.6), (3.0, 0.05, 0.6), (0.25, 0.1, 0.4))
"""Score by least seconds of speech and least share of all that sounds: the first that fits."""

BRIEF = 0.4
"""Score of a sound as short as a letter's name: some signals sound like one."""

WHOLE_SHARE = 0.9
"""Share of a recording from which it is called heard whole; decoders drop some milliseconds."""

_GUESSED = frozenset({"MP3", "AAC"})
"""Formats of which only an estimate of the length is known."""

MALFORMED = "malformed {} recording: {}"


def missing() -> str | None:
    """The install command where the model or the decoder is absent."""
    return None if can_hear() else INSTALL


def version() -> str:
    """Decoder and model."""
    return versions()


def find(column: Column) -> Iterator[Hits | Unread]:
    """Recordings with speech, those heard whole, and those that do not decode."""
    spoken: dict[float, list[int]] = defaultdict(list)
    facts: dict[int, Mapping[str, int]] = {}
    whole: list[int] = []
    for row, content in enumerate(column.cells):
        answer = listened(content)
        if isinstance(answer, str):
            yield _unread(column, row, answer, content)
            continue
        if answer["broken"]:
            yield _unread(column, row, str(answer["broken"]), content)
        elif answer["heard"] >= WHOLE_SHARE * answer["seconds"]:
            whole.append(row)
        if found := score(answer["speech"], answer["sounding"]):
            spoken[found].append(row)
            facts[row] = _measures(answer)
    size = len(column.cells)
    yield Hits(f"{READ}voice", _mask(whole, size), 0.0, "voice")
    for found, rows in sorted(spoken.items()):
        ranges = {
            name: (min(facts[row][name] for row in rows), max(facts[row][name] for row in rows))
            for name in facts[rows[0]]
        }
        name = "voice/brief" if found <= BRIEF else "voice/speech"
        yield Hits("voice_recording", _mask(rows, size), found, name, ranges=ranges)


def score(speech: float, sounding: float) -> float:
    """How sure it is that somebody speaks, of the seconds that are no pause; 0 where nobody does."""
    share = speech / max(sounding, 0.1)
    return next((s for least, part, s in STEPS if speech >= least and share >= part), 0.0)


def _measures(answer: Mapping[str, float]) -> dict[str, int]:
    """Whole numbers; a moment is a second, since nobody speaks for none."""
    names = {"seconds": "seconds", "seconds_heard": "heard", "speech_seconds": "speech",
             "channels": "channels", "sampling_rate": "rate"}  # fmt: skip
    return {name: max(1, round(answer[key])) for name, key in names.items()}


def listened(content: bytes) -> dict[str, float] | str:
    """What was heard, with `broken` where the recording breaks off; or why nothing was."""
    sound = sound_of(content)
    if sound is None:
        return "the recording's format is not known"
    try:
        answer = decoder("sound").hear(content, demuxer(sound))
    except DecodingError as error:
        return f"{sound.format} recording: {error}"
    if "heard" not in answer:
        return MALFORMED.format(sound.format, sound.broken or "it does not decode")
    short = answer["short"] or (
        answer["pieces"] == 1
        and sound.format not in _GUESSED
        and answer["heard"] < WHOLE_SHARE * answer["seconds"]
    )
    broken = sound.broken or ("it breaks off" if short else "")
    return answer | {"broken": broken and MALFORMED.format(sound.format, broken)}


def _unread(column: Column, row: int, reason: str, content: bytes) -> Unread:
    label = "" if column.labels is None else column.labels[row]
    return Unread(label, "", reason, len(content), 1)


def _mask(rows: list[int], size: int) -> pl.Series:
    mask = np.zeros(size, bool)
    mask[rows] = True
    return pl.Series(mask)
