"""The lines of an ordering while a person puts them in order, by number or by hand."""

from __future__ import annotations

from typing import NamedTuple


class Arrangement(NamedTuple):
    """All lines from the top, each by its place in ``Question.items``, and the cursor ``at`` one.

    The first ``placed`` lines have been put there by number; of them ``fixed`` (0 or 1) stood there
    from the start and stays. ``held`` says that the line at the cursor moves with it.
    """

    order: tuple[int, ...]
    at: int = 0
    fixed: int = 0
    placed: int = 0
    held: bool = False

    @property
    def untouched(self) -> bool:
        """Whether the lines stand as they were shown and none was given its place."""
        return self.placed == self.fixed and self.order == tuple(sorted(self.order))

    @property
    def waiting(self) -> int:
        """How many lines wait for their number; 0 while none was given one. The last needs none."""
        rest = len(self.order) - self.placed
        return rest if self.placed > self.fixed and rest > 1 else 0


def begin(count: int, *, fixed_first: bool) -> Arrangement:
    """The lines as they are shown."""
    fixed = int(fixed_first)
    return Arrangement(tuple(range(count)), at=fixed, fixed=fixed, placed=fixed)


def act(lines: Arrangement, done: str, key: str) -> tuple[Arrangement, str]:
    """The lines after an action of the tables, and what to say to one that changes nothing."""
    match done:
        case "place":
            if int(key) > len(lines.order):
                return lines, f"There are {len(lines.order)} lines."
            after = put(lines, int(key) - 1)
            return after, "" if after != lines else f"{key} has its place already."
        case "unplace":
            after = back(lines)
            return after, "" if after != lines else "No number to take back."
        case "grab":
            return lines._replace(held=not lines.held), ""
    step = -1 if key == "up" else 1
    if lines.held:
        return moved(lines, step), ""
    free = len(lines.order) - lines.fixed
    return lines._replace(at=lines.fixed + (lines.at - lines.fixed + step) % free), ""


def put(lines: Arrangement, index: int) -> Arrangement:
    """Line ``index`` placed next; nothing changes if it has its place already."""
    done, rest = lines.order[: lines.placed], lines.order[lines.placed :]
    if index in done:
        return lines
    order = (*done, index, *(other for other in rest if other != index))
    return lines._replace(order=order, at=lines.placed, placed=lines.placed + 1, held=False)


def back(lines: Arrangement) -> Arrangement:
    """The line placed last goes back to where it was shown among the others."""
    if lines.placed == lines.fixed:
        return lines
    *done, last = lines.order[: lines.placed]
    rest = list(lines.order[lines.placed :])
    at = next((at for at, other in enumerate(rest) if other > last), len(rest))
    rest.insert(at, last)
    placed = lines.placed - 1
    return lines._replace(order=(*done, *rest), at=placed + at, placed=placed, held=False)


def moved(lines: Arrangement, step: int) -> Arrangement:
    """The line at the cursor after it changed places with a neighbour; beyond the last of the
    placed lines it leaves them, and from below it joins them."""
    at, other = lines.at, lines.at + step
    if not lines.fixed <= other < len(lines.order):
        return lines
    order = list(lines.order)
    order[at], order[other] = order[other], order[at]
    crossed = lines.fixed < lines.placed == max(at, other)
    return lines._replace(order=tuple(order), at=other, placed=lines.placed - step * crossed)
