"""Print the script that completes verbs and options in a shell."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from privscan.cli.options import verb

PLUGIN = True
ORDER = 9

_SHELLS = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


@verb("completion")
@click.argument("shell", type=click.Choice(sorted(_SHELLS)))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script for SHELL.

    bash: `eval "$(privscan completion bash)"` in ~/.bashrc; zsh alike in ~/.zshrc;
    fish: `privscan completion fish > ~/.config/fish/completions/privscan.fish`.
    """
    from privscan.cli.output import emit

    complete = _SHELLS[shell](ctx.find_root().command, {}, "privscan", "_PRIVSCAN_COMPLETE")
    # Not .source(): it starts a shell to ask for its version.
    emit(complete.source_template % complete.source_vars())
