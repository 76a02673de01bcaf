"""Cards without an id, edited, moved, removed and brought back: no history is lost or swapped."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from mlsd_cards.cards.identity import digest_of_note
from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import ledger, log, roster
from mlsd_cards.store.database import Store
from mlsd_cards.store.fixing import write_ids
from mlsd_cards.store.library import Library, Root
from mlsd_cards.store.merge import merge

NOON = Moment.of(1_795_262_400_000, 0)

VERBS = "measures hides delays doubles caches shards serves ranks drops logs joins splits".split()
NOUNS = (
    "recall precision latency storage traffic gradients features labels clicks tokens vectors "
    "queries indexes tables towers trees queues drifts alarms budgets"
).split()


@pytest.fixture
def store() -> Store:
    return Store.in_memory()


def opened(store: Store, *roots: Path) -> Library:
    return Library.open(store, [Root(str(root)) for root in roots], lambda: NOON)


def save(path: Path, *notes: tuple[str, ...]) -> None:
    """Write notes of prompt and answer, with an id if there is a third."""
    text = "cards:\n"
    for prompt, answer, *rest in notes:
        text += "".join(f"  - id: {id_}\n    " for id_ in rest) or "  - "
        text += f"q: {prompt}\n    a: {answer}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def ids(library: Library) -> dict[str, str]:
    """The id of each note by its prompt."""
    found = [library.catalogue.find(card) for card in roster.names(library.catalogue, "id")]
    return {one.card.prompt: one.card.id for one in found if one}


def answer(store: Store, card: str, took: int = 1) -> None:
    store.append(log.REVIEWED, card, NOON, grade=3, scale="1-4", took=took, source="review")


def codes(library: Library) -> list[str]:
    return [problem.code for problem in library.problems()]


CAUSE = ("Why does a cache go stale?", "Somebody wrote to the source")
EDITED = ("Why does a cache ever go stale?", "Somebody wrote to the source")
OTHER = ("What is a shard?", "A part of a table")


def test_an_edited_card_goes_on_and_that_is_said_once(store: Store, tmp_path: Path) -> None:
    save(tmp_path / "a.yaml", CAUSE, OTHER)
    before = ids(opened(store, tmp_path))
    answer(store, before[CAUSE[0]])
    save(tmp_path / "a.yaml", OTHER, EDITED)
    library = opened(store, tmp_path)
    assert ids(library)[EDITED[0]] == before[CAUSE[0]]
    assert [news.code for news in library.news()] == ["I01"]
    again = opened(store, tmp_path)
    assert again.news() == []
    assert codes(again) == ["I01"]  # check tells it until the file changes again
    save(tmp_path / "a.yaml", OTHER, EDITED, ("New", "card"))
    assert codes(opened(store, tmp_path)) == []
    assert ids(opened(store, tmp_path))[EDITED[0]] == before[CAUSE[0]]


def test_a_card_never_answered_leaves_nothing_in_the_log(store: Store, tmp_path: Path) -> None:
    save(tmp_path / "a.yaml", CAUSE)
    opened(store, tmp_path)
    save(tmp_path / "a.yaml", EDITED)
    assert codes(opened(store, tmp_path)) == []
    assert store.events() == []


def test_an_edit_taken_back_and_the_old_text_beside_the_new(store: Store, tmp_path: Path) -> None:
    save(tmp_path / "a.yaml", CAUSE)
    first = ids(opened(store, tmp_path))[CAUSE[0]]
    answer(store, first)
    save(tmp_path / "a.yaml", EDITED)
    opened(store, tmp_path)
    save(tmp_path / "a.yaml", CAUSE)
    assert ids(opened(store, tmp_path)) == {CAUSE[0]: first}
    save(tmp_path / "a.yaml", EDITED)
    assert ids(opened(store, tmp_path)) == {EDITED[0]: first}
    save(tmp_path / "a.yaml", CAUSE, EDITED)
    both = ids(opened(store, tmp_path))
    assert both == {EDITED[0]: first, CAUSE[0]: f"{first}-2"}
    save(tmp_path / "b.yaml", CAUSE)
    save(tmp_path / "a.yaml", EDITED)
    assert ids(opened(store, tmp_path)) == both


def test_a_second_machine_learns_who_is_who_from_the_log(store: Store, tmp_path: Path) -> None:
    save(tmp_path / "a.yaml", CAUSE)
    first = ids(opened(store, tmp_path))[CAUSE[0]]
    answer(store, first)
    save(tmp_path / "a.yaml", EDITED)
    opened(store, tmp_path)
    other = Store.in_memory()
    assert ids(opened(other, tmp_path)) != {EDITED[0]: first}
    merge(other, store.events())
    assert ids(opened(other, tmp_path)) == {EDITED[0]: first}
    assert other.folded(first).head == store.folded(first).head


def test_a_renamed_file_keeps_even_its_edited_cards(store: Store, tmp_path: Path) -> None:
    save(tmp_path / "a.yaml", CAUSE, OTHER)
    before = ids(opened(store, tmp_path))
    for card in before.values():
        answer(store, card)
    (tmp_path / "a.yaml").unlink()
    save(tmp_path / "sub" / "b.yaml", EDITED, OTHER)
    after = ids(opened(store, tmp_path))
    assert after == {EDITED[0]: before[CAUSE[0]], OTHER[0]: before[OTHER[0]]}


def test_what_another_library_saw_in_a_file_counts(store: Store, tmp_path: Path) -> None:
    save(tmp_path / "a.yaml", CAUSE)
    first = ids(opened(store, tmp_path))[CAUSE[0]]
    answer(store, first)
    save(tmp_path / "a.yaml", EDITED)
    assert ids(opened(store, tmp_path / "a.yaml")) == {EDITED[0]: first}
    assert ids(opened(store, tmp_path)) == {EDITED[0]: first}


def test_an_id_written_by_hand_is_told_about_the_old_one(store: Store, tmp_path: Path) -> None:
    save(tmp_path / "a.yaml", CAUSE)
    first = ids(opened(store, tmp_path))[CAUSE[0]]
    answer(store, first)
    save(tmp_path / "a.yaml", (*CAUSE, "stale-cache"))
    library = opened(store, tmp_path)
    (problem,) = library.problems()
    assert problem.code == "I03"
    assert f"write id: {first}" in problem.message
    save(tmp_path / "a.yaml", (*CAUSE, first))
    assert codes(opened(store, tmp_path)) == []


def test_an_id_that_is_taken_out_still_names_its_card(store: Store, tmp_path: Path) -> None:
    save(tmp_path / "a.yaml", (*CAUSE, "stale-cache"))
    opened(store, tmp_path)
    answer(store, "stale-cache")
    save(tmp_path / "a.yaml", CAUSE)
    assert ids(opened(store, tmp_path)) == {CAUSE[0]: "stale-cache"}


def test_siblings_of_a_cloze_go_on_together(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text('cards:\n  - q: "Recall is {{c1::TP}} over {{c2::TP + FN}}."\n')
    library = opened(store, tmp_path)
    one, two = sorted(roster.names(library.catalogue, "id"))
    answer(store, two)
    path.write_text('cards:\n  - q: "Recall is the share {{c1::TP}} over {{c2::TP + FN}}."\n')
    assert sorted(roster.names(opened(store, tmp_path).catalogue, "id")) == [one, two]


def test_ids_are_written_into_the_files_and_nothing_else(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    before = (
        "\ufeff# mine\r\ncards:   # two\r\n- q: 'Why?'   # so\r\n  a: Because.\r\n"
        "-\r\n    # below\r\n    a: So.\r\n    q: How?\r\n- {q: Who?, a: He.}\r\n"
        "- id: own\r\n  q: Own?\r\n  a: Yes it is.\r\n- q: Broken\r\n"
        '- {text: "the {{c1::gap}} of many words"}'
    )
    path.write_bytes(before.encode())
    path.chmod(0o640)
    library = opened(store, tmp_path)
    names = set(roster.names(library.catalogue, "id"))
    (done,) = write_ids(library)
    assert (done.ids, done.why) == (4, "")
    after = path.read_bytes().decode()
    library = opened(store, tmp_path)
    assert set(roster.names(library.catalogue, "id")) == names
    assert write_ids(library) == []
    assert path.stat().st_mode & 0o777 == 0o640
    for note in {name.partition(":")[0] for name in names} - {"own"}:
        for written in (f"id: {note}\r\n  ", f"id: {note}, ", f"id: {note}\r\n    "):
            after = after.replace(f"{written}q", "q").replace(f"{written}a", "a")
            after = after.replace(f"{written}text", "text")
    assert after == before


@pytest.mark.parametrize(
    "data",
    [
        "cards:\n  - q: é\n    a: b\n".encode("latin-1"),
        "cards:\n  - q: a\n    a: b\n".encode("utf-16"),
    ],
)
def test_a_file_in_another_encoding_is_left_alone(
    store: Store, tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "a.yaml").write_bytes(data)
    for done in write_ids(opened(store, tmp_path)):
        assert done.ids == 0
        assert done.why
    assert (tmp_path / "a.yaml").read_bytes() == data


class World:
    """A folder of decks whose author remembers which card is which."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.rng = Random(seed)
        self.files: dict[str, list[list[str]]] = {f"{n}.yaml": [] for n in range(3)}
        self.away: list[list[str]] = []
        self.count = 0
        for _ in range(12):
            self.add()

    def words(self, count: int) -> str:
        return " ".join(self.rng.choice(NOUNS if n % 2 else VERBS) for n in range(count))

    def add(self) -> None:
        """A new card: a token, prompt and answer, and an id for every third."""
        self.count += 1
        note = [f"{self.count}", f"Case {self.words(9)} {self.count}", f"It {self.words(8)}"]
        if self.count % 3 == 0:
            note.append(f"card-{self.count}")
        self.rng.choice([*self.files.values()]).append(note)

    def pick(self) -> tuple[list[list[str]], list[str]] | None:
        full = [notes for notes in self.files.values() if notes]
        if not full:
            return None
        notes = self.rng.choice(full)
        return notes, self.rng.choice(notes)

    def edit(self) -> None:
        """A slip in the prompt, a word more, or another answer."""
        if picked := self.pick():
            note = picked[1]
            how = self.rng.randrange(3)
            if how == 0:
                at = self.rng.randrange(6, len(note[1]) - 4)
                note[1] = note[1][:at] + self.rng.choice("xyz") + note[1][at:]
            elif how == 1:
                note[1] += f" {self.rng.choice(NOUNS)}"
            else:
                note[2] = f"It {self.words(8)}"

    def move(self) -> None:
        if picked := self.pick():
            picked[0].remove(picked[1])
            notes = self.rng.choice([*self.files.values()])
            notes.insert(self.rng.randrange(len(notes) + 1), picked[1])

    def remove(self) -> None:
        if picked := self.pick():
            picked[0].remove(picked[1])
            self.away.append(picked[1])

    def bring_back(self) -> None:
        if self.away:
            note = self.away.pop(self.rng.randrange(len(self.away)))
            self.rng.choice([*self.files.values()]).append(note)

    def rename(self) -> None:
        old = self.rng.choice([*self.files])
        self.count += 1
        self.files[f"sub/{self.count}.yaml"] = self.files.pop(old)

    def save(self) -> None:
        for path in self.folder.rglob("*.yaml"):
            path.unlink()
        for name, notes in self.files.items():
            save(self.folder / name, *[tuple(note[1:]) for note in notes])
            os.utime(self.folder / name, ns=(self.count, self.rng.randrange(10**15)))

    @property
    def tokens(self) -> dict[str, int]:
        """The token of each card that is there, by its prompt."""
        return {note[1]: int(note[0]) for notes in self.files.values() for note in notes}


