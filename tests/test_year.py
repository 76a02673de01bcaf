"""A year of daily use: nights that have 23 or 25 hours, flights, wrong clocks, a skipped month.

``MLSD_CARDS_YEAR=full`` lives through more of them: in more zones, and as more persons.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from mlsd_cards import app
from mlsd_cards.run.review import Runner
from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import log
from mlsd_cards.store.catalogue import EVERYTHING
from mlsd_cards.study.agenda import Limits
from mlsd_cards.study.session import BACK, Session
from year import Chair, Machine, Person, Sitting, World, deck, live

AUCKLAND, HONOLULU = "Pacific/Auckland", "Pacific/Honolulu"
FULL = os.environ.get("MLSD_CARDS_YEAR") == "full"
START = date(2026, 11, 21)
DAY = timedelta(days=1)
HOURS = ("07:30", "12:40", "18:05", "23:50", "01:30", "03:57")
"""The last two belong to the day before, and over the last the day changes."""

NIGHT = ("23:50", "01:10", "01:50", "02:20", "02:50", "03:20", "03:58")
"""The hours of a night in which the clocks change."""


@pytest.fixture(params=range(1 + 3 * FULL))
def seed(request: pytest.FixtureRequest) -> int:
    """Which of the persons lives through the year, and by which chances."""
    return int(request.param)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(app, "wall", world.wall)
    monkeypatch.setattr(app, "utc_offset", world.offset)
    return world


@pytest.fixture
def machine(world: World, tmp_path: Path, request: pytest.FixtureRequest) -> Machine:
    made = Machine(0, deck(tmp_path / "year.yaml", 400), world, Limits(new=1, reviews=25))
    named = {"scheduler": getattr(request, "param", "sm2")}
    made.store.append(log.CONFIGURED, "", Moment.of(0, 0), payload=named)
    return made


def local(day: date, hour: str) -> datetime:
    """The wall time at which a study day has come to that hour."""
    at = time.fromisoformat(hour)
    return datetime.combine(day + DAY * (at < time(4)), at)


def there(at: datetime, zone: str) -> datetime:
    """What the clocks of another zone show at that time."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def days(
    zone: str, first: date, count: int, chance: Random, hours: tuple[str, ...] = HOURS
) -> Iterator[Sitting]:
    """A sitting on each study day; on those with a change of the clocks many."""
    for day in (first + number * DAY for number in range(count)):
        noon = datetime.combine(day, time(12), ZoneInfo(zone))
        changes = noon.utcoffset() != (noon + DAY).utcoffset()
        chosen = NIGHT if changes else (chance.choice(hours),)
        at = {Sitting(local(day, hour), zone).instant: hour for hour in chosen}
        yield from (Sitting(local(day, at[instant]), zone) for instant in sorted(at))


WAIT = 3
"""The most study days that a due card is left for its siblings' sake: two of them, and a day that
began at the end of a sitting."""

ODD = ("Antarctica/Troll", "America/Havana", "Africa/Cairo", "America/Santiago", "Asia/Kathmandu")
ZONES = ("Europe/Berlin", "Australia/Lord_Howe", *ODD * FULL)
"""Summer time of an hour in the north, and of half an hour in the south; then of two hours, nights
that change at midnight, and offsets of odd minutes."""


@pytest.mark.parametrize("zone", ZONES)
def test_a_year_at_home(zone: str, machine: Machine, world: World, seed: int) -> None:
    person = Person(seed, world)
    for _ in live(days(zone, START, 365, Random(seed)), [machine], person):
        assert machine.streak() == (len(machine.dates), len(machine.dates), 0)
        assert all(len(days) <= WAIT for days in machine.waiting.values())
    assert len(machine.dates) >= 365


def flights(chance: Random) -> Iterator[Sitting]:
    """Auckland and Honolulu in turn, a sitting right before and after each flight, where it is 23
    hours earlier or later."""
    first, zones = START, (AUCKLAND, HONOLULU)
    for trip in range(10):
        here, away = zones[trip % 2], zones[1 - trip % 2]
        yield from days(here, first, 36, chance)
        last = first + 36 * DAY
        yield Sitting(local(last, "07:30"), here)
        yield Sitting(local(last, "19:00"), here)
        landing = datetime.combine(last, time(19), ZoneInfo(here)) + timedelta(hours=9)
        arrived = there(landing, away)
        yield Sitting(arrived, away)
        yield Sitting(arrived + timedelta(hours=11), away)
        first = (arrived + timedelta(hours=11 - 4)).date() + DAY


@pytest.mark.parametrize("machine", log.SCHEDULERS, indirect=True)
def test_a_year_over_the_date_line(machine: Machine, world: World, seed: int) -> None:
    for _ in live(flights(Random(seed)), [machine], Person(seed, world)):
        assert machine.streak() == (len(machine.dates), len(machine.dates), 0)
        assert all(len(days) <= WAIT for days in machine.waiting.values())


WRONG = dict.fromkeys(range(100, 104), -3) | dict.fromkeys(range(200, 204), 3)
"""By how many days the clock is wrong on which days of the year."""


def wrong_clock(chance: Random) -> Iterator[Sitting]:
    """Three days behind for four days in the spring, three days ahead for four in the summer."""
    for sitting in days("Europe/Berlin", START, 365, chance, ("18:05",)):
        yield sitting._replace(wrong=WRONG.get((sitting.at.date() - START).days, 0) * DAY)


