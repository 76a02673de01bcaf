"""The door: the table of commands, each loaded only when it is called."""

from __future__ import annotations

import gc

# A short run makes no garbage worth looking for: without the search a start is a tenth shorter.
# A review turns it on again.
gc.disable()

import errno
import os
import sys
from importlib import import_module

import click

from mlsd_cards import __version__
from mlsd_cards.errors import UserError

COMMANDS = {
    "Study": {
        "review": "Review what is due, then some new cards.",
        "quiz": "Answer questions against a clock.",
        "due": "Say what is due today.",
        "plan": "Plan the days until an interview, and what will be known then.",
        "interview": "Rehearse a whole interview against a clock and a rubric.",
        "answer": "Record one answer, for scripts and editors.",
    },
    "Look": {
        "stats": "Say where you stand: what was done, what is due, remembered and hard.",
        "report": "Draw where you stand as a page for the browser, in one file.",
        "search": "Search cards: prompts, answers, explanations, tags, sources and ids.",
        "show": "Show whole cards, with their answers.",
        "why": "Explain every step of a card's schedule.",
        "evaluate": "Say how well each scheduler predicts what you remember.",
        "simulate": "Try ways of scheduling on made-up memories, and compare them.",
    },
    "Write": {
        "check": "Report every problem in deck files.",
        "new": "Add a card to a deck of your own.",
        "edit": "Open a card's file at its line in $VISUAL or $EDITOR.",
        "flag": "Flag a card as wrong, with a note.",
        "add": "Add a deck file to your own decks.",
    },
    "Carry": {
        "export": "Write decks into files, for others and for Anki.",
        "import": "Take in what was done or kept elsewhere.",
        "sync": "Exchange what was done with your other machines, by way of a folder.",
    },
    "Keep": {
        "suspend": "Put cards away.",
        "resume": "Take them back.",
        "reset": "Forget the schedule of cards.",
        "backup": "Copy the store with every answer into one file, while reviews go on.",
        "restore": "Bring back every answer that a copy has and the store has not.",
        "doctor": "Check the store, and mend it.",
        "config": "Read or change settings.",
        "fit": "Fit FSRS's parameters to your own answers, and take them if they predict better.",
        "where": "Say where progress and decks are, how to move and how to uninstall.",
        "completion": "Complete commands and cards in a shell.",
    },
}
"""The commands by what they are for, with the line that the help shows; a test holds the lines to
the commands' own."""

KEYWORDS = {"import": "import_"}
"""The files of commands whose names mean something to Python."""

INTERRUPTED = 130


class Commands(click.Group):
    """A group that imports a command only to run it or to show its own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for group in COMMANDS.values() for name in group]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; of an unknown one, which was probably meant."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            from mlsd_cards.commands.names import nearest

            ctx.fail(f"there is no command {args[0]!r}. {nearest(args[0], set(known))}")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        file = KEYWORDS.get(cmd_name, cmd_name)
        module = import_module(f"mlsd_cards.commands.{file}")
        command: click.Command = module.command
        command.name = cmd_name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl(list(commands.items()), col_max=12)


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: mlsd-cards review",
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="mlsd-cards")
@click.pass_context
def cli(context: click.Context) -> None:
    """Flashcards and quizzes for machine-learning system design interviews.

    Alone, it says what is due and the next thing to do. Progress is kept in your home folder for
    the program; nothing leaves this machine.
    """
    if context.invoked_subcommand is None:
        from mlsd_cards.commands.options import say
        from mlsd_cards.commands.welcome import welcome

        say("\n".join(welcome()))


def main() -> None:
    """Run the program and leave with its exit code: 0, 1 refused, 2 usage, 130 interrupted."""
    try:
        code = cli.main(prog_name="mlsd-cards", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except UserError as error:
        code = _refused(str(error))
    except OSError as error:
        if error.filename is not None:  # a path that no command could use, and none looked at
            code = _refused(f"{os.fsdecode(error.filename)}: {error.strerror}")
        elif error.errno in {errno.ENOSPC, errno.EIO}:
            code = _unwritten(error)
        else:
            raise
    except UnicodeEncodeError as error:
        if error.reason != "surrogates not allowed":
            raise
        code = _refused(f"{error.object} is no text in UTF-8, and so the name of nothing here")
    except Exception as error:  # of all that may be raised, only the store's trouble is expected
        sqlite3 = sys.modules.get("sqlite3")
        if sqlite3 is None or not isinstance(error, sqlite3.DatabaseError):
            raise
        from mlsd_cards.store.file import words

        click.echo("mlsd-cards: " + "\n".join(words(error, "the store")), err=True)
        code = UserError.code
    try:
        sys.stdout.flush()
    except OSError as error:
        code = _unwritten(error)
    gc.freeze()  # nor is anything worth looking for at the end
    sys.exit(code)


def _refused(what: str) -> int:
    """Say why nothing was done."""
    from mlsd_cards.commands.options import say

    say(f"mlsd-cards: {what}", err=True)
    return UserError.code


def _unwritten(error: OSError) -> int:
    """Say that the output went nowhere, and stop Python from trying it again at its end."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    click.echo(f"mlsd-cards: the output could not be written: {error.strerror}", err=True)
    return 1
