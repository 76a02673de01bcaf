"""The study day through nights, flights and broken clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.schedule.day import Moment, iso, spoken, study_day


def day_at(zone: str, text: str, fold: int = 0, rollover: int = 240) -> str:
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)
    offset = local.utcoffset()
    assert offset is not None
    return iso(
        study_day(round(local.timestamp() * 1000), round(offset.total_seconds() / 60), rollover)
    )


DAYS = [
    ("UTC", "2026-11-21T03:59", "2026-11-20"),
    ("UTC", "2026-11-21T04:00", "2026-11-21"),
    ("UTC", "2026-11-21T23:59", "2026-11-21"),
    ("Europe/Berlin", "2026-03-29T01:59", "2026-03-28"),  # the night that loses an hour
    ("Europe/Berlin", "2026-03-29T03:30", "2026-03-28"),
    ("Europe/Berlin", "2026-03-29T04:00", "2026-03-29"),
    ("Europe/Berlin", "2026-10-25T03:59", "2026-10-24"),  # the night that has one twice
    ("Europe/Berlin", "2026-10-25T04:00", "2026-10-25"),
    ("America/New_York", "2026-03-08T04:00", "2026-03-08"),
    ("Asia/Kathmandu", "2026-11-21T03:59", "2026-11-20"),  # +05:45
    ("UTC", "2028-02-29T12:00", "2028-02-29"),
    ("UTC", "2028-03-01T03:00", "2028-02-29"),
    ("UTC", "1970-01-01T00:00", "1969-12-31"),
]


@pytest.mark.parametrize(("zone", "local", "expected"), DAYS)
def test_study_days(zone: str, local: str, expected: str) -> None:
    assert day_at(zone, local) == expected


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_is_one_day(fold: int) -> None:
    assert day_at("Europe/Berlin", "2026-10-25T02:30", fold) == "2026-10-24"


def test_a_flight_from_tokyo_to_san_francisco_goes_back_a_day() -> None:
    leaving = datetime(2026, 11, 21, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
    landing = leaving + timedelta(hours=10)
    assert day_at("Asia/Tokyo", "2026-11-21T09:00") == "2026-11-21"
    local = landing.astimezone(ZoneInfo("America/Los_Angeles"))
    assert day_at("America/Los_Angeles", local.replace(tzinfo=None).isoformat()) == "2026-11-20"


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),
    st.integers(-14 * 60, 14 * 60),
    st.integers(0, 1439),
)
def test_a_study_day_is_the_date_of_wall_time_less_the_rollover(
    utc: datetime, offset: int, rollover: int
) -> None:
    at = round(utc.replace(tzinfo=UTC).timestamp() * 1000)
    wall = utc + timedelta(minutes=offset - rollover)
    assert iso(study_day(at, offset, rollover)) == wall.date().isoformat()
    assert Moment.of(at, offset, rollover).day == (wall.date() - date(1970, 1, 1)).days


SPOKEN = [(0, "today"), (-3, "today"), (1, "1 d"), (99, "99 d"), (100, "3.3 mo"), (364, "12.0 mo"),
          (365, "1.0 y"), (36_500, "99.9 y")]  # fmt: skip


@pytest.mark.parametrize(("days", "text"), SPOKEN)
def test_spoken(days: int, text: str) -> None:
    assert spoken(days) == text
