"""The real Anki backend over the same cards and reviews: what its own operations take.

``python peer.py PACKAGE FOLDER ROUNDS`` imports a package of ours with its progress into a fresh
collection in the folder, and prints one line of JSON. Without Anki there is nothing to print.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from probe import peak_mib, timed

WORDS = "embedding tower"


def measure(package: str, folder: str, rounds: str) -> dict[str, Any]:
    """Best times of the operations that both programs have, in seconds."""
    from anki.collection import (
        Collection,
        ExportAnkiPackageOptions,
        ImportAnkiPackageOptions,
        ImportAnkiPackageRequest,
    )

    collection = Collection(str(Path(folder) / "peer.anki2"))
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    request = ImportAnkiPackageRequest(package_path=package, options=options)
    taken: dict[str, Any] = {"import_s": timed(lambda: collection.import_anki_package(request))}
    top = collection.decks.id("mlsd-cards") or 1

    def agenda() -> None:
        collection.decks.set_current(1)
        collection.decks.set_current(top)  # another deck than before: the queue is built anew
        collection.sched.get_queued_cards(fetch_limit=1)

    def answer() -> None:
        (queued,) = collection.sched.get_queued_cards(fetch_limit=1).cards
        card = collection.get_card(queued.card.id)
        card.start_timer()
        collection.sched.answerCard(card, 3)

    def package_again() -> None:
        collection.export_anki_package(
            out_path=str(Path(folder) / "peer.apkg"),
            options=ExportAnkiPackageOptions(),
            limit=None,
        )

    work: dict[str, Callable[[], object]] = {
        "agenda": agenda,
        "search": lambda: collection.find_cards(WORDS),
        "stats": lambda: collection._backend.graphs(search="", days=365),
        "answer": answer,
    }
    for name, one in work.items():
        taken[f"{name}_s"] = min(timed(one) for _ in range(int(rounds)))
    taken["export_s"] = timed(package_again)
    taken["cards"] = collection.card_count()
    taken["reviews"] = collection.db.scalar("select count() from revlog") if collection.db else 0
    taken["version"] = version("anki")
    taken["peak_mib"] = peak_mib()
    collection.close()
    return taken


if __name__ == "__main__":
    begun = time.perf_counter()
    found = measure(*sys.argv[1:])
    sys.stdout.write(json.dumps({**found, "seconds": time.perf_counter() - begun}) + "\n")
