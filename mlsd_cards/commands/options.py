"""The options that several commands share, and the words in which their values are refused."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import click

from mlsd_cards.app import App
from mlsd_cards.errors import UserError
from mlsd_cards.store.preferences import NEW_A_DAY, REVIEWS_A_DAY
from mlsd_cards.study.agenda import Limits

if TYPE_CHECKING:
    from mlsd_cards.cards.problem import Problem
    from mlsd_cards.store.catalogue import Catalogue, Filter

Command = TypeVar("Command", bound=Callable[..., Any])


def chain(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several decorators as one; they stand in the help in the order given."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def gather(name: str, made: Callable[..., Any]) -> Callable[[Command], Command]:
    """The values of the options that ``made`` names as its arguments, as one argument ``name``."""
    options = signature(made).parameters

    def decorate(command: Command) -> Command:
        @wraps(command)
        def gathered(*args: Any, **values: Any) -> Any:
            own = {option: values.pop(option) for option in options}
            return command(*args, **values, **{name: made(**own)})

        return cast("Command", gathered)

    return decorate


def _named(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """A path that is not empty: an unset variable of a shell must not mean the working folder."""
    if value is not None and not value.strip():
        raise click.BadParameter("the path is empty", context, option)
    return value


def complete(column: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """What completes a name of that column of the catalogue in a shell; nothing if in doubt."""

    def names(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
        try:
            app = App(context.params.get("home"), context.params.get("decks") or ())
            known = known_names(app.catalogue, column)
        except Exception:
            return []
        return sorted(name for name in known if name.startswith(begun))

    return names


home: Callable[[Any], Any] = click.option(
    "--home",
    callback=_named,
    type=click.Path(file_okay=False),
    help="Where progress is kept. [default: $MLSD_CARDS_HOME, else your data folder]",
)
decks: Callable[[Any], Any] = click.option(
    "--decks",
    multiple=True,
    type=click.Path(),
    metavar="PATH",
    help="Use this deck file or folder instead of the bundled and your own decks. Repeatable.",
)
cards: Callable[[Any], Any] = click.argument(
    "cards", nargs=-1, metavar="[CARD]...", shell_complete=complete("id")
)
as_json: Callable[[Any], Any] = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON, as docs/json.md describes it."
)


def _filter(deck: tuple[str, ...], tag: tuple[str, ...], topic: tuple[str, ...]) -> Filter:
    from mlsd_cards.store.catalogue import Filter

    return Filter(deck, tag, topic)


wanted: Callable[[Any], Any] = chain(
    *(
        click.option(
            name,
            multiple=True,
            metavar=metavar,
            shell_complete=complete(column),
            help=f"Only {what}. Repeatable.",
        )
        for name, metavar, column, what in (
            ("--deck", "NAME", "deck", "this deck"),
            ("--tag", "TAG", "tags", "cards with this tag"),
            ("--topic", "TOPIC", "topic", "this topic"),
        )
    ),
    gather("wanted", _filter),
)
"""Which cards are meant: an argument ``wanted``, whose names `check_names` checks."""

plain: Callable[[Any], Any] = click.option(
    "--plain/--no-plain",
    default=None,
    envvar="MLSD_CARDS_PLAIN",
    help="Line by line, for screen readers and logs; a pipe gets this by itself.",
    show_default="plain of `config`, no",
)


class Wish(NamedTuple):
    """``--new``, ``--limit`` and ``--all`` as they were given."""

    new: int | None = None
    limit: int | None = None
    everything: bool = False


limits: Callable[[Any], Any] = chain(
    click.option(
        "--new",
        type=click.IntRange(0),
        metavar="N",
        help="New cards a day.",
        show_default=f"new_a_day of `config`, {NEW_A_DAY}",
    ),
    click.option(
        "--limit",
        type=click.IntRange(0),
        metavar="N",
        help="Reviews a day; when more is overdue, nothing new is shown.",
        show_default=f"reviews_a_day of `config`, {REVIEWS_A_DAY}",
    ),
    click.option("--all", "everything", is_flag=True, help="All that is due, however much."),
    gather("limits", Wish),
)


def limits_of(app: App, wish: Wish = Wish()) -> Limits:  # noqa: B008 - it cannot be changed
    """What was wished for; where nothing was, what the person prefers."""
    mine = app.preferences
    new = mine.new_a_day if wish.new is None else wish.new
    limit = mine.reviews_a_day if wish.limit is None else wish.limit
    return Limits(new, None if wish.everything else limit)


def open_app(home: str | None, decks: tuple[str, ...] = ()) -> App:
    """The app of a command's ``--home`` and ``--decks``; what is wrong with its preferences is
    said in a line."""
    app = App(home, decks)
    if problems := app.config_problems():
        say(f"mlsd-cards: {counted(problems)}: mlsd-cards config list tells", err=True)
    return app


def plural(count: int, noun: str) -> str:
    """The noun with its number."""
    return f"{count} {noun}{'s' * (count != 1)}"


def counted(problems: list[Problem]) -> str:
    """How many problems there are, and in which files they stand."""
    from mlsd_cards.store.preferences import NAME

    names = [NAME if problem.code.startswith("P") else "your decks" for problem in problems]
    places = " and ".join(sorted(set(names), reverse=True))
    return f"{plural(len(problems), 'problem')} in {places}"


def check_names(catalogue: Catalogue, wanted: Filter) -> None:
    """Refuse a name that no card has."""
    columns = (("deck", "deck"), ("tag", "tags"), ("topic", "topic"))
    for (kind, column), given in zip(columns, wanted, strict=True):
        if given:
            _check_name(kind, given, known_names(catalogue, column))


def known_names(catalogue: Catalogue, column: str) -> set[str]:
    """The names in use; a nested deck's parents count, since they can be asked for too."""
    from mlsd_cards.store import roster

    names = {
        name for value in roster.names(catalogue, column) for name in value.split("\n") if name
    }
    if column == "deck":
        for name in tuple(names):
            parts = name.split("::")
            names.update("::".join(parts[:end]) for end in range(1, len(parts)))
    return names


