"""What came of a quiz, read back from the payload with which it ended. Pure.

The payload tells everything by itself, so a quiz can be looked at long after its cards have
changed. Another version of the program may have written it: what is missing or makes no sense is
read as nothing, and never refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import fsum
from shlex import quote
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_cards.cards.certainty import Certainty, Summary, summary
from mlsd_cards.cards.marking import Mark, Verdict

if TYPE_CHECKING:
    from mlsd_cards.study.placement.placed import Placed

SLOW = 1.5
"""An answer is slow from so many times the expected time on."""

MOST = 10**12
"""No time (ms) is longer: some thirty years."""

COMPARED = 5
"""So many earlier scores stand beside a new one."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question and what was given to it, ``number`` from 1.

    ``verdict`` is None where nothing was given, ``score`` from 0 to 1, ``took`` in ms,
    ``expected_s`` 0 where nothing is expected. ``self`` marked is what the person graded.
    """

    number: int
    card: str
    deck: str
    topic: str
    kind: str
    prompt: str
    verdict: Verdict | None
    score: float
    certainty: Certainty | None
    took: int
    expected_s: int
    given: str
    right: str
    why: str
    source: str
    flagged: bool
    self_marked: bool

    @property
    def place(self) -> str:
        """The topic; of a card without one its deck."""
        return self.topic or self.deck

    @property
    def slow(self) -> bool:
        """Whether it took much longer than expected."""
        return 0 < SLOW * 1000 * self.expected_s < self.took


class Tally(NamedTuple):
    """The score of some questions under a name."""

    name: str
    questions: int
    score: float

    @property
    def percent(self) -> int:
        """The score in percent; 0 without a question."""
        return round(100 * self.score / self.questions) if self.questions else 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """A quiz that has ended; times in ms, ``limit_ms`` None without one. ``earlier`` are the scores
    of the quizzes before it, in percent, the latest last. ``placed`` is what came of a
    placement."""

    how: str
    title: str
    seed: int
    used_ms: int
    paused_ms: int
    limit_ms: int | None
    certainty: bool
    items: tuple[Item, ...]
    earlier: tuple[int, ...] = ()
    placed: Placed | None = None

    @property
    def total(self) -> Tally:
        """All questions together."""
        return tally("", self.items)

    @property
    def marked(self) -> Tally:
        """Those that the program marked, the unanswered ones too."""
        return tally("", (item for item in self.items if not item.self_marked))

    @property
    def self_marked(self) -> Tally:
        """Those that the person marked."""
        return tally("", (item for item in self.items if item.self_marked))

    def count(self, verdict: Verdict | None) -> int:
        """How many answers came out so; None counts what was not answered."""
        return sum(item.verdict is verdict for item in self.items)

    @property
    def decks(self) -> list[Tally]:
        """The score by deck, the weakest first."""
        return by(self.items, lambda item: item.deck)

    @property
    def topics(self) -> list[Tally]:
        """The score by topic, the weakest first."""
        return by(self.items, lambda item: item.place)

    @property
    def missed(self) -> list[Item]:
        """What was not right, in the order of the paper."""
        return [item for item in self.items if item.verdict is not Verdict.RIGHT]

    @property
    def slow(self) -> list[Item]:
        """What took much longer than expected, in the order of the paper."""
        return [item for item in self.items if item.slow]

    @property
    def pace(self) -> tuple[int, int]:
        """The time (ms) spent on the questions that were answered, and the time expected for them;
        without those of which nothing is expected."""
        timed = [item for item in self.items if item.verdict and item.took and item.expected_s]
        return sum(item.took for item in timed), sum(1000 * item.expected_s for item in timed)

    @property
    def calibration(self) -> Summary | None:
        """What certainty-based marking makes of it, if certainty was asked for."""
        if not self.certainty:
            return None
        pairs = (
            (Mark(item.verdict or Verdict.WRONG, item.score, ""), item.certainty)
            for item in self.items
        )
        return summary(pairs)


def tally(name: str, items: Iterable[Item]) -> Tally:
    """How many questions, and the sum of their scores."""
    scores = [item.score for item in items]
    return Tally(name, len(scores), fsum(scores))


def by(items: Iterable[Item], key: Callable[[Item], str]) -> list[Tally]:
    """A tally for each key: the weakest first, of equals the one with more questions."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    tallies = [tally(name, group) for name, group in groups.items()]
    return sorted(tallies, key=lambda one: (one.score / one.questions, -one.questions, one.name))


def next_step(outcome: Outcome) -> str:
    """The one next thing to do once a quiz has ended."""
    if outcome.placed:
        return "Next: mlsd-cards review begins with what is not known."
    if wrong := outcome.count(Verdict.WRONG):
        which = "the wrong one" if wrong == 1 else f"the {wrong} wrong ones"
        return f"Next: mlsd-cards review asks {which} today."
    weakest = by((item for item in outcome.missed if item.topic), lambda item: item.topic)
    if weakest and outcome.total.score:
        return f"Next: mlsd-cards quiz --topic {quote(weakest[0].name)}, where most is missing."
    return "Next: mlsd-cards review goes on with what is due."


# reading


def read(
    payload: Mapping[str, Any],
    earlier: Iterable[int] = (),
    notes: Iterable[Mapping[str, Any]] = (),
) -> Outcome:
    """The outcome that a payload tells of; any payload tells of some. ``notes`` are those of the
    sitting, among them what was accepted after a placement."""
    listed = payload.get("items")
    raw = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    limit = payload.get("limit_ms")
    return Outcome(
        how=_text(payload.get("how")),
        title=_text(payload.get("title")),
        seed=_whole(payload.get("seed")),
        used_ms=_whole(payload.get("used_ms")),
        paused_ms=_whole(payload.get("paused_ms")),
        limit_ms=None if limit is None else _whole(limit),
        certainty=payload.get("certainty") is True,
        items=tuple(_item(number, one) for number, one in enumerate(raw, 1)),
        earlier=tuple(earlier)[-COMPARED:],
        placed=_placed(payload.get("placement"), notes),
    )


def _placed(raw: Any, notes: Iterable[Mapping[str, Any]]) -> Placed | None:
    if raw is None:
        return None
    from mlsd_cards.study.placement.placed import read as read_placed

    return read_placed(raw, notes)


def _item(number: int, raw: dict[str, Any]) -> Item:
    texts = ("card", "deck", "topic", "kind", "prompt", "given", "right", "why", "source")
    verdict = VERDICTS.get(_text(raw.get("verdict")))
    sure = _whole(raw.get("certainty"))
    return Item(
        number=number,
        verdict=verdict,
        score=_share(raw.get("score")) if verdict else 0.0,
        certainty=Certainty(sure) if verdict and sure in tuple(Certainty) else None,
        took=_whole(raw.get("took")),
        expected_s=_whole(raw.get("expected_s")),
        flagged=raw.get("flagged") is True,
        self_marked=raw.get("self") is True,
        **{name: _text(raw.get(name)) for name in texts},
    )


VERDICTS = {verdict.value: verdict for verdict in Verdict}


def _text(value: Any) -> str:
    """A text that can be encoded."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _whole(value: Any) -> int:
    """A whole number from 0 on; of a number out of bounds the nearest."""
    return int(_bounded(value, MOST))


def _share(value: Any) -> float:
    return float(_bounded(value, 1))


def _bounded(value: Any, most: int) -> int | float:
    """A number between 0 and ``most``; 0 for what is none."""
    if not isinstance(value, int | float):
        return 0
    return min(max(0, value), most)  # in this order of 0 and NaN it is 0
