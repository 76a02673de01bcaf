"""All rules in one table, and the titles under which they are explained."""

from __future__ import annotations

from mlsd_cards.cards.card import KINDS
from mlsd_cards.cards.lint import acronyms, forms, leaks, links, mixes, numbers, options, wording
from mlsd_cards.cards.lint.rule import ERROR, WARNING, Rule

ANY = frozenset(KINDS)
DAILY = ANY - {"rubric"}
BASIC = frozenset(["basic"])
ESTIMATED = frozenset(["numeric", "computed", "diagram"])

RULES = (
    Rule("L01", ERROR, wording.explanation_teaches, ANY),
    Rule("L02", ERROR, wording.one_idea, BASIC),
    Rule("L02", ERROR, wording.one_question, DAILY),
    Rule("L02", WARNING, wording.short_answer, BASIC),
    Rule("L03", WARNING, wording.short_prompt, ANY),
    Rule("L04", ERROR, wording.no_yes_or_no, ANY),
    Rule("L05", ERROR, wording.no_long_list, BASIC),
    Rule("L06", ERROR, forms.order_is_bounded, frozenset(["ordering"])),
    Rule("L07", WARNING, leaks.answer_is_not_in_the_prompt),
    Rule("L07", WARNING, leaks.right_option_is_no_echo, frozenset(["mcq"])),
    Rule("L08", ERROR, forms.gap_has_context, frozenset(["cloze"])),
    Rule("L09", WARNING, wording.unambiguous, DAILY),
    Rule("L09", WARNING, wording.metric_is_defined, frozenset(["numeric", "computed"])),
    Rule("L10", ERROR, options.choice_has_its_form, frozenset(["mcq"])),
    Rule("L12", ERROR, options.selection_has_its_form, frozenset(["multi_select"])),
    Rule("L13", ERROR, numbers.number_is_reproducible, frozenset(["numeric", "computed"])),
    Rule("L14", ERROR, numbers.every_draw_is_fair, frozenset(["computed"])),
    Rule("L15", ERROR, forms.sides_decide, frozenset(["comparison"])),
    Rule("L16", ERROR, forms.drawing_is_fair, frozenset(["diagram"])),
    Rule("L17", ERROR, forms.interview_is_whole, frozenset(["rubric"]), house=True),
    Rule("L18", ERROR, links.cites_what_is_listed),
    Rule("L18", ERROR, links.convention_says_so, ANY - ESTIMATED, house=True),
    Rule("L19", WARNING, wording.no_absolute_claim, DAILY),
    Rule("L20", WARNING, wording.dated, ANY),
    Rule("L21", ERROR, links.no_duplicate),
    Rule("L21", WARNING, mixes.answers_differ),
    Rule("L23", WARNING, links.requires_what_exists),
    Rule("L23", WARNING, links.hard_needs_basics, ANY, house=True),
    Rule("L23", WARNING, mixes.topic_begins_low, house=True),
    Rule("L24", ERROR, links.tagged_for_an_interview, ANY, house=True),
    Rule("L25", WARNING, forms.time_is_right, ANY),
    Rule("L26", WARNING, wording.plain_wording, DAILY),
    Rule("L26", WARNING, acronyms.acronym_is_spelled_out, house=True),
    Rule("L27", WARNING, mixes.topic_has_angles, house=True),
    Rule("L28", WARNING, wording.effortful, BASIC),
    Rule("L28", WARNING, mixes.recall_is_a_part, house=True),
    Rule("L29", WARNING, links.no_trivia),
    Rule("L30", WARNING, mixes.deck_is_balanced, house=True),
)

TITLES = {
    "L00": "A lint_ok silences something and says why",
    "L01": "Understand before memorising",
    "L02": "One idea per card",
    "L03": "Short prompt",
    "L04": "No yes or no",
    "L05": "No long lists",
    "L06": "Orderings are bounded",
    "L07": "The question does not give the answer away",
    "L08": "A cloze has context",
    "L09": "Unambiguous",
    "L10": "Form of an mcq",
    "L11": "Place of the right option",
    "L12": "Form of a multi_select",
    "L13": "Numbers are reproducible",
    "L14": "Every draw is fair",
    "L15": "Form of a comparison",
    "L16": "Form of a diagram",
    "L17": "Form of a rubric",
    "L18": "Sourced",
    "L19": "No absolute claims",
    "L20": "Dated facts are dated",
    "L21": "No duplicates",
    "L22": "No copied text",
    "L23": "Basics first",
    "L24": "Asked in an interview",
    "L25": "Time",
    "L26": "Plain wording",
    "L27": "Several angles",
    "L28": "Effortful",
    "L29": "No trivia",
    "L30": "Balance",
}

UNCHECKED = {
    "L00": "An entry of lint_ok is the code of a rule, a colon and a reason: “L07: the term is the "
    "point”. It silences that rule on that card. One that has another form, or silences nothing, "
    "is reported.",
    "L11": "The program shuffles the options of every question, so their order in the file gives "
    "nothing away.",
    "L22": "The texts of the sources are not here to compare with: a reviewer looks.",
}
"""What there is to say of codes without a rule."""
