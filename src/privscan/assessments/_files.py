"""Assessments from saved reports, and in the format of a plugin, whole or in part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from privscan.errors import UsageError
from privscan.model.report import Report
from privscan.registry import plugins
from privscan.render._files import saved_report

if TYPE_CHECKING:
    from privscan.assess.answers import Answers
    from privscan.assess.context import Context
    from privscan.assess.organisation import Organisation
    from privscan.model.assessment import Assessment
    from privscan.registry import Plugin

WHOLE = "whole"


def assessed(
    reports: Report | str | Path | Sequence[Report | str | Path],
    context: str | Path | Context | None = None,
    org: str | Path | Organisation | None = None,
    answers: str | Path | Answers | None = None,
    today: date | None = None,
) -> Assessment:
    """The assessment of the last report, given or saved; those before it are its trend.

    Files that are not given are looked for beside data and saved report. Due dates are held
    against `today`, the current day if none is given.
    """
    from privscan.assess.impact import assess
    from privscan.assess.people import people

    every = (reports,) if isinstance(reports, Report | str | Path) else tuple(reports)
    if not every:
        raise UsageError("there is no report to assess", hint="privscan.assess(privscan.scan(...))")
    read = tuple(one if isinstance(one, Report) else saved_report(Path(one)) for one in every)
    home = None if isinstance(every[-1], Report) else Path(every[-1]).parent
    said = people(read[-1], home, context=context, org=org, answers=answers)
    return assess(read, said, today=today or date.today())  # noqa: DTZ011  the reader's own day


def parted(format_: Plugin, part: str) -> None:
    """A part that nobody knows, or one asked of a format that writes no parts, is a `UsageError`."""
    if part == WHOLE:
        return
    from privscan.assessments._document import PARTS

    if part not in PARTS:
        raise UsageError(f"no part is called {part!r}", hint=f"known are {', '.join(PARTS)}")
    if not format_.fact("PARTS", default=False):
        able = ", ".join(p.name for p in plugins("assessments") if p.fact("PARTS", default=False))
        raise UsageError(f"{format_.name} holds the whole assessment, no part", hint=f"use {able}")


def rendered(made: Assessment, format_: Plugin, lang: str, part: str = WHOLE) -> str | bytes:
    """The document in that format."""
    parted(format_, part)
    module: Any = format_.load()
    more = {} if part == WHOLE else {"part": part}
    document: str | bytes = module.render(made, lang=lang, **more)
    return document


def written(report: Report | Assessment, path: str | Path, lang: str, part: str = WHOLE) -> None:
    """Write a report or assessment where `path` says: a file by its suffix, or a site."""
    from privscan.render._files import renderer, write
    from privscan.render._site.folder import checked, is_folder, write_all

    if is_folder(str(path)):
        write_all({}, {checked(str(path)): _site(report, lang, part)})
        return
    file = Path(path)
    if not isinstance(report, Report):
        write({file: rendered(report, renderer(file, "assessments"), lang, part)})
        return
    if part != WHOLE:
        raise UsageError("a report has no parts", hint="privscan.assess(report) has")
    write({file: renderer(file).load().render(report, lang=lang)})


def _site(report: Report | Assessment, lang: str, part: str) -> dict[str, str]:
    """The pages of one report or assessment."""
    from privscan.assessments._site import pages as assessed_pages
    from privscan.render._site.pages import pages

    if part != WHOLE:
        raise UsageError("a site holds the whole assessment, no part", hint=f"{part}.html")
    if isinstance(report, Report):
        return pages({"report": report}, lang=lang)
    return assessed_pages(report, {}, "report", lang=lang)
