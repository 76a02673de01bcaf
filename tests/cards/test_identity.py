"""Edits that a card outlives, and changes that make another card of it."""

from __future__ import annotations

import pytest

from mlsd_cards.cards.card import Basic, Cloze, Mcq, Option
from mlsd_cards.cards.identity import (
    Book,
    Gone,
    Newcomer,
    Text,
    clearly_alike,
    default_id,
    digest,
    digest_of_note,
    extra_ids,
    follow,
    settled,
    text_of,
)

SAME = [
    (
        "a slip mended",
        ("What does precison measure?", "TP / (TP + FP)"),
        ("What does precision measure?", "TP / (TP + FP)"),
    ),
    (
        "the answer reworded",
        ("Why is accuracy a poor metric for fraud?", "Nearly all are honest."),
        (
            "Why is accuracy a poor metric for fraud?",
            "A model that never alarms is 99.9 % accurate.",
        ),
    ),
    (
        "case and stops only",
        ("what is recall", "TP / (TP + FN)."),
        ("What is recall?", "TP / (TP + FN)"),
    ),
    (
        "a prompt made clearer",
        (
            "What does a calibrated score promise?",
            "That among cases scored p a share p is positive.",
        ),
        (
            "What does a well calibrated score promise about its cases?",
            "That among cases scored p a share p is positive.",
        ),
    ),
    (
        "both touched up",
        (
            "What does a high recall at low precision cost the reviewers?",
            "They read many false alarm for each true one.",
        ),
        (
            "What does high recall at low precision cost the reviewers?",
            "They read many false alarms for each true one.",
        ),
    ),
    (
        "words added to both",
        ("Name the first step of the interview.", "Clarify the requirements with the interviewer."),
        (
            "Name the first step of the design interview.",
            "Clarify the requirements with the interviewer first.",
        ),
    ),
]
OTHER = [
    (
        "recall for precision",
        ("What does precision measure?", "The share of alerts that are right"),
        ("What does recall measure?", "The share of positives that are found"),
    ),
    (
        "France and Spain",
        ("What is the capital of France?", "Paris"),
        ("What is the capital of Spain?", "Madrid"),
    ),
    (
        "long, with one word swapped on both sides",
        (
            "Of all the cases that the model flags as fraud, which share is precision about here?",
            "Precision divides by all that was flagged as fraud by the model",
        ),
        (
            "Of all the cases that the model flags as fraud, which share is recall about here?",
            "Recall divides by all that was flagged as fraud by the model",
        ),
    ),
    (
        "another question with the same short answer",
        ("How many towers has a two-tower model?", "2"),
        ("How many stages has the usual funnel?", "2"),
    ),
    ("one short generic prompt", ("Define:", "precision"), ("Define:", "quantisation of vectors")),
    ("nothing in common", ("Why shard?", "Memory"), ("When is a cache stale?", "After a write")),
]


@pytest.mark.parametrize(("old", "new"), [row[1:] for row in SAME], ids=[row[0] for row in SAME])
def test_an_edit_is_followed(old: tuple[str, str], new: tuple[str, str]) -> None:
    assert clearly_alike(Text(*old), Text(*new))
    assert clearly_alike(Text(*new), Text(*old))


@pytest.mark.parametrize(("old", "new"), [row[1:] for row in OTHER], ids=[row[0] for row in OTHER])
def test_another_card_is_not(old: tuple[str, str], new: tuple[str, str]) -> None:
    assert not clearly_alike(Text(*old), Text(*new))
    assert not clearly_alike(Text(*new), Text(*old))


def test_a_cloze_and_another_kind_have_no_history_in_common() -> None:
    assert not clearly_alike(
        Text("one two three four", "x", gapped=True), Text("one two three four", "x")
    )


def test_the_text_of_a_card_is_what_it_asks_and_answers() -> None:
    card = Basic(id="a", note="a", prompt="Why?", answer="So.")
    same = Basic(
        id="b", note="b", prompt="Why?", answer="So.", topic="t", explanation="e", base="x"
    )
    other = Basic(id="a", note="a", prompt="Why?", answer="No.")
    assert text_of(card) == text_of(same) != text_of(other)
    siblings = [
        Cloze(id=f"n:c{i}", note="n", prompt="{{c1::a}} of {{c2::b}}", ordinal=i) for i in (1, 2)
    ]
    assert {text_of(card) for card in siblings} == {
        Text("{{c1::a}} of {{c2::b}}", "a\nb", gapped=True)
    }
    options = (Option("x", correct=True), Option("y", correct=False))
    turned = (Option("x", correct=False), Option("y", correct=True))
    mcqs = [Mcq(id="m", note="m", prompt="?", options=one) for one in (options, turned)]
    assert len({digest(text_of(card)) for card in mcqs}) == 2


