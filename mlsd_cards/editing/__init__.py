"""Texts in the editor: a card in its file, notes of an interview."""
