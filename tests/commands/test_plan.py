"""`plan`: said, saved, followed by reviews, taken away; and what cannot be planned.

``GOLDEN=write pytest tests/commands/test_plan.py`` writes golden/plan-*.txt anew.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from conftest import Clock, Ran, Run
from mlsd_cards.app import App
from mlsd_cards.commands import prospects
from mlsd_cards.commands.options import limits_of
from mlsd_cards.commands.planned import Told
from mlsd_cards.run.planning import Costs
from mlsd_cards.schedule.fsrs import FSRS
from mlsd_cards.schedule.sm2 import SM2
from mlsd_cards.store import log
from mlsd_cards.store.admission import admitted
from mlsd_cards.store.catalogue import EVERYTHING, Filter
from mlsd_cards.store.plan import Plan
from mlsd_cards.study.agenda import Limits
from mlsd_cards.study.planning.prospect import Prospect, Wish
from mlsd_cards.study.planning.rule import Pace
from mlsd_cards.term.report import Report
from mlsd_cards.term.wrap import width

GOLDEN = Path(__file__).parent / "golden"
TODAY = 20_778  # 2026-11-21
CARDS = 130


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """Two decks in a folder, of cards with two gaps each in the second."""
    folder = tmp_path / "decks"
    folder.mkdir()
    plain = "".join(
        f"  - {{id: a{n}, topic: t{n % 3}, prompt: What is {n}?, answer: It is {n}.}}\n"
        for n in range(CARDS - 20)
    )
    gaps = "".join(
        f"  - {{id: b{n}, topic: gaps, type: cloze, text: 'A {{{{c1::one}}}}, {{{{c2::two}}}}'}}\n"
        for n in range(10)
    )
    (folder / "a.yaml").write_text("deck: plain\ncards:\n" + plain)
    (folder / "b.yaml").write_text("deck: gaps\ncards:\n" + gaps)
    return folder


class Planner:
    """The program with this test's decks."""

    def __init__(self, run: Run, deck: Path, home: Path, clock: Clock) -> None:
        self.run, self.deck, self.home, self.clock = run, deck, home, clock

    def __call__(self, *more: str, stdin: str = "") -> Ran:
        return self.run(*more, "--decks", self.deck, stdin=stdin)

    def plan(self, *more: str) -> dict[str, Any]:
        ran = self("plan", *more, "--json")
        assert ran.code == 0, ran.err
        told = json.loads(ran.out)
        assert isinstance(told, dict)
        return told

    @property
    def app(self) -> App:
        return App(str(self.home), (str(self.deck),))


@pytest.fixture
def planner(run: Run, deck: Path, home: Path, clock: Clock) -> Planner:
    return Planner(run, deck, home, clock)


# what is said


def test_a_plan_is_told_saved_shown_changed_and_taken_away(planner: Planner) -> None:
    assert "No plan is saved" in planner("plan").out
    told = planner.plan("--date", "2026-12-31")
    assert (told["date"], told["days_left"], told["minutes"]) == ("2026-12-31", 40, 30)
    assert (told["cards"], told["seen"], told["fits"], told["instead"]) == (CARDS, 0, True, None)
    assert told["sweep"] == {"begins": "2026-12-28", "days": 3, "cards": 54}
    assert told["rehearsals"] == ["2026-12-25", "2026-12-27", "2026-12-29"]
    assert len(told["days"]) == 40
    assert {day["new"] for day in told["days"][-7:]} == {0}
    assert told["known"]["without_sweep"] < told["known"]["then"] <= CARDS
    assert {topic["topic"] for topic in told["topics"]} == {"t0", "t1", "t2", "gaps"}
    assert planner.plan() == told
    changed = planner.plan("--minutes", "45", "--deck", "plain")
    assert (changed["date"], changed["minutes"]) == ("2026-12-31", 45)
    assert changed["cards"] == CARDS - 20
    assert planner.plan("--minutes", "20")["decks"] == ["plain"]
    assert planner("plan", "--off").code == 0
    assert json.loads(planner("plan", "--json").out) is None
    assert planner("plan", "--off").out == "No plan is saved.\n"
    assert planner("plan", "--off", "--json").out == "null\n"


