"""Sessions to look at: every kind of card before and after its answer, made by pressing keys."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mlsd_cards.cards.card import (
    Basic,
    Card,
    Cloze,
    Computed,
    Mcq,
    MultiSelect,
    Numeric,
    Option,
    Tolerance,
)
from mlsd_cards.cards.comparison import Comparison, Row
from mlsd_cards.cards.diagram import Diagram
from mlsd_cards.cards.ordering import Ordering
from mlsd_cards.cards.question import ask
from mlsd_cards.schedule.sm2 import SM2
from mlsd_cards.schedule.state import NEW, State
from mlsd_cards.study.reply import looked, show
from mlsd_cards.study.session import Session, Turn, press

DAY = 20_778
SEEN = State(repetitions=3, ef=250, interval=6, due=DAY, first=DAY - 7, last=DAY - 6)

BASIC = Basic(
    id="two-tower-why-indexable",
    note="two-tower-why-indexable",
    topic="two-tower-vs-gbdt",
    prompt="What property of a two-tower score lets it retrieve from 100 M items, when a "
    "boosted-tree scorer over user-item features cannot?",
    answer="It is a dot product of two separately computed vectors, so item vectors are "
    "precomputed and found by nearest-neighbour search instead of one model call per pair.",
    explanation="A tree on crossed features must see both sides before it can score, so its cost "
    "grows with every candidate. A few hundred candidates at the ranking stage are affordable; "
    "the whole corpus is not.",
)
CLOZE = Cloze(
    id="seven-step-chain:c2",
    note="seven-step-chain",
    topic="step-order",
    ordinal=2,
    prompt="Clarify requirements, then {{c1::frame as an ML task::step 2}}, then prepare data. "
    "Next {{c2::develop the model::step 4}} and evaluate.",
    explanation="The order is a supply chain.",
)
MCQ = Mcq(
    id="precision-at-low-prevalence",
    note="precision-at-low-prevalence",
    topic="confusion-matrix",
    prompt="One transaction in 1,000 is fraud. At the chosen threshold recall is 0.90 and the "
    "false-positive rate is 0.01. About what share of alerts is really fraud?",
    options=(
        Option("0.09 %", False, "This is 0.90 × 0.001, the true alerts as a share of all traffic."),
        Option("8 %", True, "Per 100,000 payments there are 90 true alerts and 999 false ones."),
        Option("90 %", False, "This is recall, which conditions on fraud."),
        Option("99 %", False, "This is 1 − FPR (specificity)."),
    ),
    explanation="A small FPR applied to a huge negative class can yield far more false alerts than "
    "true ones. Choose the threshold by precision, or by the alert volume that reviewers can take.",
)
MULTI = MultiSelect(
    id="auc-invariances",
    note="auc-invariances",
    topic="roc-auc",
    prompt="Which changes are guaranteed to leave a test set's pooled ROC-AUC exactly as it was?",
    options=(
        Option("Passing every logit through a sigmoid", True, "It is strictly increasing."),
        Option("Copying every negative example twice more", True, "AUC is a mean over pairs."),
        Option("Rounding scores to one decimal", False, "Rounding makes ties, and a tie counts ½."),
        Option("Adding a different constant to each user's scores", False, "It reorders users."),
    ),
    explanation="Only the order of the pooled scores counts.",
)
NUMERIC = Numeric(
    id="index-memory",
    note="index-memory",
    topic="retrieval-memory",
    prompt="How much memory do 100 M item vectors of 128 float32 take, without the index?",
    value=51.2,
    unit="GB",
    tolerance=Tolerance(rel=0.02),
    explanation="100 M × 128 × 4 B = 51.2 GB.",
)
COMPUTED = Computed(
    id="f1-generated",
    note="f1-generated",
    topic="f1",
    prompt="A detector made {tp} correct alerts and {fp} false alerts, and missed {fn} cases. What "
    "is F1?",
    generator="f1_from_counts",
    params={"tp": {"range": [20, 90]}, "fp": {"range": [5, 60]}, "fn": {"range": [5, 60]}},
    pinned={"params": {"tp": 60, "fp": 15, "fn": 60}, "value": 0.6154},
    tolerance=Tolerance(abs=0.005),
    explanation="F1 is 2TP / (2TP + FP + FN); true negatives do not enter.",
)
ORDERING = Ordering(
    id="feed-request-stations",
    note="feed-request-stations",
    topic="request-path",
    prompt="Put the stations of one feed request in order.",
    items=(
        "The gateway checks the token and routes",
        "Features of the user are read by the user's id",
        "Retrieval returns some hundred posts",
        "Features of those posts are read",
        "The ranker scores all of them in one batch",
        "The list and the features it was made from are logged",
    ),
    explanation="The posts' features wait until the posts are known.",
)
LADDER = Ordering(
    id="baseline-ladder",
    note="baseline-ladder",
    topic="baselines",
    prompt="Put the climb of baselines in order.",
    items=("A rule", "Logistic regression", "Boosted trees", "A deep network"),
    fixed_first=True,
    explanation="Each rung has to be earned by a gain that the one below cannot reach.",
)
COMPARISON = Comparison(
    id="batch-or-online",
    note="batch-or-online",
    topic="serving",
    prompt="Compare scoring in a nightly batch with scoring at request time.",
    a="Nightly batch",
    b="At request time",
    rows=(
        Row(
            "Freshness of the score",
            "up to a day old, however new the user's last click is",
            "as new as the features that are read",
        ),
        Row("Cost", "all users, also those who never come", "only those who come, at peak size"),
        Row("Failure", "yesterday's list is still there", "needs a fallback within the deadline"),
        Row("New users", "none of them has a score", "scored from what the request says"),
    ),
    choose_a_when="Scores age slowly and nearly every user comes back each day.",
    choose_b_when="The context of the request decides, or most users are not seen on a given day.",
    explanation="A common middle way scores candidates at night and orders them at request time.",
)
DIAGRAM = Diagram(
    id="feature-loop-missing-box",
    note="feature-loop-missing-box",
    topic="logging",
    prompt="Which component is missing between the two paths?",
    diagram="""\