@pytest.mark.parametrize("seed", range(8))
def test_a_hundred_changes_lose_and_swap_no_history(
    store: Store, tmp_path: Path, seed: int
) -> None:
    world = World(tmp_path, seed)
    changes = [world.edit, world.edit, world.move, world.remove, world.bring_back, world.add]
    answered: set[int] = set()
    for step in range(100):
        if step:
            world.rng.choice([world.rename, *changes, *changes])()
        world.save()
        library = opened(store, tmp_path)
        cards, tokens = ids(library), world.tokens
        assert cards.keys() == tokens.keys()
        for prompt, card in cards.items():
            history = {event.took for event in store.events(card) if event.kind == log.REVIEWED}
            token = tokens[prompt]
            assert history == ({token} if token in answered else set()), (step, card, prompt)
            if token not in answered:
                answered.add(token)
                answer(store, card, token)
        if step % 25 == 24:
            write_ids(library)
            for notes in world.files.values():
                for note in notes:
                    note[3:] = [cards[note[1]]]
            assert ids(opened(store, tmp_path)) == cards
    before = dict(ledger.states(store))
    store.rebuild()
    assert dict(ledger.states(store)) == before


# --- Overrides ----------------------------------------------------------------------------------


def bundle(folder: Path, answer: str = "Old") -> Path:
    save(folder / "bundled" / "d.yaml", ("First?", "One", "first"), ("Second?", answer, "second"))
    text = (folder / "bundled" / "d.yaml").read_text()
    (folder / "bundled" / "d.yaml").write_text("deck: d\ntags: [t]\n" + text)
    return folder / "bundled"