STREAKS = {
    # the true day of the year: current, longest, missed, as the clock had it
    99: (100, 100, 0),
    100: (100, 100, 0),  # shown as 97, which had its answers; those of 98 and 99 are not forgotten
    103: (101, 101, 0),  # shown as 100
    104: (1, 101, 3),  # of 101 to 103 nothing is known
    199: (96, 101, 3),
    200: (1, 101, 6),  # shown as 203
    203: (4, 101, 6),  # shown as 206
    204: (4, 101, 6),  # which the clock had shown before
    207: (5, 101, 6),
    364: (162, 162, 6),
}


def test_a_year_with_a_clock_that_is_wrong_twice(machine: Machine, world: World, seed: int) -> None:
    for sitting in live(wrong_clock(Random(seed)), [machine], Person(seed, world)):
        assert all(len(days) <= WAIT for days in machine.waiting.values())
        true = (sitting.at.date() - START).days
        if sitting.at.hour == 18 and true in STREAKS:
            assert machine.streak() == STREAKS[true]


def skipped_month(chance: Random) -> Iterator[Sitting]:
    """Half a year, nothing for a month, and the rest of the year."""
    yield from days("America/New_York", START, 180, chance)
    back, *rest = days("America/New_York", START + 210 * DAY, 155, chance)
    yield back._replace(skipped=30)
    yield from rest


def test_a_year_with_a_month_skipped(machine: Machine, world: World, seed: int) -> None:
    machine.limits = Limits(new=1, reviews=15)
    back = START + 210 * DAY
    backlog = []
    for sitting in live(skipped_month(Random(seed)), [machine], Person(seed, world)):
        today = sitting.at.date()
        assert machine.streak()[::2] == (len(machine.dates), 30 if today >= back else 0)
        agenda = machine.app.agenda(EVERYTHING, machine.limits)
        assert not (agenda.new and agenda.backlog)
        backlog += [today] if agenda.days_to_clear > 1 else []
        if not back <= today <= max(backlog, default=today) + 7 * DAY:
            assert all(len(days) <= WAIT for days in machine.waiting.values())
    assert machine.streak().longest == 180
    assert back <= backlog[0] <= back + DAY
    assert backlog[-1] < back + 21 * DAY, "what waited a month is asked within three weeks"


ROLLOVERS = (0, 360, 240, 150, 120, 420, 300, 720, 1439, 1, 240, 90, 240)
"""A rollover each month, in minutes after midnight; in March and November it falls into the hour
that is skipped and into the one that comes twice."""

MILD = 7
"""So many of them never lie between two sittings of a person who is no owl."""


def rollovers(chance: Random) -> Iterator[Sitting]:
    for sitting in days("America/New_York", START, 365, chance, HOURS[:4]):
        month, day = divmod((sitting.at.date() - START).days, 30)
        yield sitting._replace(rollover=None if day else ROLLOVERS[month])


def test_a_year_of_rollovers(machine: Machine, world: World, seed: int) -> None:
    for sitting in live(rollovers(Random(seed)), [machine], Person(seed, world)):
        assert all(len(days) <= WAIT for days in machine.waiting.values())
        if sitting.at.date() < START + MILD * 30 * DAY:
            assert machine.streak() == (len(machine.dates), len(machine.dates), 0)


def two_places(chance: Random) -> Iterator[Sitting]:
    """A laptop with the clock of Auckland and one with that of Honolulu, a day behind: the one,
    the other, or both within two hours."""
    for number in range(365):
        at = datetime.combine(START + number * DAY, time(chance.choice((6, 8, 13, 19, 23))))
        if number % 3 != 1:
            yield Sitting(at, AUCKLAND)
        if number % 3:
            later = at.replace(tzinfo=ZoneInfo(AUCKLAND)) + timedelta(hours=2)
            yield Sitting(there(later, HONOLULU), HONOLULU, machine=1)


def test_a_year_on_two_machines_that_meet_weekly(world: World, tmp_path: Path, seed: int) -> None:
    path = deck(tmp_path / "year.yaml", 400)
    machines = [Machine(number, path, world, Limits(new=1, reviews=25)) for number in range(2)]
    folder = tmp_path / "folder"
    folder.mkdir()
    for _ in live(two_places(Random(seed)), machines, Person(seed, world), folder):
        pass


def test_what_was_not_known_before_a_flight_west_is_repeated_after_it(
    machine: Machine, world: World
) -> None:
    world.sit(Sitting(datetime(2026, 11, 22, 19), AUCKLAND))
    moment = machine.app.moment()
    machine.store.append(log.REVIEWED, "n001", moment, grade=1, scale="1-4", source="review")
    world.sit(Sitting(datetime(2026, 11, 21, 23), HONOLULU))
    assert machine.app.moment().day == moment.day - 1
    agenda = machine.app.agenda(EVERYTHING, Limits(new=0))
    assert (agenda.cards, agenda.drill) == ((), ("n001",))
    machine.left = machine.rows()
    machine.sit(Person(0, world))
    after = machine.store.folded("n001").state
    assert (after.last, after.due, after.drill) == (moment.day, moment.day + 1, False)


def test_an_answer_in_the_last_moment_of_a_day_has_the_day_that_its_keys_showed(
    machine: Machine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.sit(Sitting(datetime(2026, 11, 22, 3, 30), "UTC"))
    today = machine.app.moment().day
    four = Sitting(datetime(2026, 11, 22, 4), "UTC").instant

    class Late(Chair):
        def key(self, timeout: float | None = None) -> str:
            if self.session.phase == BACK:
                monkeypatch.setattr(app, "wall", count(four - 1).__next__)
            return super().key(timeout)

    chair = Late(machine, Person(0, world))
    Runner(machine.app, chair, EVERYTHING, Limits()).run(Session(("n001",)))
    assert [event.day for event in machine.store.events("n001")] == [today]
