"""The bundled decks held to their word: their form, their links and every number in them.

A number in a card is either calculated, and then recomputed here, or listed here as a premise of
the card or as a fact of a cited work (``NUMBERS``, below). A number that is neither fails a test.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from graphlib import TopologicalSorter
from itertools import pairwise, permutations
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

import pytest

from mlsd_cards.cards.card import (
    DELETION,
    Basic,
    Card,
    Choice,
    Cloze,
    Computed,
    Mcq,
    Number,
    Numeric,
    deletions,
)
from mlsd_cards.cards.deck import Deck, load, repeated_ids
from mlsd_cards.cards.expression import evaluate
from mlsd_cards.cards.generate import GENERATORS, placeholders, problems_in_pinned, worked
from mlsd_cards.cards.marking import Verdict, mark_number
from mlsd_cards.cards.problem import Problem
from mlsd_cards.cards.question import ask
from mlsd_cards.cards.source import load_sources

FOLDER = Path(__file__).parent.parent / "decks"
FILES = sorted(path for path in FOLDER.glob("*.yaml") if path.name != "sources.yaml")
LOADED: dict[str, tuple[Deck | None, list[Problem]]] = {
    path.stem: load(path.read_bytes(), path.name, strict=True) for path in FILES
}
DECKS = {name: deck for name, (deck, _) in LOADED.items() if deck}
SOURCES, SOURCE_PROBLEMS = load_sources((FOLDER / "sources.yaml").read_bytes(), "sources.yaml")

# A note by its id; the cards of a cloze share all of their text, so one of them will do.
NOTES: dict[str, Card] = {
    placed.card.note: placed.card for deck in DECKS.values() for placed in deck.cards
}
COMPUTED = {note: card for note, card in NOTES.items() if isinstance(card, Computed)}
NUMERIC = {note: card for note, card in NOTES.items() if isinstance(card, Numeric)}
CLOZES = {note: card for note, card in NOTES.items() if isinstance(card, Cloze)}
CHOICES = {note: card for note, card in NOTES.items() if isinstance(card, Choice)}

each_note = pytest.mark.parametrize("note", NOTES)
each_computed = pytest.mark.parametrize("note", COMPUTED)
each_choice = pytest.mark.parametrize("note", CHOICES)
each_cloze = pytest.mark.parametrize("note", CLOZES)

SIZES = {"framework": 20, "metrics": 24, "models": 16}
FAMILIES = "search rec ads safety llm other"
TAG = re.compile(rf"step:[1-7]|family:({'|'.join(FAMILIES.split())})")


# --- The decks as a whole ---------------------------------------------------------------------


def test_all_decks_are_here() -> None:
    assert SIZES.keys() <= LOADED.keys()


@pytest.mark.parametrize("name", LOADED)
def test_a_deck_loads_strictly_without_problems(name: str) -> None:
    deck, problems = LOADED[name]
    assert not problems, "\n".join(map(str, problems))
    assert deck is not None
    assert deck.name == name
    assert deck.cards


def test_ids_are_unique_over_all_decks() -> None:
    assert repeated_ids(DECKS.values()) == []


@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_a_deck_has_as_many_notes_as_promised(name: str, size: int) -> None:
    assert len({placed.card.note for placed in DECKS[name].cards}) == size


@each_note
def test_what_a_note_requires_exists(note: str) -> None:
    card = NOTES[note]
    assert set(card.requires) <= NOTES.keys()
    assert card.requires or card.difficulty < 3, "a note of difficulty 3 names what it builds on"


def test_requirements_form_no_circle() -> None:
    TopologicalSorter({note: card.requires for note, card in NOTES.items()}).prepare()


def test_sources_load_without_problems() -> None:
    assert SOURCE_PROBLEMS == []


@each_note
def test_cited_sources_are_listed(note: str) -> None:
    assert set(NOTES[note].sources) <= SOURCES.keys()


def test_listed_sources_are_cited() -> None:
    cited = {key for card in NOTES.values() for key in card.sources}
    assert SOURCES.keys() - cited <= {"convention"}


@each_note
def test_tags_name_a_step_and_known_families(note: str) -> None:
    tags = NOTES[note].tags
    assert any(tag.startswith("step:") for tag in tags)
    assert [tag for tag in tags if ":" in tag and not TAG.fullmatch(tag)] == []


def test_two_towers_against_trees_are_covered() -> None:
    assert sum(card.topic == "two-tower-vs-gbdt" for card in NOTES.values()) >= 4


def test_the_promised_generators_are_used() -> None:
    used = {card.generator for card in COMPUTED.values()}
    assert {"ndcg_at_k", "auc_pairs", "f1_from_counts", "ap_at_k"} <= used


# --- Right values -----------------------------------------------------------------------------


def rounds_to(value: float, given: float) -> bool:
    """Whether ``value`` is ``given`` to the digits with which that was written."""
    exponent = int(Decimal(repr(given)).normalize().as_tuple().exponent)
    return abs(value - given) <= 0.5 * 10.0 ** min(0, exponent) + 1e-9


@pytest.mark.parametrize("note", NUMERIC)
def test_the_check_of_a_numeric_card_gives_its_value(note: str) -> None:
    card = NUMERIC[note]
    value = evaluate(card.check)
    assert rounds_to(value, card.value), f"{card.check} is {value}, not {card.value}"
    assert card.tolerance.accepts(value, card.value)


@each_computed
def test_the_check_of_a_computed_card_gives_its_pinned_value(note: str) -> None:
    card = COMPUTED[note]
    pinned, right = card.pinned["value"], worked(card.generator, card.pinned["params"])
    assert evaluate(card.check) == pytest.approx(right, rel=1e-9), card.check
    assert rounds_to(right, pinned), f"{card.generator} gives {right}, not {pinned}"
    assert problems_in_pinned(card.generator, card.pinned["params"], card.tolerance) == []


@each_computed
def test_a_computed_card_explains_its_pinned_example(note: str) -> None:
    card = COMPUTED[note]
    right = worked(card.generator, card.pinned["params"])
    assert f"{right:.3f}".rstrip("0") in card.explanation


REPETITIONS = range(200)


@each_computed
def test_every_repetition_is_a_fair_question(note: str) -> None:
    card = COMPUTED[note]
    assert placeholders(card.prompt) <= GENERATORS[card.generator].shows.keys()
    questions = [ask(card, repetition) for repetition in REPETITIONS]
    for repetition, question in enumerate(questions):
        assert math.isfinite(question.value)
        assert not re.search(r"[{}]", question.prompt), question.prompt
        assert mark_number(question, question.answer).verdict is Verdict.RIGHT
        assert ask(card, repetition) == question
    assert len({question.prompt for question in questions}) >= 20


@each_computed
def test_the_right_value_is_that_of_the_numbers_in_the_prompt(note: str) -> None:
    card = COMPUTED[note]
    for repetition in REPETITIONS:
        question = ask(card, repetition)
        right = worked(card.generator, read_back(card, question.prompt))
        assert question.value == pytest.approx(right, rel=1e-9), question.prompt


def read_back(card: Computed, prompt: str) -> dict[str, object]:
    """The values of the placeholders in a filled prompt; what it does not show is a constant."""
    pattern, seen = "", set[str]()
    for place, part in enumerate(re.split(r"\{([a-z_][a-z0-9_]*)\}", card.prompt)):
        if place % 2 == 0:
            pattern += re.escape(part)
        else:
            pattern += f"(?P={part})" if part in seen else rf"(?P<{part}>\[[^]]*\]|[0-9][0-9,.]*)"
            seen.add(part)
    found = re.fullmatch(pattern, prompt)
    assert found, prompt
    values: dict[str, object] = {
        name: json.loads(text if text.startswith("[") else text.replace(",", ""))
        for name, text in found.groupdict().items()
    }
    hidden = GENERATORS[card.generator].shows.keys() - values.keys()
    return values | {name: card.params[name] for name in hidden}


# --- Every other number: how it is recomputed -------------------------------------------------

Curve = tuple[tuple[float, float], ...]  # the corners (FPR, TPR) of a ROC curve


def roc_auc(curve: Curve) -> float:
    return sum((x1 - x0) * (y0 + y1) / 2 for (x0, y0), (x1, y1) in pairwise(curve))


def pr_auc(curve: Curve, prevalence: float, steps: int = 2000) -> float:
    """The mean of precision over recall, along straight pieces of a ROC curve."""
    area = 0.0
    for (x0, y0), (x1, y1) in pairwise(curve):
        for step in range(steps if y1 > y0 else 0):
            share = (step + 0.5) / steps
            right = (y0 + (y1 - y0) * share) * prevalence
            false = (x0 + (x1 - x0) * share) * (1 - prevalence)
            area += right / (right + false) * (y1 - y0) / steps
    return area


# Two models of one ROC-AUC: most positives on top of everything, or all spread over the top 30 %.
EARLY: Curve = ((0, 0), (0, 0.7), (1, 1))
SPREAD: Curve = ((0, 0), (0.3, 1), (1, 1))
# Two models of one PR-AUC at 50 %: false positives all along the way, or only for the last cases.
ALONG: Curve = ((0, 0), (1 / 9, 1), (1, 1))
LAST: Curve = ((0, 0), (0, 0.815), (1, 0.815), (1, 1))


def f_beta(beta: float, tp: int, fp: int, fn: int) -> float:
    return worked("fbeta", {"tp": tp, "fp": fp, "fn": fn, "beta": beta})


def misses_per_false_alert(beta: float) -> float:
    """How many times the one more miss adds to the denominator what one more false alert adds."""
    base, miss, alert = (1 / f_beta(beta, 60, *rest) for rest in ((10, 20), (10, 21), (11, 20)))
    return (miss - base) / (alert - base)


def mean_auc_of_random_order() -> float:
    orders = permutations([0.1, 0.2, 0.3, 0.4, 0.5])
    return mean(worked("auc_pairs", {"pos": order[:2], "neg": order[2:]}) for order in orders)


def ap(hits: list[int], k: int, total: int) -> float:
    return worked("ap_at_k", {"hits": hits, "k": k, "total": total})


def dcg(rels: list[int]) -> float:
    return sum(rel / math.log2(rank + 1) for rank, rel in enumerate(rels, 1))


def ndcg(rels: list[int]) -> float:
    return worked("ndcg_at_k", {"rels": rels, "k": len(rels)})


def entropy(p: float) -> float:
    return -(p * math.log(p) + (1 - p) * math.log(1 - p))


EXPONENTIAL = [2**grade - 1 for grade in range(4)]
JUDGED, RETURNED = [0, 3, 2, 3, 2], [2, 2, 0]
LIST, IDEAL = [3, 0, 2, 1, 0], [3, 2, 1, 0, 0]


class Numbers(NamedTuple):
    """What stands behind the numbers of a note.

    ``given`` are its premises and notation, ``cited`` the facts taken from a work that it cites,
    each number as often as it stands in the note, best in the order of the text. ``shown`` are
    snippets of its text, with the calculated number between « and », and the value that must round
    to it. ``holds`` are snippets that say more than one number, and whether what they say is true.
    Steps, boxes and the 45-minute plan of the decks are covered by ``NAME``.
    """

    given: str = ""
    cited: str = ""
    shown: tuple[tuple[str, float], ...] = ()
    holds: tuple[tuple[str, bool], ...] = ()


FRAMEWORK = {
    "time-plan-shape": Numbers(
        given="9 8",
        shown=(("together take «10»", 6 + 4), ("gets a «fifth» of the time", 9 / 45)),
    ),
    "framing-closing-sentence": Numbers(given="tenth quarters"),
    "evaluation-metric-kinds": Numbers(cited="23"),
    "silent-decay-vs-outage": Numbers(cited="six 2"),
    "minutes-behind-plan": Numbers(
        given="6 4 8 9 5 33",
        shown=(
            ("at minute «27»", 6 + 4 + 8 + 9),
            ("Here «12» minutes remain", 45 - 33),
            ("for «18» minutes of plan", 45 - (6 + 4 + 8 + 9)),
        ),
    ),
    "rule-tangle-to-model": Numbers(given="400"),
    "tenfold-traffic-candidates": Numbers(
        given="tenfold four 500 ten four",
        shown=(("leaves «0.4» of the depth", 4 / 10), ("recall at «200»", 500 * 4 / 10)),
    ),
    "late-what-to-cut-first": Numbers(given="four"),
    "evidence-for-neural-step": Numbers(cited="2022 10,000 2025"),
}

METRICS = {
    "precision-vs-fpr-denominators": Numbers(
        given="1,000 1", shown=(("about «ten» false alerts", 1000 * 0.01),)
    ),
    "roc-auc-pair-meaning": Numbers(
        given="0.8 0.8 0.5",
        shown=(("Random scores give «0.5»", mean_auc_of_random_order()),),
    ),
    "pr-auc-random-baseline": Numbers(
        given="49 1",
        shown=(
            ("ROC-AUC near «0.5»", mean_auc_of_random_order()),
            ("(PR-AUC) near «0.02»", 1 / (1 + 49)),
            ("1 in «50»", 1 + 49),
        ),
    ),
    "f1-generated": Numbers(
        shown=(
            ("Precision «0.80»", 60 / (60 + 15)),
            ("recall «0.50»", 60 / (60 + 60)),
            ("give «0.615»", worked("f1_from_counts", {"tp": 60, "fp": 15, "fn": 60})),
            ("arithmetic «0.65»", (0.80 + 0.50) / 2),
        ),
        holds=(
            (
                "harmonic mean of precision and recall, 2TP / (2TP + FP + FN)",
                math.isclose(2 * 60 / (2 * 60 + 15 + 60), 2 / (1 / 0.80 + 1 / 0.50)),
            ),
        ),
    ),
    "precision-at-k-ceiling": Numbers(
        given="3 10 3 10 10 10",
        shown=(("«0.3»: at most", 3 / 10), ("perfect ranker score «1»", 3 / 3)),
    ),
    "ndcg-exponential-gain": Numbers(
        given="1 1 2 1 3 1",
        shown=(("worth «seven» grade-1", EXPONENTIAL[3] / EXPONENTIAL[1]),),
        holds=(
            ("grades 0, 1, 2, 3 the gains become 0, 1, 3, 7,", EXPONENTIAL == [0, 1, 3, 7]),
            (
                "each step up the scale counts twice the step before",
                [b - a for a, b in pairwise(EXPONENTIAL)] == [1, 2, 4],
            ),
            ("With grades 0 and 1 alone the two gains agree", EXPONENTIAL[:2] == [0, 1]),
        ),
    ),
    "fbeta-false-negative-weight": Numbers(
        given="2",
        shown=(("as heavily as «four» errors", misses_per_false_alert(2)),),
        holds=(
            (
                "The denominator is (1 + β²)TP + β²FN + FP",
                math.isclose(f_beta(2, 60, 10, 20), 5 * 60 / (5 * 60 + 4 * 20 + 10)),
            ),
            ("With β above 1 recall counts more", f_beta(2, 60, 20, 10) > f_beta(2, 60, 10, 20)),
            (
                "with β below 1 precision counts more",
                f_beta(0.5, 60, 10, 20) > f_beta(0.5, 60, 20, 10),
            ),
        ),
    ),
    "ndcg-ideal-list": Numbers(
        given="0 3 2 3 2 2 2 0",
        shown=(("items alone would make it «1»", ndcg(RETURNED)),),
        holds=(
            (
                "NDCG@3 divides by the DCG@3 of grades 3, 3, 2",
                sorted(JUDGED, reverse=True)[:3] == [3, 3, 2],
            ),
            ("missed both items of grade 3", Counter(JUDGED) - Counter(RETURNED) == {3: 2}),
        ),
    ),
    "precision-at-low-prevalence": Numbers(
        given="1,000 0.90 0.01 0.90 100,000 1",
        shown=(
            ("«0.09» %", 100 * 0.90 * 0.001),
            ("0.90 × «0.001»", 1 / 1000),
            ("«8» %", 100 * 90 / 1089),
            ("are «90» true alerts", 100_000 / 1000 * 0.90),
            ("«999» false ones", (100_000 - 100_000 / 1000) * 0.01),
            ("«90»/1,089", 100_000 / 1000 * 0.90),
            ("90/«1,089»", 90 + 999),
            ("is «8.3» %", 100 * 90 / 1089),
            ("«90» %", 100 * 0.90),
            ("«99» %", 100 * (1 - 0.01)),
        ),
    ),
    "prevalence-shift-fixed-threshold": Numbers(
        given="5 0.5",
        shown=(
            ("become «ten» times rarer", 5 / 0.5),
            ("shrink «tenfold»", 5 / 0.5),
            ("grow by «5» %", 100 * ((1 - 0.005) / (1 - 0.05) - 1)),
        ),
    ),
    "ece-three-bins": Numbers(
        given="1 600 0.10 5 300 0.40 50 100 0.80 60",
        shown=(
            ("for «1,000» examples", 600 + 300 + 100),
            ("examples: «0.03» +", 0.6 * (0.10 - 0.05)),
            ("0.03 + «0.03» +", 0.3 * (0.50 - 0.40)),
            ("0.03 + «0.02».", 0.1 * (0.80 - 0.60)),
            ("unweighted mean gives «0.117»", (0.05 + 0.10 + 0.20) / 3),
            ("cancel gives «0.02»", abs(0.6 * 0.05 - 0.3 * 0.10 + 0.1 * 0.20)),
        ),
    ),
    "normalised-entropy-two-percent": Numbers(
        given="2 0.0833 2 2",
        shown=(
            ("divisor, «0.098»", entropy(0.02)),
            ("so «0.85» means", 0.0833 / entropy(0.02)),
            ("means «15» % less", 100 * (1 - 0.0833 / entropy(0.02))),
        ),
    ),
    "precision-from-rates-generated": Numbers(
        given="0.8 0.02 0.01",
        shown=(
            ("that is «0.008» /", 0.8 * 0.01),
            ("/ («0.008» +", 0.8 * 0.01),
            ("+ «0.0198»)", 0.02 * (1 - 0.01)),
            ("= «0.288»", 0.008 / (0.008 + 0.0198)),
            ("would give «0.98»", 0.8 / (0.8 + 0.02)),
        ),
        holds=(
            (
                "precision = TPR·π / (TPR·π + FPR·(1 − π))",
                math.isclose(
                    worked("precision_from_rates", {"tpr": 0.8, "fpr": 0.02, "prevalence": 0.01}),
                    0.8 * 0.01 / (0.8 * 0.01 + 0.02 * (1 - 0.01)),
                ),
            ),
        ),
    ),
    "auc-by-pairs-generated": Numbers(
        given="0.9 0.6 0.8 0.6 0.2",
        shown=(
            ("that is «4.5» / 6", (1 + 1 + 1) + (0 + 0.5 + 1)),
            ("4.5 / «6» =", 2 * 3),
            ("= «0.75»", worked("auc_pairs", {"pos": [0.9, 0.6], "neg": [0.8, 0.6, 0.2]})),
        ),
    ),
    "log-loss-generated": Numbers(
        given="1 1 1 0 1 0 1 0.8 0.1 0.4 0.8 0.4",
        shown=(
            ("ln 0.8 + ln «0.9»", 1 - 0.1),
            ("/ «3» =", len([1, 0, 1])),
            ("= «0.415»", -math.log(0.8 * (1 - 0.1) * 0.4) / 3),
        ),
    ),
    "ap-at-5-generated": Numbers(
        given="1 1 1 0 1 0 0 1 3 6",
        shown=(
            ("that is («1» +", 1 / 1),
            ("+ «2»/3)", sum([1, 0, 1])),
            ("+ 2/«3»)", len([1, 0, 1])),
            (") / «3» =", min(3, 5)),
            ("= «0.556»", ap([1, 0, 1, 0, 0, 1], k=5, total=3)),
        ),
    ),
    "ndcg-at-5-generated": Numbers(
        given="1 1 3 0 2 1 0",
        shown=(
            ("that is «4.431» /", dcg(LIST)),
            ("/ «4.762» =", dcg(IDEAL)),
            ("= «0.930»", ndcg(LIST)),
        ),
        holds=(
            (
                "because the 2 and the 1 each sit one rank too low",
                all(LIST.index(rel) == IDEAL.index(rel) + 1 for rel in (2, 1)),
            ),
        ),
    ),
}

METRICS_OF_DIFFICULTY_3 = {
    "ap-divided-by-hits": Numbers(
        given="1 1 5 1",
        shown=(
            ("lone hit at rank 1 scores a perfect «1»", 1 / 1),
            ("then score «0.7»", (1 / 1 + 2 / 5) / 2),
            ("one at rank 1 scores «1»", 1 / 1),
        ),
        holds=(
            ("adding a hit further down can lower the score", (1 / 1 + 2 / 5) / 2 < 1 / 1),
            ("each one not found adds zero", ap([1, 0, 0, 0, 0], k=5, total=2) == 1 / 2),
        ),
    ),
    "micro-macro-f1-gap": Numbers(
        given="five 0.93 0.52 0.52 0.93 0.93", shown=(("so «93» % of posts", 100 * 0.93),)
    ),
    "pr-auc-across-prevalence": Numbers(
        given="0.35 1 0.90 50 0.90 0.35 1 50 0.90 1",
        shown=(
            ("because «35» times its baseline", 0.35 / 0.01),
            ("beats «1.8» times", 0.90 / 0.50),
            ("can reach «100» at 1 %", 1 / 0.01),
            ("but only «2» at 50 %", 1 / 0.50),
            ("shrinks «fifty-fold»", 0.50 / 0.01),
            ("fifty-fold to «0.018»", 0.90 / 50),
            ("with ROC-AUC «0.85»", roc_auc(SPREAD)),
            ("a PR-AUC of «0.03» and", pr_auc(SPREAD, 0.01)),
            ("and «0.7» at 1 % fraud", pr_auc(EARLY, 0.01)),
        ),
        holds=(
            ("two models with ROC-AUC 0.85", math.isclose(roc_auc(EARLY), roc_auc(SPREAD))),
            (
                "0.90 at 50 % fraud can become less than 0.1 or more than 0.7 at 1 %",
                all(round(pr_auc(curve, 0.50), 2) == 0.90 for curve in (ALONG, LAST))
                and pr_auc(ALONG, 0.01) < 0.1
                and pr_auc(LAST, 0.01) > 0.7,
            ),
        ),
    ),
    "auc-up-log-loss-worse": Numbers(
        given="0.78 0.79 4 2 doubling",
        shown=(("stays «twice» too high", 4 / 2), ("overpredicts «twofold»", 4 / 2)),
    ),
    "auc-invariances": Numbers(given="twice"),
}

MODELS = {
    "two-tower-why-indexable": Numbers(given="100"),
    "corpus-scan-tree-against-index": Numbers(
        given="4 2 80,000 40 25 40 2",
        shown=(
            ("«160» core-seconds", 40e6 * 4e-6),
            ("2 ms + «2» ms", 1e3 * 80_000 * 25e-9),
            ("is «160» times cheaper", 4e-6 / 25e-9),
            ("and «500» times fewer", 40e6 / 80_000),
            ("«halves» the product", 40e6 * 4e-6 / 4e-3 / (160 * 500)),
        ),
    ),
    "two-tower-as-ranker-loses-crosses": Numbers(given="300 300 300"),
    "in-batch-score-is-no-click-rate": Numbers(given="0 1"),
    "in-batch-negatives": Numbers(given="512", shown=(("each user «511» negatives", 512 - 1),)),
    "item-tower-legal-inputs": Numbers(given="30"),
    "boosting-fits-negative-gradient": Numbers(given="0 1"),
    "churn-table-next-model": Numbers(
        given="50,000 60", cited="2022 10,000 50,000 2025 10,000 2022 2022 10,000"
    ),
    "implicit-mf-empty-pairs": Numbers(given="0 1"),
    "cross-encoder-recall-ceiling": Numbers(given="200 62 200 ten 55 55 70 200 62 ten 62 62 ten"),
}

NUMBERS = FRAMEWORK | METRICS | METRICS_OF_DIFFICULTY_3 | MODELS


# --- Every other number: how it is found ------------------------------------------------------

COUNTED = "two three four five six seven eight nine ten eleven twelve"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
COUNTS = dict(
    zip((*range(2, 13), *range(20, 100, 10)), [*COUNTED.split(), *TENS.split()], strict=True)
)
PARTS = {4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth", 10: "tenth"}
VERBS = {2: "twice double doubles doubled doubling", 0.5: "halve halves halved halving"}
WORDS: dict[str, float] = {
    **{word: n for n, word in COUNTS.items() if n > 3},  # two and three say little in prose
    **{word + fold: n for n, word in COUNTS.items() for fold in ("fold", "-fold")},
    **{word + plural: 1 / n for n, word in PARTS.items() for plural in ("", "s")},
    **{word: n for n, forms in VERBS.items() for word in forms.split()},
}
DIGITS = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
NUMERAL = re.compile(  # but not in F1 or log2
    rf"(?<![^\W_])(?:{DIGITS}|(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})\b)",
    re.IGNORECASE,
)
PLACE = re.compile(r"\b(step|box)(?:es|s)? ([1-9])\b(?: (?:to|and) ([1-9])\b)?", re.IGNORECASE)
NAME = re.compile(
    rf"{PLACE.pattern}|\bseven (?:steps|slots)\b|\bfour[ -]box(?:es)?\b|\b45-minute\b",
    re.IGNORECASE,
)
MARK = re.compile("«(.+)»")


def worth(numeral: str) -> tuple[float, float]:
    """The number that a numeral means, and how far what rounds to it may lie away."""
    if not numeral[0].isdigit():
        return WORDS[numeral.lower()], 1e-9
    decimals = len(numeral.partition(".")[2])
    return float(numeral.replace(",", "")), 0.5 * 10.0**-decimals + 1e-9


def texts(card: Card) -> Iterator[str]:
    """All that a note says, in reading order, without the marks of a cloze."""
    if isinstance(card, Cloze):
        yield DELETION.sub(lambda deletion: deletion[2], card.prompt)
        yield from (deletion.hint for deletion in deletions(card.prompt))
    else:
        yield card.prompt
    if isinstance(card, Basic):
        yield card.answer
        yield from card.accept
    if isinstance(card, Choice):
        for option in card.options:
            yield from (option.text, option.why)
    yield card.explanation


def spans(snippet: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the number between « and », or a whole snippet without them, stands in a text."""
    mark = MARK.search(snippet)
    start, size = (mark.start(), len(mark[1])) if mark else (0, len(snippet))
    for found in re.finditer(re.escape(re.sub("[«»]", "", snippet)), text):
        yield found.start() + start, found.start() + start + size


