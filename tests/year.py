"""A person who studies through a year, on machines whose clocks and places are not always right,
and somebody who looks over their shoulder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, Self
from zoneinfo import ZoneInfo

from mlsd_cards.app import App
from mlsd_cards.cards.question import RECALL
from mlsd_cards.run.review import Runner
from mlsd_cards.store import ledger, log
from mlsd_cards.store.catalogue import EVERYTHING
from mlsd_cards.store.checkup import wrong_states
from mlsd_cards.store.database import Store
from mlsd_cards.store.schema import EVENT
from mlsd_cards.store.sync import sync
from mlsd_cards.study.agenda import Limits
from mlsd_cards.study.session import BACK, OVER, Session
from mlsd_cards.study.streak import Streak, streak

EPOCH = date(1970, 1, 1)


class Sitting(NamedTuple):
    """When the person sits down (local time), where, and how far the clock is wrong; before that
    the rollover may be set, and days may have gone by without a look at the cards."""

    at: datetime
    zone: str
    wrong: timedelta = timedelta()
    machine: int = 0
    rollover: int | None = None
    skipped: int = 0

    @property
    def instant(self) -> int:
        """The true time, UTC in milliseconds."""
        return round(self.at.replace(tzinfo=ZoneInfo(self.zone)).timestamp() * 1000)


class World:
    """True time, and what the clock at hand makes of it."""

    def __init__(self) -> None:
        self.now = 0
        self.wrong = 0
        self.zone = ZoneInfo("UTC")

    def sit(self, sitting: Sitting) -> None:
        assert sitting.instant > self.now, "time does not go back, only clocks do"
        self.now = sitting.instant
        self.wrong = round(sitting.wrong.total_seconds() * 1000)
        self.zone = ZoneInfo(sitting.zone)

    def wall(self) -> int:
        return self.now + self.wrong

    def local(self, at: int) -> datetime:
        return datetime.fromtimestamp(at / 1000, self.zone)

    def offset(self, at: int) -> int:
        return round((self.local(at).utcoffset() or timedelta()).total_seconds() / 60)


class Person:
    """Who forgets: a card that was known is known again with .9 when as much time has gone by as it
    is firm, and each time that it was known makes it firmer."""

    def __init__(self, seed: int, world: World) -> None:
        self.chance = Random(seed)
        self.world = world
        self.firm: dict[str, float] = {}
        self.seen: dict[str, int] = {}

    def grade(self, card: str) -> int:
        """Which of the four keys the person presses."""
        firm = self.firm.get(card, 0.5)
        days = (self.world.now - self.seen.get(card, self.world.now)) / 86_400_000
        knows = self.chance.random() < 0.9 ** (days / firm) * 0.97
        self.firm[card] = firm * 2.3 if knows and days > 0.3 else firm if knows else firm / 2 + 0.3
        self.seen[card] = self.world.now
        return self.chance.choice((2, 3, 3, 3, 3, 3, 4, 4)) if knows else 1


class Machine:
    """A computer with the program on it, and all that has to hold whenever it is used."""

    def __init__(self, number: int, deck: Path, world: World, limits: Limits) -> None:
        self.world, self.limits = world, limits
        self.app = App(str(deck.parent / f"home{number}"), (str(deck),))
        self.store = self.app.store = Store.in_memory()
        self.store.device = f"machine{number}"
        self.left: list[Any] = []
        """The rows of the states as the last sitting left them."""
        self.waiting: defaultdict[str, set[int]] = defaultdict(set)
        """The study days on which a due card was left, until it is asked."""
        self.dates: set[date] = set()
        """The dates of the answers since a day was skipped, by the calendar and the clock on the
        wall."""
        self.time = 0
        """The logical time of the last event before this sitting."""

    def states(self) -> dict[str, log.Folded]:
        return dict(ledger.states(self.store))

    def rows(self) -> list[Any]:
        return self.store.connection.execute("SELECT * FROM state ORDER BY card").fetchall()

    def latest(self) -> int:
        return self.store.connection.execute("SELECT max(time) FROM event").fetchone()[0] or 0

    def due(self, day: int) -> list[str]:
        """What is due, by the states alone."""
        return [card for card, folded in self.states().items() if is_due(folded, day)]

    def answered(self, day: int) -> set[str]:
        """The cards answered on a study day, by the log alone."""
        rows = self.store.connection.execute(
            "SELECT DISTINCT card FROM event WHERE kind = 'reviewed' AND day = ?", (day,)
        )
        return {row[0] for row in rows}

    def sit(self, person: Person) -> None:
        """One review from its agenda to its end."""
        day = self.app.moment().day
        self.time = self.latest()
        self.app.reread()
        assert self.rows() == self.left, "travel, nights and clocks move nothing"
        agenda = self.app.agenda(EVERYTHING, self.limits, self.app.rng())
        assert agenda == self.app.agenda(EVERYTHING, self.limits, self.app.rng())
        due = self.due(day)
        asked = set(agenda.cards) - agenda.new
        assert asked <= set(due)
        assert agenda.reviews + agenda.held + agenda.later == len(due), (
            "nothing that is due is lost"
        )
        done = self.answered(day)
        notes = {note(card) for card in due} - {note(card) for card in done}
        assert self.limits.reviews is not None
        assert len(asked) >= min(self.limits.reviews - len(done), len(notes))
        session = Session(agenda.cards, agenda.drill, agenda.new, backlog=agenda.backlog)
        chair = Chair(self, person)
        Runner(self.app, chair, EVERYTHING, self.limits).run(session)
        self.check(day)

    def check(self, day: int) -> None:
        """What has to hold after a sitting that began on ``day``."""
        rows = self.store.connection.execute(
            f"SELECT {EVENT} FROM event WHERE time > ? ORDER BY time", (self.time,)
        )
        events = [log.Event._make(row) for row in rows]
        for event in events:
            assert event.day == (self.date(event) - EPOCH).days
            if event.kind == log.REVIEWED:
                self.dates.add(self.date(event))
        self.check_cards({event.card for event in events if event.card})
        self.left = self.rows()
        now = self.app.moment().day
        for card, folded in self.states().items():
            assert folded.state.last != now or folded.state.due > now, "not due again today"
            if is_due(folded, now):
                self.waiting[card].add(now)
        put_away = {log.BURIED, log.SUSPENDED} & {event.kind for event in events}
        if now == day and not put_away:  # which makes room for others, as a new day does
            rest = self.app.agenda(EVERYTHING, self.limits, None)
            assert not rest.cards, "a review ends when the day's cards are done"

    def check_cards(self, cards: set[str]) -> None:
        """What holds of a card after whatever was done to it, here or elsewhere."""
        for card in cards:
            events = log.effective(self.store.events(card))
            state = self.store.folded(card).state
            assert self.store.folded(card) == log.fold(events, self.store.scheduler)
            days = [event.day for event in events if event.kind == log.REVIEWED]
            assert state.last == max(days, default=None), "a card goes on from its last day"
            assert state.last is None or type(state.due) is int
            assert state.last is None or state.due == state.last + state.interval > state.last

    def sync(self, folder: Path) -> None:
        sync(self.store, str(folder))
        self.left, before = self.rows(), set(self.left)
        self.check_cards({row[0] for row in self.left if row not in before})

    def date(self, event: log.Event) -> date:
        """The date of an event's study day, by the calendar and the clock on the wall."""
        local = self.world.local(event.at).replace(tzinfo=None)
        return (local - timedelta(minutes=self.store.settings.rollover)).date()

    def streak(self) -> Streak:
        rows = self.store.connection.execute(
            "SELECT DISTINCT day, utc_offset FROM event WHERE kind = 'reviewed'"
        )
        return streak(rows.fetchall(), self.app.moment())

    def close_the_year(self) -> None:
        """Every card that was ever learnt comes back some day."""
        assert wrong_states(self.store, mend=False) == []
        learnt = {
            card
            for card, folded in self.states().items()
            if folded.state.last is not None and not folded.suspended
        }
        assert {found.card for found in self.app.catalogue.due(10**6)} == learnt


