"""Bring answers back from a copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mlsd_cards.app import App, local_time
from mlsd_cards.commands import options
from mlsd_cards.errors import UserError

WHY = {
    "day": "of a study day",
    "latest": "after the last run that did much",
    "migration": "before an update of the store",
    "hand": "asked for",
}

KEYS = ("path", "day", "why", "answers", "size")
"""What `--list --json` tells of a copy; ``answers`` is null if it is damaged."""


@click.command(epilog="Example: mlsd-cards restore --list")
@click.argument("file", required=False, type=click.Path(dir_okay=False))
@click.option("--list", "listing", is_flag=True, help="Only list the copies in the home.")
@options.as_json
@options.home
def command(file: str | None, listing: bool, as_json: bool, home: str | None) -> None:
    """Bring back every answer that a copy has and the store has not; nothing is ever taken away.

    FILE is a copy, or a damaged store, of which all is taken that can be read. Without FILE it is
    all copies in the home that are sound. A store that is itself damaged is set aside first, and
    what can be read of it and of all copies makes the new one.
    """
    app = options.begin(home)
    if listing:
        _list(app, as_json)
        return
    found = bring_back(app, file)
    if as_json:
        options.print_json(found)
        return
    if found["aside"]:
        options.say(f"The store was damaged. It lies in {found['aside']} now.")
    options.say(f"{options.plural(found['added'], 'event')} came back from {_sources(app, found)}.")
    options.say(f"The log has {options.plural(found['answers'], 'answer')}.")


def bring_back(app: App, file: str | None) -> dict[str, Any]:
    """Restore from a file, or from all sound copies; what came of it as docs/json.md has it."""
    from mlsd_cards.store import backup, ledger, mending, salvage
    from mlsd_cards.store.file import check_log, is_orphaned, told
    from mlsd_cards.store.merge import merge

    check_log(app.store_path)

    damage = _damage(app, file) if file else None
    aside, added = "", 0
    with told(app.store_path):
        here = Path(app.store_path).exists() or is_orphaned(app.store_path)
        if here and salvage.damage(app.store_path):
            done = mending.mend(app.home, local_time())
            aside, added = done.aside, done.read + done.added
        elif file is None and not backup.copies(app.home):
            backup.check_folder(app.home)
            raise UserError(
                f"there is no copy in {backup.folder(app.home)}", "Name the FILE to restore from."
            )
        elif file is None:
            added = sum(mending.bring_back(app.store, app.home).values())
    if file:
        with told(file):
            events = salvage.salvaged(file) if damage else salvage.kept(file)
            added += merge(app.store, events)
    return {"file": file, "added": added, "answers": ledger.answers(app.store), "aside": aside}


def _damage(app: App, file: str) -> str | None:
    """What is wrong with a file to restore from; ``UserError`` if it holds nothing to restore."""
    from mlsd_cards.store import salvage
    from mlsd_cards.store.file import told

    if not Path(file).exists():
        raise UserError(f"{file} does not exist", "`restore --list` names the copies in the home.")
    if Path(file).resolve() == Path(app.store_path).resolve():
        raise UserError(f"{file} is the store itself", "`mlsd-cards doctor` mends it.")
    with told(file):
        damage = salvage.damage(file)
        if damage and next(salvage.salvaged(file), None) is None:
            raise UserError(
                f"no answer can be read in {file}: {damage}",
                "`restore --list` names the copies in the home.",
            )
    if damage:
        options.say(f"{file} is damaged: what can be read in it is taken.", err=True)
    return damage


def _sources(app: App, found: dict[str, Any]) -> str:
    """Where the events that came back were, in words."""
    from mlsd_cards.store import backup

    named = [found["file"]] if found["file"] else []
    if found["aside"]:
        named = ["what it still holds", *["the copies"] * bool(backup.copies(app.home)), *named]
    return " and ".join(named) or "the copies"


def _list(app: App, as_json: bool) -> None:
    from mlsd_cards.commands.where import size
    from mlsd_cards.store import backup, mending, salvage

    backup.check_folder(app.home)
    copies = backup.copies(app.home)
    answers = {
        copy: salvage.answers(copy.path) if mending.is_sound(copy.path) else None for copy in copies
    }
    if as_json:
        kept = [{**copy._asdict(), "answers": answers[copy]} for copy in copies]
        options.print_json([{key: one[key] for key in KEYS} for one in kept])
        return
    for copy in copies:
        count = answers[copy]
        told = "DAMAGED" if count is None else options.plural(count, "answer")
        options.say(f"{copy.day}  {told}, {size(copy.size)}, {WHY[copy.why]}: {copy.path}")
    if not copies:
        options.say("There is no copy yet: one is made on every study day.")
