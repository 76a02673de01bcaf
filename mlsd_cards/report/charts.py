"""The pictures: what stands where, in units of the axes. Each returns what paints it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mlsd_cards.report.picture import GRID, HEAT, INK, ONE, PANEL, SOFT, TWO, Painter
from mlsd_cards.study.statistics.heat import WEEKS, HeatMap
from mlsd_cards.study.statistics.period import WEEK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

EPOCH = 719_163
"""The ordinal of the study day 0."""

TICKS = 4
"""So many dates find room below a picture."""

WHOLE = 100


class Point(NamedTuple):
    """A share at a place, and between which shares it may lie, in percent."""

    place: float
    percent: float
    low: float
    high: float


class Stack(NamedTuple):
    """Bars in two parts, one upon the other, and what the parts are called."""

    lower: Sequence[float]
    upper: Sequence[float]
    names: tuple[str, str]


class Level(NamedTuple):
    """How sure one was: which shares justify that, in percent, and what share it was, if that can
    be told."""

    name: str
    low: float
    high: float
    was: Point | None


def day_month(day: float) -> str:
    """``21 Nov``."""
    when = date.fromordinal(round(day) + EPOCH)
    return f"{when.day} {when:%b}"


def retention(points: Sequence[Point]) -> Painter:
    """Shares over time, each with its interval."""

    def paint(axes: Axes) -> None:
        places = [one.place for one in points]
        lows, highs = [one.low for one in points], [one.high for one in points]
        axes.vlines(places, lows, highs, colors=SOFT, linewidth=1)
        axes.plot(places, [one.percent for one in points], color=ONE, marker="o", markersize=4)
        _percents(axes, min(lows))
        _dates(axes, places)

    return paint


def scores(percents: Sequence[int], first: int) -> Painter:
    """Scores in a row, the first of which is number ``first``."""

    def paint(axes: Axes) -> None:
        numbers = range(first, first + len(percents))
        axes.plot(numbers, percents, color=ONE, marker="o", markersize=5)
        axes.annotate(
            f"{percents[-1]} %", (numbers[-1], percents[-1]), (8, 0),
            textcoords="offset points", va="center", color=INK,
        )  # fmt: skip
        axes.set_xlim(numbers[0] - 0.05 * len(percents), numbers[-1] + 0.15 * len(percents))
        _percents(axes, 0)
        step = -(-len(percents) // 8)
        axes.set_xticks(list(numbers)[::step])

    return paint


def bars(first: int, stack: Stack, sweep: int | None = None) -> Painter:
    """Something a day in two parts, from the study day ``first`` on; a line before the day on which
    a final ``sweep`` begins."""

    def paint(axes: Axes) -> None:
        days = range(first, first + len(stack.lower))
        axes.bar(days, stack.lower, color=ONE, width=0.8, label=stack.names[0])
        if any(stack.upper):
            axes.bar(
                days, stack.upper, 0.8, stack.lower, color=TWO, hatch="////", linewidth=0,
                label=stack.names[1],
            )  # fmt: skip
            axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1), ncols=2, borderaxespad=0.2)
        axes.grid(axis="y")
        axes.locator_params(axis="y", integer=True, nbins=5)
        axes.set_ylim(0, max(1, axes.get_ylim()[1]))
        if sweep is not None:
            axes.axvline(sweep - 0.5, color=INK, linewidth=1.2, linestyle=(0, (3, 2)))
            axes.annotate(
                "sweep", (sweep - 0.5, 1), (-3, -2), xycoords=axes.get_xaxis_transform(),
                textcoords="offset points", ha="right", va="top", color=INK,
            )  # fmt: skip
            axes.set_ylim(0, 1.12 * axes.get_ylim()[1])
        axes.set_xmargin(0.01)
        _dates(axes, days)

    return paint


SIDES = (0.16, 0.42, 0.56, 0.7, 0.86)
"""The side of a day's square by its shade: colour is not the only carrier."""


def heat(days: HeatMap) -> Painter:
    """A square a day: a row a weekday, a column a week."""

    def paint(axes: Axes) -> None:
        for weekday, row in enumerate(days.rows):
            for week, count in enumerate(row):
                if count is not None:
                    _square(axes, week, weekday, days.level(count))
        for level in range(len(SIDES)):
            _square(axes, WEEKS - 7 + 1.2 * level, WEEK + 0.8, level)
        below = WEEK + 0.8
        axes.text(WEEKS - 8, below, "less", ha="right", va="center", color=SOFT)
        axes.text(WEEKS - 0.6, below, "more", ha="left", va="center", color=SOFT)
        _months(axes, days.first)
        axes.set_yticks([0, 2, 4, 6], ["Mon", "Wed", "Fri", "Sun"])
        axes.set_xlim(-0.6, WEEKS + 2)
        axes.set_ylim(WEEK + 1.2, -0.6)
        axes.set_aspect("equal")
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0)

    return paint


def _square(axes: Axes, across: float, down: float, level: int) -> None:
    from matplotlib.patches import Rectangle

    side = SIDES[level]
    corner = across - side / 2, down - side / 2
    colour = HEAT[level - 1] if level else SOFT
    axes.add_patch(Rectangle(corner, side, side, facecolor=colour, linewidth=0))


def _months(axes: Axes, first: int) -> None:
    """Name each month above the week that its first day is in, unless the next is too near."""
    starts = [
        (day - first) // WEEK
        for day in range(first, first + WEEKS * WEEK)
        if date.fromordinal(day + EPOCH).day == 1
    ]
    names = [f"{date.fromordinal(first + start * WEEK + 6 + EPOCH):%b}" for start in starts]
    axes.xaxis.tick_top()
    axes.set_xticks(starts, names)


def calibration(levels: Sequence[Level]) -> Painter:
    """Of each level a band of what justifies it, and what it was as a point with its interval."""

    def paint(axes: Axes) -> None:
        for row, one in enumerate(levels):
            axes.barh(
                row, one.high - one.low, 0.5, one.low, facecolor=GRID, edgecolor=SOFT, linewidth=1
            )
            if one.was:
                axes.hlines(row, one.was.low, one.was.high, colors=INK, linewidth=1.5)
                axes.plot(
                    one.was.percent, row, color=ONE, marker="D", markersize=8,
                    markeredgecolor=PANEL,
                )  # fmt: skip
        axes.set_yticks(range(len(levels)), [one.name for one in levels])
        axes.invert_yaxis()
        axes.set_xlim(0, WHOLE)
        axes.set_xticks(range(0, WHOLE + 1, 25), [f"{tick} %" for tick in range(0, WHOLE + 1, 25)])
        axes.set_xmargin(0.02)

    return paint


def _percents(axes: Axes, lowest: float) -> None:
    """Percent upward, from a round number below the ``lowest``."""
    step = 25 if lowest < WHOLE / 2 else 10
    bottom = int(lowest // step) * step
    ticks = range(bottom, WHOLE + 1, step)
    axes.set_ylim(bottom, WHOLE + 2)
    axes.set_yticks(ticks, [f"{tick} %" for tick in ticks])
    axes.grid(axis="y")


def _dates(axes: Axes, days: Sequence[float]) -> None:
    """A few of the days below, the last one among them."""
    first, last = min(days), max(days)
    step = max(1, -(-(last - first) // (TICKS - 1)))
    ticks = [last - step * back for back in range(TICKS) if last - step * back >= first]
    long = last - first > 330
    axes.set_xticks(ticks, [_month_year(one) if long else day_month(one) for one in ticks])


def _month_year(day: float) -> str:
    return f"{date.fromordinal(round(day) + EPOCH):%b %Y}"
