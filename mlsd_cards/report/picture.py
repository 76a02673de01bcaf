"""What matplotlib draws, as SVG that stands in a page and takes its colours from there.

A picture is drawn in colours that mean nothing but their names; in the SVG each becomes a class of
the style sheet, so that light and dark are the page's to choose, and no style stands in the SVG,
which the page's policy would refuse. No text from a deck comes into a picture.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 330
"""Units across, about the pixels that a phone has: text is not made smaller there."""

UNITS_AN_INCH = 72

INK, SOFT, GRID, PANEL, ONE, TWO = "#000001", "#000002", "#000003", "#000004", "#000005", "#000006"
HEAT = ("#000011", "#000012", "#000013", "#000014")
NAMES = {INK: "ink", SOFT: "soft", GRID: "grid", PANEL: "panel", ONE: "one", TWO: "two"} | {
    colour: f"heat{level}" for level, colour in enumerate(HEAT, 1)
}
"""The colours by their names in the style sheet."""

SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "mlsd-cards",
    "text.parse_math": False,
    "font.size": 12,
    "text.color": INK,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "grid.color": GRID,
    "hatch.color": PANEL,
    "hatch.linewidth": 1.2,
    "legend.frameon": False,
    "legend.handlelength": 1.4,
    "legend.borderpad": 0,
}

Painter = Callable[["Axes"], None]


def check_installed() -> None:
    """Refuse to go on where the one library is missing that only a report needs."""
    try:
        import_module("matplotlib")
    except ModuleNotFoundError:
        raise UserError(
            "the pictures of a report need matplotlib, which is not installed",
            "Install it with the program's extra `report`: pipx install --force '.[report]'"
            " in its folder, or pip install matplotlib where it runs.",
        ) from None


def picture(name: str, title: str, told: str, paint: Painter, height: int = 190) -> str:
    """What ``paint`` draws, ``height`` units high, as SVG whose text is ``title`` and ``told``.
    No other picture of the page may have its ``name``."""
    from logging import CRITICAL, getLogger

    getLogger("matplotlib").setLevel(CRITICAL)  # what is amiss with its caches is none of ours
    from matplotlib import rc_context, rcdefaults, rcParams
    from matplotlib.figure import Figure

    with rc_context():
        rcdefaults()  # whatever the person's own matplotlibrc says
        rcParams.update(SETTINGS)
        size = WIDTH / UNITS_AN_INCH, height / UNITS_AN_INCH
        figure = Figure(figsize=size, layout="constrained")
        paint(figure.add_subplot())
        out = io.BytesIO()
        figure.savefig(out, format="svg")
    root = ElementTree.fromstring(out.getvalue())  # noqa: S314 - matplotlib's own
    return _set_in(root, name, title, told)


SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"

WITHOUT = {f"{SVG}metadata", f"{SVG}style"}
"""What says nothing to a reader, or is the page's to say."""


def _set_in(root: ElementTree.Element, name: str, title: str, told: str) -> str:
    """The drawing as an element of the page."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in WITHOUT:
                parent.remove(child)
    for one in root.iter():
        _theme(one)
    used = {_target(value) for one in root.iter() for value in one.attrib.values()}
    for one in root.iter():
        _rename(one, name, used)
    parts = {"title": title, "desc": told}
    for place, (kind, words) in enumerate(parts.items()):
        element = ElementTree.Element(kind, {"id": f"{name}-{kind}"})
        element.text = words
        root.insert(place, element)
    root.attrib = {
        "viewBox": root.attrib["viewBox"],
        "role": "img",
        "aria-labelledby": f"{name}-title",
        "aria-describedby": f"{name}-desc",
    }
    _tighten(root)
    return ElementTree.tostring(root, encoding="unicode")


def _theme(element: ElementTree.Element) -> None:
    """Turn an element's style into classes and attributes; fonts are the page's."""
    pairs = (one.partition(":") for one in element.attrib.pop("style", "").split(";") if one)
    declared = {key.strip(): value.strip() for key, _, value in pairs}
    for key in ("fill", "stroke"):
        if key in element.attrib:
            declared[key] = element.attrib.pop(key)
    classes = [f"{key[0]}-{NAMES[value]}" for key, value in declared.items() if value in NAMES]
    if classes:
        element.set("class", " ".join(classes))
    for key, value in declared.items():
        if value not in NAMES and not key.startswith("font"):
            element.set(key, value)


def _rename(element: ElementTree.Element, name: str, used: set[str]) -> None:
    """Give an element a name of HTML, and what it is called and refers to one of its own."""
    element.tag = element.tag.removeprefix(SVG)
    for key, value in list(element.attrib.items()):
        del element.attrib[key]
        if key == "id":
            if value in used:
                element.set(key, f"{name}-{value}")
        elif target := _target(value):
            element.set(key.removeprefix(XLINK), value.replace(target, f"{name}-{target}"))
        else:
            element.set(key, value)


def _target(value: str) -> str:
    """The id that an attribute refers to, if it does."""
    if value.startswith("url(#"):
        return value[5:].rstrip(")")
    return value[1:] if value.startswith("#") and value not in NAMES else ""


def _tighten(element: ElementTree.Element) -> None:
    """Leave out the space between elements, and line breaks in paths."""
    for one in element.iter():
        if not (one.text or "").strip():
            one.text = None
        one.tail = None
        if "d" in one.attrib:
            one.set("d", " ".join(one.attrib["d"].split()))
