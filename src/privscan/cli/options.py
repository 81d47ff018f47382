"""Options that several verbs share, and the types that give them their checks."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import click

from privscan.errors import nearest
from privscan.model.kinds import Severity
from privscan.registry import plugins

F = TypeVar("F", bound=Callable[..., Any])

LANGUAGES = ("en", "ja")


class Setting(click.Option):
    """An option that also reads `PRIVSCAN_<VERB>_<NAME>` and, if shared, `PRIVSCAN_<NAME>`."""

    def __init__(self, *args: Any, shared: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shared = shared

    @property
    def key(self) -> str:
        """The long name as a key: `--key-file` is `key_file`."""
        return max(self.opts, key=len).lstrip("-").replace("-", "_")

    def variables(self, prefix: str) -> list[str]:
        """The environment variables it reads, the one that wins first; `prefix` is the verb's."""
        own = f"{prefix}_{self.key}".upper().replace("-", "_")
        return [own, f"PRIVSCAN_{self.key.upper()}"] if self.shared else [own]

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """The verb's own variable first, then the one that serves every verb."""
        prefix = ctx.auto_envvar_prefix or "PRIVSCAN"
        return next((v for name in self.variables(prefix) if (v := os.environ.get(name))), None)


class PluginName(click.ParamType[str]):
    """The name of a plugin of one group; the names are read from the folder, nothing is loaded."""

    def __init__(self, group: str) -> None:
        self.group = group
        self.name = {"render": "format", "assessments": "format", "detectors": "detector"}.get(
            group, group
        )

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name itself; an unknown one fails with the nearest or all names."""
        known = [p.name for p in plugins(self.group)]
        if value not in known:
            hint = nearest(str(value), known) or f"known are {', '.join(known)}"
            self.fail(f"there is no {self.name} {value!r}; {hint}", param, ctx)
        return str(value)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002  click's signature
        """Name what is wanted; `privscan plugins` lists the choices."""
        return self.name.upper()


class PolicyName(click.ParamType[str]):
    """A shipped policy's name, or the path of a policy file."""

    name = "policy"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text as given; a path must lead to a file."""
        if self.is_path(str(value)) and not Path(value).is_file():
            self.fail(f"there is no policy file {value!r}", param, ctx)
        return str(value)

    @staticmethod
    def is_path(value: str) -> bool:
        """Whether a policy is named by a file, not by its name."""
        return Path(value).suffix in {".yaml", ".yml"} or os.sep in value


class StoreName(click.Path):
    """A folder, which may have to exist, or an address, at which nobody looks yet."""

    def __init__(self, *, exists: bool = False) -> None:
        super().__init__(exists=exists, file_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The text as given."""
        from privscan.sources._address import scheme

        return value if scheme(str(value)) else super().convert(value, param, ctx)


def verb(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function the verb `name`."""
    return click.command(name, no_args_is_help=False)


def option(*names: str, **settings: Any) -> Callable[[F], F]:
    """A click option of the class `Setting`."""
    return click.option(*names, cls=Setting, **settings)


def stacked(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    """One decorator of several; the first one's option is listed first in the help."""
    return lambda f: reduce(lambda g, d: d(g), reversed(decorators), f)


LANG = option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of texts: English or Japanese.",
)
LANG_OR_BOTH = option(
    "--lang",
    type=click.Choice((*LANGUAGES, "both")),
    default="en",
    show_default=True,
    help="Language of texts: English, Japanese or both.",
)
OUTPUT = option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(),
    help="Write the report to this file; the suffix picks the format. A folder (`site/`) gets a "
    "site with a page for each dataset. Repeatable. All files are written or none, and only at "
    "the end.",
)
FORMAT = option(
    "-f",
    "--format",
    "format_",
    type=PluginName("render"),
    default="text",
    show_default=True,
    help="Format of the one document on stdout; `privscan plugins render` lists them.",
)
QUIET = option("-q", "--quiet", is_flag=True, help="No summary and no progress on stderr.")
FAIL_ON = option(
    "--fail-on",
    type=click.Choice([s.value for s in Severity]),
    help="Exit 1 if a finding has this severity or a higher one.",
)
JSON = option(
    "-f",
    "--format",
    "format_",
    shared=False,
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Format of the one document on stdout.",
)
KEY_FILE = option(
    "--key-file",
    type=click.Path(exists=True, dir_okay=False),
    help="Secret key that the scan was given: with it the manifest's signature is checked.",
)

SOURCES = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
CONTEXT = option(
    "--context",
    type=click.Path(exists=True, dir_okay=False),
    help="dataset.yaml with what people know: purpose, legal basis, owner. Default: the one "
    "beside the data.",
)
SCANNING: tuple[Callable[[Any], Any], ...] = (
    CONTEXT,
    option(
        "--workers",
        type=click.IntRange(min=1),
        metavar="NUMBER",
        help="Processes that read. Default: one, or one a CPU from 256 MB of data on.",
    ),
    option(
        "--detector",
        "detectors",
        multiple=True,
        type=PluginName("detectors"),
        help="Run this detector only. Repeatable.",
    ),
    option(
        "--no-detector",
        "no_detectors",
        multiple=True,
        type=PluginName("detectors"),
        help="Leave this detector out. Repeatable.",
    ),
    option(
        "--key-file",
        type=click.Path(exists=True, dir_okay=False),
        help="Secret key for value hashes, 16 bytes or more. Default: a key derived from the "
        "plan, for evidence that never leaves the process.",
    ),
    option(
        "--engine",
        metavar="NAME[:ADDRESS]",
        default="local",
        show_default=True,
        help="What spreads the work: local, dask or spark, the last two on this machine or on the "
        "cluster at ADDRESS.",
    ),
    option(
        "--store",
        type=StoreName(),
        metavar="STORE",
        help="Folder, or address in an object store, for evidence and reports between runs: only "
        "parts that changed since the last one are read. Made if it is not there; as sensitive as "
        "the data are.",
    ),
    option("--no-progress", is_flag=True, help="No progress line, even on a terminal."),
)
"""What `scan` and `gate` both take to look at data."""
