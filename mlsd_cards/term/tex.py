"""A formula in TeX as a line of Unicode: ``\\frac{a+b}{c}`` becomes (a+b)/c, ``x_{ij}`` xᵢⱼ.

pylatexenc reads it and knows the symbols. Its own text makes 1/1+e^-x of 1/(1+e⁻ˣ), so the line is
put together here; what a line cannot say is left as typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from unicodedata import normalize

from mlsd_cards.term.formula import (
    CLOSE,
    FACTOR,
    INFIX,
    OPEN,
    PREFIX,
    RATIO,
    SPACE,
    WORD,
    Sign,
    joined,
    kinds,
    part,
    sign_of,
)

LONGEST = 400
"""Characters; a longer formula is no line of a card."""


class UndrawableError(Exception):
    """Something that no line can say, or that nobody knows."""


def drawn(tex: str) -> str | None:
    """The formula in Unicode; None where it is better read as typed."""
    if len(tex) > LONGEST:
        return None
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerError

    tex = BARE.sub(r"\1{\2}", tex)
    try:
        walker = LatexWalker(tex, latex_context=_grammar(), tolerant_parsing=False)
        line = joined(_signs(walker.get_latex_nodes()[0]))
        return re.sub(" +", " ", line).strip() or None
    except (LatexWalkerError, UndrawableError, RecursionError):
        return None


BARE = re.compile(r"([_^])(\\[A-Za-z]+(?:\{[^{}]*\})+)")
"""``x_\\text{max}``, which TeX understands and the parser only in braces."""

RAISED = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ⊤*∘'†",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡᵀ*°'†",
        strict=True,
    )
)
LOWERED = dict(
    zip(
        "0123456789+-=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
NOTHING = "! left right middle big Big bigg Bigg bigl bigr Bigl Bigr limits nolimits displaystyle"
SYMBOLS = {
    **dict.fromkeys(NOTHING.split(), ""),
    **dict.fromkeys((",", ":", ";", " ", "quad", "qquad"), " "),
    **{sign: sign for sign in "%$&#_{}"},
    **{word: word for word in ("argmax", "argmin", "arg", "det", "dim", "gcd", "ker", "Pr")},
    "|": "‖",
    "ne": "≠",
    "lt": "<",
    "gt": ">",
    "implies": "⟹",
    "iff": "⟺",
    "land": "∧",
    "lor": "∨",
    "neg": "¬",
    "phi": "φ",
    "epsilon": "ε",
}
"""What the library does not know, or what reads better so."""

BARS = {"mid": INFIX, "lvert": OPEN, "rvert": CLOSE, "lVert": OPEN, "rVert": CLOSE}
PIECE = re.compile(r" +|\d+(?:[.,]\d+)*|[A-Z]{2,}|.", re.S)

ACCENTS = {
    **dict.fromkeys(("hat", "widehat"), "\u0302"),
    **dict.fromkeys(("tilde", "widetilde"), "\u0303"),
    **dict.fromkeys(("bar", "overline"), "\u0304"),
    "dot": "\u0307",
    "ddot": "\u0308",
    "vec": "\u20d7",
}
ALPHABETS = {
    **dict.fromkeys(("mathbf", "boldsymbol", "bm"), "bold"),
    **dict.fromkeys(("mathcal", "mathscr"), "script"),
    "mathbb": "doublestruck",
    "mathfrak": "fraktur",
}
UPRIGHT = ("text", "textrm", "textbf", "textit", "mathrm", "mathit", "mathsf", "mathtt")


def _signs(nodes: Iterable[Any]) -> list[Sign]:
    made: list[Sign] = []
    for node in nodes:
        NODES.get(type(node).__name__, _refused)(made, node)
    return made


def _refused(_: list[Sign], node: Any) -> None:
    raise UndrawableError(type(node).__name__)


def _chars(made: list[Sign], node: Any) -> None:
    if "&" in node.chars:
        raise UndrawableError("&")
    made.extend(map(sign_of, PIECE.findall(node.chars.replace("~", " "))))


def _group(made: list[Sign], node: Any) -> None:
    made.extend(_signs(node.nodelist))


def _script(made: list[Sign], node: Any) -> None:
    """``^`` or ``_`` and what stands behind it: in small signs, if there are such for all of it."""
    (argument,) = _arguments(node)
    inside = _inside(argument)
    text = re.sub(r" ?([^\w\s()]) ?", r"\1", joined(inside))
    while made and made[-1].kind == SPACE:
        made.pop()
    base = made.pop() if made else Sign("", FACTOR)
    if base.kind in {RATIO, PREFIX}:
        base = Sign(f"({base.text})" if base.kind == RATIO else base.text, FACTOR)
    small = RAISED if node.specials_chars == "^" else LOWERED
    signs = "".join(small.get(char, " ") for char in text.replace(" ", ""))
    if " " in signs:
        single = sum(one.kind != SPACE for one in inside) == 1
        signs = node.specials_chars + (text if single else f"({text})")
    made.append(Sign(base.text + signs, base.kind))
    _behind(made, argument)


def _macro(made: list[Sign], node: Any) -> None:
    form = FORMS.get(node.macroname)
    if form is None:
        made.extend(_symbol(node.macroname))
        _behind(made, node)
        return
    made.append(form(node.macroname, *map(_inside, _arguments(node))))


def _arguments(node: Any) -> list[Any]:
    """The nodes that a macro or script applies to; as an argument itself it has read none."""
    if not node.nodeargd or not node.nodeargd.argnlist:
        raise UndrawableError("no argument")
    nodes: list[Any] = node.nodeargd.argnlist
    return nodes


def _inside(node: Any) -> list[Sign]:
    if node is None:
        return []
    return _signs(node.nodelist if hasattr(node, "nodelist") else [node])


def _behind(made: list[Sign], node: Any) -> None:
    """The space that ends a macro's name, which is one to the eye too."""
    if getattr(node, "macro_post_space", ""):
        made.append(Sign(" ", SPACE))


