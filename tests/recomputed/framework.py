"""What stands behind the numbers of the deck `framework`."""

from __future__ import annotations

from recomputed.table import Numbers

NUMBERS = {
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
    "glue-code-wrapper": Numbers(cited="5 95"),
    "tenfold-traffic-candidates": Numbers(
        given="tenfold four 500 ten four",
        shown=(("leaves «0.4» of the depth", 4 / 10), ("recall at «200»", 500 * 4 / 10)),
    ),
    "half-the-latency-follow-up": Numbers(
        given="halve 200 20 20 20 four 35 2",
        shown=(("save «18» ms", 20 - 2), ("the reads «105»", 4 * 35 - 35)),
    ),
    "no-labels-follow-up": Numbers(given="five 300"),
    "late-what-to-cut-first": Numbers(given="four"),
    "evidence-for-neural-step": Numbers(cited="2022 10,000 2025"),
    "no-control-group-at-launch": Numbers(given="2"),
    "serving-sum-reopens-the-model": Numbers(
        given="300 4 200", shown=(("takes «1.2» s", 300 * 4 / 1000),)
    ),
}
