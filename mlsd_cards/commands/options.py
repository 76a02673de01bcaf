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
from mlsd_cards.commands.numbers import Whole
from mlsd_cards.store.preferences import NEW_A_DAY, REVIEWS_A_DAY
from mlsd_cards.study.agenda import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mlsd_cards.cards.problem import Problem
    from mlsd_cards.store.catalogue import Filter
    from mlsd_cards.study.planning.follow import Following

Command = TypeVar("Command", bound=Callable[..., Any])
Item = TypeVar("Item")


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


def named(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """A path that is not empty: an unset variable of a shell must not mean the working folder."""
    if value is not None and not value.strip():
        raise click.BadParameter("the path is empty", context, option)
    return value


def complete(column: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """What completes a name of that column of the catalogue in a shell; nothing if in doubt."""

    def names(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
        app = App(context.params.get("home"), context.params.get("decks") or ())
        try:
            from mlsd_cards.commands.names import known_names

            known = known_names(app.catalogue, column)
        except Exception:
            return []
        finally:
            app.close()
        return sorted(name for name in known if name.startswith(begun))

    return names


home: Callable[[Any], Any] = click.option(
    "--home",
    callback=named,
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
        type=Whole(0),
        metavar="N",
        help="New cards a day.",
        show_default=f"new_a_day of `config`, {NEW_A_DAY}",
    ),
    click.option(
        "--limit",
        type=Whole(0),
        metavar="N",
        help="Reviews a day; when more is overdue, nothing new is shown.",
        show_default=f"reviews_a_day of `config`, {REVIEWS_A_DAY}",
    ),
    click.option("--all", "everything", is_flag=True, help="All that is due, however much."),
    gather("limits", Wish),
)


def limits_of(
    app: App,
    wish: Wish = Wish(),  # noqa: B008 - it cannot be changed
    plan: Following | None = None,
) -> Limits:
    """What was wished for; where nothing was, what the plan says, else what the person prefers."""
    mine = app.preferences
    new, reviews = plan.today[1:3] if plan else (mine.new_a_day, mine.reviews_a_day)
    limit = reviews if wish.limit is None else wish.limit
    return Limits(new if wish.new is None else wish.new, None if wish.everything else limit)


def begin(home: str | None, decks: tuple[str, ...] = (), *, strict: bool = False) -> App:
    """The app of a command's ``--home`` and ``--decks``, which at the end of the command, however
    it ends, keeps the day's copy of the store and lets go of it."""
    app = App(home, decks, strict=strict)
    app.watch = watched
    if context := click.get_current_context(silent=True):
        context.call_on_close(lambda: _leave(app))
    return app


def watched(items: Sequence[Item], label: str) -> Iterable[Item]:
    """The items while they are asked for; on a terminal a bar shows how far it is."""
    from mlsd_cards.term import progress

    return progress.watched(items, label, len(items), stride=1)


def _leave(app: App) -> None:
    try:
        app.keep_copy()
    except Exception as error:  # whatever it is, the command itself has done its work
        why = f"{error.strerror}: {app.home}/backups" if isinstance(error, OSError) else error
        say(f"mlsd-cards: today's backup could not be made: {why}", err=True)
    finally:
        app.close()


def open_app(home: str | None, decks: tuple[str, ...] = ()) -> App:
    """The same; what is wrong with the preferences is said in a line."""
    app = begin(home, decks)
    if problems := app.config_problems():
        say(f"mlsd-cards: {counted(problems)}: mlsd-cards config list tells", err=True)
    return app


def plural(count: int, noun: str) -> str:
    """The noun with its number."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def counted(problems: list[Problem]) -> str:
    """How many problems there are, and in which files they stand."""
    from mlsd_cards.store.preferences import NAME

    names = [NAME if problem.code.startswith("P") else "your decks" for problem in problems]
    places = " and ".join(sorted(set(names), reverse=True))
    return f"{plural(len(problems), 'problem')} in {places}"


def print_changes(meant: list[str], done: list[str], did: str, left: str, *, as_json: bool) -> None:
    """Which cards were changed and which were not, a card a line."""
    changed = set(done)
    if as_json:
        print_json({"changed": done, "unchanged": [one for one in meant if one not in changed]})
        return
    for card in meant:
        say(f"{card}: {did if card in changed else left}")


def print_json(value: Any) -> None:
    """The value as JSON on the standard output; what has no picture is escaped, since that may be
    a terminal, and part of a name that is no UTF-8."""
    from json import dumps

    text = dumps(value, ensure_ascii=False, indent=2)
    if not text.replace("\n", "").isprintable():
        text = "".join(
            char if char == "\n" or char.isprintable() else dumps(char)[1:-1] for char in text
        )
    click.echo(text)


def say(text: str, *, err: bool = False) -> None:
    """The text on a line by itself; what is in it of names and paths cannot steer a terminal."""
    from mlsd_cards.term.text import visible

    told, stream = visible(text), sys.stderr if err else sys.stdout
    if stream is not None and stream.isatty():
        columns = os.get_terminal_size(stream.fileno()).columns
        told = "\n".join(_set(line, columns) for line in told.split("\n"))
    click.echo(told, err=err)


def on_one_line(text: str) -> str:
    """The text with a mark for each line break: a name with one would pass for a line of ours."""
    return text.replace("\n", "␊")


def _set(line: str, columns: int) -> str:
    """A line as a terminal shows it: no word goes over its edge, a figure stays with what it counts
    and a path whole, and what follows stands below what stood first behind a heading."""
    if len(line) <= columns or not columns:
        return line
    import re
    from textwrap import wrap

    lead = re.match(r" *(\S+ {2,})?", line)
    lines = wrap(
        re.sub(r"(?<=\d) (?=\w)", "\0", line),
        columns,
        subsequent_indent=" " * (lead.end() if lead and 2 * lead.end() < columns else 0),
        break_long_words=False,
        break_on_hyphens=False,
    )
    lines = [one if len(one) <= columns else one.lstrip() for one in lines]
    return "\n".join(lines).replace("\0", " ")
