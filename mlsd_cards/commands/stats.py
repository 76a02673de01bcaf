"""Where one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlsd_cards.commands import names, options
from mlsd_cards.commands.numbers import Whole

if TYPE_CHECKING:
    from mlsd_cards.store.catalogue import Filter
    from mlsd_cards.study.statistics.overview import Overview


@click.command(epilog="Example: mlsd-cards stats --days 30")
@options.wanted
@click.option("--days", type=Whole(1, 36_500), metavar="N", help="Only the last N days.")
@options.as_json
@options.plain
@options.decks
@options.home
def command(
    wanted: Filter,
    days: int | None,
    as_json: bool,
    plain: bool | None,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Say where you stand: what was done, what is due, remembered and hard.

    docs/stats.md says what each figure means. With --deck, --tag or --topic the figures are of
    these cards, without quizzes and interviews. --days changes neither the streak nor the map.
    """
    from mlsd_cards.run.statistics import overview

    app = options.open_app(home, decks)
    names.check_names(app.catalogue, wanted)
    made = overview(app, wanted, days)
    if as_json:
        from mlsd_cards.commands.figures import of_overview

        options.print_json(of_overview(made))
    else:
        tell(made, plain=app.preferences.plain if plain is None else plain)


def tell(made: Overview, *, plain: bool) -> None:
    """Print the figures as they are best read where they go."""
    from mlsd_cards.term.report import Report

    report = Report()
    if not made.practised.whole.answers and made.practised.everything and report.is_terminal:
        report.say("Nothing is answered yet. mlsd-cards review begins.")
    elif plain:
        from mlsd_cards.term.statistics.spoken import sentences

        for sentence in sentences(made):
            report.say(sentence)
    elif report.is_terminal:
        from mlsd_cards.term.statistics.view import lines

        for line in lines(made, report.room, report.glyphs):
            report.line(line)
    else:
        from mlsd_cards.commands.figures import records

        for fields in records(made):
            report.record(*fields)
