"""What people said of a report's datasets: in the files beside data and report, or as given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from privscan.assess.answers import FILE, Answers, load_answers
from privscan.assess.context import Context, find_context, load_context, place_for
from privscan.assess.impact import People
from privscan.assess.organisation import Organisation, find_organisation, load_organisation
from privscan.model.report import Report


def people(
    report: Report,
    home: Path | None,
    *,
    context: str | Path | Context | None = None,
    org: str | Path | Organisation | None = None,
    answers: str | Path | Answers | None = None,
) -> People:
    """What is given; else dataset.yaml beside each dataset, org.yaml and answers in `home`.

    `home` is the folder of the saved report. For org.yaml this folder is looked in as well. A
    dataset without a dataset.yaml has no context: it stays as it was judged.
    """
    said = _organisation(home, org), _answers(home, answers)
    if isinstance(context, Context):
        return People({d.name: context for d in report.datasets}, *said)
    files = {d.name: Path(context) if context else told(d.uri, home) for d in report.datasets}
    there = {name: file for name, file in files.items() if file}
    loaded = {file: load_context(file) for file in {*there.values()}}
    contexts = {name: loaded[file] for name, file in there.items()}
    return People(contexts, *said, {name: str(file) for name, file in there.items()})


def told(uri: str, home: Path | None) -> Path | None:
    """The dataset.yaml beside the data, wherever this folder is seen from; None if there is none.

    A relative `uri` counts from here, else from the report's folder or the nearest above it.
    """
    return next((file for place in _seen(uri, home) if (file := find_context(place))), None)


def to_tell(uri: str, home: Path | None, *, alone: bool = True) -> Path | None:
    """Where the data's description belongs, as `told` looks for it; None for data elsewhere.

    Not `alone` in its folder, a file has a description of its own.
    """
    places = (place_for(place, alone=alone) for place in _seen(uri, home))
    return next((file for file in places if file), None)


def _seen(uri: str, home: Path | None) -> Iterator[str]:
    yield uri
    if home:
        yield from (str(folder / uri) for folder in (home, *home.resolve().parents))


def _organisation(home: Path | None, given: str | Path | Organisation | None) -> Organisation:
    if isinstance(given, Organisation):
        return given
    beside = (home, Path()) if home else (Path(),)
    file = find_organisation(*beside) if given is None else Path(given)
    return load_organisation(file) if file else Organisation()


def _answers(home: Path | None, given: str | Path | Answers | None) -> Answers:
    if isinstance(given, Answers):
        return given
    file = home / FILE if given is None and home else given
    return load_answers(Path(file)) if file else Answers()