def test_the_digest_of_a_note_sees_every_word_but_ids() -> None:
    note = Basic(id="a", note="a", prompt="Why?", answer="So.")
    copy = Basic(id="b", note="b", prompt="Why?", answer="So.", base="x", difficulty=2)
    other = Basic(id="a", note="a", prompt="Why?", answer="So.", explanation="It is so.")
    assert digest_of_note([note]) == digest_of_note([copy]) != digest_of_note([other])


def test_what_else_is_right_in_a_gap_leaves_the_ids_as_they_were() -> None:
    """The values are those of the version before clozes had ``accept``."""
    shared = {"note": "n", "prompt": "{{c1::a}} of {{c2::b}}"}
    plain = [Cloze(id=f"n:c{i}", ordinal=i, **shared) for i in (1, 2)]
    wide = [plain[0], Cloze(id="n:c2", ordinal=2, accept=("c",), **shared)]
    assert digest_of_note(plain) == "40d611fa4371b78b570d" != digest_of_note(wide)
    assert {digest(text_of(card)) for card in (*plain, *wide)} == {"068deea54701f25adce0"}


def newcomer(prompt: str, answer: str, file: str = "a", id_: str = "") -> Newcomer:
    return Newcomer(file, 1, Text(prompt, answer), id_)


def gone(id_: str, prompt: str, answer: str, *files: str) -> Gone:
    return Gone(id_, frozenset(files or ("a",)), Text(prompt, answer))


WHY = ("Why does a cache go stale?", "Somebody wrote to the source")
HOW = ("Why does a cache go stale at all?", "Somebody wrote to the source")
OLD = gone("t-old", *WHY)


def test_one_old_and_one_new_are_one_card() -> None:
    new = newcomer(*HOW)
    naming = follow([new, newcomer("What?", "Else")], [OLD, gone("t-x", "Other", "thing")])
    assert naming.ids == {digest(new.text): "t-old"}
    assert naming.kept == [("t-old", digest(new.text))]
    assert [remark.code for remark in naming.remarks] == ["I01"]


@pytest.mark.parametrize(
    ("news", "olds"),
    [
        ([newcomer(*HOW), newcomer(WHY[0], "Somebody wrote to it")], [OLD]),
        ([newcomer(*HOW)], [OLD, gone("t-2", WHY[0], WHY[1] + " again")]),
    ],
    ids=["two new", "two old"],
)
def test_in_doubt_nothing_is_followed_and_that_is_said(
    news: list[Newcomer], olds: list[Gone]
) -> None:
    naming = follow(news, olds)
    assert naming.ids == {}
    assert naming.kept == []
    assert {remark.code for remark in naming.remarks} == {"I02"}
    assert len(naming.remarks) == len(news)


def test_an_old_card_goes_on_in_its_own_file_only_or_in_a_new_one() -> None:
    assert follow([newcomer(*HOW, file="b")], [OLD]).ids == {}
    moved = gone("t-old", *WHY, "b", "c")
    assert list(follow([newcomer(*HOW, file="b")], [moved]).ids.values()) == ["t-old"]


def test_an_id_of_its_own_is_only_remarked_on() -> None:
    naming = follow([newcomer(*WHY, id_="cache-stale")], [OLD])
    assert naming.ids == {}
    (remark,) = naming.remarks
    assert remark.code == "I03"
    assert "write id: t-old" in remark.message


def test_many_changes_at_once_are_only_followed_word_for_word() -> None:
    olds = [gone(f"t-{n}", f"Question number {n} of many", f"answer {n}") for n in range(100)]
    news = [newcomer(f"question number {n} of many", f"reply {n}") for n in range(50)]
    news += [newcomer(f"A question number {n} of many", f"answer {n}") for n in range(50, 100)]
    naming = follow(news, olds)
    assert len(naming.ids) == 50
    assert {id_ for id_, _ in naming.kept} == {f"t-{n}" for n in range(50)}


def test_of_two_texts_with_one_id_the_later_by_the_log_has_it() -> None:
    first, later = digest(Text("a", "b")), digest(Text("c", "d"))
    book = Book([(default_id(first), later)])
    assert settled([first, later], book, set()) == {later: default_id(first)}
    assert settled([first], book, set()) == {first: default_id(first)}
    (made,) = extra_ids([first], {later: default_id(first)}, set())
    assert made == (default_id(first) + "-2", first)
    assert extra_ids([first], {later: default_id(first)}, {made[0]})[0][0].endswith("-3")


def test_an_id_that_an_author_gave_is_not_given_again() -> None:
    own = digest(Text("a", "b"))
    assert settled([own], Book(), {default_id(own)}) == {}
