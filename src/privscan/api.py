"""The public functions: scan and its steps, gate and what goes with it, assess, protect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from privscan.model.assessment import Assessment
from privscan.model.finding import Verdict
from privscan.model.report import Report
from privscan.remembered import history, trend
from privscan.steps import ScanOptions, judge, judge_shards, merge, observe, plan, scan, shard
from privscan.verdicts._bounds import Bounds, GuardOptions

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa

    from privscan.assess.answers import Answers
    from privscan.assess.baseline import Audited, Baseline
    from privscan.assess.context import Context
    from privscan.assess.differences import Differences
    from privscan.assess.organisation import Organisation
    from privscan.model.manifest import Checked
    from privscan.model.occurrence import Occurrences
    from privscan.model.treatment import Protection
    from privscan.protect.asked import ProtectOptions
    from privscan.protect.reveal import Revealed, RevealOptions
    from privscan.reidentify.result import Asked, Reidentification
    from privscan.rulebook.policies import Policy
    from privscan.verdicts._guard import Guard
    from privscan.verdicts._guarded import Function

__all__ = [
    "GateOptions",
    "GuardOptions",
    "ScanOptions",
    "accept",
    "assess",
    "audit",
    "decide",
    "diff",
    "find",
    "gate",
    "guard",
    "guarded",
    "history",
    "judge",
    "judge_shards",
    "merge",
    "observe",
    "plan",
    "protect",
    "reidentify",
    "reveal",
    "save",
    "scan",
    "shard",
    "spans",
    "trend",
    "verify",
]


class GateOptions(ScanOptions, Bounds, total=False):
    """What `gate` takes besides sources: options of the scan, and bounds of the verdict."""


def gate(*sources: object, **options: Unpack[GateOptions]) -> Verdict:
    """Scan sources, or take one report, and judge by a policy; fails closed. `.enforce()` raises.

    `policy` is "ingest" unless given; `fail_on` and `max_score` tighten it and never loosen it.
    `baseline` is a file of what was accepted; with it, or with the report `old`, what the policy
    calls `stop_new` stops where it was not before.
    """
    from privscan.verdicts._decide import decided, no_reports, prepared

    bounds, settings = prepared(options)
    no_reports(sources)
    if len(sources) == 1 and isinstance(sources[0], Report):
        return decided(sources[0], settings.get("context"), **bounds)
    report = scan(*sources, **settings)
    return decided(report, settings.get("context"), **bounds)


def guard(stream: object, **options: Unpack[GuardOptions]) -> Guard:
    """The record batches of a frame, table, reader or iterator of batches, while a policy holds.

    Each chunk is judged together with all before it, on a thread that looks ahead; the first
    breach raises `PolicyViolationError`, the first unread cell `IncompleteError`, in its place.
    """
    from privscan.scan.plan import plan as make
    from privscan.verdicts._decide import split
    from privscan.verdicts._guard import CHUNK, Guard

    bounds, settings = split(options)
    made = make((), detectors=settings.get("detectors"))
    rows = settings.get("chunk_rows", CHUNK)
    return Guard(stream, made, settings.get("context"), rows, bounds)


def guarded(
    policy: str | Path | Policy = "ingest", /, **options: Unpack[GuardOptions]
) -> Callable[[Function], Function]:
    """A decorator: what a function returns is gated, a reader or iterator of batches guarded.

    `@guarded("ingest-strict")`; a frame is read before it is returned, a lazy one computed for it.
    """
    from privscan.verdicts._decide import split
    from privscan.verdicts._guarded import guarded as wrapped

    asked: GuardOptions = {"policy": policy, **options}
    bounds, settings = split(asked)
    settings.pop("chunk_rows", None)
    return lambda function: wrapped(
        function, lambda data: gate(data, **bounds, **settings), lambda data: guard(data, **asked)
    )


def decide(
    report: Report | str | Path,
    *,
    context: str | Path | Context | None = None,
    **bounds: Unpack[Bounds],
) -> Verdict:
    """The verdict on a finished report, or on one saved as JSON by the rules still in force."""
    from privscan.verdicts._decide import decided

    return decided(report, context, **bounds)


def accept(
    report: Report | str | Path,
    file: str | Path,
    *,
    owner: str,
    reason: str,
    expires: date | str,
    **bounds: Unpack[Bounds],
) -> Baseline:
    """Write what a report breaks of a policy into a baseline file, with who answers until when.

    What the file holds already stays as it is while it is in force.
    """
    from privscan.verdicts._baselines import accepted

    return accepted(report, Path(file), owner, reason, expires, bounds)


def audit(
    file: str | Path, report: Report | str | Path, **bounds: Unpack[Bounds]
) -> tuple[Audited, ...]:
    """Each entry of a baseline: expired, without an owner, changed since, or of nothing any more."""
    from privscan.verdicts._baselines import checked

    return checked(Path(file), report, bounds)


def diff(old: Report | str | Path, new: Report | str | Path) -> Differences:
    """What is new, gone, worse and better in a report since an older one; both may be saved."""
    from privscan.assess.differences import differences
    from privscan.render._files import saved_report

    before, after = (r if isinstance(r, Report) else saved_report(Path(r)) for r in (old, new))
    return differences(before, after)


def spans(
    values: object,
    *,
    recognizers: object = "presidio",
    language: str = "en",
    score_threshold: float | None = 0.0,
    context: Sequence[str] | None = (),
) -> pa.Table:
    """Spans (row, entity, start, end, score, recognizer) as Presidio's engine would find them.

    No language model; offsets in characters. `values` is a string array of Arrow, Polars or pandas, or a list. `recognizers` is "presidio"
    (those of the language), "all", names, objects, or the path of a YAML file of Presidio's.
    The table's metadata `unread` lists rows without a full answer; an `UnreadWarning` says so.
    """
    from privscan.recognition.chosen import chosen
    from privscan.recognition.spans import span_table, texts

    picked = chosen(recognizers, language)
    words = (context,) if isinstance(context, str) else tuple(context or ())
    return span_table(texts(values), picked, threshold=score_threshold or 0.0, context=words)


def reidentify(
    *sources: object,
    quasi: Sequence[str] = (),
    sensitive: Sequence[str] = (),
    subject_key: str = "",
    **asked: Unpack[Asked],
) -> tuple[Reidentification, ...]:
    """Exact k-anonymity, l-diversity, t-closeness, risks and uniques of each dataset.

    Columns that are not named are proposed by a scan, and the subject key by `dataset.yaml`.
    """
    from privscan.assess.quasi import declared_key, proposal
    from privscan.reidentify.cells import Columns
    from privscan.reidentify.measure import Question, measured
    from privscan.rulebook.load import rulebook

    question, named = Question(**asked), Columns(tuple(quasi), tuple(sensitive), subject_key)
    seen = () if quasi else scan(*sources).datasets
    proposed = {one.name: Columns(*proposal(one, rulebook())) for one in seen}
    return measured(sources, question, named, proposed, declared_key)


def assess(
    reports: Report | str | Path | Sequence[Report | str | Path],
    *,
    context: str | Path | Context | None = None,
    org: str | Path | Organisation | None = None,
    answers: str | Path | Answers | None = None,
    today: date | None = None,
) -> Assessment:
    """The impact assessment of a report, or of the last of several, oldest first; reads no data.

    A report may be the path of a saved one. What is not given is looked for as the verb does:
    dataset.yaml beside the data, org.yaml and assessment.yaml beside the saved report. Due dates
    are held against `today`.
    """
    from privscan.assessments._files import assessed

    return assessed(reports, context, org, answers, today)


def save(
    report: Report | Assessment, path: str | Path, *, lang: str = "en", part: str = "whole"
) -> None:
    """Write a report or assessment in the format that `path`'s suffix picks; it appears whole.

    A folder, one that is there or a text that ends with a slash, gets a site. `part` is of an
    assessment: notice, dialogue, council or sheets, as the verb takes it.
    """
    from privscan.assessments._files import written

    written(report, path, lang, part)


def verify(manifest: str | Path, *, key: bytes | None = None) -> tuple[Checked, ...]:
    """Each thing a manifest vouches for, and whether it is still so; `key` checks the signature.

    For a report the manifest beside it is taken: report.manifest.json for report.json.
    """
    from privscan.render._manifest import own_checks, read_manifest
    from privscan.scan.verify import held, manifest_beside

    file = manifest_beside(Path(manifest))
    recorded = read_manifest(file)
    return (*own_checks(recorded, key), *held(recorded, file, Path(manifest)))


def find(*sources: object, identifiers: Sequence[str], key: bytes) -> Occurrences:
    """Where identifiers of persons occur, cell by cell; `key`, a secret, makes their tokens.

    No value is stored or given back. Writings that differ in case, blanks, width or a telephone's
    country code are found, digests of the identifier, and the identifier in free text.
    """
    from privscan.scan.find import find as look

    return look(sources, identifiers, key)


def protect(
    source: str | Path, out: str | Path | None = None, **options: Unpack[ProtectOptions]
) -> Protection:
    """Write a safer copy of a file or folder and prove it by a scan; without `out` only plan it.

    A copy that misses its goal is not put in place: `PolicyViolationError`.
    """
    from privscan.protect.asked import located, order
    from privscan.protect.protecting import protected

    place = Path(out) if out is not None else None
    return protected(located(source), place, order(options), lambda path: scan(str(path)))


def reveal(
    source: str | Path,
    out: str | Path,
    *,
    columns: Sequence[str],
    key: str | bytes,
    **options: Unpack[RevealOptions],
) -> Revealed:
    """A copy with encrypted columns open again, and a line in an audit file, refused or not.

    A wrong key is a `UsageError` and leaves no output.
    """
    from privscan.protect.asked import secret
    from privscan.protect.reveal import revealed

    return revealed(Path(source), Path(out), columns, secret(key), options)
