"""List, check, compare, describe and start rule files."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from privscan.cli.options import JSON, LANG, option, stacked, verb

PLUGIN = True
ORDER = 5


@click.group("rules")
def command() -> None:
    """List, check, compare, describe and start rule files."""


@verb("list")
@click.argument("kind", required=False)
@stacked(LANG, JSON)
def _list(*, kind: str | None, lang: str, format_: str) -> None:
    """List every rule with its kind, id and name, or those of one KIND.

    KIND is entity, recognizer, principle, check, law or policy.
    """
    from privscan.cli.output import emit
    from privscan.cli.topics import KINDS, presidio, topics
    from privscan.errors import UsageError, nearest

    if kind is not None and kind not in KINDS:
        hint = nearest(kind, KINDS) or f"the kinds are {', '.join(KINDS)}"
        raise UsageError(f"there is no kind {kind!r}", hint=hint)
    theirs = presidio() if kind in {None, "recognizer"} else ()
    rows = [
        {"kind": t.kind, "id": t.id, "title": t.title[lang]}
        for t in (*topics(), *theirs)
        if kind in {None, t.kind}
    ]
    if format_ == "json":
        emit(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        wide = max((len(row["id"]) for row in rows), default=0)
        emit("\n".join(f"{r['kind']:<10} {r['id']:<{wide}}  {r['title']}" for r in rows))


@verb("check")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False))
@option(
    "--today",
    shared=False,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Judge the age of rules on this day. Default: the day of the run.",
)
@click.pass_context
def _check(ctx: click.Context, folder: str | None, today: datetime | None) -> None:
    """Check rule files: their shape, links and examples, and how old they are.

    Those in FOLDER, by default the shipped ones. Each error is one line `file:line: what`;
    exits 2 if there is any. Rules whose `as_of` is older than 12 months are named on stderr.
    """
    from privscan.assess.policies import check_policies
    from privscan.assess.shapes import check_assessing
    from privscan.cli.changes import old_rules
    from privscan.cli.output import emit, tell
    from privscan.recognition.numbers import check_numbers
    from privscan.rulebook.counted import check_counted
    from privscan.rulebook.examples import check_rules
    from privscan.rulebook.folders import rules_folder, unread
    from privscan.rulebook.names import check_headers
    from privscan.rulebook.recognizers import check_recognizers
    from privscan.rulebook.weights import check_weights

    where = Path(folder) if folder else rules_folder()
    checks = (
        unread,
        check_rules,
        check_recognizers,
        check_numbers,
        check_headers,
        check_weights,
        check_counted,
        check_assessing,
        check_policies,
    )
    # A file that breaks what others rest on is told by each of their checks.
    errors = dict.fromkeys(
        str(one) for check in checks for error in check(where) for one in error.every
    )
    for error in errors:
        tell(error)
    if not errors:
        for line in old_rules(where, (today or datetime.now(UTC)).date()):
            tell(line)
        emit(f"{len(list(where.rglob('*.yaml')))} rule files are right")
    ctx.exit(2 if errors else 0)


@verb("schema")
def _schema() -> None:
    """Print the JSON Schema of rule files."""
    from privscan.assess.shapes import SHAPES
    from privscan.cli.output import emit
    from privscan.rulebook.examples import rules_schema

    emit(json.dumps(rules_schema(SHAPES), ensure_ascii=False, indent=2))


@verb("new")
@click.argument("kind")
@click.argument("name")
def _new(*, kind: str, name: str) -> None:
    """Print the skeleton of a rule file of KIND for a rule called NAME.

    KIND is entity, recognizer, principle, check, law or policy.
    """
    from privscan.cli.output import emit
    from privscan.rulebook.skeletons import skeleton

    emit(skeleton(kind, name))


@verb("diff")
@click.argument("old", type=click.Path(exists=True, file_okay=False))
@click.argument("new", required=False, type=click.Path(exists=True, file_okay=False))
@stacked(LANG, JSON)
def _diff(*, old: str, new: str | None, lang: str, format_: str) -> None:
    """Show which rules of the folder NEW are added, removed or changed since the folder OLD.

    NEW is by default the folder in force. Conditions are shown in words.
    """
    from privscan.cli.changes import as_json, as_text
    from privscan.cli.output import emit
    from privscan.rulebook.diff import compare
    from privscan.rulebook.folders import rules_folder

    changes = compare(Path(old), Path(new) if new else rules_folder())
    emit(as_json(changes) if format_ == "json" else as_text(changes, lang))


for sub in (_list, _check, _schema, _new, _diff):
    command.add_command(sub)
