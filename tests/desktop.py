"""The real Anki, with the settings that a desktop user has by default."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Export = Callable[..., tuple[Path, dict[str, Any]]]

PLACES = ("new", "updated", "duplicate", "conflicting", "first_field_match", "missing_notetype")


class Anki:
    """A desktop user's collection."""

    def __init__(self, path: Path) -> None:
        from anki.collection import Collection

        self.col = Collection(str(path))

    def take(self, package: Path, *, progress: bool = False) -> dict[str, int]:
        """Import a package; how many notes fared how, without the zeros."""
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

        done = self.col.import_anki_package(
            ImportAnkiPackageRequest(
                package_path=str(package),
                options=ImportAnkiPackageOptions(with_scheduling=progress),
            )
        )
        self.col.models._clear_cache()
        counts = {place: len(getattr(done.log, place)) for place in PLACES}
        return {place: count for place, count in counts.items() if count}

    def note(self, guid: str) -> Any:
        (id_,) = self.col.db.list("select id from notes where guid = ?", guid)
        return self.col.get_note(id_)

    def guids(self) -> set[str]:
        return set(self.col.db.list("select guid from notes"))

    def cards(self) -> set[tuple[str, int]]:
        rows = self.col.db.all("select n.guid, c.ord from cards c join notes n on n.id = c.nid")
        return {tuple(row) for row in rows}

    def check(self) -> None:
        """Anki's own check finds nothing to mend."""
        before = self.col.card_count(), self.col.note_count()
        report, fine = self.col.fix_integrity()
        assert fine, report
        assert before == (self.col.card_count(), self.col.note_count())
        assert "\n" not in report.strip(), report

    def study(self) -> None:
        """Answer three cards as easy, so that they leave the day."""
        self.col.decks.set_current(self.col.decks.id("mlsd-cards"))
        for _ in range(3):
            (queued,) = self.col.sched.get_queued_cards(fetch_limit=1).cards
            card = self.col.get_card(queued.card.id)
            card.start_timer()
            answer = self.col.sched.build_answer(card=card, states=queued.states, rating=3)
            self.col.sched.answer_card(answer)

    def schedules(self) -> dict[int, tuple[int, ...]]:
        """Where the cards that were studied stand, by id."""
        rows = self.col.db.all(
            "select id, type, queue, due, ivl, factor, reps, lapses, left from cards where reps > 0"
        )
        return {row[0]: tuple(row[1:]) for row in rows}
