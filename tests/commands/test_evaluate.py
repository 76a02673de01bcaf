"""`evaluate`: a table that fits, sentences that are true, and refusals that help."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from conftest import Clock, Run
from mlsd_cards.commands.evaluate import evaluate
from mlsd_cards.evaluation.past import Answer, Past
from mlsd_cards.evaluation.predictor import Predictor
from mlsd_cards.evaluation.protocol import Row
from mlsd_cards.term.evaluation import WIDE, meaning, table
from mlsd_cards.term.wrap import width
from revlogs import as_csv, made_up


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(as_csv(made_up(1)))
    return path


def test_a_table_as_json(run: Run, log: Path) -> None:
    ran = run("evaluate", "--log", log, "--rollover", "00:00", "--json")
    assert (ran.code, ran.err) == (0, "")
    told = json.loads(ran.out)
    assert told.keys() == {
        *("answers", "cards", "from", "to", "predicted", "left_out", "notes", "protocols")
    }
    assert told["answers"] == told["predicted"] + sum(told["left_out"].values())
    assert told["left_out"].keys() == {"first answers", "same-day answers"}
    last, folds = told["protocols"]
    assert (last["protocol"], folds["protocol"]) == ("last", "folds")
    assert last["reviews"] == told["predicted"] // 5
    assert folds["reviews"] == told["predicted"] - told["predicted"] // 6
    assert [split["to"] for split in folds["splits"][:-1]] == [
        split["learnt"] for split in folds["splits"][1:]
    ]
    for protocol in told["protocols"]:
        by_loss = {
            one["predictor"]: one["log_loss"]["value"]
            for one in protocol["predictors"]
            if one["log_loss"]
        }
        assert protocol["best"] == min(by_loss, key=by_loss.__getitem__)
        for one in protocol["predictors"]:
            assert one.keys() == {*("predictor", "log_loss", "rmse_bins", "auc", "clipped", "why")}
            assert bool(one["why"]) == (one["log_loss"] is None)


def test_the_days_are_those_of_the_offset_and_the_rollover(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    night = ("2026-01-01T20:00:00Z", "2026-01-02T02:00:00Z")
    rows = [f"a{card},3,{time},1\n" for card in range(9) for time in night]
    path.write_text("card_id,review_rating,review_time,review_duration\n" + "".join(rows))

    def predicted(*options: str) -> int:
        ran = run("evaluate", "--log", path, "--json", *options)
        return json.loads(ran.out)["predicted"] if ran.code == 0 else 0

    assert predicted() == 0  # one night
    assert predicted("--rollover", "01:00") == 9
    assert predicted("--utc-offset", "+02:00") == 9
    assert predicted("--utc-offset", "-03:00") == 0
    assert predicted("--utc-offset", "-03:00", "--rollover", "18:00") == 9


@pytest.mark.parametrize("columns", [80, 40])
def test_the_table_fits(columns: int) -> None:
    made = evaluate(made_up(1))
    for _, rows in made.results:
        lines = table([*rows, Row("FSRS-6 fitted", {}, why="needs fsrs-rs-python")], columns)
        assert max(map(width, lines)) <= columns
        assert all(row.predictor in "\n".join(lines) for row in rows)
    assert WIDE < 80


def test_what_is_printed(run: Run, log: Path) -> None:
    out = run("evaluate", "--log", log).out
    assert re.search(
        r"answers to 60 cards, .*Predicted: \d+ reviews of \d+ cards\. Left out: ", out
    )
    for words in ("log loss", "RMSE(bins)", "AUC", "constant", "SM-2 lapse_lowers_ef"):
        assert words in out
    assert "Predicting is not scheduling" in out
    assert "are few" in out
    assert out.count("predicts best") == 2
    assert out == run("evaluate", "--log", log).out  # a seed


def steady(past: Past, recalled: set[int]) -> Past:
    """The same, remembered whenever the place in the history is among those."""
    return past._replace(
        histories=[
            [answer._replace(grade=4 if place in recalled else 1) for place, answer in enumerate(h)]
            for h in past.histories
        ]
    )


def test_it_is_said_when_sm2_predicts_worse_than_a_constant_and_when_not() -> None:
    said = "\n".join(meaning(evaluate(made_up(1))))
    assert said.count("SM-2 predicts worse than a constant") == 2
    days = (0, 1, 7, 22, 200)  # on time by SM-2, and forgotten when it is far exceeded
    faithful = [
        [Answer(f"c{card}", day * 100 + card, day, 1 if day == 200 else 4) for day in days]
        for card in range(50)
    ]
    said = "\n".join(meaning(evaluate(Past(faithful, Counter()))))
    assert "SM-2 predicts better than a constant" in said


def test_one_outcome_only(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(as_csv(steady(made_up(1), set(range(99)))))
    ran = run("evaluate", "--log", path)
    assert ran.code == 0
    assert "AUC is undefined, since all were remembered" in ran.out
    assert "undefined" in ran.out.split("constant", 1)[1]
    assert "nearer to 0 or 1 than 1e-15" in ran.out
    told = json.loads(run("evaluate", "--log", path, "--json").out)
    assert told["protocols"][0]["predictors"][0]["auc"] is None


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--log", "nowhere.csv"], 1, "nowhere.csv cannot be read: No such file"),
        (["--log", "."], 1, "cannot be read: Is a directory"),
        (["--utc-offset", "+01:00"], 2, "go with --log"),
        (["--rollover", "04:00"], 2, "go with --log"),
        (["--log", "x", "--utc-offset", "1"], 2, "'1' is not +HH:MM or -HH:MM"),
        (["--log", "x", "--utc-offset", "+15:00"], 2, "14:00 at most"),
        (["--log", "x", "--rollover", "24:00"], 2, "'24:00' is not HH:MM"),
        ([], 1, "nothing has been answered yet"),
    ],
)  # fmt: skip
def test_refusals(run: Run, arguments: list[str], code: int, said: str) -> None:
    ran = run("evaluate", *arguments)
    assert ran.code == code
    assert said in ran.err


def test_a_bad_line_is_named_and_disorder_is_said(run: Run, log: Path) -> None:
    lines = log.read_text().splitlines(keepends=True)
    log.write_text("".join([lines[0], lines[2], lines[1], *lines[2:]]))
    ran = run("evaluate", "--log", log)
    assert ran.code == 0
    assert f"{log}:3 is earlier than the row before" in ran.err
    assert f"{log}:4 repeats a row" in ran.err
    assert f"{len(lines) - 1:,} answers to" in ran.out, "a row that is repeated is one answer"
    assert "repeated" not in ran.out
    log.write_text("".join([*lines, "a,7,2026-01-01T00:00:00Z,1\n"]))
    ran = run("evaluate", "--log", log)
    assert ran.code == 1
    assert f"{log}:{len(lines) + 1} has the review_rating '7'" in ran.err


def test_ones_own_answers(run: Run, deck: Path, clock: Clock) -> None:
    assert run("answer", "first", "good", "--decks", deck).code == 0
    ran = run("evaluate")
    assert ran.code == 1
    assert "0 reviews can be predicted, and 6 are the least" in ran.err
    for button in ("good", "again", "good", "hard", "good", "easy", "good"):
        clock.forward(2)
        assert run("answer", "first", button, "--decks", deck).code == 0
    told = json.loads(run("evaluate", "--json").out)
    assert (told["answers"], told["predicted"], told["cards"]) == (8, 7, 1)
    assert told["from"] == "2026-11-21"
    assert told["left_out"] == {"first answers": 1}


def test_a_table_from_a_pipe_is_the_same(run: Run, log: Path) -> None:
    def piped(data: bytes) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "mlsd_cards", "evaluate", "--log", "-"]
        return subprocess.run(command, input=data, capture_output=True, timeout=60, check=False)

    assert piped(log.read_bytes()).stdout.decode() == run("evaluate", "--log", log).out
    ran = piped(b"card_id,review_rating\n")
    assert ran.returncode == 1
    assert b"standard input:1 has no column review_time" in ran.stderr


def test_a_handful_of_reviews_gets_no_intervals_and_no_verdict(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = [
        f"a{card},{1 + (card + day) % 4},2026-01-{day:02}T12:00:00Z\n"
        for day in (1, 5, 9, 17)
        for card in range(3)
    ]
    path.write_text("card_id,review_rating,review_time\n" + "".join(rows))
    out = run("evaluate", "--log", path).out
    assert "Predicted: 9 reviews" in out
    assert "–" not in out
    assert "drawn anew" not in out
    assert "which says next to nothing: intervals take reviews of 10 cards, and here are" in out
    assert "more than chance" not in out
    told = json.loads(run("evaluate", "--log", path, "--json").out)
    for part in told["protocols"]:
        for one in part["predictors"]:
            if one["log_loss"]:
                assert one["log_loss"]["value"] >= 0
                assert one["log_loss"]["low"] is None


def test_who_cannot_take_part_is_in_the_table_with_the_reason() -> None:
    absent = Predictor("FSRS-6 fitted", None, "needs fsrs-rs-python")
    row = Row(absent.name, {}, why=absent.why)
    for room in (80, 40):
        text = "\n".join(table([row], room))
        assert absent.name in text
        assert absent.why in text
