"""The rules of writing good cards, which `check` holds decks to; nothing on the way to a review."""
