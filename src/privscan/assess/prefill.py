"""A `dataset.yaml` to fill in, with what a scan found beside the keys that people decide on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from privscan.assess.context import template
from privscan.rulebook.load import rulebook
from privscan.rulebook.predicate import LEAST

if TYPE_CHECKING:
    from privscan.model.profile import DatasetProfile


def prefilled(datasets: Iterable[DatasetProfile]) -> str:
    """The template with every personal column found under `needed_columns`, still commented out.

    What a person has to decide (purpose, jurisdictions) stays empty: a scan shows none of it.
    """
    found = dict(_personal(datasets))
    lines = []
    for line in template().splitlines():
        if found and line.startswith("# needed_columns:"):
            lines.append("# Found by the scan; keep those that the purpose needs:")
            lines += [f"#   {json.dumps(c, ensure_ascii=False)}: {e}" for c, e in found.items()]
            lines.append(f"# needed_columns: {json.dumps([*found], ensure_ascii=False)}")
        else:
            lines.append(line)
    return "\n".join([*lines, ""])


def _personal(datasets: Iterable[DatasetProfile]) -> Iterator[tuple[str, str]]:
    """Columns that hold personal data, each with what they hold."""
    known = rulebook().entities
    for dataset in datasets:
        for column in dataset.columns:
            held = [e.entity for e in column.entities if e.confidence >= LEAST]
            if held:
                labels = (known[e].label.en if e in known else e for e in held)
                yield column.path, ", ".join(labels)
