"""A `dataset.yaml` to fill in, with what a scan found beside the keys that people decide on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from privscan.assess.context import template
from privscan.rulebook.load import rulebook
from privscan.rulebook.predicate import LEAST

if TYPE_CHECKING:
    from privscan.model.profile import ColumnProfile, DatasetProfile

APART = 0.9
"""Share of the rows from which as many different values may tell persons apart."""


def prefilled(datasets: Iterable[DatasetProfile], lang: str = "en") -> str:
    """The template with what a scan found under the keys that it bears on, still commented out.

    Those are the personal columns, and columns that may tell persons apart. What a person has to
    decide (purpose, jurisdictions) stays empty: a scan shows none of it.
    """
    every = tuple(datasets)
    found = dict(_personal(every, lang))
    keys = [*dict.fromkeys(c.path for d in every for c in d.columns if _tells_apart(c))]
    lines = []
    for line in template(lang).splitlines():
        if found and line.startswith("# needed_columns:"):
            lines.append(f"# {_FOUND[lang]}")
            lines += [f"#   {json.dumps(c, ensure_ascii=False)}: {e}" for c, e in found.items()]
            lines.append(f"# needed_columns: {json.dumps([*found], ensure_ascii=False)}")
        elif keys and line.startswith("# subject_key:"):
            lines.append(f"# {_KEYS[lang]}")
            lines += [f"# subject_key: {json.dumps(key, ensure_ascii=False)}" for key in keys]
        else:
            lines.append(line)
    return "\n".join([*lines, ""])


_FOUND = {
    "en": "Found by the scan; keep those that the purpose needs:",
    "ja": "走査で検出された列(利用目的に必要なものを残す):",
}
_KEYS = {
    "en": "Different in nearly every row; keep one, if it tells persons apart:",
    "ja": "ほぼすべての行で値が異なる列(本人を区別する列があれば一つ残す):",
}


def _tells_apart(column: ColumnProfile) -> bool:
    known = rulebook().entities
    held = [e.entity for e in column.entities if e.confidence >= LEAST and e.entity in known]
    unlike = column.rows > 0 and column.distinct >= APART * column.rows
    return unlike and any(known[name].role == "D" for name in held)


def _personal(datasets: Iterable[DatasetProfile], lang: str) -> Iterator[tuple[str, str]]:
    """Columns that hold personal data, each with what they hold."""
    known = rulebook().entities
    for dataset in datasets:
        for column in dataset.columns:
            held = [e.entity for e in column.entities if e.confidence >= LEAST]
            if held:
                labels = (known[e].label.both()[lang] if e in known else e for e in held)
                yield column.path, ", ".join(labels)
