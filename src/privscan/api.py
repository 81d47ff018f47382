"""The public functions: scan, gate, assess, and the four steps any cluster can run on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from privscan import __version__
from privscan.errors import UsageError
from privscan.model.assessment import Assessment
from privscan.model.finding import Verdict
from privscan.model.kinds import Level, Severity
from privscan.model.report import Report, Tool

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa

    from privscan.assess.answers import Answers
    from privscan.assess.context import Context
    from privscan.assess.organisation import Organisation
    from privscan.evidence.dataset import DatasetEvidence, Evidence
    from privscan.model.data import Part
    from privscan.model.manifest import Checked
    from privscan.model.occurrence import Occurrences
    from privscan.model.profile import DatasetProfile
    from privscan.reidentify.result import Asked, Reidentification
    from privscan.rulebook.policies import Policy
    from privscan.scan.local import Progress
    from privscan.scan.plan import Plan


class ScanOptions(TypedDict, total=False):
    """What `scan` and `gate` take besides sources.

    `context` is a dataset.yaml (path or value), else one beside the data is used; `detectors`
    are plugin names; `key` keys the value hashes; `progress` is called after each part.
    """

    context: str | Path | Context | None
    workers: int | None
    detectors: Sequence[str] | None
    key: bytes | None
    progress: Callable[[Progress], None] | None


def scan(*sources: object, **options: Unpack[ScanOptions]) -> Report:
    """Scan files, folders, globs or Arrow-like objects and judge what is in them."""
    from privscan.scan.local import run
    from privscan.scan.plan import plan as make

    made = make(sources, detectors=options.get("detectors"), key=options.get("key"))
    evidence = run(made, workers=options.get("workers"), progress=options.get("progress"))
    return judge(evidence, context=options.get("context"), not_run=made.not_run)


def gate(
    *sources: object,
    policy: str | Path | Policy = "ingest",
    fail_on: Severity | str | None = None,
    max_score: float | None = None,
    **options: Unpack[ScanOptions],
) -> Verdict:
    """Scan sources and judge them by a policy; fails closed. `.enforce()` raises.

    `fail_on` and `max_score` tighten the policy for this call; they never loosen it.
    """
    report = scan(*sources, **options)
    return decide(report, policy=policy, fail_on=fail_on, max_score=max_score)


def decide(
    report: Report,
    *,
    policy: str | Path | Policy = "ingest",
    fail_on: Severity | str | None = None,
    max_score: float | None = None,
) -> Verdict:
    """The verdict of a policy, tightened by the bounds given, on a finished report."""
    from privscan.assess.policy import load_policy, tightened, verdict
    from privscan.rulebook.load import rulebook

    chosen = load_policy(policy) if isinstance(policy, str | Path) else policy
    return verdict(report, tightened(chosen, max_score, fail_on), rulebook())


def plan(
    *sources: object, detectors: Sequence[str] | None = None, key: bytes | None = None
) -> Plan:
    """Find the parts of sources; each part carries what `observe` needs, on any machine."""
    from privscan.scan.plan import plan as make

    made = make(sources, detectors=detectors, key=key)
    light = replace(made, parts=())
    bound = tuple(replace(p, options={**p.options, "plan": light}) for p in made.parts)
    return replace(made, parts=bound)


def observe(part: Part) -> Evidence:
    """The evidence of one part of `plan(...).parts`; pure, so any worker may retry it."""
    from privscan.scan.fold import observe_part

    if "plan" not in part.options:
        raise UsageError("this part belongs to no plan", hint="take parts from privscan.plan(...)")
    return observe_part(part, part.options["plan"])


def merge(evidences: Iterable[Evidence]) -> Evidence:
    """Add evidence up, in any order and grouping; none at all is a `UsageError`."""
    every = list(evidences)
    if not every:
        raise UsageError("there is no evidence to merge", hint="observe at least one part")
    return reduce(lambda one, two: one + two, every)


def judge(
    evidence: Evidence,
    *,
    context: str | Path | Context | None = None,
    not_run: Mapping[str, str] | None = None,
) -> Report:
    """Profile, score and findings of evidence: no data in reach, the same answer every time.

    Give `not_run=plan.not_run`: evidence does not know which detectors were left out.
    """
    from privscan.assess.findings import findings, not_evaluated
    from privscan.rulebook.load import rulebook

    rules = rulebook()
    named = sorted(evidence.datasets.items())
    contexts = _contexts(evidence.datasets, context)
    profiles = _judged(evidence.datasets, contexts)
    profiles.sort(key=lambda p: (-(p.risk.score if p.risk else 0), p.name))
    found = [f for p in profiles for f in findings(p, rules, contexts[p.name])]
    found.sort(key=lambda f: (-f.severity.rank, -f.confidence, f.dataset, f.check, f.columns))
    unread = tuple(sorted(u for _, data in named for u in data.unread))
    worst = max(profiles, key=lambda p: p.risk.score if p.risk else 0, default=None)
    risk = worst.risk if worst else None
    open_laws = {law for c in contexts.values() for law in not_evaluated(rules, c)}
    return Report(
        tool=Tool(
            version=__version__,
            rules_digest=evidence.header.rules,
            plan_digest=evidence.header.plan,
            libraries=dict(p.split("=", 1) for p in evidence.header.libraries.split()),
            not_run=dict(not_run or {}),
            not_evaluated=tuple(sorted(open_laws)),
        ),
        score=risk.score if risk else 0.0,
        level=risk.level if risk else Level.NONE_DETECTED,
        complete=bool(profiles) and not unread,
        datasets=tuple(profiles),
        findings=tuple(found),
        unread=unread,
    )


def _judged(
    datasets: Mapping[str, DatasetEvidence], contexts: Mapping[str, Context]
) -> list[DatasetProfile]:
    """Profiles by name, each with its links to the others and its risk."""
    from privscan.assess.links import linked
    from privscan.assess.profile import profile
    from privscan.assess.score import risk
    from privscan.rulebook.load import rulebook

    rules = rulebook()
    alone = [profile(data, rules, contexts[name]) for name, data in sorted(datasets.items())]
    links = linked(datasets, alone, rules)
    seen = {one.name: replace(one, links=links.get(one.name, ())) for one in alone}
    return [replace(p, risk=risk(p, rules, contexts[n], seen)) for n, p in seen.items()]


def _contexts(
    datasets: Mapping[str, DatasetEvidence], given: str | Path | Context | None
) -> dict[str, Context]:
    """What was declared of each dataset; one file may speak of all datasets beside it."""
    from privscan.assess.context import Context, find_context, known_subject_key, load_context

    def place(data: DatasetEvidence) -> Path | None:
        if given is None:
            return find_context(data.uri)
        return None if isinstance(given, Context) else Path(given)

    files = {name: place(data) for name, data in datasets.items()}
    unsaid = given if isinstance(given, Context) else Context()
    contexts = {f: load_context(f) if f else unsaid for f in set(files.values())}
    for file, context in contexts.items():
        concerned = [datasets[name] for name, at in files.items() if at == file]
        # Of data that could not be read no column is known: the report says that first.
        if all(data.columns for data in concerned):
            columns = {path for data in concerned for path in data.columns}
            known_subject_key(context, columns, file)
    return {name: contexts[file] for name, file in files.items()}


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

    `part` is of an assessment: notice, dialogue, council or sheets, as the verb takes it.
    """
    from privscan.assessments._files import WHOLE, rendered
    from privscan.render._files import renderer, write

    path = Path(path)
    if isinstance(report, Assessment):
        write({path: rendered(report, renderer(path, "assessments"), lang, part)})
        return
    if part != WHOLE:
        raise UsageError("a report has no parts", hint="privscan.assess(report) has")
    write({path: renderer(path).load().render(report, lang=lang)})


def verify(manifest: str | Path, *, key: bytes | None = None) -> tuple[Checked, ...]:
    """Each thing a manifest vouches for, and whether it is still so; `key` checks the signature.

    For a report the manifest beside it is taken: report.manifest.json for report.json.
    """
    from privscan.render._manifest import own_checks, read_manifest
    from privscan.scan.verify import held, manifest_beside

    file = manifest_beside(Path(manifest))
    recorded = read_manifest(file)
    return (*own_checks(recorded, key), *held(recorded, file))


def find(*sources: object, identifiers: Sequence[str], key: bytes) -> Occurrences:
    """Where identifiers of persons occur, cell by cell; `key`, a secret, makes their tokens.

    No value is stored or given back. Writings that differ in case, blanks, width or a telephone's
    country code are found, digests of the identifier, and the identifier in free text.
    """
    from privscan.scan.find import find as look

    return look(sources, identifiers, key)
