"""What stands behind the numbers of the deck `mlops`."""

from __future__ import annotations

from recomputed.table import Numbers

SECTIONS = (5, 4 + 2 * 0.5, 1 + 3 * 0.5, 3)  # data, model, infrastructure, monitoring
LABEL_WINDOW, RUN, EVERY = 7, 1, 2  # days

NUMBERS = {
    "three-levels-of-automation": Numbers(cited="0 1 2 1 2"),
    "pipeline-change-takes-six-weeks": Numbers(given="six"),
    "refitted-twice-a-year-by-hand": Numbers(given="twice"),
    "vocabulary-travels-with-the-model": Numbers(given="7 8"),
    "fixed-bar-or-served-model": Numbers(given="0.80"),
    "ml-test-score-worked": Numbers(
        given="5 4 2 1 3 3",
        shown=(
            ("Sections sum to «5», 5", SECTIONS[0]),
            ("sum to 5, «5», 2.5", SECTIONS[1]),
            ("5, 5, «2.5» and 3", SECTIONS[2]),
            ("2.5 and «3», and", SECTIONS[3]),
        ),
    ),
    "age-of-the-freshest-label": Numbers(
        given="7 1 2 7",
        shown=(
            ("start of the run, «8» when", LABEL_WINDOW + RUN),
            ("goes live and «10» when", LABEL_WINDOW + RUN + EVERY),
            ("would save «1» day", EVERY - 1),
            ("of these «10»; most", LABEL_WINDOW + RUN + EVERY),
        ),
    ),
    "warm-start-looks-as-good": Numbers(cited="2020"),
    "three-roles-three-promises": Numbers(given="06 00 99"),
    "pages-for-three-faults": Numbers(given="30"),
    "default-value-changed-upstream": Numbers(given="1 0 0"),
    "net-saving-of-distilling": Numbers(
        given="40 50 500 25 200 200",
        shown=(
            ("falls by «750» a day", (40 - 25) * 50),
            ("was «2,000» of 2,500", 40 * 50),
            ("2,000 of «2,500», so", 40 * 50 + 500),
            ("could save «500» at most", 500),
        ),
    ),
    "traffic-grows-tenfold-training-does-not": Numbers(given="tenfold"),
}