def test_the_keys_are_those_of_the_contract(planner: Planner) -> None:
    told = planner.plan("--date", "2026-12-31", "--minutes", "10")
    page = (Path(__file__).parent.parent.parent / "docs" / "json.md").read_text()
    section = page.split("## `plan --json`")[1].split("\n## ")[0]
    parts = (
        told,
        told["sweep"],
        told["known"],
        told["instead"],
        told["days"][0],
        told["topics"][0],
    )
    for key in {key for part in parts for key in part}:
        assert f"`{key}`" in section, key
    assert {day["for"] for day in told["days"]} <= {"learning", "settling", "sweep"}


def test_what_does_not_fit_is_said_with_what_would(planner: Planner) -> None:
    told = planner.plan("--date", "2026-12-12", "--minutes", "10")
    assert not told["fits"]
    assert told["learnt"] < CARDS
    assert told["instead"]["minutes"] > 10
    assert told["instead"]["date"] > "2026-12-12"
    more = planner.plan("--minutes", str(told["instead"]["minutes"]))
    assert more["fits"]
    later = planner.plan("--minutes", "10", "--date", told["instead"]["date"])
    assert later["fits"]


def test_the_decks_that_are_left_out_come_last_in_the_order_of_learning(planner: Planner) -> None:
    told = planner.plan("--date", "2026-12-31", "--minutes", "10")
    assert told["instead"]["leave_out"] == ["gaps"]
    assert told["instead"]["cards"] == CARDS - 20


def test_what_is_less_difficult_comes_first_out_of_every_deck(planner: Planner) -> None:
    hard = planner.deck / "a.yaml"
    hard.write_text(hard.read_text().replace("{id: a", "{difficulty: 3, id: a"))
    told = planner.plan("--date", "2026-12-12", "--minutes", "5")
    assert not told["fits"]
    known = {topic["topic"]: topic["known"] for topic in told["topics"]}
    assert known["gaps"] > 0.9 * 20
    assert known["t0"] + known["t1"] + known["t2"] < 30
    assert told["learnt_by_difficulty"][0] == {"difficulty": 2, "cards": 20, "learnt": 20}
    hard_ones = told["learnt_by_difficulty"][1]
    assert (hard_ones["difficulty"], hard_ones["cards"]) == (3, CARDS - 20)
    assert hard_ones["learnt"] == round(told["learnt"] - 20)
    cards = json.loads(planner("due", "--json").out)["cards"]
    assert cards[0]["card"] == "b0:c1"
    planner("plan", "--off")
    assert json.loads(planner("due", "--json").out)["cards"][0]["card"] == "a0"


def studied(planner: Planner, days: int, new: int) -> None:
    """Answer what is due, and so many new cards a day, mostly right."""
    chance = Random(1)
    for _ in range(days):
        app = planner.app
        agenda = app.agenda(EVERYTHING, Limits(new, None))
        for number, card in enumerate(agenda.cards):
            moment = app.moment()._replace(at=app.moment().at + number)
            grade = chance.choice((1, 2, 3, 3, 3, 4))
            app.store.append(
                log.REVIEWED, card, moment, grade=grade, scale="1-4", source=log.REVIEW
            )
        planner.clock.forward(1)