def unverified(text: str, numbers: Numbers) -> Iterator[tuple[str, str]]:
    """Each numeral of a text that no calculation and no name covers, and the words around it."""
    snippets = [snippet for snippet, _ in (*numbers.shown, *numbers.holds)]
    covered = [span for snippet in snippets for span in spans(snippet, text)]
    covered += [name.span() for name in NAME.finditer(text)]
    for numeral in NUMERAL.finditer(text):
        start, end = numeral.span()
        if not any(low <= start and end <= high for low, high in covered):
            yield numeral[0].lower(), f"…{text[max(0, start - 30) : end + 20]}…"


UNVERIFIED = """\
{note}: nothing stands behind {numeral}, {around}
  If it was calculated, add to NUMBERS["{note}"].shown in tests/test_decks.py a snippet of the text
  with the number between « and », and what computes it. If it is a premise of the card, add it to
  given. If it is a fact of a cited work, look it up there and add it to cited."""
GONE = """\
{note}: NUMBERS["{note}"] lists {numeral} more often than the note has it
  Take it out, and recompute what was calculated from it: other rows, value, pinned and check."""


def complaints(note: str, said: list[str], numbers: Numbers) -> Iterator[str]:
    """What to do about numerals that are in the texts and not in the table, or the reverse."""
    listed = Counter(f"{numbers.given} {numbers.cited}".split())
    found = [pair for text in said for pair in unverified(text, numbers)]
    counts = Counter(numeral for numeral, _ in found)
    for numeral in counts - listed:
        around = " or ".join(context for other, context in found if other == numeral)
        yield UNVERIFIED.format(note=note, numeral=numeral, around=around)
    for numeral in listed - counts:
        yield GONE.format(note=note, numeral=numeral)


