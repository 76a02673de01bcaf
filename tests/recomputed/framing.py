"""What stands behind the numbers of the deck `framing`."""

from __future__ import annotations

from math import isclose

from recomputed.table import Numbers

WATCHED = 60 + 120 + 180 + 240  # seconds, of all clicks
AUTOPLAY = {"A": (0.8, 50), "B": (0.5, 100)}  # share played, seconds a play
ODDS = {video: play * time / (1 - play) for video, (play, time) in AUTOPLAY.items()}
TIME = {video: play * time for video, (play, time) in AUTOPLAY.items()}


def squared_error(*predicted: float) -> float:
    """The mean squared error for the grades 3 and 2."""
    return sum((p - grade) ** 2 for p, grade in zip(predicted, (3, 2), strict=True)) / 2


NUMBERS = {
    "family-by-what-starts-it": Numbers(given="four"),
    "pairs-from-graded-results": Numbers(
        given="10 2 3 5",
        shown=(
            ("sizes of the groups: «6»", 2 * 3),
            ("6 + «10» + 15", 2 * 5),
            ("6 + 10 + «15»", 3 * 5),
            ("The other «14» of", 1 + 3 + 10),
            ("of the «45» pairs", 10 * 9 / 2),
        ),
    ),
    "pairwise-model-at-serving": Numbers(given="200", shown=(("«200» times:", 200),)),
    "lower-error-wrong-order": Numbers(
        given="3 2 2.4 2.6 1.5 1.0",
        shown=(
            ("«0.36» for A", squared_error(2.4, 2.6)),
            ("«1.625» for B", squared_error(1.5, 1.0)),
        ),
    ),
    "what-fits-the-retrieval-stage": Numbers(given="50"),
    "watch-time-as-weights": Numbers(given="1 1 1"),
    "watch-odds-from-a-log": Numbers(
        given="100 4 60 120 180 240 1",
        shown=(
            ("sum to «600»", WATCHED),
            ("against «96» for the rest", 100 - 4),
            ("impression is «6» seconds", WATCHED / 100),
        ),
        holds=(("by the factor 100/96, about 1 plus", abs(100 / 96 - (1 + 4 / 100)) < 0.01),),
    ),
    "weighted-odds-on-autoplay": Numbers(
        given="80 50 50 100 1 1",
        shown=(
            ("is «40» seconds for A", TIME["A"]),
            ("and «50» for B", TIME["B"]),
        ),
        holds=(
            ("0.8 · 50 / 0.2 = 200 for A", isclose(ODDS["A"], 200)),
            ("0.5 · 100 / 0.5 = 100 for B", isclose(ODDS["B"], 100)),
            (
                "here is 5 against 2",
                isclose(ODDS["A"] / TIME["A"], 5) and isclose(ODDS["B"] / TIME["B"], 2),
            ),
        ),
    ),
    "heads-or-one-blended-label": Numbers(cited="2019"),
    "report-weight-that-flips-two-posts": Numbers(
        given="0.25 0.006 0.20 0.001",
        shown=(
            ("gives up «0.05» of click", 0.25 - 0.20),
            ("to save «0.005» of report", 0.006 - 0.001),
            ("at «10», a report", 0.05 / 0.005),
            ("as much as «10» clicks", 0.05 / 0.005),
        ),
    ),
    "post-that-breaks-two-policies": Numbers(given="40"),
    "one-harm-score-hides-a-class": Numbers(given="twice"),
    "tenth-policy-in-a-week": Numbers(given="nine tenth 3,000 nine nine ten nine 3,000"),
    "replies-below-a-post": Numbers(given="300 300"),
}
