"""Write an impact assessment from a saved report: to act on, to answer, to sign."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from privscan.cli.options import KEY_FILE, QUIET, PluginName, option, stacked, verb
from privscan.errors import UsageError, nearest

if TYPE_CHECKING:
    from privscan.assess.answers import Signature
    from privscan.model.assessment import Assessment
    from privscan.registry import Plugin

PLUGIN = True
ORDER = 3

ROLES = ("owner", "privacy_officer", "governance_officer", "committee", "council")
PARTS = ("whole", "notice", "dialogue", "council", "sheets", "training", "pram")
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
        help="Add the questions that are put now to the answers file; what stands in it is never "
        "changed.",
    ),
    option(
        "--today",
        shared=False,
        help="Day that due dates are held against, as 2026-11-25. Default: today.",
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
        type=click.Path(),
        help="Write the assessment to this file and nothing to stdout; the suffix picks the "
        "format, and a folder (`site/`) gets a site with a page for each dataset. Repeatable.",
    ),
    option(
        "--part",
        type=click.Choice(PARTS),
        default="whole",
        show_default=True,
        shared=False,
        help="Part to hand out by itself: the notice to publish, the dialogue sheet for experts "
        "from outside, the pack for the council, the check sheets, lessons with a quiz, or NIST's "
        "problematic data actions.",
    ),
    option(
        "--lang",
        type=click.Choice(("en", "ja", "both")),
        default="en",
        show_default=True,
        shared=False,
        help="Language of texts: English, Japanese or both.",
    ),
    option(
        "--manifest",
        type=click.Path(dir_okay=False),
        shared=False,
        help="Write to this file what the assessment was made of and by; `privscan verify` checks it.",
    ),
)


@verb("assess")
@click.argument("saved", nargs=-1, required=True, metavar="REPORT...", type=FILE)
@stacked(*OPTIONS, *SIGNING, *WRITING, KEY_FILE, QUIET)
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
    from privscan.cli.sealing import sealed_assessment
    from privscan.registry import plugin
    from privscan.render._files import write
    from privscan.render._site.folder import checked, is_folder, write_all

    folders = [checked(output) for output in outputs if is_folder(output)]
    targets = _targets([output for output in outputs if not is_folder(output)])
    if folders and part != PARTS[0]:
        raise UsageError("a site holds the whole assessment, no part", hint=f"-o {part}.html")
    screen = plugin("assessments", given["format_"])
    for format_ in targets.values() or (screen,):
        parted(format_, part)
    file = Path(given["answers"] or Path(saved[-1]).parent / ANSWERS)
    seal = sealed_assessment(given, saved, outputs, file)
    made = _assessed(saved, given, file)
    adding = given["sign"] or given["write_answers"]
    if adding:
        write({file: _answered(made, file, given, lang)})
        made = _assessed(saved, given, file)
    documents = {path: rendered(made, format_, lang, part) for path, format_ in targets.items()}
    files = write_all(documents, {folder: _site(made, saved, lang) for folder in folders})
    if seal:
        seal.close(made)
    if not outputs:
        emit(rendered(made, screen, lang, part))
    if not given["quiet"]:
        for line in _summary(made, saved[-1], "ja" if lang == "ja" else "en"):
            tell(line)
        for path in [*files, *([file] if adding else []), *([seal.file] if seal else [])]:
            tell(f"wrote {path}")


def _assessed(saved: tuple[str, ...], given: dict[str, Any], file: Path) -> Assessment:
    from privscan import api

    return api.assess(
        saved,
        context=given["context"],
        org=given["org"],
        answers=file,
        today=_day(given["today"], "--today"),
    )


def _site(made: Assessment, saved: tuple[str, ...], lang: str) -> dict[str, str]:
    """The pages of the assessment, with the reports before it as its trend."""
    from privscan.assessments._site import pages
    from privscan.render._files import saved_report
    from privscan.render._site.gathered import labelled

    *before, label = labelled(saved)
    earlier = {one: saved_report(Path(f)) for one, f in zip(before, saved[:-1], strict=True)}
    return pages(made, earlier, label, lang=lang)


def _targets(outputs: Sequence[str]) -> dict[Path, Plugin]:
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


def _answered(made: Assessment, file: Path, given: dict[str, Any], lang: str) -> str:
    """The answers file with what is asked for added."""
    from privscan.assess.answers import Additions, added

    asked: dict[str, str] = {}
    about: dict[str, str] = {}
    measures: tuple[str, ...] = ()
    if given["write_answers"]:
        chosen = ("en", "ja") if lang == "both" else (lang,)
        for one in made.asked:
            for key, name in zip(one.keys, one.datasets or ("*",) * len(one.keys), strict=True):
                asked[key] = " / ".join(one.text[each] for each in chosen)
                about[key] = f"{name}: {one.about}"
        measures = tuple(d.key for d in made.datasets if d.bundle.measures)
    signed = _signed(made, given) if given["sign"] else ()
    uris = {d.name: d.uri for d in made.report.datasets}
    places = {d.key: uris[d.dataset] for d in made.datasets}
    return added(file, Additions(places, asked, about, measures, signed), lang=lang)


def _signed(made: Assessment, given: dict[str, Any]) -> tuple[Signature, ...]:
    """A signature on each dataset whose level asks the role, of what it now says."""
    from privscan.assess.answers import Signature

    role, name, only = given["sign"], given["name"], given["dataset"]
    if not (name or "").strip():
        raise UsageError("a signature needs a name", hint="--name NAME")
    known = {name: d.key for d in made.datasets for name in (d.dataset, d.key)}
    if only and only not in known:
        hint = nearest(only, known) or f"known are {', '.join(known)}"
        raise UsageError(f"no dataset is called {only!r}", hint=hint)
    routed = [
        (d.key, s)
        for d in made.datasets
        for s in d.signoffs
        if s.role == role and only in {None, d.dataset, d.key}
    ]
    if not routed:
        raise UsageError(f"no dataset's level asks the role {role}", hint="section 16 lists roles")
    name = name.strip()
    others = {s.holder for _, s in routed if s.holder} - {name}
    if others:
        raise UsageError(
            f"org.yaml names {' and '.join(sorted(others))} in the role {role}, not {name}",
            hint="sign as whom org.yaml names, or change it first",
        )
    date = _day(given["date"], "--date").isoformat()
    return tuple(
        Signature(
            role=role,
            dataset=dataset,
            name=name,
            date=date,
            decision=given["decision"],
            note=given["note"],
            covers=signoff.covers,
        )
        for dataset, signoff in routed
    )


def _day(given: str | None, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(given) if given else dt.date.today()  # noqa: DTZ011  the user's own day
    except ValueError:
        raise UsageError("this is no date", where=where, hint="2026-11-25") from None


def _summary(made: Assessment, report: str, lang: str) -> Iterator[str]:
    """Status, what is open, which dataset.yaml counted, and what to do first."""
    from privscan.assessments._words import w

    unsigned = sum(s.state != "current" for d in made.datasets for s in d.signoffs)
    counts = (len(made.datasets), unsigned, len(made.asked), made.waiting)
    yield f"{w(made.status)[lang]}; {w('in_short', *counts)[lang]}"
    files = Counter(d.declared_in for d in made.datasets)
    told = ", ".join(f"{file} ({count})" for file, count in files.items() if file)
    yield w("declarations", told or w("none_found"), files[""])[lang]
    for number, step in enumerate(made.first, 1):
        command = step.command.replace("REPORT", report)
        yield f"{number}. {step.what[lang]}" + (f"  {command}" if command else "")
