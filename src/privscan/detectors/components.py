"""Vectors of faces and voices in a column for each component: `face_emb_0` to `face_emb_127`.

A column alone is found under `thing.measure`, which is no entity: `together` in
`rules/weights.yaml` asks for as many as the smallest embeddings have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privscan.model.data import Column, Hits
from privscan.rulebook.names import WEAK, header_entities, words
from privscan.rulebook.numbers import THING

PLUGIN = True
KINDS = ("text",)
MEASUREMENTS = True

_MEASURE = f"{THING}measure"
_NUMBERED = re.compile(r"(?:.*[/.])?([^/.]*?[^\W\d])[\s_\-\[(]*(\d{1,4})[\])]?")
_LONGEST = 200
"""Characters of a header that are looked at, its last ones."""

_VECTOR = frozenset(
    [
        "emb",
        "embed",
        "embedding",
        "embeddings",
        "encoding",
        "encodings",
        "enc",
        "vec",
        "vector",
        "latent",
        "descriptor",
    ]
)
_MORE = _VECTOR | frozenset(
    ["feat", "feature", "features", "template", "dim", "d", "f", "component", "value", "v"]
)
_OF = {
    "face_template": frozenset({"face", "facial", "顔"}),
    "voiceprint": frozenset({"speaker", "voice", "spk", "話者", "声"}),
}
_NAMED = frozenset({*_OF, "biometric_template", "gait", "iris", "fingerprint", "palm_print"})
_FRACTION = r"[.eE]"


def find(column: Column) -> Iterator[Hits]:
    """The cells with a fraction under a header that numbers a component of a vector."""
    header = _NUMBERED.fullmatch(column.path.strip()[-_LONGEST:])
    family = header and _family(header[1])
    if not header or not family:
        return
    fractions = column.cells.str.contains(_FRACTION).fill_null(value=False)
    if fractions.any():
        yield Hits(_MEASURE, fractions, 1.0, f"vectors/component/{family}/{int(header[2])}")


def _family(stem: str) -> str | None:
    """The entity that a header says without its number; `embedding` if it says no more."""
    said = frozenset(words(stem))
    for entity, of in _OF.items():
        if said & of and said <= of | _MORE:
            return entity
    if said and said <= _VECTOR:
        return "embedding"
    named = (e for e, bits in header_entities(stem) if bits > WEAK and e in _NAMED)
    return next(named, None)
