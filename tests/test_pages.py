"""A page of docs for each command, generated from its help, and nothing else in their folder.

``MLSD_CARDS_REGENERATE=1 pytest tests/test_pages.py`` writes them anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mlsd_cards.cli import COMMANDS, cli

FOLDER = Path(__file__).parent.parent / "docs" / "commands"
INDEX = "README"


def pages(
    command: click.Command, name: str, parent: click.Context | None = None
) -> Iterator[tuple[str, str]]:
    """The page of a command by its file's name, and those of the commands in it."""
    settings = command.context_settings
    context = click.Context(command, info_name=name, parent=parent, terminal_width=80, **settings)
    title = context.command_path
    file = "-".join(title.split()[1:]) or INDEX
    inner = list(command.list_commands(context)) if isinstance(command, click.Group) else []
    links = "".join(f"- [{one}]({file + '-' if file != INDEX else ''}{one}.md)\n" for one in inner)
    text = f"# {title}\n\n```text\n{command.get_help(context)}\n```\n" + (
        f"\n{links}" if links else ""
    )
    yield file, text
    for one in inner:
        child = command.get_command(context, one)  # type: ignore[attr-defined]
        yield from pages(child, one, context)


PAGES = dict(pages(cli, "mlsd-cards"))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_the_commands_own_help(name: str) -> None:
    path = FOLDER / f"{name}.md"
    if os.environ.get("MLSD_CARDS_REGENERATE"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(PAGES[name])
    assert path.read_text() == PAGES[name]


def test_no_page_is_of_a_command_that_is_gone() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == PAGES.keys()
    assert PAGES.keys() >= {name for group in COMMANDS.values() for name in group}
