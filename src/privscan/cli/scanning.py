"""What `scan` and `gate` share: sources, detectors, key and progress of one run."""

from __future__ import annotations

import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from privscan.cli.output import deliver, printable, targets, tell
from privscan.errors import UsageError
from privscan.model.report import Report
from privscan.registry import plugins

if TYPE_CHECKING:
    from privscan.scan.local import Progress

Answer = TypeVar("Answer")

KEY_BYTES = 16
"""Least length of a key file: 128 bits, the least a keyed hash is called secure with."""

_SETTLED, _MINUTE = 3.0, 60
"""Seconds before which a pace says nothing."""

_REDRAW = 0.2
"""Seconds between two drawings of the progress line."""


def typed(prompt: str = "") -> list[str]:
    """The lines of stdin that hold something, or the one a terminal is asked for, unshown."""
    # Polars' own handler restarts a read that Ctrl-C broke off: nothing would end the waiting.
    if hasattr(signal, "siginterrupt"):  # absent on Windows
        signal.siginterrupt(signal.SIGINT, True)  # noqa: FBT003  the library's own signature
    if prompt and sys.stdin.isatty():
        return [str(click.prompt(prompt, hide_input=True, err=True))]
    return [line for line in sys.stdin.read().splitlines() if line.strip()]


def sources(given: Sequence[str]) -> list[str]:
    """The sources as given; `-` stands for those on stdin, one a line."""
    if "-" not in given:
        return list(given)
    read = typed()
    if not read and set(given) == {"-"}:
        raise UsageError("stdin named no source", hint="one source a line")
    at = list(given).index("-")
    return [*given[:at], *read, *(s for s in given[at + 1 :] if s != "-")]


@dataclass(frozen=True, slots=True)
class Run:
    """One run over data, from the options that `scan` and `gate` share."""

    sources: Sequence[str]
    outputs: Sequence[str]
    lang: str
    context: str | None
    workers: int | None
    detectors: Sequence[str]
    no_detectors: Sequence[str]
    key_file: str | None
    engine: str
    store: str | None
    quiet: bool
    no_progress: bool

    def look(self, scan: Callable[..., Report]) -> Report:
        """What `scan`, the function of `api`, says; wrong options fail before any data is read."""
        given = sources(self.sources)
        targets(self.outputs, given)
        return self.called(scan, given)

    def called(self, scan: Callable[..., Answer], given: Sequence[str]) -> Answer:
        """What a function of `api` says that takes sources and the options of a scan."""
        from privscan.assess.context import load_context

        settings = {
            "context": load_context(Path(self.context)) if self.context else None,
            "workers": self.workers,
            "detectors": _detectors(self.detectors, self.no_detectors),
            "key": secret(self.key_file),
            "engine": self.engine,
            "store": self.store,
        }
        shown = sys.stderr.isatty() and not self.quiet and not self.no_progress
        with ProgressLine(shown=shown) as progress:
            return scan(*given, **settings, progress=progress)

    def deliver(self, report: Report, document: str | bytes) -> None:
        """Write the report's files, then the document to stdout, then the summary to stderr."""
        files = deliver({"scan": report}, document, self.outputs, self.lang)
        if not self.quiet:
            tell(summary(report))
            for line in (*self._reused(), *aged(), *(f"wrote {file}" for file in files)):
                tell(line)

    def _reused(self) -> Iterator[str]:
        """Of how many parts the store had the evidence, and why the others were read."""
        if self.store:
            from privscan.store.history import reused

            yield f"store: {reused(self.store)}"


def aged() -> Iterator[str]:
    """A warning if rules in force are old today; the report does not hold it, nor any date."""
    from privscan.rulebook.age import MONTHS, stale
    from privscan.rulebook.load import rulebook

    old = len(stale(rulebook(), datetime.now(UTC).date()))
    if old:
        has = "1 rule is" if old == 1 else f"{old} rules are"
        yield f"warning: {has} older than {MONTHS} months: privscan rules check"


def _detectors(only: Sequence[str], without: Sequence[str]) -> list[str] | None:
    if not only and not without:
        return None
    chosen = list(only) or [p.name for p in plugins("detectors")]
    left = [name for name in chosen if name not in without]
    if not left:
        raise UsageError("no detector is left to run", hint="fewer --no-detector")
    return left


def secret(file: str | None) -> bytes | None:
    """The key in a file, None without one; one that is too short is a `UsageError`."""
    if file is None:
        return None
    try:
        key = Path(file).read_bytes()
    except OSError:
        raise UsageError("the key file cannot be read", where=file) from None
    if len(key) < KEY_BYTES:
        raise UsageError(
            f"a key has {KEY_BYTES} bytes or more, this file has {len(key)}",
            where=file,
            hint="head -c 32 /dev/urandom > FILE",
        )
    return key


class ProgressLine:
    """One line on stderr that is drawn over and wiped at the end; silent unless `shown`."""

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown
        self._next, self._began = 0.0, time.monotonic()

    def __enter__(self) -> Callable[[Progress], None] | None:
        """The callback for `api.scan`, or None where nobody looks."""
        return self._draw if self.shown else None

    def __exit__(self, *_: object) -> None:
        """Wipe the line."""
        if self.shown:
            click.echo("\r\x1b[K", err=True, nl=False, color=True)

    def _draw(self, progress: Progress) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _REDRAW
        line = told(progress, now - self._began)
        wide = shutil.get_terminal_size().columns - 1
        click.echo(f"\r\x1b[K{printable(line)[:wide]}", err=True, nl=False, color=True)


def told(progress: Progress, seconds: float) -> str:
    """How far a scan is after so many seconds, and how long the rest takes at that pace."""
    pieces = [
        f"{progress.done}/{progress.parts} parts",
        f"{progress.bytes / 1e6:,.0f} of {progress.total / 1e6:,.0f} MB",
        f"{progress.rows:,} rows",
    ]
    if 0 < progress.bytes < progress.total and seconds > _SETTLED:
        pieces.append(f"{_time(seconds * (progress.total / progress.bytes - 1))} left")
    return ", ".join([*pieces, progress.uri.rpartition("/")[2]])


def _time(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    minutes = seconds / _MINUTE
    return f"{minutes:.0f} min" if minutes < _MINUTE else f"{minutes / _MINUTE:.1f} h"


def summary(report: Report) -> str:
    """One line: datasets, score, findings by severity, and what stayed unread."""
    counts = Counter(f.severity for f in report.findings)
    by_severity = ", ".join(
        f"{counts[s]} {s.value.replace('_', ' ')}" for s in sorted(counts, key=lambda s: -s.rank)
    )
    parts = [
        _plural(len(report.datasets), "dataset"),
        f"score {report.score:.0f} ({report.level.value.replace('_', ' ')})",
        _plural(len(report.findings), "finding") + (f": {by_severity}" if by_severity else ""),
    ]
    if not report.complete:
        parts.append(f"INCOMPLETE: {_plural(len(report.unread), 'part')} unread")
    return "; ".join(parts)


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
