"""A timed quiz."""

from __future__ import annotations

import secrets
import sys
from typing import TYPE_CHECKING, Any

import click

from mlsd_cards.app import App
from mlsd_cards.commands import names, options, quizzes
from mlsd_cards.commands.numbers import Number, Whole
from mlsd_cards.errors import UserError
from mlsd_cards.run import quiz as quiz_runner
from mlsd_cards.study.quiz.quiz import UNLIMITED, Quiz, Rules, clock
from mlsd_cards.term.mode import terminal
from mlsd_cards.term.quiz.outcome import counts, score
from mlsd_cards.term.quiz.words import far

if TYPE_CHECKING:
    from mlsd_cards.store.catalogue import Filter
    from mlsd_cards.store.sitting import Sitting
    from mlsd_cards.study.quiz.outcome import Outcome

KINDS = ("basic", "cloze", "comparison", "computed", "diagram", "mcq", "multi_select", "numeric",
         "ordering")  # fmt: skip
"""The kinds that a paper can hold."""

RESUME, HAND_IN, NEW = "resume", "hand-in", "new"

COUNT = 20
"""So many questions, unless something else is wished for."""

SEEDS = 1_000_000
"""A seed that is drawn is short enough to be typed."""


MANY = 10_000
"""More questions than any placement takes."""

NOT_PLACING = {
    "kinds": "--kinds",
    "difficulty": "--difficulty",
    "weak": "--weak",
    "counted": "--count",
    "per_question": "--per-question",
}
"""What a placement has no use for; --auto-only and --confidence it is anyway."""