ROWS = [(note, row) for note, numbers in NUMBERS.items() for row in numbers.shown]
CLAIMS = [(note, row) for note, numbers in NUMBERS.items() for row in numbers.holds]


@pytest.mark.parametrize(("note", "row"), ROWS)
def test_a_calculated_number_is_right(note: str, row: tuple[str, float]) -> None:
    snippet, value = row
    assert is_said(note, snippet), f"{note} no longer says {snippet}: follow it here"
    mark = MARK.search(snippet)
    assert mark
    right, slack = worth(mark[1])
    assert abs(value - right) <= slack, f"{note} says {snippet}, but it is {value:.6g}"


@pytest.mark.parametrize(("note", "row"), CLAIMS)
def test_a_calculated_claim_is_true(note: str, row: tuple[str, bool]) -> None:
    snippet, is_true = row
    assert is_said(note, snippet), f"{note} no longer says {snippet}: follow it here"
    assert is_true, f"{note} says: {snippet}"


def is_said(note: str, snippet: str) -> bool:
    """Whether a text of the note has the snippet, with a whole numeral where that has a mark."""
    wanted = MARK.search(snippet)
    for text in texts(NOTES[note]):
        numerals = {numeral.span() for numeral in NUMERAL.finditer(text)}
        if any(not wanted or span in numerals for span in spans(snippet, text)):
            return True
    return False


