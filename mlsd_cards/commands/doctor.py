"""Check the home, and mend what can be mended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mlsd_cards.app import App, local_time, wall
from mlsd_cards.commands import options
from mlsd_cards.errors import UserError


@click.command(epilog="Example: mlsd-cards doctor")
@click.option("--rebuild", is_flag=True, help="Compute every schedule anew from the answers.")
@options.as_json
@options.home
def command(rebuild: bool, as_json: bool, home: str | None) -> None:
    """Check the store, and mend it.

    A damaged one is set aside, and a new one made of every answer that it and its copies still
    hold. Also checked are the schedules against the answers, who else could read your files, clocks
    that were ahead, and the copies. Nothing is deleted. Exits with 1 if something is left to do.
    """
    from mlsd_cards.store.file import is_orphaned

    app = options.begin(home)
    if not Path(app.store_path).exists() and not is_orphaned(app.store_path):
        raise UserError(f"there is no store in {app.home}", "`mlsd-cards review` makes one.")
    found = examine(app, rebuild=rebuild)
    if as_json:
        options.print_json(found)
    else:
        for line in lines(found):
            options.say(options.on_one_line(line))
    if found["wrong_states"] and not found["rebuilt"]:
        raise UserError("the schedules need to be computed anew", "mlsd-cards doctor --rebuild")


def examine(app: App, *, rebuild: bool) -> dict[str, Any]:
    """All that was found and done, as docs/json.md has it."""
    from mlsd_cards.store import backup, checkup, ledger, mending, salvage
    from mlsd_cards.store.file import told

    done = None
    with told(app.store_path):
        lost_log = mending.give_up_log(app.store_path)
        if damage := salvage.damage(app.store_path):
            done = mending.mend(app.home, local_time())
        back = mending.bring_back(app.store, app.home)
    copies = backup.copies(app.home)
    damaged = [copy.path for copy in copies if not mending.is_sound(copy.path)]
    sound = [copy.path for copy in copies if copy.path not in damaged]
    return {
        "damage": damage,
        "lost_log": lost_log,
        "read": done.read if done else None,
        "added": done.added if done else None,
        "aside": done.aside if done else None,
        "brought_back": back,
        "events": ledger.size(app.store),
        "answers": ledger.answers(app.store),
        "wrong_states": checkup.wrong_states(app.store, mend=rebuild),
        "rebuilt": rebuild,
        "closed_to_others": checkup.opened_to_others(app.home),
        "ahead": checkup.ahead(app.store, wall()),
        "copies": len(copies),
        "damaged_copies": damaged,
        "newest_copy": sound[0] if sound else None,
    }


def lines(found: dict[str, Any]) -> list[str]:
    """The same in words, a fact a line."""
    events = options.plural(found["events"], "event")
    told = [f"store      sound: {events}, {options.plural(found['answers'], 'answer')}"]
    if found["damage"]:
        told = [
            f"store      was damaged: {found['damage']}",
            f"           {options.plural(found['read'], 'event')} could be read in it, the copies "
            f"had {found['added']} more",
            f"           a new one is in its place: {options.plural(found['answers'], 'answer')}",
            f"           the damaged files lie in {found['aside']}",
            "           answers that are missing now were on what cannot be read, and in no copy; "
            "where you sync, `mlsd-cards sync` brings them back",
        ]
    if found["lost_log"]:
        told.append("           its log was gone, and with it what was answered last")
    for path, count in found["brought_back"].items():
        told.append(f"           {options.plural(count, 'event')} that it lacked came from {path}")
    wrong = len(found["wrong_states"])
    agree = "all as the answers say" if not wrong else f"{wrong} not as the answers say"
    told.append(f"schedules  {agree}{', computed anew' * found['rebuilt']}")
    for path in found["closed_to_others"]:
        told.append(f"privacy    others could read {path}; now only you can")
    for device, count in found["ahead"].items():
        told.append(
            f"clock      {options.plural(count, 'event')} of machine {device} more than a day "
            "ahead: its clock was wrong. Their order is kept; a card that comes back far too late "
            "is new again after `mlsd-cards reset CARD`"
        )
    for path in found["damaged_copies"]:
        told.append(f"copies     {path} is damaged")
    which = "the newest sound one" if found["damaged_copies"] else "the newest"
    newest = f", {which} {found['newest_copy']}" if found["newest_copy"] else ""
    told.append(f"copies     {found['copies']}{newest}")
    return told
