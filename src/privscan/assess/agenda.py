"""What to do first and why, and the questions that are put now, each once for all its datasets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from privscan.assess.context import in_japanese
from privscan.assess.waiting import gravity
from privscan.model.assessment import Signed
from privscan.model.kinds import Level
from privscan.model.progress import Asked, Step

if TYPE_CHECKING:
    from privscan.model.assessment import DatasetAssessment, Gap, Question
    from privscan.model.finding import Text
    from privscan.model.report import Report


def asked(questions: Iterable[Question], report: Report) -> tuple[Asked, ...]:
    """Open questions that wait for nothing, the gravest first; the same one is put once."""
    known = {f.id: f for f in report.findings}
    groups: dict[tuple[str, str], list[Question]] = {}
    for one in questions:
        if one.answer is None and not one.waits:
            groups.setdefault((one.about, one.text["en"]), []).append(one)

    def soon(many: list[Question]) -> int:
        return -max(gravity(q, known.get(q.key.partition("~")[0])) for q in many)

    return tuple(
        Asked(
            many[0].text,
            many[0].about,
            tuple(q.key for q in many),
            tuple(q.dataset for q in many if q.dataset),
        )
        for many in sorted(groups.values(), key=soon)
    )


def steps(
    datasets: tuple[DatasetAssessment, ...],
    report: Report,
    gaps: tuple[Gap, ...],
    put: tuple[Asked, ...],
    waiting: int,
) -> Iterator[Step]:
    """What to do, in order: what hides risk, what has changed, what blocks the rest, then the rest."""
    checks = (
        _unread(report),
        _new(datasets),
        _reopened(datasets),
        _overdue(datasets),
        _review(datasets),
        _undeclared(datasets, waiting),
        _unnamed(gaps),
        _unplanned(datasets, report),
        _unanswered(put),
        _unsigned(datasets),
    )
    yield from (one for one in checks if one is not None)


def _step(key: str, datasets: Iterable[str], command: str = "", **values: object) -> Step:
    what, why = _SAID[key]
    return Step(key, _filled(what, values), _filled(why, values), command, tuple(datasets))


def _filled(text: tuple[str, str], values: dict[str, object]) -> Text:
    return {
        lang: said.format_map({k: v[lang] if isinstance(v, dict) else v for k, v in values.items()})
        for lang, said in zip(("en", "ja"), text, strict=True)
    }


def _unread(report: Report) -> Step | None:
    names = [d.name for d in report.datasets if d.unread_share > 0]
    if report.complete:
        return None
    return _step("unread", names, _SCAN, parts=len(report.unread))


_SCAN = "privscan scan SOURCE -o report.json"


def _new(datasets: tuple[DatasetAssessment, ...]) -> Step | None:
    names = [d.dataset for d in datasets if d.drift]
    return _step("new", names, many=sum(len(d.drift) for d in datasets)) if names else None


def _reopened(datasets: tuple[DatasetAssessment, ...]) -> Step | None:
    names = [d.dataset for d in datasets if any(s.state is Signed.REOPENED for s in d.signoffs)]
    many = sum(s.state is Signed.REOPENED for d in datasets for s in d.signoffs)
    return _step("reopened", names, many=many) if names else None


def _overdue(datasets: tuple[DatasetAssessment, ...]) -> Step | None:
    late = [d for d in datasets if d.bundle.overdue]
    if not late:
        return None
    return _step("overdue", [d.dataset for d in late], since=min(d.bundle.due for d in late))


def _review(datasets: tuple[DatasetAssessment, ...]) -> Step | None:
    late = [d for d in datasets if d.review.overdue]
    if not late:
        return None
    since = min(d.review.due for d in late)
    return _step("review", [d.dataset for d in late], _SCAN, since=since)


def _undeclared(datasets: tuple[DatasetAssessment, ...], waiting: int) -> Step | None:
    mute = [d for d in datasets if d.undeclared]
    if not mute:
        return None
    keys = list(dict.fromkeys(key for d in mute for key in d.undeclared))[:MOST_KEYS]
    command = "" if all(d.declared_in for d in mute) else _INIT
    shown = {"en": ", ".join(keys), "ja": "、".join(f"{in_japanese(key)}({key})" for key in keys)}
    return _step("undeclared", [d.dataset for d in mute], command, keys=shown, waiting=waiting)


_INIT = "privscan init --dataset --each --from REPORT"

MOST_KEYS = 4
"""Keys of dataset.yaml that a step names."""


def _unnamed(gaps: tuple[Gap, ...]) -> Step | None:
    keys = ", ".join(gap.key for gap in gaps)
    return _step("unnamed", (), "privscan init --org", keys=keys) if gaps else None


def _unplanned(datasets: tuple[DatasetAssessment, ...], report: Report) -> Step | None:
    """The datasets at high and above without owner or date, by the score, the worst first."""
    grave = {d.name for d in report.datasets if d.risk and d.risk.level.rank >= Level.HIGH.rank}
    open_ = [
        d
        for d in datasets
        if d.dataset in grave and d.bundle.measures and not (d.bundle.owner and d.bundle.due)
    ]
    if not open_:
        return None
    scores = {d.name: d.risk.score for d in report.datasets if d.risk}
    first = open_[0]
    return _step(
        "unplanned",
        [d.dataset for d in open_],
        "privscan assess REPORT --write-answers",
        name=first.dataset,
        now=f"{scores[first.dataset]:.0f}",
        then=f"{first.bundle.residual.score:.0f}",
    )


def _unanswered(put: tuple[Asked, ...]) -> Step | None:
    names = dict.fromkeys(name for one in put for name in one.datasets)
    if not put:
        return None
    return _step("unanswered", names, "privscan assess REPORT --write-answers", many=len(put))


def _unsigned(datasets: tuple[DatasetAssessment, ...]) -> Step | None:
    names = [d.dataset for d in datasets if any(s.state is Signed.MISSING for s in d.signoffs)]
    many = sum(s.state is Signed.MISSING for d in datasets for s in d.signoffs)
    command = "privscan assess REPORT --sign ROLE --name NAME"
    return _step("unsigned", names, command, many=many) if names else None


_SAID: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "unread": (
        ("Repair what could not be read, and scan again ({parts}).",
         "読み取れなかった{parts}か所を修復し、再走査する。"),
        ("Whatever stands there is not in any figure below; until then all stays a draft.",
         "その内容は以下のどの数値にも含まれていない。それまで評価書は草案のままである。"),
    ),
    "new": (
        ("Look at what is new since the last scan ({many}).",
         "前回の走査からの変化を確認する({many}件)。"),
        ("New kinds of data, more people or a higher level may need another assessment.",
         "新たな種類の情報、本人の増加、レベルの上昇により、再評価が必要となることがある。"),
    ),
    "reopened": (
        ("Have the re-opened sign-offs given again ({many}).",
         "再確認が必要となった承認{many}件を取り直す。"),
        ("What was signed is no longer what the data shows; section 16 names what changed.",
         "承認時の内容とデータの現状が異なる。変更点は第16節に示す。"),
    ),
    "overdue": (
        ("Take the overdue measures; the oldest was due on {since}.",
         "期限を過ぎた対策を実施する(最も古い期限は{since})。"),
        ("The risk that was accepted until then is still there.",
         "期限までに限り許容したリスクが残っている。"),
    ),
    "review": (
        ("Scan and assess again; the oldest review was due on {since}.",
         "再走査し、改めて評価する(最も古い見直し期限は{since})。"),
        ("What was signed may no longer fit the data, its use or the law.",
         "承認した内容が、データ・利用方法・法令の現状に合わなくなっている可能性がある。"),
    ),
    "undeclared": (
        ("Fill in dataset.yaml, first: {keys}.",
         "dataset.yamlに記入する(まず{keys})。"),
        ("{waiting} questions wait, most of them for it: which arise follows from what stands there.",
         "{waiting}件の質問を保留している。その多くは、記入内容により必要かどうかが決まる。"),
    ),
    "unnamed": (
        ("Fill in org.yaml: {keys}.",
         "org.yamlに記入する({keys})。"),
        ("Every assessment needs somebody who answers for it, and persons somebody to ask.",
         "評価には責任者が、本人には問合せ先が必要である。"),
    ),
    "unplanned": (
        ("Name owner and date of the measures, beginning with “{name}”: {now} → {then} predicted.",
         "対策の担当者と期限を定める。まず「{name}」(スコアは{now}から{then}になる見込み)。"),
        ("At high and above nothing falls by itself: without owner and date nobody takes the measures.",
         "レベルが「高」以上のデータセットである。担当者と期限がなければ対策は実施されない。"),
    ),
    "unanswered": (
        ("Answer the questions of the annex ({many}).",
         "別紙の質問に回答する({many}件)。"),
        ("Only people can settle them, and no other question has to be answered first.",
         "人だけが回答でき、先に答えるべき質問はほかにない。"),
    ),
    "unsigned": (
        ("Have it signed ({many}).",
         "承認を得る({many}件)。"),
        ("The level of each dataset decides whose; section 16 lists them.",
         "承認者は各データセットのレベルで決まる。一覧は第16節に示す。"),
    ),
}  # fmt: skip
