"""What is due and hard, of the cards of a library alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlsd_cards.schedule.day import Moment
from mlsd_cards.schedule.state import LEECH
from mlsd_cards.store import log, prospects
from mlsd_cards.store.catalogue import EVERYTHING, Filter
from mlsd_cards.store.database import Store
from mlsd_cards.store.library import Library, Root

DAY = 20_778
DECK = """\
deck: small
cards:
  - {id: one, topic: left, q: What is one?, a: The first.}
  - {id: two, topic: right, q: What is two?, a: The second.}
  - {id: new, topic: left, q: What is new?, a: The third.}
"""


def forgotten(store: Store, card: str, times: int) -> None:
    """Learn a card and forget it, again and again."""
    for number in range(times):
        for grade, day in ((3, DAY + 2 * number), (1, DAY + 2 * number + 1)):
            moment = Moment(day * 86_400_000 + 43_200_000, 0, day)
            store.append(
                log.REVIEWED, card, moment, grade=grade, scale=log.BUTTONS, source=log.REVIEW
            )


@pytest.mark.parametrize("strangers", [(), ("gone",), ("gone", "also-gone")])
@pytest.mark.parametrize("wanted", [EVERYTHING, Filter(topics=("left", "right"))])
def test_a_card_that_is_not_in_the_library_is_neither_due_nor_hard(
    tmp_path: Path, strangers: tuple[str, ...], wanted: Filter
) -> None:
    (tmp_path / "small.yaml").write_text(DECK)
    store = Store.in_memory()
    for card in ("one", *strangers):
        forgotten(store, card, LEECH)
    forgotten(store, "two", 1)
    catalogue = Library.open(store, [Root(str(tmp_path))], lambda: Moment.of(0, 0)).catalogue
    hard = prospects.hardest(catalogue, 9, wanted)
    assert [(one.card, one.lapses) for one in hard] == [("one", LEECH), ("two", 1)]
    assert [one.card for one in prospects.hardest(catalogue, 1, wanted)] == ["one"]
    assert prospects.leeches(catalogue, wanted) == 1
    assert sum(count for _, count in prospects.due_days(catalogue, 2 * DAY, wanted)) == 2
    store.close()