def _check_name(kind: str, given: tuple[str, ...], known: set[str]) -> None:
    for name in given:
        if name not in known:
            raise UserError(f"no {kind} is called {name!r}", nearest(name, known))


def nearest(name: str, known: set[str]) -> str:
    """Which known name was probably meant, or, of few, which there are."""
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1, cutoff=0.5)
    if close:
        return f"Did you mean {close[0]!r}?"
    return f"There are: {', '.join(sorted(known))}." if 0 < len(known) <= 20 else ""


def cards_of(catalogue: Catalogue, name: str) -> list[str]:
    """The ids of the cards that ``name`` means: a card's own, or those of a note's cards."""
    from mlsd_cards.store import roster

    cards = [name] if catalogue.find(name) else roster.cards_of(catalogue, name)
    if not cards:
        known = set(roster.names(catalogue, "id"))
        raise UserError(f"no card is called {name!r}", nearest(name, known))
    return cards


def card_of(catalogue: Catalogue, name: str) -> str:
    """The id of the one card that ``name`` means: an id, or a note with a single card."""
    cards = cards_of(catalogue, name)
    if len(cards) > 1:
        raise UserError(f"{name} has several cards", f"Name one of: {', '.join(cards)}.")
    return cards[0]


def chosen(app: App, cards: tuple[str, ...], wanted: Filter, more: str = "") -> list[str]:
    """The ids of the cards that are meant, each once: those named, or else those ``wanted``. A card
    with a past may be named though no deck holds it any more. ``more`` names other ways to choose.
    """
    from mlsd_cards.store import roster

    if bool(cards) == any(wanted):
        raise click.UsageError(f"Name a CARD, or choose with --deck, --tag, --topic{more}.")
    if any(wanted):
        return roster.ids(app.catalogue, wanted)
    ids: dict[str, None] = {}
    for card in cards:
        known = app.store.folded(card).head
        ids |= dict.fromkeys([card] if known else cards_of(app.catalogue, card))
    return list(ids)


def reviewed_card_of(catalogue: Catalogue, name: str) -> str:
    """As ``card_of``, of a card that has a place in reviews; others are refused."""
    card = card_of(catalogue, name)
    found = catalogue.find(card)
    if found and not found.card.daily:
        kind = found.card.kind
        raise UserError(
            f"{card} is a {kind}", "It belongs to timed interviews and is never part of a review."
        )
    return card


def print_changes(meant: list[str], done: list[str], did: str, left: str, *, as_json: bool) -> None:
    """Which cards were changed and which were not, a card a line."""
    changed = set(done)
    if as_json:
        print_json({"changed": done, "unchanged": [one for one in meant if one not in changed]})
        return
    for card in meant:
        say(f"{card}: {did if card in changed else left}")


def print_json(value: Any) -> None:
    """The value as JSON on the standard output."""
    from json import dumps

    click.echo(dumps(value, ensure_ascii=False, indent=2))


def say(text: str, *, err: bool = False) -> None:
    """The text on a line by itself; what is in it of names and paths cannot steer a terminal."""
    from mlsd_cards.term.text import visible

    told, stream = visible(text), sys.stderr if err else sys.stdout
    if stream is not None and stream.isatty():
        columns = os.get_terminal_size(stream.fileno()).columns
        told = "\n".join(_set(line, columns) for line in told.split("\n"))
    click.echo(told, err=err)


def _set(line: str, columns: int) -> str:
    """A line as a terminal shows it: no word goes over its edge, and a path stays whole."""
    if len(line) <= columns or not columns:
        return line
    from textwrap import fill

    return fill(line, columns, break_long_words=False, break_on_hyphens=False)