┌─────────┐    ┌───────────┐    ┌──────────┐    ┌───────────────────┐
│ Request │───▶│ Retrieval │───▶│  Ranker  │───▶│ Served list       │
└─────────┘    └───────────┘    └──────────┘    └───────────────────┘
                    ▲                ▲                    │
                    │                │                    ▼
               ┌────────────────────────────┐    ┌─────────────────┐
               │            [?]             │◀───│ Log of features │
               └────────────────────────────┘    └─────────────────┘""",
    missing="Online feature store",
    accept=("feature store", "online feature store", "key-value store of features"),
    explanation="It is read by key on the way and filled from the stream of logged events.",
)
HOSTILE = Basic(
    id="hostile",
    note="hostile",
    topic="esc\x1b[2Jape\x07",
    prompt="\x1b[2J\x1b[31mred\x1b[0m \x9b2J \u202egnp.exe\u202c a\u200bb\tc\x00 [bold]not bold[/] "
    "\ud800 Z" + "\u0301" * 12 + "algo\r\n\u0301lone mark\u2028separator",
    answer="[link=https://example.org]click[/link] \x1b]0;title\x07 \U000e0041",
    explanation="rm -rf \x08\x08\x08\x08ls",
)
WIDE = Basic(
    id="wide",
    note="wide",
    topic="漢字と絵文字",
    prompt="二塔モデルのスコアはどのような性質によって一億件のアイテムから検索できるのですか。"
    "勾配ブースティング木では、なぜそれができないのでしょうか。",
    answer="👩‍💻 writes é and e\u0301, then ships 🚀🚀🚀 to 한국어 and ไทย users; "
    + "supercalifragilistic" * 6,
    explanation="→ ≤ ½ α² ∑ 漢 are kept.",
)
MARKED = MultiSelect(
    id="marked",
    note="marked",
    topic="ndcg",
    prompt=r"Let $\text{DCG@}k = \sum_{i=1}^{k} \frac{2^{rel_i}-1}{\log_2(i+1)}$. Which of these "
    "do *not* change **NDCG@k**, as `ndcg_score(k=10)` gives it?\n"
    "- the grades $rel_i$ stay\n"
    "- so does the number of results, at most 2*3*4, at a price of $5 or $6",
    options=(
        Option(r"Taking $\ln$ in place of $\log_2$", True, r"The factor $\ln 2$ *cancels*."),
        Option(
            "Taking $rel_i$ in place of $2^{rel_i}-1$", False, "`exp2` weighs high grades more."
        ),
        Option("A larger **k**", False, r"$\max_{i \le k}$ says nothing of the rest."),
    ),
    explanation="Both are divided by $\\log_2(i+1)$:\n1. the ranking's, $\\hat{y}$\n"
    "2. the *ideal*, $\\begin{cases}a\\end{cases}$",
)
LONG = Basic(
    id="long",
    note="long",
    topic="essay",
    prompt="\n".join(f"{line}. A line of a long question that goes on." for line in range(1, 12)),
    answer="\n".join(f"- point {line} of the long answer" for line in range(1, 12)),
    explanation="Because it is long. " * 6,
)


def turn(card: Card, kind: str = "due", **changed: object) -> Turn:
    """A showing of the card as the app makes it."""
    state = NEW if kind == "new" else SEEN
    source = "Yi et al. 2019, Sampling-bias-corrected neural modeling" if card is BASIC else ""
    deck = {"roc-auc": "metrics", "esc\x1b[2Jape\x07": "bad\x1b[2J::deck"}.get(card.topic, "models")
    futures = SM2().choices(state, DAY)
    made = Turn(ask(card, 0), deck, kind, "head", futures, state, DAY, source=source)
    return made._replace(**changed)  # type: ignore[arg-type]


def start(card: Card, kind: str = "due", **changed: object) -> Session:
    """A session in its middle, with the card on the screen."""
    names = [f"card-{number}" for number in range(17)]
    session = Session(queue=(card.id, *names), new=frozenset(names[:3]))
    shown = show(session, turn(card, kind), 1000)
    return replace(shown, **changed)  # type: ignore[arg-type]


def after(session: Session, *keys: str) -> Session:
    """The session after these keys, pressed half a second apart."""
    for number, key in enumerate(keys, 1):
        session, _ = press(session, key, 1000 + 500 * number)
    return session


SAVED = "saved: Good, again in 15 d (u takes it back)"
CLOSING = (
    "24 answers, 21 right, 14 minutes.",
    "",
    "Tomorrow 31 cards are due.",
    "Next: mlsd-cards quiz --deck metrics",
)

SCENES: dict[str, Callable[[], Session]] = {
    "basic-front": lambda: start(BASIC, note=SAVED),
    "basic-answer": lambda: after(start(BASIC), "space"),
    "basic-new-marked": lambda: replace(
        start(BASIC), turn=turn(BASIC, "new", marked=True), note="marked: two-tower-why-indexable"
    ),
    "basic-grades-0-5": lambda: after(start(BASIC, scale="0-5"), "enter"),
    "basic-practice": lambda: after(
        start(BASIC, practice=True, note="noted: Good, practice (u takes it back)"), "space"
    ),
    "cloze-front": lambda: start(CLOZE),
    "cloze-answer": lambda: after(start(CLOZE), "space"),
    "mcq-front": lambda: after(start(MCQ), "down", "down"),
    "mcq-right": lambda: after(start(MCQ), right(MCQ)),
    "mcq-wrong": lambda: after(start(MCQ), wrong(MCQ)),
    "multi-front": lambda: after(start(MULTI), "1", "2", "down"),
    "multi-empty": lambda: after(start(MULTI), "enter"),
    "multi-partly": lambda: after(start(MULTI), right(MULTI), "enter"),
    "multi-wrong": lambda: after(start(MULTI), right(MULTI), wrong(MULTI), "enter"),
    "numeric-front": lambda: after(start(NUMERIC), *"50,0"),
    "numeric-unread": lambda: after(start(NUMERIC), *"many", "enter"),
    "numeric-right": lambda: after(start(NUMERIC), *"51 GB".replace(" ", ""), "enter"),
    "numeric-wrong": lambda: after(start(NUMERIC), *"51.2", "space", *"MB", "enter"),
    "numeric-none": lambda: after(start(NUMERIC), "enter", "enter"),
    "computed-front": lambda: after(start(COMPUTED, "again"), *"0.7"),
    "computed-wrong": lambda: after(start(COMPUTED, "again"), *"0.2", "enter"),
    "order-front": lambda: start(ORDERING, note=SAVED),
    "order-placed": lambda: replace(after(start(ORDERING), "2", "5"), scroll=-1),
    "order-held": lambda: replace(after(start(LADDER), "space", "down"), scroll=-1),
    "order-unplaced": lambda: replace(after(start(ORDERING), "2", "5", "enter"), scroll=-1),
    "order-right": lambda: after(start(ORDERING), *order(ORDERING, 0, 1, 2, 3, 4, 5), "enter"),
    "order-partly": lambda: replace(
        after(start(ORDERING), *order(ORDERING, 1, 2, 0, 3, 4, 5), "enter"), scroll=-1
    ),
    "order-wrong": lambda: after(start(LADDER), *order(LADDER, 3, 1, 2), "enter"),
    "order-none": lambda: after(start(LADDER), "enter", "enter"),
    "comparison-front": lambda: start(COMPARISON),
    "comparison-scrolled": lambda: start(COMPARISON, scroll=99),
    "comparison-answer": lambda: replace(after(start(COMPARISON), "space"), scroll=-1),
    "diagram-front": lambda: start(DIAGRAM),
    "diagram-panned": lambda: after(start(DIAGRAM, pan=0, scroll=3), *["right"] * 4),
    "diagram-answer": lambda: replace(after(start(DIAGRAM), "enter"), scroll=-1),
    "diagram-keys": lambda: replace(after(start(DIAGRAM), "?"), scroll=6),
    "menu": lambda: after(start(NUMERIC), "esc"),
    "keys": lambda: after(start(MULTI, "new"), "?"),
    "history": lambda: looked(
        start(BASIC),
        "history",
        ("2026-11-14  Good  first answer, 1 day", "2026-11-15  Good  second answer, 6 days"),
    ),
    "flag-note": lambda: after(start(BASIC), "space", "!", *typed("not per pair, but per item")),
    "flag-long": lambda: after(start(NUMERIC), *"50", "esc", "!", *typed("it is wrong, " * 20)),
    "between": lambda: Session(queue=("a",), note="card-3 has gone from the library"),
    "over": lambda: Session(phase="over", note=SAVED, closing=CLOSING),
    "long-front": lambda: start(LONG, note=SAVED),
    "long-scrolled": lambda: start(LONG, scroll=4),
    "long-answer": lambda: replace(after(start(LONG), "space"), scroll=-1),
    "long-typed": lambda: after(
        start(replace(NUMERIC, prompt=LONG.prompt), note="a remark", scroll=2), *"12"
    ),
    "wide-answer": lambda: after(start(WIDE), "space"),
    "marked-front": lambda: after(start(MARKED), "down"),
    "marked-answer": lambda: replace(after(start(MARKED), wrong(MARKED), "enter"), scroll=0),
    "hostile-answer": lambda: after(start(HOSTILE, note="note\x1b[2J\nof two lines"), "space"),
}


def typed(text: str) -> list[str]:
    """The keys of a text."""
    return ["space" if char == " " else char for char in text]


def right(card: Mcq | MultiSelect) -> str:
    """The key of the first right option, as the card is asked."""
    return next(str(n) for n, option in enumerate(ask(card, 0).options, 1) if option.correct)


def wrong(card: Mcq | MultiSelect) -> str:
    """The key of the first wrong option."""
    return next(str(n) for n, option in enumerate(ask(card, 0).options, 1) if not option.correct)


def order(card: Ordering, *right: int) -> list[str]:
    """The keys that put the items of these right places in this order, as the card is asked."""
    return [str(ask(card, 0).items.index(card.items[place]) + 1) for place in right]


@pytest.fixture(scope="session")
def turns() -> dict[str, Turn]:
    """A showing of each kind of card, by the card's id."""
    cards = (
        BASIC,
        CLOZE,
        MCQ,
        MULTI,
        NUMERIC,
        COMPUTED,
        MARKED,
        HOSTILE,
        MARKED,
        ORDERING,
        LADDER,
        COMPARISON,
        DIAGRAM,
    )
    return {card.id: turn(card) for card in cards}


@pytest.fixture(scope="session")
def scenes() -> dict[str, Callable[[], Session]]:
    """Every scene by its name."""
    return SCENES


@pytest.fixture(scope="session")
def check() -> Callable[[Path, str], None]:
    """Compare a text with a file; ``GOLDEN=write pytest tests/term`` writes it instead."""

    def check_(path: Path, text: str) -> None:
        if os.environ.get("GOLDEN") == "write":
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return check_
