"""What can be wrong in a home whose store opens: found, and mended where nothing is lost by it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress

from mlsd_cards.store import ledger
from mlsd_cards.store.database import Store

DAY_MS = 86_400_000


def wrong_states(store: Store, *, mend: bool) -> list[str]:
    """The cards whose cached state is not what their events fold to; computed anew if ``mend``."""
    with store.trial(dry_run=not mend):
        before = dict(ledger.states(store))
        store.refold({""})
        after = dict(ledger.states(store))
    return sorted(
        card for card in before.keys() | after.keys() if before.get(card) != after.get(card)
    )


def ahead(store: Store, now: int) -> dict[str, int]:
    """How many events of each device bear a time more than a day after ``now`` (ms UTC)."""
    rows = store.connection.execute(
        "SELECT device, count(*) FROM event WHERE time > ? AND at > ? GROUP BY device",
        (now + DAY_MS, now + DAY_MS),
    )
    return dict(rows.fetchall())


def opened_to_others(home: str) -> list[str]:
    """The files and folders of the home that others could read or write, now the user's alone."""
    found = []
    for path in _below(home):
        with suppress(OSError):
            mode = os.stat(path, follow_symlinks=False).st_mode
            if not stat.S_ISLNK(mode) and mode & 0o077:
                os.chmod(path, stat.S_IMODE(mode) & 0o700)
                found.append(path)
    return found


def _below(home: str) -> Iterator[str]:
    """The home and all in it; what a link leads to is not in it."""
    yield home
    for folder, folders, files in os.walk(home):
        for name in (*folders, *files):
            yield os.path.join(folder, name)
