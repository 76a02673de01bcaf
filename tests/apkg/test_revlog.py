"""Answers and rows of Anki's review log say the same, there and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.anki import guid, revlog
from mlsd_cards.anki.guid import Name
from mlsd_cards.anki.revlog import FILTERED, LEARNING, MANUAL, RELEARNING, REVIEWING, Answer, Row
from mlsd_cards.schedule.sm2 import SM2
from mlsd_cards.store import log
from mlsd_cards.store.log import Event

DAY_MS = 86_400_000


def event(day: int, grade: int = 3, source: str = log.REVIEW, **more: object) -> Event:
    at = day * DAY_MS
    made = Event("c", at, "d", f"{at + 1:x}", log.REVIEWED, at, 0, day, grade, "1-4", 4000, source)
    return made._replace(**more)  # type: ignore[arg-type]


def types(*events: Event) -> list[int]:
    return [row.type for row in revlog.rows(events, SM2())]


def test_a_row_says_button_intervals_ease_and_time() -> None:
    first, second, third = revlog.rows([event(10), event(11), event(17, 1)], SM2())
    assert first == Row(10 * DAY_MS, 3, 1, 0, 2500, 4000, LEARNING)
    assert second == Row(11 * DAY_MS, 3, 6, 1, 2500, 4000, REVIEWING)
    assert third == Row(17 * DAY_MS, 1, 1, 6, 2500, 4000, REVIEWING)


def test_types_follow_the_days() -> None:
    assert types(event(1, 1), event(1, 3)) == [LEARNING, LEARNING]
    assert types(event(1), event(2, 1), event(2), event(3)) == [
        LEARNING, REVIEWING, RELEARNING, REVIEWING,
    ]  # fmt: skip
    assert types(event(1), event(1, source=log.PRACTICE)) == [LEARNING, FILTERED]
    assert types(event(1), event(2, source=log.QUIZ), event(2, source=log.COUNTED)) == [
        LEARNING, FILTERED, REVIEWING,
    ]  # fmt: skip


def test_a_card_that_was_reset_is_learnt_anew() -> None:
    assert types(event(1), event(2, kind=log.RESET), event(3)) == [LEARNING, MANUAL, LEARNING]
    assert types(event(1, 20, kind=log.PLACED, scale=log.DAYS), event(21)) == [LEARNING]


def test_the_buttons_of_raw_grades() -> None:
    eases = [next(revlog.rows([event(1, grade, scale="0-5")], SM2())).ease for grade in range(6)]
    assert eases == [1, 1, 1, 2, 3, 4]


@given(st.lists(st.tuples(st.integers(1, 90), st.integers(1, 4)), max_size=20))
def test_what_went_out_comes_back(given: list[tuple[int, int]]) -> None:
    events = [event(day, grade, took=day) for day, grade in sorted(given)]
    back = [revlog.answer(row) for row in revlog.rows(events, SM2())]
    assert back == [Answer(e.at, e.grade, "1-4", e.took, "review") for e in events]  # type: ignore[arg-type]


def test_what_anki_did_by_itself_is_no_answer() -> None:
    for ease, kind in ((0, MANUAL), (0, 5), (3, MANUAL), (5, REVIEWING), (-1, REVIEWING)):
        assert revlog.answer(Row(1, ease, 1, 1, 2500, 5, kind)) is None
    practised = revlog.answer(Row(1, 3, 1, 1, 0, -5, FILTERED))
    assert practised == Answer(1, 3, "1-4", 0, log.PRACTICE)


def test_a_row_moved_for_its_id_is_known_all_the_same() -> None:
    assert all(revlog.is_known(id_, [5, 90_000]) for id_ in range(5, 10))
    assert not revlog.is_known(4, [5])
    assert not revlog.is_known(5 + revlog.SHIFT_MS + 1, [5, 90_000])
    assert not revlog.is_known(5, [])


def test_a_guid_names_a_note_and_its_cards() -> None:
    cloze, basic = Name("cloze", "loss"), Name("basic", "t-0a1b")
    assert (cloze.guid, cloze.card(0), cloze.card(1)) == ("mlsd:cloze:loss", "loss:c1", "loss:c2")
    assert basic.card(0) == "t-0a1b"
    assert [guid.read(name.guid) for name in (cloze, basic)] == [cloze, basic]


def test_the_guid_of_a_stranger_names_nothing() -> None:
    for text in ("", "mlsd", "mlsd:basic", "mlsd:basic:", "mlsd:else:a", "other:basic:a", "h&j#"):
        assert guid.read(text) is None
