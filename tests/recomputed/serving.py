"""What stands behind the numbers of the deck `serving`."""

from __future__ import annotations

from math import isclose, sqrt

from recomputed.table import Numbers

PATH = 10 + 15 + max(20, 25, 40) + 20 + 30 + 5
SCALE = (4.1 - -1.0) / 255
WIDE = 16 / 255  # the step of 8-bit weights over ±8

NUMBERS = {
    "scores-that-nobody-reads": Numbers(
        given="500 80 6 4 500",
        shown=(
            ("«40» billion scores", 80e6 * 500 / 1e9),
            ("against «9.6» billion", 80e6 * 0.06 * 4 * 500 / 1e9),
        ),
    ),
    "one-call-for-all-candidates": Numbers(
        given="300 300 300",
    ),
    "request-critical-path": Numbers(
        given="10 15 20 25 40 20 30 5 twice 40 30 30 40 twice 10 15 40 20 30 5",
        shown=(
            ("so this saves «10» ms", max(20, 25, 40) - max(20, 25, 30)),
            ("all of the «15» ms come", 30 - 30 / 2),
            ("off the «120» ms", PATH),
            ("+ 5 = «120» ms", PATH),
        ),
    ),
    "swap-of-a-large-model": Numbers(
        given="32 20 32 8",
        shown=(
            ("need «40» GB", 20 + 20),
            ("memory «doubles» for", (20 + 20) / 20),
        ),
    ),
    "batch-throughput-gain": Numbers(
        given="4 0.25 32 32 4",
        shown=(
            ("a run of «12» ms, so", 4 + 0.25 * 32),
            ("about «2,667» rows", 32 / (4 + 0.25 * 32) * 1000),
            ("against «235».", 1 / (4 + 0.25) * 1000),
            ("a run of «12» ms, not", 4 + 0.25 * 32),
            ("not of «4.25»,", 4 + 0.25),
        ),
    ),
    "queue-delay-at-low-traffic": Numbers(
        given="50 64 20 20 64",
        holds=(
            ("In 20 ms about one more request arrives", isclose(50 * 0.020, 1)),
            ("would take over a second", 64 / 50 > 1),
            ("50 a second times 0.02 s is one request", isclose(50 * 0.02, 1)),
        ),
    ),
    "mean-latency-with-a-cache": Numbers(
        given="80 2 45",
        shown=(("misses add «9» ms", 0.2 * 45),),
    ),
    "cache-that-leaves-p99": Numbers(
        given="92 80 tenth 99 80 92 tenth 99 99",
        shown=(
            ("«Eight» in a hundred", 100 - 92),
            ("within those «eight»,", 100 - 92),
        ),
    ),
    "slowest-of-many-shards": Numbers(
        given="100 100 0 1 100 1 0.99",
        shown=(
            ("0.99¹⁰⁰ = «0.366»,", 0.99**100),
            ("so «0.634» of the", 1 - 0.99**100),
        ),
    ),
    "when-to-send-a-hedge": Numbers(
        given="double twice",
        cited="95 5",
    ),
    "tied-requests": Numbers(
        given="twice",
    ),
    "hedging-while-overloaded": Numbers(
        given="60 60 30 twice double",
    ),
    "affine-quantisation-parts": Numbers(
        given="8 32 1 4",
        shown=(
            ("a «quarter» of the memory", 8 / 32),
            ("«quarter»", 8 / 32),
            ("«25» %", 8 / 32 * 100),
            ("«0.25»", 8 / 32),
        ),
    ),
    "read-back-a-quantised-value": Numbers(
        given="1.0 4.1 0 255 1.0 0 4.1 255 120 255 120",
        shown=(
            ("The scale is «5.1» /", 4.1 - -1.0),
            ("255 = «0.02», and", SCALE),
            ("stored as «50».", 1.0 / SCALE),
            ("for «0.02» ×", SCALE),
            ("× «70».", 120 - 1.0 / SCALE),
            ("a step, «0.01»,", SCALE / 2),
        ),
    ),
    "exact-zero-after-quantising": Numbers(
        given="0",
    ),
    "quantise-after-or-during-training": Numbers(
        given="8",
    ),
    "one-wide-channel": Numbers(
        given="8 8 0.05 0.05 32 8 255",
        shown=(
            ("are «16» / 255", 8 - -8),
            ("= «0.063» wide", WIDE),
            ("become −«0.063»,", -round(-WIDE, 3)),
            ("0 or «0.063».", WIDE),
        ),
        holds=(("weights within ±0.05 all become −0.063, 0 or 0.063", round(0.05 / WIDE) == 1),),
    ),
    "pruned-but-no-faster": Numbers(
        given="80 2 4",
    ),
    "two-of-four-pattern": Numbers(
        given="2 2 2 double",
        cited="2 4 four twice",
    ),
    "prune-or-distil": Numbers(
        given="24 150 20 8 3 20 24 8 150 3 90 8 3 8 6 8 24 8",
        shown=(
            ("over 3 is «50» ms", 150 / 3),
            ("so «50» ms remain", 150 / 3),
            ("A «quarter» of the layers", 6 / 24),
            ("takes «37.5» ms", 150 * 6 / 24),
            ("is «12.5» ms", 150 * 6 / 24 / 3),
        ),
    ),
    "depthwise-separable-saving": Numbers(
        given="3 3 256 256 3 3 1 1",
        shown=(
            ("«589,824» multiplications", 9 * 256 * 256),
            ("become «2,304» +", 9 * 256),
            ("+ «65,536».", 256 * 256),
            ("nears «9», the", 3 * 3),
        ),
    ),
    "blue-green-switch": Numbers(
        given="twice",
    ),
    "click-dip-in-a-canary": Numbers(
        given="1 30 4.9 5.0 20,000 20,000 20,000",
        shown=(
            ("the new model lost «2» %", (5.0 - 4.9) / 5.0 * 100),
            ("a gap of «0.1» points", 5.0 - 4.9),
            ("a gap of «0.1» says", 5.0 - 4.9),
            ("of «0.05» ×", 5.0 / 100),
            ("× «0.95» /", 1 - 5.0 / 100),
            ("about «0.15» points", sqrt(0.05 * 0.95 / 20_000) * 100),
        ),
    ),
    "remaining-budget-as-deadline": Numbers(
        given="200 120 150",
        shown=(("here «50» ms off", 200 - 150),),
    ),
    "retries-on-every-layer": Numbers(
        given="twice",
        shown=(("gets «27» times", (1 + 2) ** 3),),
    ),
    "score-for-a-late-ad": Numbers(
        given="0.02 0.5",
        shown=(("It is «25» times", 0.5 / 0.02),),
    ),
    "gpu-server-scaled-by-cpu": Numbers(
        given="70 400 25 20",
    ),
    "small-model-on-cpu": Numbers(
        given="1 40",
    ),
    "replicas-for-peak-load": Numbers(
        given="900 25 60 900 0.6",
        shown=(
            ("× «0.025» =", 25 / 1000),
            ("= «22.5» requests", 900 * 0.025),
            ("makes «37.5».", 900 * 0.025 / 0.6),
        ),
    ),
    "scaling-too-late-for-the-spike": Numbers(
        given="six 20 00 doubles 20 07 20 00 six",
    ),
    "price-of-a-click": Numbers(
        given="2.00 0.01 0.50 0.05 1,000 0.05",
        shown=(
            ("wins with «0.025» per", 0.50 * 0.05),
            ("against «0.020», an", 2.00 * 0.01),
            ("of USD «25» against", 0.50 * 0.05 * 1000),
            ("against «20». It", 2.00 * 0.01 * 1000),
            ("a score of «0.020», and", 2.00 * 0.01),
            ("and «0.020» /", 2.00 * 0.01),
            ("0.05 = «0.40».", 2.00 * 0.01 / 0.05),
        ),
    ),
    "one-advertiser-overrated": Numbers(
        given="twice doubled twice doubled doubled",
    ),
    "campaign-ahead-of-its-plan": Numbers(
        given="60 40",
        shown=(
            ("as «40» % of the budget", 100 - 60),
            ("With «60» % of the traffic", 100 - 40),
        ),
    ),
    "spend-that-is-known-late": Numbers(
        given="ten",
    ),
}
