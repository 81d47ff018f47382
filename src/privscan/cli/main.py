"""The lazy group `privscan`: verbs are listed by reading and imported only when called."""

from __future__ import annotations

import click

from privscan import __version__
from privscan.errors import nearest
from privscan.registry import Plugin, plugins

_LAST = 99
"""Place in the help of a verb that states no `ORDER`."""


class Verbs(click.Group):
    """A group whose commands are the plugins of the folder `cli`, in their own `ORDER`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """The verbs' names in the order of the help."""
        return [p.name for p in _verbs()]

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002  click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """Import the one verb that is called; None for an unknown name."""
        found = next((p for p in _verbs() if p.name == cmd_name), None)
        if found is None:
            return None
        command: click.Command = found.load().command
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002  click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """List the verbs with the first line of each module, which imports none of them."""
        with formatter.section("Verbs"):
            formatter.write_dl([(p.name, p.about) for p in _verbs()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but name the nearest verb of all, not only of the imported ones."""
        name, known = args[0], self.list_commands(ctx)
        if name not in known and not name.startswith("-") and not ctx.resilient_parsing:
            hint = nearest(name, known) or f"the verbs are {', '.join(known)}"
            raise click.UsageError(f"there is no verb {name!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)


def _verbs() -> list[Plugin]:
    return sorted(plugins("cli"), key=lambda p: (int(str(p.fact("ORDER", _LAST))), p.name))


@click.command(
    cls=Verbs,
    subcommand_metavar="VERB [ARGS]...",
    context_settings={
        "help_option_names": ["-h", "--help"],
        "auto_envvar_prefix": "PRIVSCAN",
        "max_content_width": 100,
    },
    epilog="Exit codes: 0 done or policy met, 1 policy broken, 2 usage or rules wrong, "
    "3 answer incomplete, 4 internal error, 130 interrupted.",
)
@click.version_option(__version__, message="privscan %(version)s")
@click.option(
    "--config",
    "config_file",
    metavar="FILE",
    envvar="PRIVSCAN_CONFIG",
    type=click.Path(exists=True, dir_okay=False),
    help="Read settings from this file, not from the nearest privscan.toml or pyproject.toml.",
)
@click.pass_context
def privscan(ctx: click.Context, config_file: str | None) -> None:
    """Find personal and biometric data in datasets and picture folders, and judge the risk."""
    from privscan.cli.settings import default_map, load_settings

    settings = load_settings(config_file)
    ctx.obj = settings
    if settings.entries:
        ctx.default_map = default_map(settings)
