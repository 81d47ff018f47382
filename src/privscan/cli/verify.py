"""Hold a manifest against its report, the data, the rules and the program as they are now."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from privscan.cli.options import JSON, KEY_FILE, LANG, stacked, verb

if TYPE_CHECKING:
    from privscan.model.manifest import Checked

PLUGIN = True
ORDER = 4

_SAID = {
    "report": ("report", "報告書"),
    "input": ("input", "入力"),
    "context": ("context", "データセット情報"),
    "rules": ("rules", "ルール"),
    "program": ("program", "プログラム"),
    "library": ("library", "ライブラリ"),
    "configuration": ("configuration", "設定"),
    "signature": ("signature", "署名"),
    "same": ("as recorded", "記録どおり"),
    "differs": ("differs", "相違"),
    "missing": ("missing", "見当たらない"),
    "new": ("not recorded", "記録にない"),
    "unreadable": ("cannot be read", "読めない"),
    "unchecked": ("not checked", "未確認"),
    "right": ("all is as recorded", "すべて記録どおり"),
    "wrong": ("not as recorded", "記録と異なる"),
}


@verb("verify")
@click.argument("manifest", metavar="MANIFEST", type=click.Path(exists=True, dir_okay=False))
@stacked(KEY_FILE, LANG, JSON)
@click.pass_context
def command(
    ctx: click.Context, *, manifest: str, key_file: str | None, lang: str, format_: str
) -> None:
    """Check that all a MANIFEST vouches for is as it was when the report was made.

    MANIFEST may be the report too, if its manifest lies beside it: report.manifest.json for
    report.json. Exits 1 if anything differs, and says what; reads the data only to digest them.
    """
    from privscan import api
    from privscan.cli.output import emit
    from privscan.cli.scanning import secret

    checks = api.verify(manifest, key=secret(key_file))
    right = all(check.right for check in checks)
    if format_ == "json":
        whole = {"right": right, "checks": [asdict(check) for check in checks]}
        emit(json.dumps(whole, ensure_ascii=True, indent=2))
    else:
        emit(_text(checks, lang, right=right))
    ctx.exit(0 if right else 1)


def _text(checks: tuple[Checked, ...], lang: str, *, right: bool) -> str:
    """A number for what is as recorded, a line for each thing that is not, then the verdict."""
    same = Counter(check.what for check in checks if check.state == "same")
    lines = [f"{_in(lang, what)}: {same[what]} {_in(lang, 'same')}" for what in same]
    lines += [
        ": ".join(filter(None, (_in(lang, one.what), _name(one), _in(lang, one.state))))
        for one in checks
        if one.state != "same"
    ]
    return "\n".join([*lines, _in(lang, "right" if right else "wrong")])


def _name(one: Checked) -> str:
    """On one line: a name in a manifest is whatever its writer put there."""
    from privscan.cli.output import printable

    return printable(one.name.replace("\n", "?"))


def _in(lang: str, key: str) -> str:
    return _SAID[key][lang == "ja"]
