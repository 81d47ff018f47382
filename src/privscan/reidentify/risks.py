"""Risks of class sizes: prosecutor, journalist and marketer as ARX defines them.

El Emam, Guide to the De-Identification of Personal Health Information (2013).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from privscan.reidentify.result import Matched, Risks


def risks(sizes: Mapping[int, int], least: int) -> Risks:
    """Of somebody who knows that a person is in the data; `sizes` are records by class size.

    Without a table of the population the data are their own: the journalist's risk is the same,
    and the marketer's is the mean.
    """
    records = sum(sizes.values())
    if not records:
        return Risks(0.0, 0.0, 0.0)
    return Risks(
        highest=1 / min(sizes),
        mean=sum(n / k for k, n in sizes.items()) / records,
        at_risk=sum(n for k, n in sizes.items() if k < least) / records,
    )


def journalist(found: Matched, least: int) -> tuple[Risks, float] | tuple[None, None]:
    """The journalist's risks by a table of the population, and the marketer's; None of no class.

    The mean is the greater of that of records and that of classes, as in the book and in ARX.
    """
    sizes = dict(found.class_sizes)
    if not sizes:
        return None, None
    of_records = risks(sizes, least)
    mean = max(of_records.mean, found.classes / found.persons)
    return replace(of_records, mean=mean), of_records.mean
