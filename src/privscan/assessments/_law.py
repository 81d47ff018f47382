"""Sections 5 to 8: purposes and notice, laws, necessity, rights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from privscan.assess.answers import CLOSED
from privscan.assess.notice import missing_names
from privscan.assessments import _measured
from privscan.assessments._agenda import put
from privscan.assessments._alike import each
from privscan.assessments._blocks import Block, Check, Checks, Head, Items, Para, Table
from privscan.assessments._top import facts
from privscan.assessments._words import joined, said, same, w
from privscan.model.assessment import Answer, Assessment, Box, DatasetAssessment, Settled
from privscan.model.finding import Citation, Text
from privscan.model.profile import DatasetProfile
from privscan.render._laws import clause, law, status


def declared(made: DatasetAssessment, key: str) -> Text:
    """What was declared under a key, or that nothing was."""
    value = dict(made.declared).get(key)
    return joined([same(one) for one in value]) if value else w("not_declared")


def purposes(a: Assessment) -> Iterator[Block]:
    """The declared purposes and the notice drafted from them."""
    yield from each(a, _purposes)
    yield Para(w("notice_note"), "note")


def _purposes(profile: DatasetProfile, made: DatasetAssessment) -> Iterator[Block]:
    yield Para(joined([w("purposes"), declared(made, "purposes")], between=(": ", ":")))
    yield from _notice(profile, made)


def notices(a: Assessment) -> Iterator[Block]:
    """The notice of each dataset by itself."""
    yield from each(a, _notice)
    yield Para(w("notice_note"), "note")


def _notice(_profile: DatasetProfile, made: DatasetAssessment) -> Iterator[Block]:
    yield Head(w("notice"), 2)
    yield Items(made.notice.paragraphs)
    if made.notice.face_recognition:
        yield Para(w("face_note"), "note")
    if made.notice.missing:
        yield Para(w("notice_missing", joined(list(missing_names(made.notice.missing)))))


def basis(a: Assessment) -> Iterator[Block]:
    """The declared basis, each clause that a finding cites, and the laws that were not asked."""
    cited: dict[str, dict[Citation, None]] = {}
    for f in a.report.findings:
        cited.setdefault(f.dataset, {}).update(dict.fromkeys(f.citations))
    yield from each(a, lambda profile, made: _basis(made, cited.get(profile.name, {})))
    if a.report.tool.not_evaluated:
        laws = joined([said(law, name) for name in a.report.tool.not_evaluated])
        yield Para(joined([w("not_evaluated"), laws], between=(": ", ":")))


def _basis(made: DatasetAssessment, cited: Iterable[Citation]) -> Iterator[Block]:
    yield Para(joined([w("basis"), declared(made, "legal_basis")], between=(": ", ":")))
    place = joined([w("jurisdictions"), declared(made, "jurisdictions")], between=(": ", ":"))
    yield Para(place)
    rows = tuple(
        (said(clause, c), said(status, c), joined([same(c.source), w(c.source)])) for c in cited
    )
    heads = (w("law"), w("law_status"), w("grade"))
    yield Table(heads, rows) if rows else Para(w("no_law"))


def necessity(a: Assessment) -> Iterator[Block]:
    """What is declared of need and time, how old records and how large groups are, and the boxes."""
    keys = ("needed_columns", "retention_days")
    yield from _of_viewpoint(a, "proper_utilisation", keys, _proportion)


def _proportion(profile: DatasetProfile, made: DatasetAssessment) -> Iterator[Block]:
    yield from _measured.records(profile, made)
    yield from _measured.groups(profile)


def rights(a: Assessment) -> Iterator[Block]:
    """The contact, and the boxes of transparency."""
    yield from _of_viewpoint(a, "transparency", ("contact",))


Measured = Callable[[DatasetProfile, DatasetAssessment], Iterator[Block]]


def _of_viewpoint(
    a: Assessment, viewpoint: str, keys: tuple[str, ...], measured: Measured | None = None
) -> Iterator[Block]:
    def written(profile: DatasetProfile, made: DatasetAssessment) -> Iterator[Block]:
        for key in keys:
            yield Para(joined([w(key), declared(made, key)], between=(": ", ":")))
        if measured is not None:
            yield from measured(profile, made)
        boxes = (box for box in made.boxes if box.viewpoint == viewpoint)
        yield Checks(tuple(check(box) for box in boxes))

    yield from each(a, written)


def check(box: Box) -> Check:
    """A box as it is shown: what settled it, what a person answered, or that it asks."""
    text = {lang: f"{one} [{box.id}]" for lang, one in box.text.items()}
    if box.ticked and box.settled is not Settled.PERSON:
        below = joined([w(box.settled), *facts(box.shown)])
        return Check("ticked", text, (w("settled", below),))
    given = box.question.answer if box.question else None
    reply = answered(given) if given else put(box.question) if box.question else w("none")
    if box.settled in {Settled.EVIDENCE, Settled.DECLARED}:
        return Check("no", text, (w("not_so", w(box.settled)), reply))
    return Check(("person" if box.ticked else "no") if given else "open", text, (reply,))


def answered(given: Answer) -> Text:
    """What a person answered, who and when."""
    word = w(given.answer) if given.answer in CLOSED else same(given.answer)
    return w("by_on", word, given.by or "-", given.date or "-", given.reason)