class Chair:
    """The terminal at which the person sits."""

    stays = False

    def __init__(self, machine: Machine, person: Person) -> None:
        self.machine, self.person = machine, person
        self.session = Session()
        self.shown: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def paused(self) -> AbstractContextManager[None]:
        return nullcontext()

    def away(self) -> int:
        return 0

    def paint(self, session: Session) -> Session:
        self.session = session
        return session

    def key(self, _: float | None = None) -> str:
        session, chance = self.session, self.person.chance
        if session.phase == OVER or session.turn is None:
            return "q"
        self.machine.world.now += 9_000
        card = session.turn.question.card.id
        if session.phase == BACK:
            return str(self.person.grade(card))
        if self.shown is not session.turn:
            self.shown = session.turn
            self._look_on()
        if session.turn.question.form != RECALL:
            return "enter"
        return chance.choices(("space", "-", "@", "u"), (1, 0.004, 0.001, 0.01))[0]

    def _look_on(self) -> None:
        """A card is asked: it has to be its turn."""
        turn, store = self.session.turn, self.machine.store
        assert turn is not None
        card = turn.question.card.id
        events = log.effective(store.events(card))
        days = [event.day for event in events if event.kind == log.REVIEWED]
        if turn.kind == "again":
            assert turn.state.drill, "twice on a day only if it was not known"
            assert max(days) >= turn.day
        else:
            assert turn.day not in days, "nothing is asked twice on a day"
        self.machine.waiting.pop(card, None)


