"""What stands behind the numbers of the deck `case-news-feed`."""

from __future__ import annotations

from recomputed.table import Numbers

UNSEEN, KEPT = 1_500, 300
HEAVY, LIGHT = 0.1, 0.004  # ms a post
FUNNEL = UNSEEN * LIGHT + KEPT * HEAVY

COMMENTS, SHARE_KEPT = 0.004, 1 / 4
THINNED = COMMENTS / (COMMENTS + (1 - COMMENTS) * SHARE_KEPT)

LOADS = 300e6 * 8
LOAD = LOADS / 86_400

NUMBERS = {
    "feed-missing-stage": Numbers(given="1,500 300 300 20"),
    "light-pass-saving": Numbers(
        given="1,500 100 4 300",
        shown=(
            ("«150» ms against", UNSEEN * HEAVY),
            ("against «6» ms", UNSEEN * LIGHT),
            ("+ «30» ms", KEPT * HEAVY),
            ("stays below «5»", UNSEEN / KEPT),
            ("a «sixth» of the new cost", UNSEEN * LIGHT / FUNNEL),
        ),
    ),
    "light-pass-of-the-old-ranker": Numbers(given="19 20 11 20"),
    "rule-that-needs-neighbours": Numbers(given="five"),
    "reader-without-a-reaction": Numbers(given="5 10 60 ten"),
    "comments-bought-by-their-weight": Numbers(given="8 12"),
    "one-head-out-of-scale": Numbers(
        given="3.0 3.1 0.2 0.2 1.6 0.4 four 0.4",
        shown=(
            ("into «1.6» %", 100 * THINNED),
            ("it is a «quarter» of", 0.4 / 1.6),
            ("one that is «four» times", 1.6 / 0.4),
            ("a weight «four» times", 1.6 / 0.4),
        ),
    ),
    "mock-news-feed": Numbers(
        given="300 8 1,500 20 300 80 1,500 80 80 1,500 300 300 six 8 12 60 halve",
        shown=(
            ("load: «2.4» B loads", LOADS / 1e9),
            ("posts, «8.4» M", round(LOAD, -3) * KEPT / 1e6),
            ("not «42» M", round(LOAD, -3) * UNSEEN / 1e6),
        ),
        holds=(
            ("28,000 a second", round(LOAD, -3) == 28_000),
            ("say 28,000 ×", round(LOAD, -3) == 28_000),
        ),
    ),
}