@each_note
def test_no_number_is_unverified(note: str) -> None:
    found = list(complaints(note, list(texts(NOTES[note])), NUMBERS.get(note, Numbers())))
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("name", DECKS)
def test_no_number_in_the_head_of_a_deck_is_unverified(name: str) -> None:
    deck = DECKS[name]
    found = list(complaints(name, [deck.title, deck.description], Numbers()))
    assert not found, "\n" + "\n".join(found)


def test_the_table_names_notes_that_exist() -> None:
    assert NUMBERS.keys() <= NOTES.keys()


@each_note
def test_steps_and_boxes_exist(note: str) -> None:
    last = {"step": 7, "box": 4}
    for text in texts(NOTES[note]):
        for place in PLACE.finditer(text):
            highest = last[place[1].lower()]
            assert all(int(number) <= highest for number in place.groups()[1:] if number), place[0]


CAUGHT = [
    ("It is 0.93, not 0.95.", Numbers(given="0.93"), ["behind 0.95,"]),
    ("It is 0.93 and 0.93.", Numbers(given="0.93"), ["behind 0.93,"]),
    ("It is 0.93.", Numbers(given="0.93 0.95"), ["lists 0.95"]),
    ("It is 0.93.", Numbers(shown=(("is «0.9»", 0.9),)), ["behind 0.93,"]),
    ("It is 90/1,089.", Numbers(shown=(("90/«1,089»", 1089),)), ["behind 90,"]),
    ("Each is seven times as large.", Numbers(), ["behind seven,"]),
    ("It grows fifty-fold, then halves.", Numbers(), ["behind fifty-fold,", "behind halves,"]),
    ("Steps 1 to 5 of the seven steps: F1, log2, two, one half.", Numbers(), []),
]


