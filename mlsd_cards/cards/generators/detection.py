"""Generators of detection metrics: draws, right values, guards and usual wrong answers.

Formula: Everingham et al. 2010. A box is [left, top, right, bottom] in pixels; its area is width
times height, without the extra pixel that some tools add to both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mlsd_cards.cards.generators.generator import Generator, Param, Values, is_whole, pick, whole

if TYPE_CHECKING:
    from random import Random

FARTHEST = 10_000  # pixels


def is_box(value: Any) -> bool:
    """Whether it is four whole coordinates that enclose an area."""
    if not isinstance(value, (list, tuple)) or len(value) != 4 or not all(map(is_whole, value)):
        return False
    left, top, right, bottom = value
    return bool(0 <= left < right <= 2 * FARTHEST and 0 <= top < bottom <= 2 * FARTHEST)


BOX = Param("a box [left, top, right, bottom] with right > left and bottom > top", is_box)


def box(params: Values, rng: Random) -> list[int]:
    left, top = pick(params["corner"], rng), pick(params["corner"], rng)
    return [left, top, left + pick(params["side"], rng), top + pick(params["side"], rng)]


def boxes_draw(params: Values, rng: Random) -> dict[str, Any]:
    return {"truth": box(params, rng), "found": box(params, rng)}


def area(corners: Sequence[int]) -> int:
    """The area of a box; 0 when it is turned inside out."""
    left, top, right, bottom = corners
    return max(0, right - left) * max(0, bottom - top)


def areas(values: Values) -> tuple[int, int, int]:
    """The areas of both boxes and of their overlap."""
    truth, found = values["truth"], values["found"]
    low, high = map(max, truth[:2], found[:2]), map(min, truth[2:], found[2:])
    return area(truth), area(found), area([*low, *high])


def iou(values: Values) -> float:
    """Intersection over union."""
    one, other, overlap = areas(values)
    return overlap / (one + other - overlap)


def iou_guard(values: Values) -> bool:
    return 0 < iou(values) < 1


def iou_wrong(values: Values) -> Iterator[float]:
    one, other, overlap = areas(values)
    both = one + other
    return iter((overlap / both, 2 * overlap / both, overlap / min(one, other)))


CONV_IOU = Generator(
    params={"corner": whole(0, FARTHEST), "side": whole(1, FARTHEST)},
    shows={"truth": BOX, "found": BOX},
    draw=boxes_draw,
    value=iou,
    guard=iou_guard,
    wrong=iou_wrong,
)

DETECTION = {"conv_iou": CONV_IOU}