def live(
    sittings: Iterator[Sitting], machines: list[Machine], person: Person, folder: Path | None = None
) -> Iterator[Sitting]:
    """Let the person live through the sittings; each is handed out when it is over. With a folder
    the machines meet there every seventh time."""
    for number, sitting in enumerate(sittings):
        machine = machines[sitting.machine]
        machine.world.sit(sitting)
        if sitting.rollover is not None:
            payload = {"rollover": sitting.rollover}
            machine.store.append(log.CONFIGURED, "", machine.app.moment(), payload=payload)
            assert machine.rows() == machine.left, "the past stays as it was"
        if sitting.skipped:
            assert machine.streak().current == 0
            machine.dates.clear()
        machine.sit(person)
        yield sitting
        if folder and number % 7 == 6:
            for one in (*machines, *machines):
                one.sync(folder)
            assert all(one.left == machine.left for one in machines)
    for machine in machines:
        machine.close_the_year()


def is_due(folded: log.Folded, day: int) -> bool:
    away = folded.suspended or (folded.buried is not None and folded.buried >= day)
    return folded.state.last is not None and folded.state.due <= day and not away


def note(card: str) -> str:
    return card.partition(":")[0]


def deck(path: Path, notes: int) -> Path:
    """A deck file, every fifth note of which has three gaps."""
    lines = ["deck: year", "title: A deck for a year", "cards:"]
    for number in range(notes):
        lines += [f"  - id: n{number:03}", f"    topic: t{number % 7}"]
        if number % 5:
            lines += [f"    prompt: What is number {number}?", f"    answer: It is {number}."]
        else:
            lines += ["    type: cloze", "    prompt: It has {{c1::a}}, {{c2::b}} and {{c3::d}}."]
            lines[-1] = lines[-1].replace("It", f"Number {number}")
            lines[-1] = lines[-1].replace("prompt: ", 'prompt: "') + '"'
        lines.append("    explanation: It is so because somebody has to be it.")
    path.write_text("\n".join(lines) + "\n")
    return path
