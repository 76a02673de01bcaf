"""A timed quiz."""

from __future__ import annotations

import secrets
import sys
from typing import TYPE_CHECKING, Any

import click

from mlsd_cards import quiz_runner
from mlsd_cards.app import App
from mlsd_cards.commands import options
from mlsd_cards.errors import UserError
from mlsd_cards.study import handed
from mlsd_cards.study.quiz import OVER, Quiz, Rules, clock
from mlsd_cards.term.mode import terminal

if TYPE_CHECKING:
    from mlsd_cards.store.sitting import Sitting

KINDS = ("basic", "cloze", "comparison", "computed", "diagram", "mcq", "multi_select", "numeric",
         "ordering")  # fmt: skip
"""The kinds that a paper can hold."""

RESUME, HAND_IN, NEW = "resume", "hand-in", "new"

SEEDS = 1_000_000
"""A seed that is drawn is short enough to be typed."""


def _kinds(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> list[str]:
    """Kinds, also several with commas between them; of an unknown one, which was meant."""
    kinds = [kind.strip() for value in given for kind in value.split(",") if kind.strip()]
    for kind in kinds:
        if kind not in KINDS:
            meant = options.nearest(kind, set(KINDS))
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
    "-n", "count", type=click.IntRange(1, 500), default=20, show_default=True, help="Questions."
)
@click.option(
    "--minutes",
    type=click.FloatRange(0, 1440, min_open=True),
    help="Time for all of it.",
    show_default="what the questions are expected to take",
)
@click.option(
    "--per-question",
    type=click.FloatRange(1, 3600),
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
@click.option("--seed", type=click.IntRange(0), help="Draw this paper again.")
@click.option("--resume", "open_quiz", flag_value=RESUME, help="Go on with the quiz that is open.")
@click.option("--hand-in", "open_quiz", flag_value=HAND_IN, help="Hand it in as it stands.")
@click.option("--new", "open_quiz", flag_value=NEW, help="Hand it in, then begin a new one.")
@click.option(
    "--plain/--no-plain",
    default=None,
    envvar="MLSD_CARDS_PLAIN",
    help="Line by line, for screen readers and logs; a pipe gets this by itself.",
    show_default="plain of `config`, no",
)
@options.as_json
@options.decks
@options.home
def command(open_quiz: str | None, plain: bool | None, as_json: bool, **asked: Any) -> None:
    """Answer questions against a clock.

    What you answer is kept at once: leave at any moment, and `quiz` goes on with the time that was
    left. Nothing of right or wrong is shown before it is handed in. A wrong answer makes its card
    due today; a right one changes nothing, unless --count.
    """
    app = options.open_app(asked["home"], asked["decks"])
    sitting = quiz_runner.left_open(app)
    if sitting is None and open_quiz in {RESUME, HAND_IN}:
        raise UserError("no quiz is open", "`mlsd-cards quiz` begins one.")
    if sitting:
        open_quiz = open_quiz or _choice(app, sitting)
    if sitting and open_quiz in {HAND_IN, NEW}:
        handed_in = quiz_runner.hand_in(app, sitting)
        _report(handed_in, as_json=as_json and open_quiz == HAND_IN)
    if open_quiz == HAND_IN:
        return
    going_on = sitting if open_quiz == RESUME else None
    name, quiz = quiz_runner.resume(app, going_on) if going_on else _begin(app, asked)
    plain = as_json or (app.preferences.plain if plain is None else plain)
    stdout = sys.stderr if as_json else None
    runner = quiz_runner.QuizRunner(app, name)
    _report(runner.run(quiz, terminal("quiz", plain=plain, stdout=stdout)), as_json=as_json)


def _choice(app: App, sitting: Sitting) -> str:
    """What becomes of the quiz that is open; without a terminal it goes on."""
    left = clock(quiz_runner.time_left(app, sitting))
    told = f"A quiz is open: {sitting.paper['title']}, {left} left."
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
    from mlsd_cards.study.paper import Wish, draw

    wish = Wish(
        asked["count"],
        tuple(asked["kinds"]),
        tuple(asked["difficulty"]),
        asked["weak"],
        asked["auto_only"],
    )
    wanted = options.filter_of(app.catalogue, asked["deck"], asked["tag"], asked["topic"])
    seed = asked["seed"]
    if seed is None:
        seed = secrets.randbelow(SEEDS)
    paper = draw(app.catalogue.entries(wanted, wrong=wish.weak), wish, seed)
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


def _title(asked: dict[str, Any]) -> str:
    """What is asked for, in words."""
    named = [*asked["deck"], *asked["topic"], *asked["tag"]]
    words = [", ".join(named) or "all decks"]
    words += [", ".join(asked["kinds"])] if asked["kinds"] else []
    if asked["difficulty"]:
        words.append(f"difficulty {', '.join(map(str, asked['difficulty']))}")
    return "; ".join([*words, *(["weak cards first"] if asked["weak"] else [])])


def _report(quiz: Quiz | None, *, as_json: bool) -> None:
    """What came of it, in a line."""
    if quiz is None:
        options.say("None of its cards is in the decks any more: it is ended.", err=as_json)
    elif quiz.phase != OVER:
        left = f"{quiz.answered} of {len(quiz.items)} answered, {clock(quiz.left)} left"
        options.say(f"The quiz stays open: {left}. mlsd-cards quiz goes on.", err=as_json)
    elif as_json:
        options.print_json(handed.result(quiz))
    else:
        options.say(handed.score(quiz))
