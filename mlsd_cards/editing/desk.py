"""A card's text laid ready in its file, handed to the editor, and read again.

A bundled card is never written to: its note is copied into the person's own decks, and the copy,
which replaces it there, is what is edited.
"""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlsd_cards.app import App, is_below
from mlsd_cards.cards import manuscript, scaffold
from mlsd_cards.cards.identity import digest_of_note
from mlsd_cards.editing import editor
from mlsd_cards.errors import UserError
from mlsd_cards.store import binder
from mlsd_cards.store.override import OVERRIDES

if TYPE_CHECKING:
    from mlsd_cards.cards.problem import Problem
    from mlsd_cards.store.catalogue import Found

BASE = "base"
"""The field of a copy that says which text of the bundled card it was made of."""

HEAD = """\
# Your versions of bundled cards: each stands in for the bundled card of its id.
# `mlsd-cards edit CARD --revert` takes one away again.
cards:
"""


class Sheet(NamedTuple):
    """A file laid ready for the editor: the line at which the note starts, from 1, the text of the
    file as it stands, and what it was before a note was put in (None: there was no file)."""

    path: str
    line: int
    text: str
    before: str | None


class Outcome(NamedTuple):
    """What came of an edit: whether the file was changed, the card before and now (None: it is not
    in the library), and what is wrong in the file."""

    changed: bool
    before: Found | None
    found: Found | None
    problems: list[Problem]

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the card's fields that differ, as they are written in the file."""
        if self.before is None or self.found is None:
            return ()
        one, other = self.before.card, self.found.card
        if one.kind != other.kind:
            return ("type",)
        names = (field.name for field in fields(other) if field.name not in {"id", "note", BASE})
        return tuple(name for name in names if getattr(one, name) != getattr(other, name))

    @property
    def errors(self) -> list[Problem]:
        """What keeps a card of the file out of the library."""
        return [problem for problem in self.problems if problem.level == "error"]

    @property
    def is_new(self) -> bool:
        """Whether the card now says something that it did not say before."""
        if self.before is None or self.found is None:
            return self.before is not self.found
        return bool(self.fields) or self.before.card.id != self.found.card.id


def lay_new(app: App, deck: str, note: str) -> Sheet:
    """Put a note by itself at the end of the person's own deck, which is made if it is missing.

    ``UserError`` if a deck cannot be called that, or the note cannot be read.
    """
    head, held = _head(deck), _own_files(app, deck)
    _refuse_errors("that cannot be a card", f"cards:\n{note}")
    with app.store.write():  # two windows may add at once
        return _put(held[0] if held else binder.place(app.own_decks, deck), head, note)


def _head(deck: str) -> str:
    """The beginning of a deck file; ``UserError`` if no deck can be called that."""
    head = f"deck: {scaffold.scalar(deck)}\ncards:\n"
    _refuse_errors(f"no deck can be called {deck!r}", head)
    return head


def _refuse_errors(what: str, text: str) -> None:
    from mlsd_cards.cards.deck import load

    for problem in load(text, "")[1]:
        if problem.level == "error":
            raise UserError(what, problem.message)


def _own_files(app: App, deck: str) -> list[str]:
    """The files of the home that hold cards of the deck."""
    from mlsd_cards.store import whereabouts

    return [
        path
        for path in whereabouts.files_of(app.catalogue, deck)
        if is_below(path, app.own_decks) and Path(path).name not in binder.RESERVED
    ]


def _put(path: str, head: str, note: str) -> Sheet:
    before = binder.read(path) if os.path.lexists(path) else None
    try:
        text, line = manuscript.append(head if before is None else before, note)
    except UserError as error:
        raise UserError(f"{path}: {error}") from error
    binder.write(path, text)
    return Sheet(path, line, text, before)


def lay(app: App, card: str) -> Sheet:
    """The file in which a card is edited: its own, or for a bundled card the person's overrides,
    where its note is copied unless it is there. ``UserError`` if the card is nowhere."""
    found, bundled = app.catalogue.find(card), app.bundled
    if found and not is_below(found.path, bundled):
        text = binder.read(found.path)
        return Sheet(found.path, found.line, text, text)
    if sheet := unread(app, card):
        return sheet
    if found is None:
        raise UserError(f"no card is called {card!r}")
    if app.decks:
        raise UserError(
            f"{card} is a bundled card, and what --decks names holds no versions of yours",
            "Edit it without --decks.",
        )
    with app.store.write():
        return _put(overrides(app), HEAD, _copy(found))


