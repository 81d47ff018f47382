"""Write an impact assessment from a saved report: to act on, to answer, to sign."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from privscan.cli.options import QUIET, PluginName, option, stacked, verb
from privscan.errors import UsageError, nearest

if TYPE_CHECKING:
    from privscan.assess.answers import Signature
    from privscan.model.assessment import Assessment
    from privscan.registry import Plugin

PLUGIN = True
ORDER = 3

ROLES = ("owner", "privacy_officer", "governance_officer", "committee", "council")
PARTS = ("whole", "notice", "dialogue", "council", "sheets")
DECISIONS = ("approve", "conditions", "reject", "refer")

FILE = click.Path(exists=True, dir_okay=False)

OPTIONS = (
    option(
        "--context",
        type=FILE,
        help="dataset.yaml for every dataset. Default: the one beside each dataset's data.",
    ),
    option(
        "--org",
        type=FILE,
        help="org.yaml: roles, policy, contact. Default: the one beside the report, or here.",
    ),
    option(
        "--answers",
        type=click.Path(dir_okay=False),
        help="File of answers and sign-offs. Default: assessment.yaml beside the report.",
    ),
    option(
        "--write-answers",
        is_flag=True,
        shared=False,
        help="Add the open questions to the answers file; what stands in it is never changed.",
    ),
)
SIGNING = (
    option(
        "--sign",
        type=click.Choice(ROLES),
        shared=False,
        help="Sign in this role what the assessment now says.",
    ),
    option("--name", shared=False, help="Who signs."),
    option(
        "--decision",
        type=click.Choice(DECISIONS),
        default="approve",
        show_default=True,
        shared=False,
        help="What is decided.",
    ),
    option("--note", default="", shared=False, help="Advice or conditions that belong to it."),
    option("--dataset", shared=False, help="Sign this dataset only. Default: all of the role's."),
    option("--date", shared=False, help="Day of the signature, as 2026-11-25. Default: today."),
)
WRITING = (
    option(
        "-f",
        "--format",
        "format_",
        type=PluginName("assessments"),
        default="markdown",
        show_default=True,
        shared=False,
        help="Format of the document on stdout; `privscan plugins assessments` lists them.",
    ),
    option(
        "-o",
        "--output",
        "outputs",
        multiple=True,
        type=click.Path(dir_okay=False),
        help="Write the assessment to this file and nothing to stdout; the suffix picks the "
        "format. Repeatable.",
    ),
    option(
        "--part",
        type=click.Choice(PARTS),
        default="whole",
        show_default=True,
        shared=False,
        help="Part to hand out by itself: the notice to publish, the dialogue sheet for experts "
        "from outside, the pack for the council, or the check sheets.",
    ),
    option(
        "--lang",
        type=click.Choice(("en", "ja", "both")),
        default="en",
        show_default=True,
        shared=False,
        help="Language of texts: English, Japanese or both.",
    ),
)


@verb("assess")
@click.argument("saved", nargs=-1, required=True, metavar="REPORT...", type=FILE)
@stacked(*OPTIONS, *SIGNING, *WRITING, QUIET)
def command(
    *,
    saved: tuple[str, ...],
    outputs: tuple[str, ...],
    lang: str,
    part: str,
    **given: Any,
) -> None:
    """Assess REPORT, a report saved as JSON; those before the last, oldest first, are its trend.

    No data is read. The status stays draft until every role that the level asks has signed what
    stands in it, and becomes a draft again when that changes.
    """
    from privscan.assess.answers import FILE as ANSWERS
    from privscan.assessments._files import parted, rendered
    from privscan.cli.output import emit, tell
    from privscan.registry import plugin
    from privscan.render._files import write

    targets = _targets(outputs)
    screen = plugin("assessments", given["format_"])
    for format_ in targets.values() or (screen,):
        parted(format_, part)
    file = Path(given["answers"] or Path(saved[-1]).parent / ANSWERS)
    made = _assessed(saved, given, file)
    adding = given["sign"] or given["write_answers"]
    if adding:
        write({file: _answered(made, file, given)})
        made = _assessed(saved, given, file)
    documents = {path: rendered(made, format_, lang, part) for path, format_ in targets.items()}
    write(documents)
    if not outputs:
        emit(rendered(made, screen, lang, part))
    if not given["quiet"]:
        tell(_summary(made))
        for path in [*documents, *([file] if adding else [])]:
            tell(f"wrote {path}")


def _assessed(saved: tuple[str, ...], given: dict[str, Any], file: Path) -> Assessment:
    from privscan import api

    return api.assess(saved, context=given["context"], org=given["org"], answers=file)


def _targets(outputs: tuple[str, ...]) -> dict[Path, Plugin]:
    """Each output file with the format that its suffix picks, before any work."""
    from privscan.render._files import renderer

    found: dict[Path, Plugin] = {}
    for output in outputs:
        path = Path(output)
        if path in found:
            raise UsageError("this output is named twice", where=output)
        if not path.parent.is_dir():
            raise UsageError("the folder of this output does not exist", where=output)
        found[path] = renderer(path, "assessments")
    return found


def _answered(made: Assessment, file: Path, given: dict[str, Any]) -> str:
    """The answers file with what is asked for added."""
    from privscan.assess.answers import added
    from privscan.assess.impact import questions

    asked: dict[str, str] = {}
    measures: list[str] = []
    if given["write_answers"]:
        asked = {q.key: f"{q.text['en']} / {q.text['ja']}" for q in questions(made)}
        measures = [d.dataset for d in made.datasets if d.bundle.measures]
    signed = _signed(made, given) if given["sign"] else []
    return added(file, asked, measures, signed)


def _signed(made: Assessment, given: dict[str, Any]) -> list[Signature]:
    """A signature on each dataset whose level asks the role, of what it now says."""
    from privscan.assess.answers import Signature

    role, name, only = given["sign"], given["name"], given["dataset"]
    if not (name or "").strip():
        raise UsageError("a signature needs a name", hint="--name NAME")
    known = [d.dataset for d in made.datasets]
    if only and only not in known:
        hint = nearest(only, known) or f"known are {', '.join(known)}"
        raise UsageError(f"no dataset is called {only!r}", hint=hint)
    routed = [
        (d.dataset, s.covers)
        for d in made.datasets
        for s in d.signoffs
        if s.role == role and only in {None, d.dataset}
    ]
    if not routed:
        raise UsageError(f"no dataset's level asks the role {role}", hint="section 16 lists roles")
    date = _day(given["date"])
    return [
        Signature(
            role=role,
            dataset=dataset,
            name=name.strip(),
            date=date,
            decision=given["decision"],
            note=given["note"],
            covers=covers,
        )
        for dataset, covers in routed
    ]


def _day(given: str | None) -> str:
    try:
        day = dt.date.fromisoformat(given) if given else dt.date.today()  # noqa: DTZ011  the signer's own day
    except ValueError:
        raise UsageError("this is no date", where="--date", hint="2026-11-25") from None
    return day.isoformat()


def _summary(made: Assessment) -> str:
    """One line: status, datasets, sign-offs and questions still open."""
    from privscan.assess.impact import questions

    unsigned = sum(s.state != "current" for d in made.datasets for s in d.signoffs)
    asked = sum(q.answer is None for q in questions(made))
    status = made.status.value
    return f"{status}; {len(made.datasets)} datasets; {unsigned} sign-offs and {asked} answers open"
