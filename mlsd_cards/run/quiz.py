"""The loop of a quiz: keys and the clock to the quiz, its effects to the store."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mlsd_cards.app import App, monotonic
from mlsd_cards.cards.question import ask
from mlsd_cards.errors import UserError
from mlsd_cards.schedule.state import Button
from mlsd_cards.store import log
from mlsd_cards.store.catalogue import Filter
from mlsd_cards.store.entry import entries
from mlsd_cards.store.sitting import BY_TOPIC, QUIZ, Answer, Sitting, Sittings
from mlsd_cards.study.placement import placing
from mlsd_cards.study.quiz import handed, kept, step
from mlsd_cards.study.quiz import quiz as machine
from mlsd_cards.study.quiz.effect import Ask, Effect, HandIn, KeepClock, Leave, Note, Place
from mlsd_cards.study.quiz.item import Item, fresh
from mlsd_cards.study.quiz.quiz import UNLIMITED, Quiz, Rules

if TYPE_CHECKING:
    from mlsd_cards.study.placement.placement import Given, Plan
    from mlsd_cards.study.quiz.outcome import Outcome
    from mlsd_cards.terminal import Terminal


class QuizRunner:
    """One quiz from its beginning, or from where it was left, to its end."""

    def __init__(self, app: App, name: str) -> None:
        self.app = app
        self.name = name
        self.sittings = Sittings(app.store, QUIZ)

    def run(self, quiz: Quiz, terminal: Terminal[Quiz]) -> Quiz:
        """The quiz as it was left or handed in; what is given is on the disk before the next
        question shows."""
        gc.enable()  # off since the start of the program
        with terminal:
            quiz = replace(quiz, at=monotonic())
            if quiz.rules.placing and not quiz.open:  # killed between two questions
                quiz = self.carry_out(quiz, Ask())
            while True:
                quiz = terminal.paint(quiz)
                key = terminal.key(_timeout(quiz))
                quiz, effects = step.away(quiz, terminal.away())
                now = monotonic()
                quiz, more = step.press(quiz, key, now) if key else step.tick(quiz, now)
                for effect in effects + more:
                    if isinstance(effect, Leave):
                        return quiz
                    quiz = self.carry_out(quiz, effect)

    def carry_out(self, quiz: Quiz, effect: Effect) -> Quiz:
        """The quiz once an effect is on the disk, or could not be written."""
        try:
            match effect:
                case Note():
                    self.sittings.note(self.name, self.app.moment(), effect.what)
                case KeepClock():
                    self.sittings.keep_clock(self.name, effect.left)
                case HandIn():
                    return self._end(quiz)
                case Ask():
                    return self._ask(quiz)
                case Place():
                    return self._place(quiz, effect.cards)
        except UserError as error:
            return step.unsaved(quiz, effect, f"NOT saved: {error}")
        return quiz

    def _end(self, quiz: Quiz) -> Quiz:
        """The answers as events and the result, all or nothing."""
        answers = [self._answer(one, counted=quiz.rules.counted) for one in handed.answers(quiz)]
        placed = handed.placed(quiz) if quiz.rules.placing else []
        result = handed.result(quiz)
        ended = self.sittings.end(self.name, self.app.moment(), result, answers, placed=placed)
        note = "" if ended else "It was handed in elsewhere meanwhile, as is told here."
        offers = placing.offers(quiz) if ended and quiz.plan else ()
        return step.handed_in(quiz, self._outcome(), note, offers)

    def _ask(self, quiz: Quiz) -> Quiz:
        """A placement with its next question, which the disk knows before it shows; the end if
        there is none."""
        plan, pair, item = _next(self.app, placing.plan_of(quiz), placing.answers(quiz))
        quiz = replace(quiz, plan=plan)
        if item is None:
            return self._end(replace(quiz, how=machine.HANDED_IN))
        what = {"asked": pair, "print": item.print}
        self.sittings.note(self.name, self.app.moment(), what)
        return placing.asked(quiz, item)

    def _place(self, quiz: Quiz, cards: Iterable[str]) -> Quiz:
        """The cards of topics that are known, started as known too."""
        from mlsd_cards.study.placement.placement import interval

        store, moment = self.app.store, self.app.moment()
        wanted = [(card, interval(card)) for card in cards]
        days = dict(wanted)
        with store.write():
            placed = self.sittings.place(self.name, moment, wanted, by=BY_TOPIC)
            accepted = [(card, days[card]) for card in placed]
            self.sittings.note(self.name, moment, {"accepted": accepted})
        return placing.accepted(quiz, self._outcome())

    def _outcome(self) -> Outcome:
        """What came of the quiz, beside those before it."""
        from mlsd_cards.study.quiz.outcome import read

        ended = {one.name: one for one in self.sittings.all() if one.ended}
        mine = ended.pop(self.name)
        others = [read(one.result) for one in ended.values() if not one.paper.get("place")]
        earlier = [told.total.percent for told in others if told.items]
        return read(mine.result, [] if mine.paper.get("place") else earlier, mine.notes)

    def _answer(self, answer: handed.Handed, *, counted: bool) -> Answer:
        """A right answer to a card that is due may count as a review."""
        made = Answer(*answer)
        if not counted or answer.grade < Button.GOOD:
            return made
        folded = self.app.store.folded(answer.card)
        state = folded.state
        due = state.last is not None and state.due <= self.app.moment().day
        return made._replace(source=log.COUNTED) if due and not folded.suspended else made


def _timeout(quiz: Quiz) -> float | None:
    """Seconds until a clock on the screen shows another second."""
    if quiz.wait is None:
        return None
    return max(0, quiz.at + quiz.wait - monotonic()) / 1000


def items(app: App, asked: Iterable[tuple[str, int]]) -> tuple[Item, ...]:
    """The questions of a paper, without those whose card has gone or cannot be asked any more."""
    made = []
    for index, (card, repetition) in enumerate(asked):
        found = app.catalogue.find(card)
        if found is None or not found.card.daily:
            continue
        try:
            question = ask(found.card, repetition)
        except ValueError:  # a generator that finds no fair numbers
            continue
        sources = (app.catalogue.source(key) or (key, "") for key in found.card.sources)
        source = "; ".join(short for short, _ in sources)
        made.append(fresh(question, index, found.deck, source))
    return tuple(made)


def begin(
    app: App, rules: Rules, asked: Iterable[tuple[str, int]], plan: dict[str, Any] | None = None
) -> tuple[str, Quiz]:
    """A new quiz in the log, and its name; ``plan`` is what a placement keeps of its own. Without a
    limit it has the time that its questions are expected to take, in whole minutes, or with a limit
    for each what these come to."""
    made = [replace(item, index=index) for index, item in enumerate(items(app, asked))]
    if not made:
        raise UserError("none of the cards can be asked", "Choose others.")
    if not rules.limit:
        expected = sum(item.question.card.expected_s for item in made)
        limit = len(made) * rules.each if rules.each else 60_000 * -(-expected // 60)
        rules = rules._replace(limit=limit)
    quiz = machine.begin(rules, tuple(made), monotonic())
    repetitions = dict(asked)
    cards = [item.question.card.id for item in made]
    paper = {
        "seed": rules.seed,
        "title": rules.title,
        "limit_ms": rules.limit if rules.timed else None,
        "each_ms": rules.each,
        "certainty": rules.certainty,
        "count": rules.counted,
        "place": rules.placing,
        "items": [[card, repetitions[card]] for card in cards],
        "prints": [item.print for item in made],
        **({"plan": plan} if plan else {}),
    }
    return Sittings(app.store, QUIZ).begin(app.moment(), paper), quiz


def begin_placing(app: App, rules: Rules, wanted: Filter, most: int) -> tuple[str, Quiz]:
    """A new placement in the log with its first question, and its name. ``wanted`` and ``most``
    are kept, since they decide on all that follows."""
    wish = {"most": most, **{name: list(names) for name, names in wanted._asdict().items()}}
    plan, pair, item = _next(app, _plan(app, rules.seed, wish), [])
    if pair is None or item is None:
        if not any(entry.last is None for entry in entries(app.catalogue, wanted)):
            raise UserError(
                "no card there is new: there is nothing to place", "mlsd-cards review goes on."
            )
        remedy = "mlsd-cards review asks the others."
        raise UserError("none of the new cards there can be marked by the program", remedy)
    name, quiz = begin(app, rules, [pair], wish)
    return name, replace(quiz, plan=plan, asked=1, note=placing.FINAL)


def _plan(app: App, seed: int, wish: dict[str, Any]) -> Plan:
    """The plan of a placement as it was begun."""
    from mlsd_cards.study.placement.placement import plan

    wanted = Filter(*(tuple(wish[name]) for name in Filter._fields))
    return plan(entries(app.catalogue, wanted), seed, wish["most"])


def _next(
    app: App, plan: Plan, given: Sequence[Given]
) -> tuple[Plan, tuple[str, int] | None, Item | None]:
    """The next question of a placement with its card and repetition, and the plan without the
    cards that cannot be asked after all."""
    while pair := plan.next(given):
        if made := items(app, [pair]):
            return plan, pair, made[0]
        plan = plan.without(pair.card)
    return plan, None, None


def left_open(app: App) -> Sitting | None:
    """The quiz of this machine that was left or killed, of several the latest."""
    sittings = reversed(Sittings(app.store, QUIZ).open())
    return next((one for one in sittings if kept.is_paper(one.paper)), None)


def time_left(app: App, sitting: Sitting) -> int:
    """The time (ms) that was left: the clock is kept more often than answers are given, but an
    answer may be later than it."""
    clock = Sittings(app.store, QUIZ).clock(sitting.name)
    notes = kept.sound(sitting.notes)
    known = [note["left"] for note in notes if note.get("left") is not None]
    lefts = [sitting.paper["limit_ms"] or UNLIMITED, *known, *([] if clock is None else [clock])]
    return int(min(lefts))


def take_up(app: App, sitting: Sitting) -> Quiz | None:
    """A quiz that was left, as it stood; None if none of its cards is there any more."""
    paper, notes = sitting.paper, kept.sound(sitting.notes)
    more = [note for note in notes if "asked" in note]
    asked = [*paper["items"], *(note["asked"] for note in more)]
    prints = [*paper["prints"], *(note["print"] for note in more)]
    made = items(app, asked)
    if not made:
        return None
    named = ("title", "seed", "limit_ms", "each_ms", "certainty", "count", "place")
    rules = Rules._make(paper[name] for name in named)
    rules = rules._replace(limit=rules.limit or UNLIMITED)
    quiz = machine.begin(rules, made, monotonic())
    if rules.placing:
        plan = _plan(app, rules.seed, paper["plan"])
        quiz = replace(quiz, plan=plan, asked=len(asked))
    quiz = machine.taken_up(quiz, prints, notes, time_left(app, sitting))
    gone = len(asked) - len(made)
    words = f"{gone} no longer in the decks and passed over." if gone else ""
    return replace(quiz, note=" ".join(filter(None, (words, quiz.note))))


def resume(app: App, sitting: Sitting) -> tuple[str, Quiz]:
    """A quiz that was left, to go on with; the time since then is a pause."""
    quiz = take_up(app, sitting)
    if quiz is None:
        raise UserError(
            "no card of that quiz is in the decks any more", "`mlsd-cards quiz --hand-in` ends it."
        )
    last = max(event.at for event in (sitting.begun, *sitting.noted))
    paused = max(0, app.moment().at - last)
    Sittings(app.store, QUIZ).note(sitting.name, app.moment(), {"paused": paused})
    return sitting.name, replace(quiz, paused=quiz.paused + paused)


def hand_in(app: App, sitting: Sitting) -> Quiz | None:
    """A quiz that was left, handed in as it stands; None if nothing is left of it."""
    quiz = take_up(app, sitting)
    if quiz is None:
        Sittings(app.store, QUIZ).end(sitting.name, app.moment(), {"how": machine.BROKEN_OFF})
        return None
    runner = QuizRunner(app, sitting.name)
    quiz, effects = step.hand_in(quiz)
    for effect in effects:
        quiz = runner.carry_out(quiz, effect)
    if quiz.outcome is None:
        raise UserError(quiz.note)
    return quiz
