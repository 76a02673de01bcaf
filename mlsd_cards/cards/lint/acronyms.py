"""The rule of acronyms, and those that need no explanation."""

from __future__ import annotations

import re

from mlsd_cards.cards.card import Card, Choice
from mlsd_cards.cards.lint.rule import Note, Remarks, Shelf

KNOWN = frozenset(
    """
    AND API AUC BERT BLEU COCO CPU CSV DAU DCG DNN EUR FPR FTRL GAN GBDT GDPR GPT GPU HTML HTTP JSON
    KDD LLM LSTM MAE MAP MRR MSE NDCG NLP NOT OCR OOV PASCAL PDF QPS RAM RGB RMSE RNN ROC ROUGE SGD
    SLA SLO SMOTE SQL SSD SVM TPR TPU URL USD UTC VOC YAML
    """.split()  # noqa: SIM905
)
"""What a candidate for such an interview knows, and names that nobody spells out."""

ACRONYM = re.compile(r"(?<![\w$\\{])([A-Z]{3,6})s?(?![\w-])")

SPELLED = re.compile(r"\(([A-Z]{3,6})s?[,;:)]|\b([A-Z]{3,6})s? \([a-z]")


def acronym_is_spelled_out(shelf: Shelf) -> Remarks:
    """An acronym of three capitals or more in a prompt or an answer is spelled out somewhere in its
    deck, as in “approximate nearest neighbours (ANN)”, unless every candidate knows it.

    A card that cannot be read cannot be answered.
    """
    spelled = {
        (note.deck, before or after)
        for note in shelf.notes
        for before, after in SPELLED.findall(_said(note))
    }
    for note in shelf.notes:
        for name in sorted({*ACRONYM.findall(f"{note.prompt}\n{note.answer}")} - KNOWN):
            if (note.deck, name) not in spelled:
                yield note, f"{name} is spelled out nowhere: write the words once, with ({name})"
                spelled.add((note.deck, name))


def _said(note: Note[Card]) -> str:
    """All texts in which an acronym may be explained."""
    whys = [o.why for o in note.card.options] if isinstance(note.card, Choice) else []
    return "\n".join([note.prompt, note.answer, note.card.explanation, *whys])
