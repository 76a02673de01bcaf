"""Texts of decks, notes, names and paths reach terminal, HTML, SQL and disk as text alone."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from conftest import Run
from mlsd_cards.store import exchange
from seen import Seen

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\x90q\x7f\r\x08"
DIRECTIONS = "\u202edrow\u2066\u200f\u061c"
BREAKS = "\u2028\u2029\u0085"
MARKUP = "[red]x[/red][link=http://evil]y[/link] :smile:"
HTML = "<script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;{{Front}}</style>"
SQL = "'; DROP TABLE event; --\" OR 1=1 %s ? :x"
FORMAT = "%s%n{0}{0.__class__}{x!r}$(id)`id`"
PATHS = "../../../etc/passwd\\..\\..\\x:y|z*?"
ALL = {
    "directions": DIRECTIONS,
    "markup": MARKUP,
    "html": HTML,
    "sql": SQL,
    "format": FORMAT,
    "paths": PATHS,
}
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
"""What no line for a terminal may hold; the tab stands between the fields of a record."""


def card(id_: str, text: str) -> dict[str, object]:
    """A card with the text wherever a text may stand."""
    return {
        "id": id_, "topic": text, "prompt": f"{text} first?", "answer": f"{text} second",
        "explanation": text, "tags": ["t" + text], "sources": ["key"],
    }  # fmt: skip


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A deck of such cards, in a file of such a name."""
    cards = [card(name, text) for name, text in ALL.items()]
    source = {"title": MARKUP + HTML, "authors": DIRECTIONS + FORMAT, "url": "https://x/'\"onload="}
    made = {
        "deck": f"{MARKUP}::{SQL.replace('::', '')}",
        "title": HTML,
        "sources": {"key": source},
        "cards": cards,
    }
    path = tmp_path / "x\x1b[31m[red]%s{0}'\".yaml"
    path.write_text(json.dumps(made), "utf-8")  # JSON is YAML; its escapes go in as they are
    return path


LOOKS = (
    *(("due",), ("due", "--json"), ("search", "first"), ("search", "first", "--json")),
    *(("show", *ALL), ("show", *ALL, "--json"), ("why", "sql"), ("flag", "--list")),
    *(("flag", "--list", "--json"), ("check",), ("check", "--json"), ("where",), ("doctor",)),
    *(("where", "--json"), ("quiz", "--history"), ("interview",), ("config", "list")),
    *(("review", "--plain"), ("quiz", "--plain"), ("suspend", "sql"), ("reset", "sql")),
)


def test_no_command_hands_a_terminal_more_than_text(run: Run, hostile: Path) -> None:
    note = ESCAPES.replace("\x07", "") + BREAKS + DIRECTIONS + MARKUP
    assert run("flag", "sql", "--note", note, "--decks", hostile).code == 0
    assert run("answer", "sql", "good", "--decks", hostile).code == 0
    for look in LOOKS:
        decks = [] if look[0] in ("doctor", "config") else ["--decks", hostile]
        ran = run(*look, *decks, stdin="\n3\n\n3\nq\n")
        assert ran.code in (0, 1), (look, ran.err)
        for line in (ran.out + ran.err).split("\n"):
            assert not UNFIT.search(line), (look, line)
        if "--json" in look:
            assert json.loads(ran.out), look


def test_the_name_of_a_deck_file_gives_no_second_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a\n1 file, 1 card, 0 problems.yaml"
    path.write_text("cards:\n  - q: Which?\n    b: no answer\n")
    ran = run("check", path)
    assert ran.code == 1
    assert len(ran.out.splitlines()) == ran.out.count(": error ") + 1


def test_markup_of_rich_and_format_strings_stay_what_they_are(run: Run, hostile: Path) -> None:
    told = run("show", *ALL, "--decks", hostile).out
    for text in ("[red]x[/red]", ":smile:", "{0.__class__}", "$(id)", "<script>alert(1)</script>"):
        assert text in told
    assert "DROP TABLE event; --" in told
    assert json.loads(run("show", "html", "--json", "--decks", hostile).out)[0]["card"] == "html"


