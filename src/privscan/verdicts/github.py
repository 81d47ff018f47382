"""GitHub annotations: workflow commands that mark the file of each violation in a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from privscan.model.finding import Verdict
from privscan.model.report import Report
from privscan.render._phrases import shown
from privscan.verdicts._phrases import answered, bounded, head, helps, lacking

PLUGIN = True
SUFFIXES = (".annotations",)

_ELSEWHERE = re.compile(r"/|[A-Za-z][A-Za-z0-9+.-]*:")
"""A place that is no file of the repository: absolute, or with a scheme."""


def render(verdict: Verdict, report: Report, *, lang: str = "en") -> str:
    """One command a line: errors for violations and what is unread, notices for the rest."""
    uris = {dataset.name: dataset.uri for dataset in report.datasets}
    return "\n".join(_lines(verdict, report, uris, lang)) + "\n"


def _lines(verdict: Verdict, report: Report, uris: Mapping[str, str], lang: str) -> Iterator[str]:
    for one in verdict.violations:
        said = f"{one.message[lang]}\n{bounded(one, lang)}"
        yield _command("error", said, uris.get(one.dataset, ""), f"{one.dataset}: {one.rule}")
    for reason in verdict.incomplete:
        yield _command("error", lacking(reason, lang), "", "incomplete")
    for waived in verdict.waived:
        uri = uris.get(waived.violation.dataset, "")
        yield _command("notice", answered(waived, lang), uri, waived.violation.rule)
    for remedy in verdict.remedies:
        said = "\n".join(helps(remedy, lang))
        yield _command("notice", said, uris.get(remedy.dataset, ""), remedy.dataset)
    yield _command("notice", head(verdict, report, lang), "", "privscan")


def _command(level: str, message: str, uri: str, title: str) -> str:
    path = uri.replace("\\", "/")
    file = "" if not path or _ELSEWHERE.match(path) else f"file={_property(path)},"
    text = "\n".join(shown(line) for line in message.split("\n"))
    return f"::{level} {file}title={_property(title)}::{_data(text)}"


def _data(text: str) -> str:
    """The message of a command, in the runner's own escapes."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(shown(text)).replace(":", "%3A").replace(",", "%2C")