def _symbol(name: str) -> list[Sign]:
    """A macro without arguments; one of those that say nothing, such as ``\\left``, is no sign."""
    text = SYMBOLS.get(name)
    if text is None:
        spec = _symbols().get_macro_spec(name)
        text = spec.simplify_repl if spec else None
    if not isinstance(text, str) or not text.isprintable():
        raise UndrawableError(name)
    if name in BARS:
        return [Sign(text, BARS[name])]
    if len(text) > 1 and text.isalpha():
        return [Sign(text, WORD)]
    if len(text) > 1:
        raise UndrawableError(name)
    return [sign_of(text)] if text else []


def _ratio(_: str, above: list[Sign], below: list[Sign]) -> Sign:
    return Sign(f"{part(above)}/{part(below, below=True)}", RATIO)


def _root(_: str, degree: list[Sign], under: list[Sign]) -> Sign:
    signs = [RAISED.get(char, "") for char in joined(degree)]
    if not all(signs):
        raise UndrawableError("sqrt")
    text = joined(under)
    if kinds(under) != [FACTOR] or text[:2].isupper():
        text = f"({text})"
    return Sign("".join(signs) + "√" + text, FACTOR)


def _choice(_: str, above: list[Sign], below: list[Sign]) -> Sign:
    return Sign(f"({joined(above)} choose {joined(below)})", FACTOR)


def _accent(name: str, under: list[Sign]) -> Sign:
    text = normalize("NFC", joined(under))
    if len(text) != 1:
        raise UndrawableError(name)
    return Sign(normalize("NFC", text + ACCENTS[name]), FACTOR)


def _lettered(name: str, inside: list[Sign]) -> Sign:
    from pylatexenc.latex2text import fmt_math_text_style

    text = joined(inside)
    styled: str = fmt_math_text_style(text, ALPHABETS[name])
    return Sign("𝟙" if (name, text) == ("mathbb", "1") else styled, FACTOR)


def _upright(_: str, inside: list[Sign]) -> Sign:
    return Sign("".join(sign.text for sign in inside), FACTOR)


def _named(_: str, star: list[Sign], inside: list[Sign]) -> Sign:
    return Sign(joined(inside), WORD)


NODES: dict[str, Callable[[list[Sign], Any], None]] = {
    "LatexCharsNode": _chars,
    "LatexGroupNode": _group,
    "LatexMacroNode": _macro,
    "LatexSpecialsNode": _script,
}
FORMS: dict[str, Callable[..., Sign]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac"), _ratio),
    **dict.fromkeys(ACCENTS, _accent),
    **dict.fromkeys(ALPHABETS, _lettered),
    **dict.fromkeys(UPRIGHT, _upright),
    "binom": _choice,
    "operatorname": _named,
    "sqrt": _root,
}
ARGUMENTS = {_ratio: "{{", _choice: "{{", _named: "*{", _root: "[{"}


@cache
def _grammar() -> Any:
    """What takes arguments; anything else is a symbol."""
    from pylatexenc.macrospec import (
        EnvironmentSpec,
        LatexContextDb,
        MacroSpec,
        MacroStandardArgsParser,
        SpecialsSpec,
    )

    grammar = LatexContextDb()
    grammar.add_context_category(
        "forms",
        macros=[MacroSpec(name, ARGUMENTS.get(form, "{")) for name, form in FORMS.items()],
        specials=[SpecialsSpec(sign, args_parser=MacroStandardArgsParser("{")) for sign in "^_"],
    )
    grammar.set_unknown_macro_spec(MacroSpec(""))
    grammar.set_unknown_environment_spec(EnvironmentSpec(""))
    return grammar


@cache
def _symbols() -> Any:
    from pylatexenc.latex2text import get_default_latex_context_db

    return get_default_latex_context_db()
