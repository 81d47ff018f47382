"""The sections of a report on paper, in one language: what the page for browsers says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from privscan.model.data import Unread
from privscan.model.finding import Citation, Finding
from privscan.model.profile import DatasetProfile
from privscan.model.report import SCHEMA, Report
from privscan.render import _overview, _paper
from privscan.render._figures import Figure, of_dataset, of_report
from privscan.render._laws import clause, law, status
from privscan.render._paper import Block, Said
from privscan.render._phrases import (
    in_part,
    listed,
    measured,
    number,
    principle,
    size,
    threshold,
)
from privscan.render._reasons import reason
from privscan.render._unseen import unseen
from privscan.render._words import say
from privscan.rulebook.load import rulebook

MEASURES = 5
"""Pieces of advice at the top; the findings have all."""

NAMES = 12
"""Names in a list; more are counted."""


@dataclass(frozen=True, slots=True)
class Page:
    """A report in a language; `anchors` gives the place of each dataset in the data map."""

    report: Report
    lang: str
    anchors: Mapping[str, str]

    def say(self, key: str, *values: object) -> str:
        return say(key, self.lang, *values)

    def many(self, things: Iterable[str], most: int = NAMES) -> str:
        return listed(things, self.lang, most)

    def dataset(self, name: str) -> dict[str, str]:
        """A dataset's name, linked to its place in the data map."""
        return {"text": name} | ({"to": self.anchors[name]} if name in self.anchors else {})

    def badge(self, key: str) -> dict[str, str]:
        return {"badge": key, "text": self.say(key)}

    def verdict(self) -> Iterator[Block]:
        """Score, level, completeness, and the decision that is needed."""
        report = self.report
        state = "complete" if report.complete else "incomplete"
        lines = [
            _paper.para(self.say("decision"), "note"),
            _paper.para(self.say(_overview.decision(report)), "lead"),
        ]
        if not report.complete and report.datasets:
            after = self.say(f"decide_{report.level.value}")
            lines.append(_paper.para(f"{self.say('besides')} {after}"))
        tone = report.level.value if report.complete else "incomplete"
        badges: Said = [self.badge(report.level.value), "  ", self.badge(state)]
        yield _paper.verdict(report.score, tone, badges, lines)

    def summary(self) -> Iterator[Block]:
        """How much there is of everything, and one row a dataset."""
        report = self.report
        asked = sum(len(group) for _, group in _overview.questions(report))
        counts = {
            "datasets": len(report.datasets),
            "subjects": sum(d.subjects for d in report.datasets),
            "findings": len(report.findings),
            "open_questions": asked,
            "parts_unread": len(report.unread),
        }
        yield _paper.facts((self.say(key), f"{count:,}") for key, count in counts.items())
        yield _paper.para(self.say("facts_note"), "note")
        heads = ("dataset", "score", "level", "rows", "subjects", "columns")
        read = _overview.read(report)
        if read:
            yield _paper.table(
                [self.say(key) for key in heads],
                [self._standing(d) for d in read],
                self.lang,
                tones=[d.risk.level.value if d.risk else "" for d in read],
                numbers=(1, 3, 4, 5),
            )
        yield from self._blank()

    def _standing(self, d: DatasetProfile) -> list[Said]:
        score = f"{d.risk.score:.1f}" if d.risk else "-"
        level = self.say(d.risk.level) if d.risk else "-"
        counts = (f"{count:,}" for count in (d.rows, d.subjects, len(d.columns)))
        return [[self.dataset(d.name)], score, level, *counts]

    def _blank(self) -> Iterator[Block]:
        """Datasets of which nothing could be read, in one line; and that nothing was scanned."""
        if unread := _overview.unread(self.report):
            files = sum(d.files for d in unread)
            yield _paper.para(number("n_unread", files, self.lang))
        if not self.report.datasets:
            yield _paper.para(self.say("nothing"))

    def measures(self) -> Iterator[Block]:
        """The first pieces of advice, each with where it is needed."""
        groups = _overview.measures(self.report, MEASURES)
        if not groups:
            yield _paper.para(self.say("no_measures"))
            return
        yield _paper.items((self._measure(group) for group in groups), ordered=True)

    def _measure(self, group: _overview.Group) -> list[str | dict[str, str]]:
        places: list[str | dict[str, str]] = []
        for f in group.findings[:4]:
            columns = f": {self.many(f.columns, 3)}" if f.columns else ""
            link = {"text": f"{f.dataset}{columns}", "to": f"{self.lang}-{f.id}"}
            places += [", ", link] if places else [link]
        more = len(group.findings) - 4
        rest = f" {self.say('more', more)}" if more > 0 else ""
        checks = _paper.quiet(f"{rest} · {', '.join(group.checks)}")
        advice = {"text": group.worst.advice[self.lang], "look": "strong"}
        return [advice, _paper.LINE, self.badge(group.worst.severity.value), "  ", *places, checks]

    def scores(self) -> Iterator[Block]:
        """Each dataset's score, step by step."""
        cuts = ", ".join(
            f"{self.say(level.value)} {cut:g}"
            for level, cut in rulebook().scoring.cuts.items()
            if cut
        )
        note = f"{self.say('waterfall_note')} {self.say('cuts_note')} {cuts}."
        yield _paper.para(note, "note")
        for d in _overview.read(self.report):
            if d.risk and d.risk.score:
                yield _paper.head(d.name)
                yield from self.figures(of_dataset(d), "waterfall")
        clean = [d.name for d in self.report.datasets if d.risk and not d.risk.score]
        if clean:
            yield _paper.para(f"{self.say('scored_zero')} {self.many(clean)}")
        yield from self._blank()

    def figures(self, drawn: Iterable[Figure], *keys: str, tabled: bool = True) -> Iterator[Block]:
        """The figures of those keys, each with its table unless another table says it all."""
        for figure in drawn:
            if figure.key in keys:
                yield from _paper.figure(figure, self.lang, tabled=tabled)

    def risk_map(self) -> Iterator[Block]:
        """The datasets by severity and likelihood, drawn and as a table."""
        yield _paper.para(self.say("map_note"), "note")
        yield from self.figures(of_report(self.report), "risk_map")
        if apart := _overview.unplaced(self.report):
            names = self.many(d.name for d in apart)
            yield _paper.para(f"{self.say('map_none')} {names}", "note")
        if not self.report.datasets:
            yield _paper.para(self.say("nothing"))

    def findings(self) -> Iterator[Block]:
        """Each finding with what it rests on."""
        if not self.report.findings:
            yield _paper.para(self.say("no_findings"))
            return
        yield _paper.para(self.say("grades_note"), "note")
        missed = unseen(self.report, self.lang)
        for f in self.report.findings:
            yield from self._finding(f, missed[f.dataset])

    def _finding(self, f: Finding, missed: str) -> Iterator[Block]:
        lang = self.lang
        head: Said = [self.badge(f.severity.value), "  ", f.message[lang]]
        yield _paper.head(head, label=f"{lang}-{f.id}")
        columns: Said = [self.dataset(f.dataset), f" · {self.many(f.columns)}" if f.columns else ""]
        certainty = f"{f.confidence:.0%}".replace("%", " %")
        rows: list[tuple[str, Said]] = [
            ("advice", f.advice[lang]),
            ("question", f.question[lang] if f.question else ""),
            ("place", columns),
            ("measured", "; ".join(measured(f, lang))),
            ("threshold", threshold(f, lang)),
            ("unseen", missed),
            ("confidence", f"{certainty} · {self.say(f.certainty)} · {self.say(f.phase)}"),
            ("principles", self.many(principle(p, lang) for p in f.principles)),
            ("viewpoints", self.many(self.say(view) for view in f.viewpoints)),
            *(("citations", self._citation(law)) for law in f.citations),
            ("check", [{"text": f"{f.check} · {f.id}", "look": "code"}]),
        ]
        yield _paper.facts((self.say(key), said) for key, said in rows if said)

    def _citation(self, law: Citation) -> list[str | dict[str, str]]:
        grade = f"{law.source}: {self.say(law.source)}"
        look = "strong" if law.source == "M" else "quiet"
        return [
            f"{clause(law, self.lang)}; {status(law, self.lang)}. ",
            {"text": grade, "look": look},
        ]

    def questions(self) -> Iterator[Block]:
        """What people have to answer, by dataset, with room for the answer."""
        asked = _overview.questions(self.report)
        if not asked:
            yield _paper.para(self.say("no_questions"))
            return
        yield _paper.para(self.say("questions_note"), "note")
        for name, group in asked:
            yield _paper.head(name)
            checks = [("open", text[self.lang], [", ".join(g.checks[:4])]) for text, g in group]
            yield _paper.checks(checks, self.say("answer"))

    def not_covered(self) -> Iterator[Block]:
        """Parts unread, detectors not run, columns read in part, laws not asked."""
        report, tool = self.report, self.report.tool
        yield _paper.head(self.say("unread"))
        if report.unread:
            heads = [self.say(key) for key in ("place", "reason", "size", "rows")]
            yield _paper.table(
                heads, [_unread(one, self.lang) for one in report.unread], self.lang, numbers=(2, 3)
            )
        else:
            yield _paper.para(self.say("unread_none" if report.datasets else "nothing"))
        yield _paper.head(self.say("not_run"))
        yield (
            _paper.facts(
                (name, reason(why, self.lang)) for name, why in sorted(tool.not_run.items())
            )
            if tool.not_run
            else _paper.para(self.say("not_run_none"))
        )
        if partly := _overview.in_part(report):
            yield _paper.head(self.say("in_part"))
            yield _paper.items(in_part(one, self.lang) for one in partly)
        yield _paper.head(self.say("not_evaluated"))
        yield (
            _paper.items(law(name, self.lang) for name in tool.not_evaluated)
            if tool.not_evaluated
            else _paper.para(self.say("not_evaluated_none"))
        )

    def tool(self) -> Iterator[Block]:
        """What the report was made with."""
        tool = self.report.tool
        yield _paper.para(self.say("made_note"), "note")
        made = {
            "version": tool.version,
            "rules_digest": tool.rules_digest,
            "plan_digest": tool.plan_digest,
            "libraries": ", ".join(f"{name} {one}" for name, one in sorted(tool.libraries.items())),
            "schema": SCHEMA,
        }
        yield _paper.facts((self.say(key), said) for key, said in made.items())


def _unread(one: Unread, lang: str) -> list[Said]:
    place: Said = [one.uri, _paper.quiet(f" {one.span}")]
    rows = f"{one.rows:,}" if one.rows else "-"
    return [place, reason(one.reason, lang), size(one.bytes) if one.bytes else "-", rows]
