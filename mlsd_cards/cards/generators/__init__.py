"""Computed cards: named generators of numbers, with the answers, the guards and the usual slips."""
