"""Decks passed on: written into a file with their sources, and added somewhere else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from conftest import NOON, Run
from mlsd_cards.app import App
from mlsd_cards.cards.card import Card
from mlsd_cards.cards.deck import Deck, load
from mlsd_cards.cards.problem import has_errors
from mlsd_cards.cards.source import load_sources
from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import arrival, roster
from mlsd_cards.store.database import Store
from mlsd_cards.store.library import Library, Root
from mlsd_cards.store.sharing import pack

DECKS = Path(__file__).parents[2] / "decks"

MINE = """\
# Written by hand.
title: What I learnt   # a remark
cards:
    # The first half.
    - q: "Why?"
      a: |
        Because:

        - of this
    - id: how
      text: 'So {{c1::much}} and {{c2::more}}.'
      sources: [b2020, nowhere]

    # The second half.
    - {q: What?, a: That., sources: [a2019]}
# The end.
"""
SOURCES = """\
sources:
  a2019: {title: "A: a title", authors: [Chen, Guestrin], year: 2019, arxiv: "1706.03762"}
  b2020: {title: B, authors: "O'Neil \\"x\\" et al."}
  c2021: {title: C, authors: Nobody}
"""


def place(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def held(home: Path, *decks: Path) -> list[Card]:
    """The cards of a library in their order."""
    app = App(str(home), tuple(map(str, decks)))
    found = [app.catalogue.find(card) for card in roster.ids(app.catalogue)]
    app.store.close()
    return [one.card for one in found if one]


def read(text: str) -> Deck:
    deck, problems = load(text, "f.yaml")
    assert deck is not None
    assert [problem for problem in problems if problem.level == "error"] == []
    return deck


# export


def file_of(deck: str) -> Path:
    """The file of a bundled deck; a number in front is its place in the order of learning."""
    (found,) = DECKS.glob(f"[0-9][0-9]-{deck}.yaml")
    return found


@pytest.mark.parametrize("name", ["framework", "metrics", "models"])
def test_a_bundled_deck_leaves_as_it_was_written_with_its_sources(run: Run, name: str) -> None:
    ran = run("export", "deck", name)
    assert (ran.code, ran.err) == (0, "")
    written = file_of(name).read_text(encoding="utf-8")
    head, _, cards = written.partition("\ncards:\n")
    start, end = ran.out.index("\nsources:\n"), ran.out.index("\ncards:\n")
    assert ran.out[:start] == head
    assert ran.out[end:] == f"\ncards:\n{cards}"
    deck = read(ran.out)
    listed, _ = load_sources((DECKS / "sources.yaml").read_bytes(), "")
    cited = {key for card, _ in deck.cards for key in card.sources}
    assert [entry.source for entry in deck.sources] == [
        listed[key] for key in sorted(cited) if key in listed
    ]


def test_a_deck_of_ones_own_gets_its_name_and_ids(run: Run, home: Path, tmp_path: Path) -> None:
    decks = place(tmp_path / "decks", mine=MINE, sources=SOURCES)
    cards = held(home, decks)
    ran = run("export", "deck", "mine", "--decks", decks)
    assert (ran.code, ran.err) == (0, "")
    first, *_, last = (card.note for card in cards)
    assert ran.out == (
        'deck: "mine"\n# Written by hand.\ntitle: What I learnt   # a remark\n# The end.\n'
        'sources:\n  a2019:\n    title: "A: a title"\n    authors: "Chen, Guestrin"\n'
        '    year: "2019"\n    url: "https://arxiv.org/abs/1706.03762"\n'
        '  b2020:\n    title: "B"\n    authors: "O\'Neil \\"x\\" et al."\n'
        f"cards:\n  # The first half.\n  - id: {first}\n"
        '    q: "Why?"\n    a: |\n      Because:\n\n      - of this\n'
        "  - id: how\n    text: 'So {{c1::much}} and {{c2::more}}.'\n"
        "    sources: [b2020, nowhere]\n\n  # The second half.\n"
        f"  - {{id: {last}, q: What?, a: That., sources: [a2019]}}\n"
    )
    assert [card for card, _ in read(ran.out).cards] == cards


def test_the_persons_version_of_a_card_is_what_leaves(run: Run, home: Path) -> None:
    run("edit", "roc-auc-pair-meaning", "--no-edit")
    path = home / "decks" / "overrides.yaml"
    path.write_text(path.read_text().replace("answer: ", "answer: Mine. "))
    card = next(card for card in held(home) if card.id == "roc-auc-pair-meaning")
    out = run("export", "deck", "metrics").out
    assert "base:" not in out
    assert out.replace("answer: Mine. ", "answer: ").endswith(
        file_of("metrics").read_text(encoding="utf-8").partition("\ncards:\n")[2]
    )
    cards = {card.id: card for card, _ in read(out).cards}
    assert cards["roc-auc-pair-meaning"] == replace(card, base="")
    assert cards["roc-auc-pair-meaning"].answer.startswith("Mine. ")  # type: ignore[attr-defined]


def test_no_progress_leaves(run: Run, home: Path, deck: Path) -> None:
    before = run("export", "deck", "small", "--decks", deck).out
    run("answer", "first", "again", "--decks", deck)
    run("flag", "first", "--note", "A secret remark.", "--decks", deck)
    run("suspend", "second", "--decks", deck)
    ran = run("export", "deck", "small", "--decks", deck)
    assert ran.out == before == deck.read_text()


@pytest.mark.parametrize(
    "text",
    [
        '{"deck": "mine", "tags": ["a"], "cards": [{"q": "b", "a": "c"},\n {"q": "d", "a": "e"}]}',
        "---\ndeck: mine\ncards:\n- q: b\n  a: c\n-\n  q: d\n  a: e\n",
        "cards:\r\n  - q: b\r\n    a: |\r\n      c\r\n      d\r\ndeck: mine\r\ntags: [x]",
        "\ufeffcards: [{q: b, a: c}]\ndeck: mine\n",
        "deck: mine\nsources:\n  x: {title: T, authors: A}\n  y: {\n    title: U,\n"
        "    authors: B}\ncards:\n  - {q: b, a: c, sources: [x]}\n",
        "deck: mine\nsources: {x: {title: T, authors: A},\n}\ncards:\n - {q: b, a: c, sources: x}",
        "deck: mine\ncards:\n  - {q: b, a: c}\n  - {q: b}\n  - {q: d, a: e}\n",
        "deck: mine\ncards:\n  - {q: b, a: c}\n  - {q: b, a: c}\n",
        "deck: mine\ntitle: >-\n  a\n  b\ndescription: 'x'\ncards:\n  - {q: Á, a: 漢}\n",
    ],
)
def test_however_a_file_is_set_its_cards_leave(
    run: Run, home: Path, tmp_path: Path, text: str
) -> None:
    decks = place(tmp_path / "decks", mine=text)
    (cards := held(home, decks))[0]
    ran = run("export", "deck", "mine", "--decks", decks)
    assert (ran.code, ran.err) == (0, "")
    there, here = read(ran.out), load(text, "mine.yaml")[0]
    assert here is not None
    assert [card for card, _ in there.cards] == cards
    assert (there.name, there.title, there.tags) == ("mine", here.title, here.tags)
    assert {entry.source.key for entry in there.sources} == {k for c in cards for k in c.sources}


def test_a_deck_in_several_files_leaves_in_one(run: Run, home: Path, tmp_path: Path) -> None:
    one = "deck: d\ntitle: One\ntags: [t]\ncards:\n  - {id: a, q: b, a: c}\n"
    two = "deck: d\ntags: [t]\ncards:\n  - {id: b, q: d, a: e}\n"
    decks = place(tmp_path / "decks", one=one, two=two)
    assert run("export", "deck", "d", "--decks", decks).out == one + "  - {id: b, q: d, a: e}\n"
    place(decks, two=two.replace("[t]", "[u]"))
    ran = run("export", "deck", "d", "--decks", decks)
    assert ran.code == 1
    assert "different tags" in ran.err


def test_nested_decks_are_decks_of_their_own(run: Run, tmp_path: Path) -> None:
    card = "cards:\n  - {id: %s, q: b, a: c}\n"
    decks = place(
        tmp_path / "decks", a="deck: a\n" + card % "x", b="deck: a::b\n" + card % "y",
        c="deck: c::d\n" + card % "z",
    )  # fmt: skip
    ran = run("export", "deck", "a", "--decks", decks)
    assert (ran.code, ran.out) == (0, "deck: a\n" + card % "x")
    assert ran.err == "a::b is a deck of its own and not in this file\n"
    ran = run("export", "deck", "c", "--decks", decks)
    assert (ran.code, ran.out) == (1, "")
    assert "Export the decks in it: c::d." in ran.err
    ran = run("export", "deck", "metric")
    assert ran.code == 1
    assert "'metrics'" in ran.err


def test_the_file_of_an_export(run: Run, deck: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.yaml"
    ran = run("export", "deck", "small", "--decks", deck, "-o", path)
    assert (ran.code, ran.out) == (0, f"{path}: 3 cards and 0 sources, nothing of your progress\n")
    assert path.read_text() == deck.read_text()
    assert path.stat().st_mode & 0o600 == 0o600
    path.write_text("x")
    ran = run("export", "deck", "small", "--decks", deck, "-o", path)
    assert ran.code == 1
    assert "--force" in ran.err
    assert path.read_text() == "x"
    assert run("export", "deck", "small", "--decks", deck, "-o", path, "--force").code == 0
    assert path.read_text() == deck.read_text()
    assert run("export", "deck", "small", "--decks", deck, "-o", "-").out == deck.read_text()
    assert run("export", "deck", "small", "--decks", deck, "-o", tmp_path).code == 1
    assert run("export", "deck", "small", "--decks", deck, "-o", tmp_path / "no" / "x").code == 1


def test_on_a_terminal_the_file_is_called_after_the_deck(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from seen import Seen

    decks = place(tmp_path / "d", x="deck: a::b c\ncards: [{q: b, a: c}]\n")
    monkeypatch.chdir(tmp_path)
    arguments = ("export", "deck", "a::b c", "--home", str(home), "--decks", str(decks))
    for expected, code in (("a-b-c.yaml: 1 card and", 0), ("a-b-c.yaml is there already", 1)):
        with Seen("-m", "mlsd_cards", *arguments, size=(100, 24)) as program:
            assert program.ended() == code
            assert expected in program.text


# add


def test_a_deck_is_added_once_and_only_for_oneself(run: Run, home: Path, deck: Path) -> None:
    ran = run("add", deck)
    path = home / "decks" / "small.yaml"
    assert (ran.code, ran.out) == (0, f"small: 3 cards added, {path}\n")
    assert path.read_bytes() == deck.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    ran = run("add", deck)
    assert (ran.code, ran.out) == (
        0, f"small: nothing to do, {path} is this file already, with 3 cards\n",
    )  # fmt: skip
    assert json.loads(run("add", deck, "--json").out) == {
        "result": "unchanged", "deck": "small", "file": str(path), "before": None,
        "cards": ["first", "second", "third"], "gone": [], "problems": [],
    }  # fmt: skip
    assert list(path.parent.iterdir()) == [path]


def test_another_version_replaces_only_by_force_and_keeps_progress(
    run: Run, home: Path, deck: Path
) -> None:
    run("add", deck)
    run("answer", "first", "good")
    run("answer", "third", "good")
    path, old = home / "decks" / "small.yaml", deck.read_text()
    new = old.replace("The first answer.", "Another.").partition("  - id: third")[0]
    deck.write_text(new)
    ran = run("add", deck)
    assert ran.code == 1
    assert "your deck in" in ran.out
    assert "Not in the new file: third." in ran.out
    assert "--force" in ran.out
    assert path.read_text() == old
    ran = run("add", deck, "--force")
    assert (ran.code, ran.out) == (
        0,
        f"small: 2 cards now, in {path}; the file as it was is {path}.1\n"
        "Not in the new file: third.\n",
    )
    assert path.read_text() == new
    assert Path(f"{path}.1").read_text() == old
    assert Path(f"{path}.1").stat().st_mode & 0o777 == 0o600
    assert "interval 1 d" in run("why", "first").out
    deck.write_text(old)
    told = json.loads(run("add", deck, "--force", "--json").out)
    assert (told["result"], told["before"]) == ("replaced", f"{path}.2")
    assert "interval 1 d" in run("why", "third").out


def test_edits_of_cards_without_ids_are_followed(run: Run, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("cards:\n  - {q: What is a shard?, a: A part of a table.}\n")
    (card,) = json.loads(run("add", file, "--json").out)["cards"]
    run("answer", card, "good")
    file.write_text("cards:\n  - {q: What is a shard?, a: A part of a big table.}\n")
    told = json.loads(run("add", file, "--force", "--json").out)
    assert (told["cards"], told["gone"]) == ([card], [])
    assert [problem["code"] for problem in told["problems"]] == ["I01"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("cards:\n  - {q: a, a: b}\n  - {q: a}\n", "bad.yaml:3:5: error"),
        ("cards:\n  - {id: x, q: a, a: b}\n  - {id: x, q: c, a: d}\n", "bad.yaml:3:1: error C02"),
        ("sources: {x: {title: T}}\ncards:\n  - {q: a, a: b}\n", "bad.yaml:1:14: error F02"),
        ("cards: []\n", "bad.yaml:1:1: warning D05"),
        ("", "bad.yaml:1:1: error D01"),
        ("\0\1\2" * 50, "bad.yaml:1:1: error Y01"),
        ("cards:\n  - {q: a, a: b}\n---\ncards: []\n", "error Y13"),
    ],
)
def test_what_is_wrong_is_not_copied(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.yaml").write_text(text)
    ran = run("add", "bad.yaml")
    assert ran.code == 1
    assert says in ran.out
    assert "\nNothing was added" in ran.out
    assert not (home / "decks").exists()
    told = json.loads(run("add", "bad.yaml", "--json").out)
    assert set(told) == {"result", "deck", "file", "before", "cards", "gone", "problems"}
    assert told["result"] == "refused"


def test_ids_of_other_decks_are_listed_and_nothing_is_copied(
    run: Run, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "more.yaml"
    file.write_text(
        "cards:\n  - {q: a, a: b}\n  - {id: roc-auc-pair-meaning, q: c, a: d}\n"
        "  - {id: seven-step-chain, text: 'a {{c1::b}}'}\n"
    )
    ran = run("add", file)
    assert ran.code == 1
    assert f"{file}:3:1: error C02: the id roc-auc-pair-meaning is used in" in ran.out
    assert f"{file}:4:1: error C02: the id seven-step-chain is used in" in ran.out
    assert "01-framework.yaml:9 already" in ran.out
    assert not (home / "decks").exists()
    file.write_text("cards:\n  - {q: a, a: b}\n")
    assert run("add", file).code == 0
    other = tmp_path / "other.yaml"
    other.write_text("cards:\n  - {q: a, a: b}\n")  # no id, but the same card
    assert "is used in" in run("add", other).out


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("https://example.org/x.yaml", "nothing is ever fetched"),
        (".", "is a folder"),
        ("nowhere.yaml", "cannot be read"),
        ("/dev/null", "no ordinary file"),
    ],
)
def test_what_is_no_file(run: Run, home: Path, file: str, says: str) -> None:
    ran = run("add", file)
    assert ran.code == 1
    assert says in ran.err
    assert not (home / "decks").exists()


@pytest.mark.parametrize(
    "name", ["../../evil", "/etc/passwd", "a::b", "overrides", "Sources", "..", "x" * 200, "漢"]
)
def test_however_a_deck_is_called_its_file_lies_in_the_home(
    run: Run, home: Path, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "in.yaml"
    file.write_text(f"deck: {json.dumps(name)}\ncards:\n  - {{q: a, a: b}}\n")
    told = json.loads(run("add", file, "--json").out)
    assert (told["result"], told["deck"]) == ("added", name)
    assert Path(told["file"]).parent == home / "decks"
    assert Path(told["file"]).read_bytes() == file.read_bytes()
    assert run("check").code == 0


def test_a_file_that_named_its_deck_by_itself_says_the_name(
    run: Run, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "my deck.yaml"
    file.write_text("cards:\n  - {q: a, a: b}\n")
    assert run("add", file).code == 0
    text = (home / "decks" / "my-deck.yaml").read_text()
    assert text == 'deck: "my deck"\ncards:\n  - {q: a, a: b}\n'
    assert "nothing to do" in run("add", file).out


def test_no_other_file_is_overwritten(run: Run, home: Path, tmp_path: Path) -> None:
    place(home / "decks", **{"a-b": "deck: other\ncards: [{q: a, a: b}]\n"})
    file = tmp_path / "in.yaml"
    file.write_text("deck: a::b\ncards: [{q: c, a: d}]\n")
    assert str(home / "decks" / "a-b-2.yaml") in run("add", file, "--force").out
    outside = tmp_path / "outside.yaml"
    outside.write_text("deck: linked\ncards: [{q: e, a: f}]\n")
    (home / "decks" / "linked.yaml").symlink_to(outside)
    file.write_text("deck: linked\ncards: [{q: g, a: h}]\n")
    ran = run("add", file, "--force")
    assert ran.code == 1
    assert "leads out of your decks" in ran.err
    assert "q: e" in outside.read_text()


@pytest.mark.parametrize(("text", "code"), [("deck: d\ncards: [{q: a, a: b}]\n", 0),
                                            ("cards: [{q: a, a: b}]\n", 1)])  # fmt: skip
def test_the_standard_input(home: Path, text: str, code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mlsd_cards", "add", "-"],
        input=text, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code
    assert ("d: 1 card added" in done.stdout) == (code == 0)
    assert ("has no name" in done.stderr) == (code == 1)


def test_another_work_under_a_known_key_is_noted(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("sources:\n  aminian2023: {title: T, authors: A}\ncards: [{q: a, a: b}]\n")
    ran = run("add", file)
    assert ran.code == 0
    assert "note S02: aminian2023 is another work in" in ran.out


# there and back


@pytest.mark.parametrize("name", ["framework", "metrics"])
def test_a_bundled_deck_in_a_home_without_it(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    file = tmp_path / "out.yaml"
    run("export", "deck", name, "-o", file)
    cards = held(home, file_of(name))
    ran = run("add", file)
    assert ran.code == 1
    notes = len({card.note for card in cards})
    assert ran.out.count("error C02") == notes
    assert ran.out.endswith(f"\nNothing was added: {notes} ids taken already.\n")
    roots = App.roots
    alone = lambda app: roots(app) if app.decks else [Root(app.own_decks, needed=False)]  # noqa: E731
    monkeypatch.setattr(App, "roots", alone)
    assert run("add", file, "--home", tmp_path / "new").code == 0
    here = tmp_path / "new" / "decks"
    assert held(tmp_path / "new", here) == cards
    ran = run("check", "--home", tmp_path / "new", "--decks", here)
    assert (ran.code, ran.out) == (0, f"1 file, {len(cards)} cards, 0 problems\n")


SIGNS = st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp"))
TEXTS = st.text(SIGNS | st.just("\n"), min_size=1, max_size=30).filter(str.strip)
NAMES = st.text(SIGNS, min_size=1, max_size=12).map(str.strip).filter(lambda name: name.strip(":"))
WORKS = st.dictionaries(
    st.sampled_from(["a2019", "b 20", "no", "1", "ü: x"]),
    st.fixed_dictionaries({"title": TEXTS, "authors": st.lists(TEXTS, min_size=1, max_size=3)}),
    max_size=3,
)
NOTES = st.lists(
    st.fixed_dictionaries(
        {"q": TEXTS, "a": TEXTS},
        optional={"sources": st.lists(st.sampled_from(["a2019", "b 20", "ü: x"]), max_size=2)},
    ),
    min_size=1,
    max_size=4,
)
DUMPS: list[Callable[..., str]] = [
    lambda value: yaml.safe_dump(value, allow_unicode=True, sort_keys=False),
    lambda value: yaml.safe_dump(value, default_flow_style=False, indent=6, width=20),
    json.dumps,
]


def opened(folder: Path) -> Library:
    root = Root(str(folder), needed=False)
    return Library.open(Store.in_memory(), [root], lambda: Moment.of(NOON, 0))


def found(library: Library) -> list[Card]:
    cards = map(library.catalogue.find, roster.ids(library.catalogue))
    return [one.card for one in cards if one]


@given(NAMES, WORKS, NOTES, st.sampled_from(DUMPS))
@settings(max_examples=30)
def test_what_is_exported_is_added_elsewhere_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, name: str, works: dict[str, object],
    notes: list[dict[str, object]], dump: Callable[..., str],
) -> None:  # fmt: skip
    top = tmp_path_factory.mktemp("trip")
    text = dump({"deck": name, "sources": works, "cards": notes})
    deck, problems = load(text, "x.yaml")
    assume(deck is not None and not has_errors(problems))
    assert deck is not None
    there = opened(place(top / "there", mine=text))
    made = pack(there.catalogue, deck.name).text.encode()
    here = str(top / "here")
    came = arrival.look(opened(top / "here").catalogue, here, made, "out.yaml")
    assert isinstance(came, arrival.Arrival), came
    assert arrival.keep(came) == ""
    library = opened(top / "here")
    assert found(library) == found(there)
    assert library.problems() == []
    assert {entry.source for entry in read(made.decode()).sources} == {
        entry.source
        for entry in deck.sources
        if any(entry.source.key in card.sources for card in found(library))
    }
    assert arrival.look(library.catalogue, here, made, "out.yaml") == came._replace(before=made)
