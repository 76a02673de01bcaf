"""Review logs in tables: what is read, what is said, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.errors import UserError
from mlsd_cards.evaluation.past import Past
from mlsd_cards.evaluation.table import read
from mlsd_cards.schedule.day import study_day

HEAD = "card_id,review_rating,review_time,review_duration\n"
A, B = "a,3,2026-01-01T10:00:00Z,5\n", "b,1,2026-01-02T10:00:00Z,5\n"


def reading(text: str | bytes, offset: int = 0, rollover: int = 240) -> tuple[Past, list[str]]:
    data = text if isinstance(text, bytes) else text.encode()
    return read(data, "log.csv", lambda at: study_day(at, offset, rollover))


def test_columns_are_found_by_name_and_ratings_are_grades() -> None:
    table = "\ufeffreview_time , review_rating,other,card_id\r\n"
    rows = [f"2026-01-0{rating}T10:00:00.250+00:00,{rating},x,a\r\n" for rating in (1, 2, 3, 4)]
    past, notes = reading(table + "".join(rows) + "\r\n\r\n")
    (history,) = past.histories
    assert [answer.grade for answer in history] == [1, 3, 4, 5]
    assert [answer.recalled for answer in history] == [False, True, True, True]
    assert history[0].at % 1000 == 250
    assert notes == []


@pytest.mark.parametrize(
    ("time", "offset", "rollover", "day"),
    [
        ("2026-01-02T03:59:59Z", 0, 240, 20454),  # 2026-01-01
        ("2026-01-02T04:00:00Z", 0, 240, 20455),
        ("2026-01-02T08:59:59Z", 0, 540, 20454),
        ("2026-01-02T09:00:00Z", 0, 540, 20455),
        ("2026-01-01T18:59:59Z", 9 * 60, 240, 20454),
        ("2026-01-01T19:00:00Z", 9 * 60, 240, 20455),
        ("2026-01-02T08:59:59Z", -5 * 60, 240, 20454),
        ("2026-01-02T09:00:00Z", -5 * 60, 240, 20455),
        ("2026-01-02T04:00:00+09:00", 0, 0, 20454),  # an instant, wherever it was written
        ("2024-02-29T12:00:00Z", 330, 0, 19782),
    ],
)
def test_study_days(time: str, offset: int, rollover: int, day: int) -> None:
    past, _ = reading(f"{HEAD}a,3,{time},5\n", offset, rollover)
    assert past.histories[0][0].day == day


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "log.csv is empty"),
        ("card_id;review_rating\n", "log.csv:1 has no column card_id"),
        ("card_id,review_rating,when\n", "no column review_time, but card_id, review_rating, when"),
        (HEAD, "log.csv has no reviews"),
        (HEAD + A + "a,0,2026-01-02T10:00:00Z,5\n", "log.csv:3 has the review_rating '0'"),
        (HEAD + "a,5,2026-01-02T10:00:00Z,5\n", "log.csv:2 has the review_rating '5'"),
        (HEAD + "a,3.0,2026-01-02T10:00:00Z,5\n", "log.csv:2 has the review_rating '3.0'"),
        (HEAD + "a,3,2026-01-02T10:00:00,5\n", "log.csv:2 has the review_time '2026-01-02T10:00"),
        (HEAD + "a,3,2026-01-02,5\n", "no time zone"),
        (HEAD + "a,3,yesterday,5\n", "'yesterday', which is no ISO time"),
        (HEAD + f"a,{'9' * 999},x,5\n", f"the review_rating '{'9' * 39}…'\n"),
        (HEAD + "a,3,1711684352250,5\n", "is no ISO time"),
        (HEAD + "a,3,0001-01-01T00:00:00+14:00,5\n", "review_time in the year 1"),
        (HEAD + "a,3,9999-12-31T23:59:59-14:00,5\n", "review_time in the year 9999"),
        (HEAD + A + "\na,3\n", "log.csv:4 has no review_time"),
        (HEAD + ",3,2026-01-02T10:00:00Z,5\n", "log.csv:2 has no card_id"),
        (HEAD + A + A.replace(",3,", ",1,"), "log.csv:3 and log.csv:2 rate one card at one time"),
        (HEAD + f'"{"x" * 200_000}",3,2026-01-02T10:00:00Z,5\n', "log.csv:2 cannot be read"),
        (HEAD.encode() + A.encode() + b"\xff,3,x,5\n", "log.csv:3 is not UTF-8"),
        (HEAD.encode("utf-16"), "log.csv:1 is not UTF-8"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_its_line(table: str | bytes, said: str) -> None:
    with pytest.raises(UserError) as refused:
        reading(table)
    assert said in str(refused.value)


def test_rows_in_disorder_are_put_in_order_and_it_is_said() -> None:
    past, notes = reading(HEAD + B + A + A.replace("01T", "03T"))
    assert [history[0].card for history in past.histories] == ["a", "b"]
    assert [answer.day for answer in past.histories[0]] == [20454, 20456]
    assert notes == [
        "log.csv:3 is earlier than the row before; the rows were put in the order of time"
    ]


def test_a_repeated_row_counts_once_and_it_is_said() -> None:
    past, notes = reading(HEAD + A + B + A + B + B)
    assert sum(map(len, past.histories)) == 2
    assert not past.left
    assert "log.csv:4 repeats a row (and 2 more); each review counts once" in notes


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_nothing_crashes_it(junk: bytes) -> None:
    for data in (junk, HEAD.encode() + A.encode() + junk):
        try:
            reading(data)
        except UserError as error:
            assert str(error).startswith("log.csv")
