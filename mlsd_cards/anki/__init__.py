"""Anki: packages of notes out, reviews back."""
