"""Assessments from saved reports, and in the format of a plugin, whole or in part."""

from __future__ import annotations

import hashlib
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
    from privscan.assess.trend import Scan
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
    day = today or date.today()  # noqa: DTZ011  the reader's own day
    return assess(read, said, today=day, scans=_scans(every))


def _scans(every: Sequence[Report | str | Path]) -> tuple[Scan, ...]:
    """How each saved report is known; one that was not saved has no name and no day."""
    from privscan.assess.trend import Scan
    from privscan.render._site.gathered import labelled

    saved = [str(one) for one in every if not isinstance(one, Report)]
    names = dict(zip(saved, labelled(saved), strict=True)) if len(saved) > 1 else {}
    return tuple(
        Scan() if isinstance(one, Report) else Scan(names.get(str(one), ""), _scanned(Path(one)))
        for one in every
    )


def _scanned(report: Path) -> str:
    """The day in the manifest beside a report, if that vouches for it as it is."""
    from privscan.render._manifest import read_manifest

    beside = report.with_suffix(".manifest.json")
    if not beside.is_file():
        return ""
    try:
        manifest = read_manifest(beside)
    except UsageError:
        return ""  # `privscan verify` tells what is wrong with it
    digest = hashlib.sha256(report.read_bytes()).hexdigest()
    return manifest.made_at[:10] if digest in {one.sha256 for one in manifest.reports} else ""


def parted(format_: Plugin, part: str) -> None:
    """A part that nobody knows, or one asked of a format that writes no parts, is a `UsageError`."""
    if part == WHOLE:
        return
    from privscan.assessments._document import PARTS

    if part not in PARTS:
        raise UsageError(f"no part is called {part!r}", hint=f"known are {', '.join(PARTS)}")
    if not _writes(format_, part):
        able = ", ".join(p.name for p in plugins("assessments") if _writes(p, part))
        raise UsageError(f"{format_.name} does not write the part {part}", hint=f"use {able}")


def _writes(format_: Plugin, part: str) -> bool:
    """Whether a format writes that part: its PARTS is true for all of them, or names them."""
    able = format_.fact("PARTS", default=False)
    return part in able if isinstance(able, tuple) else bool(able)


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
