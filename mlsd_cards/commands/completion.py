"""Completion of commands, options and cards in a shell."""

from __future__ import annotations

import click

VARIABLE = "_MLSD_CARDS_COMPLETE"

HOW = {
    "bash": '# put this line into ~/.bashrc:  eval "$(mlsd-cards completion bash)"',
    "zsh": '# put this line into ~/.zshrc, below compinit:  eval "$(mlsd-cards completion zsh)"',
    "fish": "# mlsd-cards completion fish > ~/.config/fish/completions/mlsd-cards.fish",
}


@click.command(epilog="Example: mlsd-cards completion bash")
@click.argument("shell", type=click.Choice(list(HOW)))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print what completes commands, options, decks and card ids in SHELL.

    For bash and zsh, put `eval "$(mlsd-cards completion bash)"` into ~/.bashrc or, with zsh in
    place of bash, into ~/.zshrc. For fish, write the output to
    ~/.config/fish/completions/mlsd-cards.fish.
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise AssertionError(shell)
    script = kind(context.find_root().command, {}, "mlsd-cards", VARIABLE)
    click.echo(HOW[shell])
    # not source(), which runs bash to ask for its version and fails where there is none
    click.echo(script.source_template % script.source_vars())
