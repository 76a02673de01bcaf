"""A timed quiz."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from mlsd_cards.app import App
from mlsd_cards.commands import options
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.store.sitting import Sitting
    from mlsd_cards.study.paper import Wish
    from mlsd_cards.study.quiz import Quiz, Rules

KINDS = ("basic", "cloze", "comparison", "computed", "diagram", "mcq", "multi_select", "numeric",
         "ordering")  # fmt: skip
"""The kinds that a paper can hold."""

RESUME, HAND_IN, NEW = "resume", "hand-in", "new"


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
@click.option("-n", "count", type=click.IntRange(1, 500), default=20, help="Questions.", show_default=True)
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
    name, quiz = _open(app, open_quiz) or _new(app, asked)
    if quiz is None:
        raise UserError("no card of that quiz is left", "`quiz --hand-in` ends it.")
    quiz = _sit(app, name, quiz, plain, as_json=as_json, ended=open_quiz == HAND_IN)
    _report(quiz, as_json=as_json)
