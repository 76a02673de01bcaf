"""How much is remembered: the share of right answers to cards that had been left for a day or more.

Drill, practice, first answers and quizzes that schedule nothing are not among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mlsd_cards.store.tally import Tally
from mlsd_cards.study.statistics.period import Period, mature, young
from mlsd_cards.study.statistics.share import Share


class Retention(NamedTuple):
    """``young`` after less than 21 days, ``mature`` after more; ``topics`` the weakest first, those
    with too few answers last; ``weeks`` one after the other."""

    young: Share
    mature: Share
    topics: tuple[tuple[str, Share], ...]
    weeks: tuple[Period, ...]

    @property
    def weakest(self) -> list[tuple[str, int]]:
        """The topics of which enough is known, in percent."""
        return [(name, share.percent) for name, share in self.topics if share.percent is not None]


def retention(whole: Tally, topics: Mapping[str, Tally], weeks: list[Period]) -> Retention:
    """The retention of all answers, of each topic and of each week."""
    shares = [(name, young(one) + mature(one)) for name, one in topics.items() if name]
    told = sorted((one for one in shares if one[1].of), key=_weakest)
    return Retention(young(whole), mature(whole), tuple(told), tuple(weeks))


def _weakest(topic: tuple[str, Share]) -> tuple[bool, float, str]:
    name, share = topic
    return share.percent is None, share.right / share.of, name
