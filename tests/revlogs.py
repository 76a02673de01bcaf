"""Review logs made up by a seed, for tests of what is learnt from them."""

from __future__ import annotations

from random import Random

from mlsd_cards.evaluation.past import Answer, Past

DAY_MS = 86_400_000
GRADES = {1: 1, 2: 3, 3: 4, 4: 5}


def made_up(seed: int, cards: int = 60, most: int = 12, buttons: str = "1234") -> Past:
    """The answers to ``cards`` cards over about a hundred days, some of them on one day."""
    rng = Random(seed)
    answers = []
    for card in range(cards):
        day, at = rng.randrange(30), 0
        for _ in range(rng.randint(1, most)):
            at = max(at + 1, day * DAY_MS + rng.randrange(DAY_MS))
            grade = GRADES[int(rng.choices(buttons, [3, *[4] * (len(buttons) - 1)])[0])]
            answers.append(Answer(f"c{card}", at, day, grade))
            day += rng.choice([0, 0, 1, 1, 2, 4, 9, 20])
            at = max(at, day * DAY_MS)
    return Past.of(sorted(answers, key=lambda answer: answer.at))


def as_csv(past: Past) -> str:
    """The same as a table; its days are those of UTC, from midnight."""
    rating = {grade: button for button, grade in GRADES.items()}
    lines = [
        f"{answer.card},{rating[answer.grade]},{iso(answer.at)},1000"
        for answer in sorted((a for h in past.histories for a in h), key=lambda a: a.at)
    ]
    return "\n".join(["card_id,review_rating,review_time,review_duration", *lines, ""])


def iso(at: int) -> str:
    """A time in the first months of 2026."""
    from datetime import UTC, datetime, timedelta

    return (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)).isoformat()
