"""What can be set: the preferences of this machine, and the settings that the log keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mlsd_cards.commands import names, options
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.app import App
    from mlsd_cards.store.option import Option


class Actions(click.Group):
    """A group whose first action is the default; an option's name in its place is explained."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names):
            args = ["list", *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        word = args[0]
        if word not in self.commands:
            from mlsd_cards.store.option import OPTIONS

            remedy = names.nearest(word, set(self.commands))
            if word in OPTIONS:
                remedy = f"To read it: config get {word}; to change it: config set {word} VALUE."
            ctx.fail(f"there is no action {word!r}. {remedy}")
        return super().resolve_command(ctx, args)


def keys(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """What completes the name of an option in a shell."""
    from mlsd_cards.store.option import OPTIONS

    return [name for name in OPTIONS if name.startswith(begun)]


@click.group(cls=Actions, epilog="Example: mlsd-cards config set new_a_day 15")
def command() -> None:
    """Read or change settings.

    Preferences of this machine stand in config.toml, which may be edited. Settings that change
    what a past means are events in the log: all schedules are computed anew with them, and setting
    them back gives the old ones back.
    """


@command.command("list", epilog="Example: mlsd-cards config list --json")
@options.as_json
@options.home
@click.pass_context
def list_(context: click.Context, as_json: bool, home: str | None) -> None:
    """Show every option: its value, default, meaning, and where it is kept."""
    from mlsd_cards.cards.problem import has_errors
    from mlsd_cards.store.option import OPTIONS, told

    app = options.begin(home)
    values, problems = current(app), app.config_problems()
    if as_json:
        rows = {
            key: {
                "value": told(option, values[key]),
                "default": told(option, option.default),
                "kept": option.kept,
                "values": option.form.words,
                "meaning": option.meaning,
            }
            for key, option in OPTIONS.items()
        }
        found = [problem._asdict() for problem in problems]
        options.print_json({"options": rows, "problems": found})
    else:
        show(values)
        for problem in problems:
            options.say(str(problem), err=True)
    context.exit(1 if has_errors(problems) else 0)


def show(values: dict[str, Any]) -> None:
    """Print every option, for a person in two lines, for a program as a record."""
    from mlsd_cards.store.option import OPTIONS, said
    from mlsd_cards.term.report import Report

    report = Report()
    for key, option in OPTIONS.items():
        value, default = said(option, values[key]), said(option, option.default)
        if not report.is_terminal:
            report.record(key, value, default, option.kept, option.meaning)
            continue
        report.say(f"{key} = {value}", style="bold")
        words = f"{option.form.words}; default {default or 'none'}; in {place(option)}"
        report.say(f"{option.meaning} ({words})", "  ")


def place(option: Option) -> str:
    """Where an option is kept, in words."""
    from mlsd_cards.store.option import LOG

    return "the log" if option.kept == LOG else option.kept


@command.command("get", epilog="Example: mlsd-cards config get new_a_day")
@click.argument("key", shell_complete=keys)
@options.as_json
@options.home
def get(key: str, as_json: bool, home: str | None) -> None:
    """Print the value of KEY; of a list, an item a line."""
    from mlsd_cards.store.option import told

    option = named(key)
    value = told(option, current(options.open_app(home))[key])
    if as_json:
        options.print_json(value)
        return
    for item in value if isinstance(value, list) else [value]:
        options.say(option.form.write(item) if not isinstance(item, str) else item)


@command.command("set", epilog="Example: mlsd-cards config set rollover 05:00")
@click.argument("key", shell_complete=keys)
@click.argument("values", nargs=-1, required=True, metavar="VALUE...")
@options.home
def set_(key: str, values: tuple[str, ...], home: str | None) -> None:
    """Set KEY to VALUE; only a list takes several."""
    from mlsd_cards.store.option import said

    option, app = named(key), options.begin(home)
    value = read(key, option, values)
    keep(app, key, option, value)
    options.say(f"{key} = {said(option, value)} (in {place(option)})")
    for problem in options.begin(home).config_problems():
        options.say(str(problem), err=True)


@command.command("unset", epilog="Example: mlsd-cards config unset new_a_day")
@click.argument("key", shell_complete=keys)
@options.home
def unset(key: str, home: str | None) -> None:
    """Go back to the default of KEY."""
    from mlsd_cards.store.option import said

    option, app = named(key), options.begin(home)
    keep(app, key, option, None)
    options.say(f"{key} = {said(option, option.default) or 'none'} (the default)")


@command.command("path", epilog="Example: mlsd-cards config path")
@options.home
def path(home: str | None) -> None:
    """Print where config.toml is, or would be."""
    options.say(options.begin(home).config)


@command.command("edit", epilog="Example: mlsd-cards config edit")
@options.home
@click.pass_context
def edit(context: click.Context, home: str | None) -> None:
    """Open config.toml in your editor; made first if there is none, with every option in it."""
    from pathlib import Path

    from mlsd_cards.store.config import load, template, write

    app = options.begin(home)
    editor = app.preferences.editor or None  # opens the store, and with it makes the home
    if not Path(app.config).exists():
        write(app.config, template())
    click.edit(filename=app.config, editor=editor)
    problems = load(app.config).problems
    for problem in problems:
        options.say(str(problem), err=True)
    context.exit(1 if problems else 0)


def named(key: str) -> Option:
    """The option of that name; ``UserError`` names the nearest."""
    from mlsd_cards.store.option import OPTIONS

    if key not in OPTIONS:
        raise UserError(f"no option is called {key!r}", names.nearest(key, set(OPTIONS)))
    return OPTIONS[key]


def read(key: str, option: Option, texts: tuple[str, ...]) -> Any:
    """The value that is given as ``texts``; paths are taken from the working folder."""
    from pathlib import Path

    from mlsd_cards.store.option import PATHS, taken

    try:
        value = taken(option, texts)
    except ValueError as error:
        given = " ".join(texts)
        raise UserError(f"{key} cannot be {given!r}", f"Give {option.form.words}.") from error
    if option.form is PATHS:
        return tuple(one if one.startswith("~") else str(Path(one).absolute()) for one in value)
    return value


def keep(app: App, key: str, option: Option, value: Any) -> None:
    """Keep a value where it belongs; None for the default."""
    from mlsd_cards.store import log
    from mlsd_cards.store.config import changed, load, write
    from mlsd_cards.store.option import LOG

    if option.kept == LOG:
        value = option.default if value is None else value
        if value != current(app)[key]:
            app.store.append(log.CONFIGURED, "", app.moment(), payload={key: value})
        return
    with app.store.write():  # two windows may be setting something at once
        config = load(app.config)
        text = changed(config, key, value)
        if text != config.text:
            write(app.config, text)


def current(app: App) -> dict[str, Any]:
    """Every option's value at this moment."""
    settings = app.store.settings
    logged = {**settings._asdict(), **settings.sm2._asdict()}
    return {**app.preferences._asdict(), **logged}