def base(store: Store, roots: list[Path]) -> str:
    found = opened(store, *roots).catalogue.find("second")
    assert found
    return digest_of_note([found.card])


def overriding(folder: Path, base: str, answer: str = "Mine", note: str = "second") -> None:
    (folder / "own").mkdir(exist_ok=True)
    (folder / "own" / "overrides.yaml").write_text(
        f"cards:\n  - id: {note}\n    q: Second?\n    a: {answer}\n    base: {base}\n"
    )


def test_an_override_stands_where_the_bundled_card_stood(store: Store, tmp_path: Path) -> None:
    bundled = bundle(tmp_path)
    digest = base(store, [bundled])
    answer(store, "second")
    overriding(tmp_path, digest)
    roots = [tmp_path]
    library = opened(store, *roots)
    found = library.catalogue.find("second")
    assert found
    assert (found.card.prompt, getattr(found.card, "answer", "")) == ("Second?", "Mine")
    assert found.deck == "d"
    assert found.path.endswith("overrides.yaml")
    assert library.problems() == []
    assert [c.card for c in library.catalogue.every()] == ["first", "second"]
    assert store.folded("second").showings == 1
    bundle(tmp_path, "New")
    (problem,) = opened(store, *roots).problems()
    assert problem.code == "O01"
    assert "differs from yours in answer: take it with `mlsd-cards edit second --revert`" in (
        problem.message
    )
    assert problem.level == "warning"
    overriding(tmp_path, base(Store.in_memory(), [bundled]))
    assert opened(store, *roots).problems() == []
    (tmp_path / "own" / "overrides.yaml").unlink()
    found = opened(store, *roots).catalogue.find("second")
    assert found
    assert getattr(found.card, "answer", "") == "New"


def test_an_override_of_nothing_stands_by_itself(store: Store, tmp_path: Path) -> None:
    bundled = bundle(tmp_path)
    overriding(tmp_path, "0", note="third")
    library = opened(store, bundled, tmp_path / "own")
    assert codes(library) == ["O02"]
    assert [c.card for c in library.catalogue.every()] == ["first", "second", "third"]


def test_a_broken_override_leaves_the_bundled_card(store: Store, tmp_path: Path) -> None:
    bundled = bundle(tmp_path)
    overriding(tmp_path, "0", answer="[a, b]")
    library = opened(store, bundled, tmp_path / "own")
    assert codes(library) == ["F03"]
    found = library.catalogue.find("second")
    assert found
    assert getattr(found.card, "answer", "") == "Old"
