"""What people said of a report's datasets: in the files beside data and report, or as given."""

from __future__ import annotations

from pathlib import Path

from privscan.assess.answers import FILE, Answers, load_answers
from privscan.assess.context import Context, find_context, load_context
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

    `home` is the folder of the saved report. For org.yaml this folder is looked in as well.
    """
    contexts = {d.name: _context(d.uri, context) for d in report.datasets}
    return People(contexts, _organisation(home, org), _answers(home, answers))


def _context(uri: str, given: str | Path | Context | None) -> Context:
    if isinstance(given, Context):
        return given
    file = find_context(uri) if given is None else Path(given)
    return load_context(file) if file else Context()


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
