"""New notes: the examples are valid, and any text that a deck can hold comes out as it went in."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mlsd_cards.cards import manuscript, scaffold
from mlsd_cards.cards.card import KINDS, Basic, Cloze
from mlsd_cards.cards.deck import load
from mlsd_cards.cards.text import BAD


def test_there_is_an_example_of_every_kind() -> None:
    assert set(scaffold.EXAMPLES) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_is_a_card_without_problems_also_with_all_that_is_optional(kind: str) -> None:
    note = scaffold.example(kind, "my-cards-1")
    for text in (note, note.replace("  # explanation", "  explanation").replace("  # t", "  t")):
        deck, problems = load(f"cards:\n{text}", "f.yaml")
        assert problems == []
        assert deck is not None
        assert {placed.card.kind for placed in deck.cards} == {kind}
        assert {placed.card.note for placed in deck.cards} == {"my-cards-1"}
    assert deck.cards[0].card.explanation


@given(st.text(min_size=1), st.text(min_size=1))
@example('"quoted": {[*&!|>% #', "- a\n\n  # b\n\tc \n---\n... \\")
@example("yes", "two\r\nlines\rand\u2028more")
@example("\ufeff😀", "x\ufeff\ny")
def test_any_text_comes_out_as_it_went_in(question: str, answer: str) -> None:
    note = scaffold.written("x", question, answer)
    cards = manuscript.cards_in(note)
    kept = [scaffold.unified(text) for text in (question, answer)]
    if not all(kept) or any(BAD.search(text) for text in kept):
        assert cards == []
        return
    assert cards == [Basic(id="x", note="x", prompt=kept[0], answer=kept[1])]
    added = manuscript.append("cards:\n  - q: a\n    a: b", note).text
    assert BAD.search(added) is None


def test_a_question_without_an_answer_is_a_cloze() -> None:
    note = scaffold.written("x", "AUC is {{c1::a share}} of {{c2::pairs::of what}}.", None)
    cards = manuscript.cards_in(note)
    assert [(card.id, type(card)) for card in cards] == [("x:c1", Cloze), ("x:c2", Cloze)]
    assert scaffold.has_gaps("{{c1::x}}")
    assert not scaffold.has_gaps("{{c1}}")


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("What does a feature store keep equal?", "what-does-a-feature-store-keep"),
        ("Naïve Bayes: P(y|x)?", "naive-bayes-p-y-x"),
        ("AUC is {{c1::a share::of what}} of pairs.", "auc-is-a-share-of-pairs"),
        ("特徴量とは", ""),
        ("a" * 50, "a" * 40),
        (f"{'a' * 39} b", "a" * 39),
    ],
)
def test_an_id_from_a_question(text: str, id_: str) -> None:
    assert scaffold.slug(text) == id_


@pytest.mark.parametrize(
    ("question", "deck", "taken", "id_"),
    [
        ("What is AUC?", "my-cards", "", "what-is-auc"),
        ("What is AUC?", "my-cards", "what-is-auc what-is-auc-2", "what-is-auc-3"),
        ("", "my-cards", "", "my-cards-1"),
        ("?", "ML: mine", "ml-mine-1 ml-mine-3", "ml-mine-2"),
        ("特徴量", "特徴", "", "card-1"),
    ],
)
def test_a_free_id(question: str, deck: str, taken: str, id_: str) -> None:
    assert scaffold.free_id(question, deck, set(taken.split())) == id_
