"""The ids of a library's notes written into its files, so that they stand there for ever."""

from __future__ import annotations

from typing import NamedTuple

from mlsd_cards.cards.card import decode
from mlsd_cards.cards.deck import load
from mlsd_cards.cards.identity import digest, text_of
from mlsd_cards.cards.stamp import stamped
from mlsd_cards.store import whereabouts
from mlsd_cards.store.binder import replace_file
from mlsd_cards.store.library import Library, shown


class Fixed(NamedTuple):
    """A file and how many ids were written into it, or why none could be."""

    file: str
    ids: int
    why: str = ""


def write_ids(library: Library) -> list[Fixed]:
    """Write ids into every file that has notes without one."""
    return [
        done
        for row in library.catalogue.files()
        if (done := _write_ids(library, row.id, row.path)) is not None
    ]


def _write_ids(library: Library, file: int, path: str) -> Fixed | None:
    known = {
        digest(text_of(decode(kind, body))): note
        for note, kind, body in whereabouts.contents(library.catalogue, file)
    }
    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except OSError:
        return None  # a problem of the file, which is reported as such
    deck, _ = load(data, path)
    texts = {digest(text_of(card)) for card, _ in deck.cards if not card.note} if deck else set()
    ids = {text: known[text] for text in texts if text in known}
    if not ids:
        return None
    after = stamped(data, ids)
    if after is None:
        return Fixed(shown(path), 0, "nothing but ids may change, and that cannot be done here")
    replace_file(path, after)
    return Fixed(shown(path), len(ids))
