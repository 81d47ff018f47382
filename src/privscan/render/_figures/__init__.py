"""Pictures of a report as vector graphics, each with the table behind it.

`of_dataset`, `of_report` and `moves` choose what there is to draw; `Figure.svg` draws it.
"""

from __future__ import annotations

from privscan.render._figures.choice import moves, of_dataset, of_report
from privscan.render._figures.figure import Figure

__all__ = ["Figure", "moves", "of_dataset", "of_report"]