@pytest.mark.parametrize(("text", "numbers", "heard"), CAUGHT)
def test_the_guard_sees_a_number(text: str, numbers: Numbers, heard: list[str]) -> None:
    found = list(complaints("a-note", [text], numbers))
    assert len(found) == len(heard)
    assert all(words in line for words, line in zip(heard, found, strict=True))


# --- Rules of writing -------------------------------------------------------------------------

YES_OR_NO = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|should|shall|will|would"
    r"|yes|no)\b",
    re.IGNORECASE,
)


def words(text: str) -> int:
    """How many words a text has; a lone sign such as = or – is none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


@each_note
def test_an_explanation_is_short(note: str) -> None:
    assert 8 <= words(NOTES[note].explanation) <= 60


@each_note
def test_a_prompt_is_short(note: str) -> None:
    card = NOTES[note]
    assert words(next(texts(card))) <= (70 if isinstance(card, Number) else 45)


@pytest.mark.parametrize("note", [note for note, card in NOTES.items() if isinstance(card, Basic)])
def test_an_answer_is_short(note: str) -> None:
    card = NOTES[note]
    assert isinstance(card, Basic)
    assert words(card.answer) <= 40
    assert not re.match(r"(?:yes|no)\b", card.answer, re.IGNORECASE)


@each_note
def test_no_question_asks_for_yes_or_no(note: str) -> None:
    prompt = next(texts(NOTES[note]))
    sentences = re.split(r"(?<=[.?!:])\s+", prompt)
    questions = [sentence for sentence in sentences if sentence.endswith("?")]
    assert not [text for text in (prompt, *questions) if YES_OR_NO.match(text)]


@each_choice
def test_the_options_are_as_many_as_they_should_be(note: str) -> None:
    options = CHOICES[note].options
    low, high = (3, 5) if isinstance(CHOICES[note], Mcq) else (4, 6)
    assert low <= len(options) <= high
    right = sum(option.correct for option in options)
    assert right == 1 if isinstance(CHOICES[note], Mcq) else 0 < right < len(options)


@each_choice
def test_each_option_has_a_reason(note: str) -> None:
    assert not [option for option in CHOICES[note].options if words(option.why) < 6]


@each_choice
def test_length_does_not_give_a_right_option_away(note: str) -> None:
    lengths: dict[bool, list[int]] = {True: [], False: []}
    for option in CHOICES[note].options:
        lengths[option.correct].append(len(option.text))
    assert median(lengths[True]) <= 1.6 * median(lengths[False])


@each_cloze
def test_gaps_are_few_and_small(note: str) -> None:
    gaps = deletions(CLOZES[note].prompt)
    assert len(gaps) <= 3
    assert not [gap for gap in gaps if words(gap.text) > 6]


def test_no_two_notes_ask_the_same() -> None:
    prompts = Counter(" ".join(card.prompt.casefold().split()) for card in NOTES.values())
    assert [prompt for prompt, times in prompts.items() if times > 1] == []
