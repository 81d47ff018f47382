"""The program `privscan`: runs a verb and turns every ending into an exit code."""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from privscan.errors import PrivscanError
from privscan.sources._address import cleaned

DONE, VIOLATION, USAGE, INCOMPLETE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 4, 130


def main() -> None:
    """Run the command line and exit with its code; no traceback and no value reaches the user."""
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _ended)
    try:
        from privscan.rulebook._presidio import defer_unused

        # Modules and rules live to the end: looking for garbage among them is 8 % of a small scan.
        gc.set_threshold(100_000, 20, 20)
        defer_unused()
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = _say("interrupted", INTERRUPTED)
    sys.exit(code)


def _ended(number: int, _frame: FrameType | None) -> None:
    """A scheduler's end is Ctrl-C: what is half done goes, a second one does not wait for it."""
    signal.signal(number, signal.SIG_DFL)
    raise KeyboardInterrupt


def run(arguments: list[str]) -> int:
    """The exit code of one call: 0, 1, 2, 3, 4 or 130, see `privscan explain exit-codes`."""
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader left before the verb was done: no answer was given, so it is not a 0.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  lives till exit
        return INTERNAL
    except KeyboardInterrupt:
        return _say("interrupted", INTERRUPTED)
    except PrivscanError as error:
        return _say(str(error), error.exit_code)
    except Exception as error:  # noqa: BLE001  the border: users see one line, never a traceback
        return _internal(error)
    except BaseException as error:
        if isinstance(error, (SystemExit, GeneratorExit)):
            raise
        return _internal(error)  # Polars panics are no Exception
    return code


def _run(arguments: list[str]) -> int:
    import click

    from privscan.cli.main import privscan

    try:
        code = privscan.main(arguments, prog_name="privscan", standalone_mode=False)
    except click.Abort:
        return _say("interrupted", INTERRUPTED)
    except click.ClickException as error:
        # An address where a file was wanted stands in it; the attribute is declared final.
        vars(error).update(message=cleaned(error.message))
        error.show()
        return USAGE
    return code if isinstance(code, int) else DONE


def _say(text: str, code: int) -> int:
    shown = "".join(c if c.isprintable() or c == "\n" else "?" for c in cleaned(text))
    print(f"privscan: {shown}", file=sys.stderr)  # noqa: T201  the last word of the program
    return code


def _internal(error: BaseException) -> int:
    """One line with the error's type and the place in our code; texts of errors can quote cells."""
    if os.environ.get("PRIVSCAN_DEBUG") == "1":
        for link in _chain(error):
            frames = "".join(traceback.format_tb(link.__traceback__))
            print(f"{frames}{type(link).__name__}", file=sys.stderr)  # noqa: T201  asked for
    ours = Path(__file__).parent
    places = [
        f"{Path(frame.filename).relative_to(ours)}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(ours)
    ]
    place = places[-1] if places else "an unknown place"
    what = f"internal error: {type(error).__name__} at {place}"
    return _say(f"{what}\n  try: PRIVSCAN_DEBUG=1 shows the way there", INTERNAL)


def _chain(error: BaseException) -> Iterator[BaseException]:
    cause = error.__cause__ or error.__context__
    if cause is not None:
        yield from _chain(cause)
    yield error


if __name__ == "__main__":
    main()