def unread(app: App, card: str) -> Sheet | None:
    """Where the person has written a note of that id which could not be taken into the library;
    of a bundled card only as an override."""
    note, bundled = card.partition(":")[0], app.bundled
    paths = [row.path for row in app.catalogue.files() if not is_below(row.path, bundled)]
    if app.catalogue.find(card):
        paths = [path for path in paths if path == overrides(app)]
    for path in paths:
        text = binder.read(path)
        if line := manuscript.line_of(text, note):
            return Sheet(path, line, text, text)
    return None


def overrides(app: App) -> str:
    """The file of the person's versions of bundled cards."""
    return str(Path(app.own_decks, OVERRIDES))


def _copy(found: Found) -> str:
    """The note of a bundled card by itself, with the digest of what it says now."""
    note = manuscript.note_at(binder.read(found.path), found.line)
    digest = digest_of_note(manuscript.cards_in(note))
    return manuscript.with_field(note, BASE, f'"{digest}"')


def is_changed(sheet: Sheet) -> bool:
    """Whether the file is another than the one that was laid ready."""
    return not os.path.lexists(sheet.path) or binder.read(sheet.path) != sheet.text


def put_back(sheet: Sheet) -> None:
    """Take out again what was put in, from a file that nobody has changed since."""
    if sheet.before is None:
        Path(sheet.path).unlink()
    elif sheet.before != sheet.text:
        binder.write(sheet.path, sheet.before)


def edit(app: App, card: str, *, usual: bool = True) -> Outcome:
    """Open a card's text in the editor, and look at its file again once that has ended.

    ``UserError`` if there is no such card, or the editor fails. A copy that was left as it is is
    taken out again. ``usual`` as for ``editor.command``.
    """
    from mlsd_cards.store import roster, whereabouts

    before, known = app.catalogue.find(card), set(roster.names(app.catalogue, "id"))
    sheet = lay(app, card)
    changed = open_sheet(app, sheet, usual=usual)
    found = app.catalogue.find(card)
    if found is None and before:  # its note may go by another id now
        others = whereabouts.cards_at(app.catalogue, sheet.path, before.line)
        found = next((app.catalogue.find(one) for one in others if one not in known), None)
    return Outcome(changed, before, found, problems_in(app, sheet.path))


def open_sheet(app: App, sheet: Sheet, *, usual: bool = True) -> bool:
    """Give a file to the editor; whether it was changed. If not, what was put in is out again."""
    changed = True
    try:
        editor.run(editor.command(sheet.path, sheet.line, usual=usual))
    finally:
        if not (changed := is_changed(sheet)):
            put_back(sheet)
        app.reread()
    return changed


def problems_in(app: App, path: str) -> list[Problem]:
    """What is wrong in a deck file of this run."""
    from mlsd_cards.store.library import shown

    return [problem for problem in app.library.problems() if problem.file == shown(path)]


def told(card: str, outcome: Outcome) -> str:
    """What came of an edit, in one line."""
    before, found, errors = outcome.before, outcome.found, outcome.errors
    if not outcome.changed:
        return f"{card}: nothing was changed"
    if found and found.card.id != card:
        return f"{card} is {found.card.id} now, and a new card under that name"
    if outcome.fields:
        return f"{card}: {', '.join(outcome.fields)} changed; its progress is kept"
    if errors:
        kept = "stays as it was" if found else "is away, its progress kept,"
        return f"{card} {kept} until this is mended: {errors[0]}"
    if found is None:
        return f"{card} is no longer in the decks; its progress is kept"
    return f"{card}: it says the same as before" if before else f"{card}: it is back"


def revert(app: App, card: str) -> str:
    """Take the person's version of a bundled card away; its text. ``UserError`` without one."""
    note, path = card.partition(":")[0], overrides(app)
    with app.store.write():
        text = binder.read(path) if os.path.lexists(path) else ""
        line = manuscript.line_of(text, note)
        if not line:
            raise UserError(f"{card} has no version of yours", "Only such a version is taken away.")
        gone = manuscript.note_at(text, line)
        rest = manuscript.replace(text, line, "")
        if rest.strip() == HEAD.strip():
            Path(path).unlink()
        else:
            binder.write(path, rest)
    app.reread()
    return gone
