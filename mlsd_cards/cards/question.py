"""A card as it is asked at one repetition: the order of its options, its numbers, its gap."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, cast

from mlsd_cards.cards.card import (
    DELETION,
    Basic,
    Card,
    Choice,
    Cloze,
    Computed,
    MultiSelect,
    Number,
    Numeric,
    Option,
)

if TYPE_CHECKING:
    from mlsd_cards.cards.comparison import Cell, Comparison
    from mlsd_cards.cards.diagram import Diagram
    from mlsd_cards.cards.ordering import Ordering

RECALL, CHOOSE, TOGGLE, TYPE, ORDER = "recall", "choose", "toggle", "type", "order"


@dataclass(frozen=True, slots=True)
class Question:
    """What is shown and what is right, fixed for this repetition.

    ``form`` says how it is answered: ``recall`` (think, then look), ``choose`` one option,
    ``toggle`` several, ``type`` a number, or ``order`` items. ``options`` and ``items`` stand in
    the order shown; ``cell`` is what is hidden of a comparison.
    """

    card: Card
    form: str
    prompt: str
    answer: str
    options: tuple[Option, ...] = ()
    value: float = 0.0
    solved: str = ""
    """What stands in place of the prompt beside the answer: the text with its gap filled."""
    items: tuple[str, ...] = ()
    fixed_first: bool = False
    cell: Cell | None = None

    @property
    def count(self) -> int:
        """How many options there are to choose from, or items to order."""
        return len(self.options or self.items)


def ask(card: Card, repetition: int) -> Question:
    """The question that ``card`` puts at its ``repetition``-th showing (from 0).

    The same card and repetition give the same question on every machine; the next repetition
    shuffles the options and draws the numbers anew.
    """
    rng = Random(f"{card.id}:{repetition}")  # noqa: S311 - a shuffle, not a secret
    match card:
        case Choice():
            # only random() itself draws the same under every version of Python
            options = tuple(sorted(card.options, key=lambda _: rng.random()))
            form = TOGGLE if isinstance(card, MultiSelect) else CHOOSE
            right = "\n".join(option.text for option in options if option.correct)
            return Question(card, form, card.prompt, right, options)
        case Computed():
            from mlsd_cards.cards.generators.generate import draw

            drawn = draw(card.generator, card.params, card.tolerance, rng)
            prompt = fill(card.prompt, drawn.shown)
            return Question(card, TYPE, prompt, show_value(card, drawn.value), (), drawn.value)
        case Numeric():
            return Question(card, TYPE, card.prompt, show_value(card, card.value), (), card.value)
        case Cloze():
            return Question(card, RECALL, hidden(card), revealed(card), solved=filled(card))
        case Basic():
            return Question(card, RECALL, card.prompt, card.answer)
    return _ask_apart(card, repetition, rng)


def _ask_apart(card: Card, repetition: int, rng: Random) -> Question:
    """The question of a kind with a module of its own, which is loaded by now."""
    match card.kind:
        case "ordering":
            from mlsd_cards.cards.ordering import shuffled

            ordering = cast("Ordering", card)
            return Question(
                card,
                ORDER,
                card.prompt,
                "\n".join(ordering.items),
                items=shuffled(ordering, rng),
                fixed_first=ordering.fixed_first,
            )
        case "comparison":
            from mlsd_cards.cards.comparison import hidden

            comparison = cast("Comparison", card)
            cell = hidden(comparison, repetition)
            return Question(card, RECALL, card.prompt, comparison.text(cell), cell=cell)
        case "diagram":
            return Question(card, RECALL, card.prompt, cast("Diagram", card).missing)
    raise TypeError(f"no question for a card of kind {card.kind}")


def example(card: Computed) -> Question:
    """The question with the numbers that its author pinned; without any, as it is asked first."""
    from mlsd_cards.cards.generators.generate import checked
    from mlsd_cards.cards.generators.generator import show
    from mlsd_cards.cards.generators.table import GENERATORS

    if "params" not in card.pinned:
        return ask(card, 0)
    values, row = checked(card.generator, card.pinned["params"]), GENERATORS[card.generator]
    prompt = fill(card.prompt, {name: show(values[name]) for name in row.shows})
    value = row.value(values)
    return Question(card, TYPE, prompt, show_value(card, value), value=value)


def hidden(card: Cloze) -> str:
    """The text with this card's deletions hidden and its siblings' shown."""
    return DELETION.sub(
        lambda m: f"[{m[3] or '…'}]" if int(m[1]) == card.ordinal else m[2], card.prompt
    )


def filled(card: Cloze) -> str:
    """The text with this card's deletions in brackets, where the gaps were."""
    return DELETION.sub(lambda m: f"[{m[2]}]" if int(m[1]) == card.ordinal else m[2], card.prompt)


def revealed(card: Cloze) -> str:
    """The deletions that this card asks for, in the order of the text."""
    return " … ".join(m[2] for m in DELETION.finditer(card.prompt) if int(m[1]) == card.ordinal)


def fill(prompt: str, shown: dict[str, str]) -> str:
    """The prompt with ``{name}`` replaced by what was drawn; other braces stay as typed."""
    for name, text in shown.items():
        prompt = prompt.replace("{" + name + "}", text)
    return prompt


def show_value(card: Number, value: float) -> str:
    """A right value with its unit: 0.9305, 78,125, 1.2e21, 51.2 GB.

    At least four significant digits, and as many more as the tolerance asks for, so that typing
    what is shown is a right answer.
    """
    from mlsd_cards.cards.quantity import written  # here, because few cards show a number

    texts = (written(value, digits) for digits in range(4, 18))
    text = next(t for t in texts if card.tolerance.accepts(float(t.replace(",", "")), value))
    return text if card.unit == "1" else f"{text} {card.unit}"
