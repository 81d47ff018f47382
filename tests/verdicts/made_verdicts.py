"""Verdicts and reports made from the model: a stop with everything in it, a pass, a hostile one."""

from __future__ import annotations

from dataclasses import replace

from privscan.model.assessment import Measure
from privscan.model.finding import Remedy, Verdict, Violation, Waived
from privscan.model.kinds import Level
from privscan.model.profile import DatasetProfile, Risk
from privscan.model.report import Report, Tool

HOSTILE = (
    "a\nb\x1b[2J\x00", "<script>&\"']]>", "::error::x%0A,y:z", "\u202egnp.exe", "half \udcff", "a|b`c`",
    "{0} %s", "☃ 氏名", "",
)  # fmt: skip

MESSAGE = {"en": "The score is 91.5.", "ja": "スコアは 91.5。"}


def dataset(name="staff", uri="lake/staff.csv"):
    at = Risk(91.5, Level.VERY_HIGH, (90.0, 92.0), ())
    return DatasetProfile(name, uri, "table", 10, 100, 1, 10, risk=at)


def report(*datasets):
    held = datasets or (dataset(), dataset("machines", "/data/machines.csv"))
    tool = Tool("0.1.0", "r", "p")
    return Report(
        tool, 91.5, Level.VERY_HIGH, complete=False, datasets=held, findings=(), unread=()
    )


BROKEN = Violation("max_score", "staff", (), "91.5", "60", MESSAGE, ("0123456789ab",))
CLEAR = Violation(
    "forbid_clear", "staff", ("n",), "1 cell", "0 cells",
    {"en": "it is there", "ja": "平文である"}, ("aaaaaaaaaaaa",),
)  # fmt: skip
WAIVED = Waived(replace(CLEAR, columns=("m",)), "W1", "Ops", "until May", "2026-12-31")
MEASURE = Measure(
    "tokenise", {"en": "Replace by keyed tokens.", "ja": "鍵付きトークンに置き換える。"},
    "n", ("my_number",), ("plain",), "token_keyed",
)  # fmt: skip
HELP = Remedy("staff", (MEASURE,), passes=True, score=31.0, level=Level.LOW)
NO_HELP = Remedy("staff", (), passes=False, score=91.5, level=Level.VERY_HIGH, left=("columns",))
STOPPED = Verdict(
    "ingest", passed=False, violations=(BROKEN, CLEAR), waived=(WAIVED,),
    incomplete=("lake/a.csv: the file is empty",), remedies=(HELP,),
)  # fmt: skip
PASSED = Verdict("ingest", passed=True)


def hostile(name):
    """A verdict and report in which every name and text is that one."""
    said = {"en": f"in {name}", "ja": f"{name} に"}
    broken = replace(CLEAR, dataset=name, columns=(name,), message=said)
    waived = Waived(broken, name, name, name, "2026-12-31")
    measure = replace(MEASURE, column=name)
    helped = Remedy(name, (measure,), passes=True, score=1.0, level=Level.LOW)
    verdict = Verdict(
        "ingest", passed=False, violations=(broken,), waived=(waived,), incomplete=(f"{name}: x",),
        remedies=(helped,),
    )  # fmt: skip
    return verdict, report(dataset(name, f"lake/{name}"))
