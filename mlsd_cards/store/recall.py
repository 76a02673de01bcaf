"""The preferences of a home without reading their file again.

A start without the file costs one look for it. Of a file that has not changed since, the values are
kept in the store, so that no TOML is read on the way to a card.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mlsd_cards import __version__
from mlsd_cards.store.preferences import NAME, Preferences

if TYPE_CHECKING:
    from mlsd_cards.store.database import Store

KEY = "config"
"""Under which the store keeps what was read."""


def preferences(store: Store, home: str) -> Preferences:
    """The preferences of a home; what is wrong in its file is counted, never raised."""
    path = os.path.join(home, NAME)
    try:
        seen = os.stat(path)
    except FileNotFoundError:
        return Preferences()
    except OSError:
        return Preferences(problems=1)
    from json import dumps, loads

    stamp = f"{__version__} {seen.st_size} {seen.st_mtime_ns} {seen.st_ino}"
    find = "SELECT value FROM meta WHERE key = ?"
    row = store.connection.execute(find, (KEY,)).fetchone()
    kept, _, values = str(row[0] if row else "").partition("\n")
    if kept != stamp:
        from mlsd_cards.store.config import load

        config = load(path)
        values = dumps({**config.values, "problems": len(config.problems)})
        with store.write():
            row = (KEY, f"{stamp}\n{values}")
            store.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", row)
    found = loads(values)
    found["decks"] = tuple(found.get("decks", ()))
    return Preferences(**found)
