"""New notes as text: a valid example of each kind to write over, and a note of given texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from itertools import count

from mlsd_cards.cards.card import DELETION
from mlsd_cards.cards.text import SEPARATORS

EXAMPLES = {
    "basic": """\
  prompt: What does precision divide by?
  answer: Everything that was flagged, true and false positives together.
""",
    "cloze": """\
  # Each number gives a card; what follows the second :: is shown in the gap as a hint.
  prompt: "Recall is the share of all {{c1::positives}} that was {{c2::found::what became of it}}."
  accept: {c2: [detected, retrieved]}  # what else is right where the answer is typed
""",
    "mcq": """\
  prompt: Precision fell and the false-positive rate did not move. What has happened?
  options:  # exactly one is right; why teaches, also why a wrong one is believed
    - text: Positives have become rarer
      correct: true
      why: The same share of more negatives is flagged, beside fewer true alerts.
    - text: The threshold was raised
      why: That would lower the false-positive rate too.
    - text: The scores are no longer calibrated
      why: Neither metric looks at more than the order of the scores and the threshold.
""",
    "multi_select": """\
  prompt: Which of these need a threshold?
  options:  # one or more are right
    - text: Precision
      correct: true
    - text: Recall
      correct: true
    - text: ROC-AUC
      why: It looks at the order of all pairs, which is every threshold at once.
    - text: Log loss
      why: It scores each probability, not what is made of it.
""",
    "ordering": """\
  prompt: Put the stages of a recommender in the order in which a request meets them.
  items:  # in the right order; they are asked in another
    - Candidate generation
    - Ranking
    - Business rules
    - Logging of what was shown
""",
    "numeric": """\
  prompt: How many MB (10⁶ bytes) do 1 million vectors of 128 float32 take?
  value: 512
  unit: MB
  tolerance: {rel: 0.02}  # a share of the value, or {abs: 0.5}
  check: "1e6 * 128 * 4 / 1e6"
""",
    "computed": """\
  # The numbers in braces are drawn anew at each repetition.
  prompt: "A detector made {tp} correct and {fp} false alerts, and missed {fn} cases. What is F1?"
  generator: f1_from_counts
  params: {tp: {range: [20, 90]}, fp: {range: [5, 60]}, fn: {range: [5, 60]}}
  pinned: {params: {tp: 60, fp: 15, fn: 60}, value: 0.6154}  # one drawing, as a test
  check: "2 * 60 / (2 * 60 + 15 + 60)"
  tolerance: {abs: 0.005}
""",
    "comparison": """\
  prompt: Compare batch with online prediction.
  a: Batch
  b: Online
  rows:  # from two on; a review may hide one cell
    - {dim: Freshness, a: as old as the last run, b: the features of this moment}
    - {dim: Cost, a: every item whether it is asked for or not, b: only what is asked for}
    - {dim: Failure, a: yesterday's scores are still there, b: needs a fallback}
  choose_a_when: The items are few or change slowly, and all of them will be needed.
  choose_b_when: The prediction depends on what the person is doing now.
""",
    "diagram": """\
  prompt: Name the missing component.
  diagram: |  # plain text, at most 76 columns and 18 rows, one box with [?]
    +---------+   +---------+   +---------+
    | Request |-->|   [?]   |-->| Ranking |
    +---------+   +---------+   +---------+
  missing: Candidate generation
  accept: [candidate generation, retrieval, candidate retrieval]
""",
    "rubric": """\
  prompt: Design the ranking of a news feed.
  steps:  # all seven; must scores 0 to 2 each, strong adds, red_flag takes away
    - step: clarify
      minutes: 6
      must: [Asks what the feed should bring about, Asks for traffic and latency]
      strong: [Names a guardrail]
      red_flag: [Begins with a model]
    - {step: frame, minutes: 4, must: [Says what is predicted for which pair]}
    - {step: data, minutes: 8, must: [Splits by time]}
    - {step: model, minutes: 9, must: [Begins with a baseline]}
    - {step: evaluate, minutes: 5, must: [Ends in an experiment]}
    - {step: serve, minutes: 8, must: [Retrieves and then ranks]}
    - {step: monitor, minutes: 3, must: [Names what would set off an alarm]}
  follow_ups: [What changes for a person without history?]
""",
}
"""The fields of each kind's own, as a note by itself has them below its id."""

OPTIONAL = """\
  # More, where you want it:
  # explanation: Why it is so; shown below the answer.
  # topic: what-it-is-about
  # tags: ["step:5"]
  # sources: [convention]
"""

LONGEST_ID = 40
WORDS = 6
"""Characters and words of a question that go into an id."""


def example(kind: str, id_: str) -> str:
    """A valid note of a kind by itself, to be written over."""
    return f"- id: {id_}\n  type: {kind}\n{EXAMPLES[kind]}{OPTIONAL}"


def written(id_: str, question: str, answer: str | None) -> str:
    """A note by itself of these texts: basic, or without an answer a cloze."""
    given = "" if answer is None else f"  a: {scalar(answer)}\n"
    return f"- id: {id_}\n  q: {scalar(question)}\n{given}"


def has_gaps(text: str) -> bool:
    """Whether a text is a cloze by itself."""
    return DELETION.search(text) is not None


def scalar(text: str) -> str:
    """The text as a value of a field that stands in the third column, whatever is in it."""
    text = unified(text)
    rows = text.split("\n")
    if len(rows) == 1 or not all(row.replace("\t", "").isprintable() for row in rows):
        return quoted(text)
    return "|" + "".join(f"\n    {row}" if row.strip() else "\n" for row in rows)


def quoted(text: str) -> str:
    """The text as a value in one line, whatever is in it."""
    return f'"{"".join(map(_escaped, text))}"'


def unified(text: str) -> str:
    """The text with LF for every end of a line, and without white space around it."""
    return re.sub(rf"\r\n?|[{SEPARATORS}]", "\n", text).strip()


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    return f"\\U{ord(char):08X}"


def free_id(question: str, deck: str, taken: Container[str]) -> str:
    """An id that is not taken: the first words of the question, or else the deck's name with a
    number."""
    wanted = slug(question)
    if wanted and wanted not in taken:
        return wanted
    stem = wanted or slug(deck) or "card"
    return next(name for n in count(2 if wanted else 1) if (name := f"{stem}-{n}") not in taken)


def slug(text: str) -> str:
    """The first words of a text as an id; empty where it has no letters of the id's kind."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\{\{c[0-9]+::|::[^}]*\}\}|\}\}", "", text))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    return "-".join(words[:WORDS])[:LONGEST_ID].strip("-")