def test_escapes_of_yaml_that_steer_a_terminal_are_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(json.dumps({"cards": [card("bad", ESCAPES), card("well", "x")]}))
    ran = run("check", path)
    assert (ran.code, "Y03" in ran.out) == (1, True)
    assert run("show", "bad", "--decks", path).code == 1
    assert run("show", "well", "--decks", path).code == 0


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
def test_a_screen_holds_no_sequence_but_its_own(
    hostile: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    home = str(tmp_path / "home")
    words = ("-m", "mlsd_cards", "review", "--decks", str(hostile))
    with Seen(*words, size=size, MLSD_CARDS_HOME=home) as seen:
        for number in range(len(ALL)):
            seen.until(lambda: "first?" in seen.text)
            seen.type(b" ")
            seen.until(lambda: "second" in seen.text)
            if number < len(ALL) - 1:
                seen.type(b"3")
                seen.until(lambda: "second" not in seen.text)
        seen.type(b"q")
        assert seen.ended() == 0
    written = re.sub(r"\x1b\[[?0-9;]*[A-Za-z]|\x1b[78=>]|[\r\n]", "", seen.raw.decode())
    assert not UNFIT.search(written), repr(written)


# HTML


class Tags(HTMLParser):
    """The tags and attributes of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(name for name, _ in attrs)}


def test_fields_for_anki_hold_no_tag_of_a_deck(run: Run, hostile: Path, tmp_path: Path) -> None:
    out = tmp_path / "o.apkg"
    assert run("export", "anki", "-o", out, "--decks", hostile).code == 0
    with zipfile.ZipFile(out) as package:
        assert package.namelist() == ["collection.anki2", "media"]
        package.extract("collection.anki2", tmp_path)
    connection = sqlite3.connect(tmp_path / "collection.anki2")
    fields = [row[0] for row in connection.execute("SELECT flds FROM notes")]
    connection.close()
    assert len(fields) == len(ALL)
    tags = Tags()
    for field in fields:
        tags.feed(field)
    assert not tags.found & {"script", "img", "style", "onerror", "onload", "src"}


# SQL and disk


def test_a_name_is_never_sql(run: Run, hostile: Path, home: Path) -> None:
    run("answer", "sql", "good", "--decks", hostile)
    for names in (["--deck", SQL], ["--topic", SQL], ["--tag", SQL], ["--deck", "%"]):
        assert run("due", *names, "--decks", hostile).code in (0, 1)
    for words in (SQL, '"', "*", "NEAR(", "a AND", "^x", "-", "col:x", "is:", "tag:'", "(" * 500):
        assert run("search", words, "--decks", hostile).code in (0, 1)
    connection = sqlite3.connect(home / "cards.db")
    assert connection.execute("SELECT count(*) FROM event").fetchone() == (1,)
    connection.close()


NAMES = ("../../out", "/abs", "..", ".", "a\nb", "x" * 190, "con", "\u202eyx", "a/b\\c", "~root")


@pytest.mark.parametrize("name", NAMES)
def test_files_for_a_deck_stay_where_they_belong(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    before = {str(path) for path in tmp_path.rglob("*")}
    deck = work / "deck.yaml"
    deck.write_text(json.dumps({"deck": name, "cards": [{"id": "one", "q": "a?", "a": "b"}]}))
    run("add", deck)
    run("export", "deck", name, "--decks", deck)
    made = {path for path in tmp_path.rglob("*") if str(path) not in before and path.is_file()}
    assert all(path.is_relative_to(work) or path.is_relative_to(home) for path in made), made
    assert not [path for path in made if len(path.name) > 80 or not path.name.isprintable()]


PATHS_GIVEN = ("x" * 5000, "\udcff\udcfe", "\x1b[31m\x9b1m", "/dev/zero")
TAKES_PATH = (
    *(("restore",), ("import", "anki"), ("import", "anki", "--undo"), ("import", "json")),
    *(("add",), ("sync",), ("check",), ("show",), ("export", "anki", "-o"), ("why",), ("flag",)),
    *(("due", "--decks"), ("due", "--home"), ("where", "--home"), ("suspend",), ("search",)),
    *(("edit",), ("config", "set", "sync"), ("config", "set"), ()),
)


@pytest.mark.parametrize("given", PATHS_GIVEN)
def test_a_name_that_leads_nowhere_is_refused_in_words(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDITOR", "true")
    for words in TAKES_PATH:
        ran = run(*words, given)
        assert ran.code in (0, 1, 2), (words, ran.err)
        assert not UNFIT.search((ran.out + ran.err).replace("\n", "")), (words, ran)


def test_names_in_the_folder_of_a_sync_are_text(run: Run, deck: Path, tmp_path: Path) -> None:
    folder = tmp_path / "between"
    folder.mkdir()
    head = json.dumps({exchange.FORMAT: 1}) + "\nno event\n"
    for name in (b"a\x1b[31m", b"b\xff\xfe", b"c\n", "d\u202e\x9b".encode(), b"e[red]{0}%s"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name + b".jsonl")).write_text(head)
    (folder / "f.jsonl").symlink_to("/dev/zero")
    (folder / "g.jsonl").symlink_to(folder / "g.jsonl")
    os.mkfifo(folder / "h.jsonl")
    ran = run("sync", folder)
    assert not UNFIT.search((ran.out + ran.err).replace("\n", ""))
    assert ran.out.count("is no event") == 5
    assert "\nc␊.jsonl:2: " in ran.out, "a fact a line"
    again = run("sync", folder, "--json", "--home", tmp_path / "other")
    assert not UNFIT.search(again.out.replace("\n", ""))
    assert len(json.loads(again.out)["faults"]) == 5


def test_a_document_brings_no_file_under_a_name_of_its_own_will(
    run: Run, home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "x.json"
    for name in ("x" * 300 + ".yaml", "../x.yaml", "a\n.yaml", "/x.yaml", ".x.yaml", "a/../x.yaml"):
        files = [{"file": name, "bundled": False, "text": "cards: []\n"}]
        path.write_text(json.dumps({"mlsd-cards": 1, "files": files}))
        ran = run("import", "json", path)
        assert (ran.code, "Traceback" in ran.err) == (1, False), name
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".yaml"] == []