def _kinds(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> list[str]:
    """Kinds, also several with commas between them; of an unknown one, which was meant."""
    kinds = [kind.strip() for value in given for kind in value.split(",") if kind.strip()]
    for kind in kinds:
        if kind not in KINDS:
            meant = names.nearest(kind, set(KINDS))
            raise click.BadParameter(f"there is no kind {kind!r}. {meant}", context, option)
    return kinds


def _difficulties(
    context: click.Context, option: click.Parameter, given: tuple[str, ...]
) -> list[int]:
    """Difficulties from 1 to 3, also several with commas between them."""
    levels = [level.strip() for value in given for level in value.split(",") if level.strip()]
    for level in levels:
        if level not in {"1", "2", "3"}:
            raise click.BadParameter(f"{level!r} is not 1, 2 or 3", context, option)
    return list(map(int, levels))


@click.command(epilog="Example: mlsd-cards quiz --topic metrics -n 10 --confidence")
@options.wanted
@click.option(
    "-n",
    "count",
    type=Whole(1, 500),
    help="Questions, at most.",
    show_default=f"{COUNT}; with --place as many as it takes",
)
@click.option(
    "--minutes",
    type=Number(0.01, 1440),
    help="Time for all of it.",
    show_default="what the questions are expected to take; with --place none",
)
@click.option(
    "--per-question",
    type=Number(1, 3600),
    metavar="SECONDS",
    help="Time for each question; then it is taken as it stands.",
)
@click.option(
    "--kinds", multiple=True, callback=_kinds, metavar="KIND,…", help="Only these kinds of cards."
)
@click.option(
    "--difficulty", multiple=True, callback=_difficulties, metavar="1,2,3", help="Only these."
)
@click.option("--weak", is_flag=True, help="Lean on cards that lapsed or were answered wrong.")
@click.option("--auto-only", is_flag=True, help="Only what the program can mark.")
@click.option("--confidence", is_flag=True, help="Ask of each answer how sure it is.")
@click.option("--count", "counted", is_flag=True, help="Right answers to due cards are reviews.")
@click.option(
    "--place", is_flag=True, help="Instead: find out what you know and start it as known."
)
@click.option("--seed", type=Whole(0), help="Draw this paper again.")
@click.option("--resume", "open_quiz", flag_value=RESUME, help="Go on with the quiz that is open.")
@click.option("--hand-in", "open_quiz", flag_value=HAND_IN, help="Hand it in as it stands.")
@click.option("--new", "open_quiz", flag_value=NEW, help="Hand it in, then begin a new one.")
@options.plain
@quizzes.looks
@options.as_json
@options.decks
@options.home
def command(
    open_quiz: str | None,
    plain: bool | None,
    history: bool,
    shown: int | None,
    as_json: bool,
    **asked: Any,
) -> None:
    """Answer questions against a clock.

    What you answer is kept at once: leave at any moment, and `quiz` goes on with the time that was
    left. Nothing of right or wrong is shown before it is handed in. A wrong answer makes its card
    due today; a right one changes nothing, unless --count. With --place each answer decides what is
    asked next, and what is right and sure starts as known.
    """
    if history and shown is not None:
        raise click.UsageError("Ask for --history or for --show, one at a time.")
    app = options.open_app(asked["home"], asked["decks"])
    if history:
        quizzes.show_history(app, as_json)
    elif shown is not None:
        quizzes.show_one(app, shown, as_json)
    else:
        sitting = quiz_runner.left_open(app)
        what = _what(app, sitting, open_quiz)
        if sitting and what != RESUME:
            _hand_in(app, sitting, aside=what == NEW, as_json=as_json)
        if what != HAND_IN:
            going_on = sitting if what == RESUME else None
            begun = quiz_runner.resume(app, going_on) if going_on else _begin(app, asked)
            _sit(app, *begun, plain, as_json=as_json)


def _what(app: App, sitting: Sitting | None, asked: str | None) -> str:
    """What becomes of the quiz that is open, if one is."""
    if sitting:
        return asked or _choice(app, sitting)
    if asked in {RESUME, HAND_IN}:
        raise UserError("no quiz is open", "`mlsd-cards quiz` begins one.")
    return NEW


def _choice(app: App, sitting: Sitting) -> str:
    """What becomes of the quiz that is open; without a terminal it goes on."""
    left = clock(quiz_runner.time_left(app, sitting))
    limited = f", {left} left" if sitting.paper["limit_ms"] else ""
    kind = "placement" if sitting.paper.get("place") else "quiz"
    told = f"A {kind} is open: {sitting.paper['title']}{limited}."
    options.say(told, err=True)
    if not sys.stdin.isatty():
        return RESUME
    text = "Enter goes on with it, h hands it in as it stands, n does that and begins a new one"
    chosen = click.prompt(
        text, type=click.Choice(["", "h", "n"]), default="", show_default=False, show_choices=False
    )
    return {"h": HAND_IN, "n": NEW}.get(chosen, RESUME)


def _begin(app: App, asked: dict[str, Any]) -> tuple[str, Quiz]:
    """A paper as it is wished for, or what there is of it."""
    if asked["place"]:
        return _begin_placing(app, asked)
    from mlsd_cards.store.entry import entries
    from mlsd_cards.study.quiz.paper import Wish, draw

    seed = secrets.randbelow(SEEDS) if asked["seed"] is None else asked["seed"]
    wish = Wish(
        asked["count"] or COUNT,
        tuple(asked["kinds"]),
        tuple(asked["difficulty"]),
        asked["weak"],
        asked["auto_only"],
    )
    wanted: Filter = asked["wanted"]
    names.check_names(app.catalogue, wanted)
    paper = draw(entries(app.catalogue, wanted, wrong=wish.weak), wish, seed)
    if not paper.items:
        raise UserError("no card fits that wish", paper.short)
    if paper.short:
        options.say(paper.short, err=True)
        if sys.stdin.isatty() and len(paper.items) < wish.count:
            click.prompt("Enter begins", default="", show_default=False, err=True)
    each = asked["per_question"]
    rules = Rules(
        _title(asked),
        seed,
        limit=round(60_000 * (asked["minutes"] or 0)),
        each=round(1000 * each) if each else None,
        certainty=asked["confidence"],
        counted=asked["counted"],
    )
    return quiz_runner.begin(app, rules, paper.items)


def _begin_placing(app: App, asked: dict[str, Any]) -> tuple[str, Quiz]:
    """A placement; what it cannot be combined with is refused."""
    for name, option in NOT_PLACING.items():
        if asked[name]:
            raise click.UsageError(f"--place decides on its questions itself: leave out {option}.")
    wanted: Filter = asked["wanted"]
    names.check_names(app.catalogue, wanted)
    rules = Rules(
        _title(asked),
        secrets.randbelow(SEEDS) if asked["seed"] is None else asked["seed"],
        limit=round(60_000 * (asked["minutes"] or 0)) or UNLIMITED,
        certainty=True,
        placing=True,
    )
    return quiz_runner.begin_placing(app, rules, wanted, asked["count"] or MANY)


def _title(asked: dict[str, Any]) -> str:
    """What is asked for, in words."""
    wanted: Filter = asked["wanted"]
    named = [*wanted.decks, *wanted.topics, *wanted.tags]
    words = [", ".join(named) or "all decks"]
    words += [", ".join(asked["kinds"])] if asked["kinds"] else []
    if asked["difficulty"]:
        words.append(f"difficulty {', '.join(map(str, asked['difficulty']))}")
    return "; ".join([*words, *(["leaning on weak cards"] if asked["weak"] else [])])


def _sit(app: App, name: str, quiz: Quiz, plain: bool | None, *, as_json: bool) -> None:
    """Sit the quiz, and say what came of it unless it can still be read."""
    plain = as_json or (app.preferences.plain if plain is None else plain)
    where = terminal("quiz", plain=plain, stdout=sys.stderr if as_json else None)
    quiz = quiz_runner.QuizRunner(app, name).run(quiz, where)
    if quiz.outcome is None:
        options.say(f"{_left(quiz)}. mlsd-cards quiz goes on.", err=as_json)
    elif as_json or not where.stays:
        _report(app, name, quiz.outcome, aside=False, as_json=as_json)


def _left(quiz: Quiz) -> str:
    """What there is to be said of a quiz that was left."""
    limited = f", {clock(quiz.left)} left" if quiz.rules.timed else ""
    if quiz.rules.placing:
        return f"The placement stays open: {', '.join(far(quiz))}{limited}"
    return f"The quiz stays open: {quiz.answered} of {len(quiz.items)} answered{limited}"


def _hand_in(app: App, sitting: Sitting, *, aside: bool, as_json: bool) -> None:
    """Hand in the quiz that is open; ``aside`` if that is not all that was wanted."""
    quiz = quiz_runner.hand_in(app, sitting)
    if quiz and quiz.outcome:
        _report(app, sitting.name, quiz.outcome, aside=aside, as_json=as_json)
    else:
        options.say("None of its cards is in the decks any more: it is ended.", err=True)


def _report(app: App, name: str, outcome: Outcome, *, aside: bool, as_json: bool) -> None:
    """What came of the quiz: all of it as JSON, else a line."""
    if as_json and not aside:
        kept = [one.name for one in quizzes.sittings(app)]
        quizzes.show_one(app, kept.index(name) + 1, as_json=True)
        return
    told = f"{score(outcome.total)}: {', '.join(counts(outcome))}."
    if outcome.placed:
        told = outcome.placed.brief
    options.say(f"{told} mlsd-cards quiz --show tells it again.", err=aside)
