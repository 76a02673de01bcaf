"""What stands behind every number of the bundled decks, a module a deck.

A number is calculated, and then recomputed here, or it is a premise of its card or a fact of a
cited work. One that is none of these fails ``tests/test_decks.py``.
"""