def test_the_last_days_go_on_as_before_where_the_sweep_would_leave_less_known(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    studied(planner, days=12, new=8)
    told = planner.plan("--date", "2026-12-06", "--minutes", "5")
    assert told["sweep"] is None
    assert told["known"]["then"] == told["known"]["without_sweep"]
    assert {day["for"] for day in told["days"]} == {"settling"}
    assert planner.plan() == told
    saved = planner.app.store.settings.plan
    assert saved and not saved.sweeps
    due = json.loads(planner("due", "--json").out)
    assert not due["sweep"]
    text = on_terminal(planner, monkeypatch)
    assert "No final sweep: with it " in text
    assert "ithout the sweep" not in text
    planner.plan("--minutes", "60")  # now there is time for all
    saved = planner.app.store.settings.plan
    assert saved and saved.sweeps


def resaved(planner: Planner, *, sweeps: bool) -> None:
    """The saved plan as an earlier day chose it."""
    app = planner.app
    saved = app.store.settings.plan
    assert saved and saved.sweeps != sweeps
    plan = saved._replace(sweeps=sweeps)._asdict()
    app.store.append(log.CONFIGURED, "", app.moment(), payload={"plan": plan})


def test_a_sweep_that_has_come_to_be_worth_it_is_taken_in_as_is_said(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner.plan("--date", "2026-12-31")
    resaved(planner, sweeps=False)
    text = on_terminal(planner, monkeypatch)
    assert "fewer would be known" not in text
    (gain,) = re.findall(r"No final sweep: with it (\S+) more would be known: ", text)
    assert float(gain) > 0
    assert "mlsd-cards plan --minutes 30 takes it in." in text
    assert planner.plan("--minutes", "30")["sweep"]


def test_a_sweep_that_is_not_worth_it_any_more_is_left_out_as_is_said(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    studied(planner, days=12, new=8)
    assert planner.plan("--date", "2026-12-06", "--minutes", "5")["sweep"] is None
    resaved(planner, sweeps=True)
    text = on_terminal(planner, monkeypatch)
    assert "more would be known: mlsd-cards plan --minutes 5 leaves it out." in text
    assert planner.plan("--minutes", "5")["sweep"] is None


def test_own_times_are_taken_once_there_are_enough(planner: Planner) -> None:
    app, moment = planner.app, planner.app.moment()
    with app.store.write():
        for card in app.catalogue.every():
            for day, took in ((0, 20_000), (1, 5_000), (1, 4_000)):
                app.store.append(
                    log.REVIEWED,
                    card.card,
                    moment._replace(day=moment.day + day),
                    grade=3,
                    scale="1-4",
                    took=took,
                    source=log.REVIEW,
                )
    planner.clock.forward(1)
    told = planner.plan("--date", "2026-12-31")
    assert (told["new_s"], told["review_s"]) == (20, 9)
    assert told["times"] == {"new": CARDS, "reviews": CARDS}
    assert told["seen"] == CARDS
    assert told["known"]["now"] > 0.8 * CARDS


def test_a_few_times_of_ones_own_say_nothing(planner: Planner) -> None:
    planner("answer", "a1", "good", "--took", "3")
    told = planner.plan("--date", "2026-12-31")
    assert (told["new_s"], told["review_s"], told["times"]["new"]) == (60, 30, 0)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--date", "2026-11-21"], 1, "2026-11-21 is today"),
        (["--date", "2026-11-20"], 1, "2026-11-20 is in the past"),
        (["--date", "31.12.2026"], 1, "'31.12.2026' is no date"),
        (["--date", "2026-02-30"], 1, "'2026-02-30' is no date"),
        (["--date", ""], 1, "'' is no date"),
        (["--date", "2028-12-31"], 1, "more than a year away"),
        (["--date", "2026-12-31", "--minutes", "0"], 2, "'0' is no whole number"),
        (
            ["--date", "2026-12-31", "--minutes", "1441"],
            2,
            "'1441' is no whole number",
        ),
        (["--date", "2026-12-31", "--deck", "plian"], 1, "Did you mean 'plain'?"),
        (["--date", "2026-12-31", "--deck", "gaps", "--topic", "t1"], 1, "no card is wanted"),
        (["--minutes", "20"], 2, "say the day of the interview by --date"),
        (["--off", "--minutes", "20"], 2, "--off goes without"),
    ],
)
def test_what_cannot_be_planned_is_refused_and_nothing_saved(
    planner: Planner, arguments: list[str], code: int, said: str
) -> None:
    ran = planner("plan", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert planner.app.store.settings.plan is None


def test_a_pipe_gets_all_days_and_topics(planner: Planner) -> None:
    lines = planner("plan", "--date", "2026-12-31").out.splitlines()
    facts = Counter(line.split("\t")[0] for line in lines)
    assert (facts["day"], facts["topic"], facts["date"]) == (40, 4, 1)
    assert lines[0] == "date\t2026-12-31"


class Terminal(io.StringIO):
    """A terminal that keeps what is written on it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def check(name: str, text: str) -> None:
    path = GOLDEN / f"plan-{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text)
    assert text == path.read_text()


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize(("name", "minutes"), [("fits", "30"), ("fits-not", "10")])
def test_on_a_terminal(
    planner: Planner, monkeypatch: pytest.MonkeyPatch, columns: int, name: str, minutes: str
) -> None:
    out = Terminal()
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    made = Report(out)
    monkeypatch.setattr("mlsd_cards.term.report.Report", lambda: made)
    assert planner("plan", "--date", "2026-12-31", "--minutes", minutes).code == 0
    text = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    assert max(map(width, text.splitlines())) <= columns
    if columns == 80:
        assert len(text.splitlines()) < 24
    assert any("fit" in line for line in text.splitlines()[-11:]), "the last lines say what counts"
    check(f"{name}@{columns}", text)


def on_terminal(planner: Planner, monkeypatch: pytest.MonkeyPatch, *more: str) -> str:
    """What `plan` says on a terminal of 80 columns, as one line."""
    out = Terminal()
    monkeypatch.setenv("COLUMNS", "80")
    made = Report(out)
    monkeypatch.setattr("mlsd_cards.term.report.Report", lambda: made)
    assert planner("plan", *more).code == 0
    return " ".join(re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()).split())


def test_a_sweep_without_the_days_for_it_promises_no_more_than_it_takes(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = planner.app
    for number in range(60):
        moment = app.moment()._replace(at=app.moment().at + number)
        app.store.append(
            log.REVIEWED, f"a{number}", moment, grade=3, scale="1-4", source=log.REVIEW
        )
    planner.plan("--date", "2026-12-24", "--minutes", "5")
    planner.clock.forward(30)
    text = on_terminal(planner, monkeypatch)
    assert "every card once more" not in text
    assert "in 3 days as many cards as fit, the strongest left out, the weakest last, 10 a" in text
    assert "12-21 to 12-23 0 10 5" in text
    assert planner("due").out.splitlines()[-1] == "Interview in 3 days: final sweep, day 5 of 7."
    planner.clock.forward(1)
    assert "final sweep, day 6 of 7;" in planner("due").out
    text = on_terminal(planner, monkeypatch, "--date", "2026-12-23", "--minutes", "30")
    assert "What would: - the interview on" in text
    assert "12-22 0 60 30" in text


def test_large_counts_read_as_in_stats() -> None:
    pace = Pace(30, 41_000, 41_000)
    wish = Wish((), pace, TODAY, TODAY + 1, SM2(), FSRS())
    costs = Costs(41_000, 479, 41_000, 4114)
    plan = Plan(TODAY + 1, 30, 41_000, 41_000, TODAY)
    found = Prospect(0, 0, 0, 0, True, 0, (), (), 0, 0, 0, 0, 0, (), ())
    assert "4,114 reviews of your own" in prospects._times(Told(plan, costs, wish, found, None))


def test_in_a_pipe(planner: Planner) -> None:
    check("pipe", planner("plan", "--date", "2026-11-29").out)


# what follows from it


def test_review_and_due_follow_the_plan_and_the_command_line_wins(planner: Planner) -> None:
    planner.plan("--date", "2026-12-31", "--minutes", "60")
    due = json.loads(planner("due", "--json").out)
    assert (due["new"], due["interview"], due["sweep"]) == (5, "2026-12-31", False)
    assert json.loads(planner("due", "--json", "--new", "7").out)["new"] == 7
    assert "Interview in 40 days." in planner("due").out
    assert "Interview in 40 days." in planner("review").out
    planner("plan", "--off")
    assert json.loads(planner("due", "--json").out)["new"] == 10


def test_the_days_left_are_shown_in_a_backlog_too(planner: Planner) -> None:
    app = planner.app
    for number in range(5):
        moment = app.moment()._replace(at=app.moment().at + number)
        app.store.append(
            log.REVIEWED, f"a{number}", moment, grade=4, scale="1-4", source=log.REVIEW
        )
    planner.clock.forward(10)
    planner.plan("--date", "2026-12-31", "--minutes", "1")
    told = planner("review").out
    assert told.startswith("Interview in 30 days. 5 are due: no new cards until that is clear")


def test_only_the_decks_of_the_plan_are_asked_unless_others_are_named(planner: Planner) -> None:
    planner.plan("--date", "2026-12-31", "--deck", "gaps")
    asked = [one["card"] for one in json.loads(planner("due", "--json").out)["cards"]]
    assert asked == ["b0:c1"]
    named = json.loads(planner("due", "--json", "--deck", "plain").out)["cards"]
    assert [one["card"] for one in named] == ["a0"]


def test_a_plan_ends_with_its_day(planner: Planner) -> None:
    planner.plan("--date", "2026-11-23")
    planner.clock.forward(2)
    assert "The interview is today." in planner("due").out
    assert "The interview is today." in planner("plan").out
    planner.clock.forward(1)
    due = json.loads(planner("due", "--json").out)
    assert (due["new"], due["interview"]) == (10, None)
    assert "The interview was on 2026-11-23" in planner("plan").out


def test_other_machines_agree(planner: Planner, run: Run, deck: Path, tmp_path: Path) -> None:
    folder, other = tmp_path / "shared", tmp_path / "other"
    folder.mkdir()
    planner.plan("--date", "2026-12-31", "--minutes", "25", "--topic", "t1")
    run("sync", folder)
    assert run("sync", folder, "--home", other).code == 0
    there = json.loads(run("plan", "--json", "--home", other, "--decks", deck).out)
    assert there == planner.plan()


WHOLE = Plan(TODAY + 40, 30, 60_000, 30_000, TODAY)._asdict()


@pytest.mark.parametrize(
    "value",
    [
        {"day": TODAY + 40},
        {**WHOLE, "day": 10**9},
        {**WHOLE, "minutes": 0},
        {**WHOLE, "minutes": True},
        {**WHOLE, "review_ms": 0},
        {**WHOLE, "new_ms": "60000"},
        {**WHOLE, "decks": "metrics"},
        {**WHOLE, "decks": ["a\0b"]},
        {**WHOLE, "topics": [1]},
        {**WHOLE, "topics": ["t"] * 1001},
        {**WHOLE, "sweeps": "no"},
        "2026-12-31",
        [],
    ],
)
def test_a_hostile_plan_is_not_let_in(home: Path, clock: Clock, value: object) -> None:
    app = App(str(home))
    kept = app.store.append(log.CONFIGURED, "", app.moment(), payload={"plan": value})[0]
    assert app.store.settings.plan is None, "an older version may have let it in"
    with pytest.raises(ValueError, match="payload"):
        admitted(kept._asdict())


OLDER = {name: value for name, value in WHOLE.items() if name != "sweeps"}


@pytest.mark.parametrize(
    "value", [None, WHOLE, OLDER, {**WHOLE, "decks": ["a"], "of a later": "version"}]
)
def test_a_plan_is_let_in(home: Path, clock: Clock, value: object) -> None:
    app = App(str(home))
    kept = app.store.append(log.CONFIGURED, "", app.moment(), payload={"plan": value})[0]
    assert admitted(kept._asdict()) == kept
    assert (app.store.settings.plan is None) == (value is None)


# a candidate


@pytest.mark.parametrize("scheduler", ["sm2", "fsrs"])
def test_a_candidate_who_follows_the_plan_meets_every_card_and_knows_them(
    planner: Planner, scheduler: str
) -> None:
    planner("config", "set", "scheduler", scheduler)
    told = planner.plan("--date", "2026-12-21", "--minutes", "20")
    assert told["fits"]
    app, model, rng = planner.app, FSRS(), Random(5)
    memory: dict[str, tuple[tuple[float, float], int]] = {}
    last: dict[str, int] = {}
    goal = TODAY + 30
    begins = goal - told["sweep"]["days"]
    for day in range(TODAY, goal):
        plan = app.following()
        assert plan
        limits = limits_of(app, plan=plan)
        agenda = app.agenda(EVERYTHING, limits, app.rng())
        assert len(agenda.new) + agenda.reviews / 2 <= 20
        assert not (agenda.new and goal - day <= 7)
        assert bool(plan.today.since) == (day >= begins)
        expected = app.tomorrow(EVERYTHING, agenda)
        half = len(agenda.cards) // 2
        for number, card in enumerate(agenda.cards):
            if number == half:  # a review that is taken up again asks for the rest, and no more
                rest = app.agenda(EVERYTHING, limits_of(app, plan=app.following()), app.rng())
                assert set(rest.cards) == set(agenda.cards[half:])
            answer(app, card, memory, model, rng, day)
            last[card] = day
        assert not app.agenda(EVERYTHING, limits_of(app, plan=app.following())).cards
        planner.clock.forward(1)
        if day >= begins and day + 1 < goal:
            now = app.agenda(EVERYTHING, limits_of(app, plan=app.following()))
            assert abs(now.reviews - expected) <= 12, "but for those that failed"
    assert len(last) == CARDS
    assert min(last.values()) >= begins
    known = sum(model.recall(state, goal - day) for state, day in memory.values())
    assert known == pytest.approx(told["known"]["then"], abs=0.03 * CARDS)


def answer(
    app: App,
    card: str,
    memory: dict[str, tuple[tuple[float, float], int]],
    model: FSRS,
    rng: Random,
    day: int,
) -> None:
    """An answer as the model of memory gives it, and a second one where the card is drilled."""
    state, before = memory.get(card, (None, day))
    chance = model.recall(state, day - before) if state else 0.76
    button = rng.choices((2, 3, 4), (0.2, 0.65, 0.15))[0] if rng.random() < chance else 1
    app.store.append(log.REVIEWED, card, app.moment(), grade=button, scale="1-4", source=log.REVIEW)
    state = model.after(state, button, day - before)
    if app.store.folded(card).state.drill:
        app.store.append(log.REVIEWED, card, app.moment(), grade=3, scale="1-4", source=log.REVIEW)
        state = model.after(state, 3, 0)
    memory[card] = state, day


def test_a_review_asks_for_cards_that_are_not_due_in_the_sweep(planner: Planner) -> None:
    app = planner.app
    for number in range(3):
        moment = app.moment()._replace(at=app.moment().at + number)
        app.store.append(
            log.REVIEWED, f"a{number}", moment, grade=4, scale="1-4", source=log.REVIEW
        )
        app.store.append(
            log.REVIEWED, f"a{number}", moment._replace(day=TODAY + 1, at=moment.at + 10),
            grade=4, scale="1-4", source=log.REVIEW,
        )  # fmt: skip
    planner.clock.forward(2)
    assert json.loads(planner("due", "--json", "--new", "0").out)["due"] == 0
    planner.plan("--date", "2026-11-24")
    told = json.loads(planner("due", "--json").out)
    assert (told["due"], told["new"], told["sweep"]) == (3, 0, True)
    ran = planner("review", stdin="\n3\n\n3\nq\n")
    assert "final sweep, day 1 of 1" in ran.out
    assert json.loads(planner("due", "--json").out)["due"] == 1
    state = planner.app.store.folded("a0").state
    assert (state.repetitions, state.interval) in {(2, 6)}
    assert planner.app.catalogue.seen(TODAY + 2, Filter(("plain",)))
