"""The page with the pictures: what is on it, what cannot be, and who may read it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from browser import CHROMIUM, Browser, browser
from conftest import Clock, Run
from interviews import attempt
from mlsd_cards.app import App
from mlsd_cards.commands import report
from mlsd_cards.commands.plan import save
from mlsd_cards.report import page as page_module
from mlsd_cards.report.figures import MOST_POINTS, grouped
from mlsd_cards.store import log
from mlsd_cards.store.plan import Plan
from mlsd_cards.store.sitting import INTERVIEW, QUIZ, Sittings
from mlsd_cards.store.tally import Tally, total
from mlsd_cards.study.interview.score import record, score
from mlsd_cards.study.statistics.period import Period

HOSTILE = "</title><script>alert(1)</script><img src=http://evil.test/x onerror=alert(2)>"
NAMES = (HOSTILE, "$x^2$ & \"q\" 'a'", "t" * 120, "سجل البيانات")
VOID = {"meta", "br", "rect", "path", "use"}

ITEM = {"card": "c1", "deck": "small", "topic": "drift", "kind": "basic", "prompt": "What?"}


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


def write_deck(path: Path) -> Path:
    """Forty cards of topics that mean harm; a card's topic goes by its number."""
    cards = (
        f"  - id: card-{number}\n    topic: '{NAMES[number % 4].replace(chr(39), chr(39) * 2)}'\n"
        f"    q: What is {number}?\n    a: It is a number.\n    tags: [t{number % 2}]\n"
        for number in range(40)
    )
    path.write_text("deck: '<b>small'\ncards:\n" + "".join(cards))
    return path


def answered(app: App, clock: Clock, days: int, per_day: int = 9) -> None:
    """So many days of answers, today's among them."""
    rng = Random(7)
    clock.forward(-days)
    with app.store.write():
        for day in range(days + 1):
            for turn in range(per_day - 4 * (day % 7 == 0)):
                card = rng.randrange(min(40, 3 + 2 * day))
                app.store.append(
                    log.REVIEWED, f"card-{card}", app.moment(), scale=log.BUTTONS,
                    grade=3 if rng.random() < 0.85 else 1, took=9_000 + turn, source=log.REVIEW,
                )  # fmt: skip
            if day < days:
                clock.forward(1)


def sat(app: App) -> None:
    """Three quizzes with sureness, and two interviews."""
    quizzes, interviews = Sittings(app.store, QUIZ), Sittings(app.store, INTERVIEW)
    for right in (6, 20, 13):
        items = [
            ITEM | {"verdict": verdict, "score": float(verdict == "right"), "certainty": sure}
            for verdict, sure in [("right", 3)] * right + [("wrong", 3), ("right", 1)]
        ]
        name = quizzes.begin(app.moment(), {"seed": 7, "title": HOSTILE})
        quizzes.end(name, app.moment(), {"items": items, "certainty": True, "how": "handed in"})
    for points in (1, 2):
        told = record(score(attempt()))
        for step in told["steps"]:
            for must in step["must"]:
                must["points"] = points
        name = interviews.begin(app.moment(), {"card": "mock-parcels", "title": "Parcels"})
        interviews.end(name, app.moment(), told)


@pytest.fixture
def app(home: Path, tmp_path: Path, clock: Clock) -> App:
    """Five months of answers, quizzes, interviews and a plan."""
    app = App(str(home), (str(write_deck(tmp_path / "small.yaml")),))
    answered(app, clock, 150)
    sat(app)
    today = app.moment().day
    save(app, Plan(today + 30, 10, 60_000, 30_000, today))
    return app


@pytest.fixture
def week(home: Path, tmp_path: Path, clock: Clock) -> App:
    """A week of answers."""
    app = App(str(home), (str(write_deck(tmp_path / "small.yaml")),))
    answered(app, clock, 6, 5)
    return app


@pytest.fixture
def fresh(home: Path, tmp_path: Path, clock: Clock) -> App:
    """Nothing answered."""
    return App(str(home), (str(write_deck(tmp_path / "small.yaml")),))


def html_of(run: Run, app: App, tmp_path: Path, *arguments: str) -> str:
    file = tmp_path / "page.html"
    ran = run("report", "-o", file, "--decks", app.decks[0], *arguments)
    assert ran.code == 0, ran.err
    assert ran.out.startswith(f"{file}: ")
    return file.read_text()


# what is on it

HEADINGS = [
    "The plan",
    "Readiness by topic",
    "Retention over time",
    "Due in the next four weeks",
    "Days of study",
    "Retention by topic",
    "Quizzes",
    "How sure, and how right",
    "Interviews",
    "Interview steps",
    "Hardest cards",
]


def test_all_sections_with_their_pictures(app: App, run: Run, tmp_path: Path) -> None:
    page = Page(html_of(run, app, tmp_path))
    for heading in HEADINGS:
        assert heading in page.text
    pictures = [one for one in page.all("svg") if one.get("role") == "img"]
    assert len(pictures) == 7
    ids = [one["id"] for _, one in page.elements if "id" in one]
    assert len(ids) == len(set(ids))
    for one in pictures:  # each with a text alternative, and its numbers as a table
        assert {one["aria-labelledby"], one["aria-describedby"]} <= {*ids}
    assert len(page.all("details")) >= len(pictures)
    links = [one["href"] for one in page.all("a", "use") if "href" in one]
    assert {link.removeprefix("#") for link in links} <= {*ids}
    named = re.findall(r"url\(#([^)]*)\)", str(page.elements))
    assert named
    assert {*named} <= {*ids}


def test_headings_are_in_order_and_the_language_is_said(app: App, run: Run, tmp_path: Path) -> None:
    page = Page(html_of(run, app, tmp_path))
    levels = [tag for tag, _ in page.elements if re.fullmatch(r"h\d", tag)]
    assert levels == ["h1"] + ["h2"] * (len(levels) - 1)
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("main")) == len(page.all("title")) - 7 == 1


def test_the_figures_are_those_of_stats(app: App, run: Run, tmp_path: Path) -> None:
    from mlsd_cards.run.statistics import overview

    made = overview(app)
    text = Page(html_of(run, app, tmp_path)).text
    kept = made.practised.retention
    assert f"You remember {(kept.young + kept.mature).percent} %" in text
    assert f"{made.practised.whole.answers:,} answers" in text
    assert "3 quizzes: the latest 93 %" in text
    assert "2 whole interviews: the latest 100 %, the best 100 %" in text


def test_of_some_cards_and_days(app: App, run: Run, tmp_path: Path) -> None:
    text = Page(html_of(run, app, tmp_path, "--tag", "t0", "--days", "60")).text
    assert "tag t0; answers since 2026-09-23" in text
    assert "Quizzes" not in text  # which ask across decks
    assert "The plan" not in text  # nor is it of these cards
    assert re.search(r"Today you would know \d+ % of 20 cards\.", text)
    assert run("report", "--topic", "drfit", "--decks", app.decks[0]).code == 1


def test_of_a_week_no_noise_is_drawn(week: App, run: Run, tmp_path: Path) -> None:
    html = html_of(run, week, tmp_path)
    page = Page(html)
    pictures = [one["aria-labelledby"] for one in page.all("svg") if one.get("role") == "img"]
    assert pictures == ["forecast-picture-title", "days-picture-title"]
    assert re.search(r"Too few answers to tell: \d+ of 20|Too few answers in any week", page.text)
    assert "No topic has 20 answers" in page.text


def test_a_plan_and_what_will_be_known(app: App, run: Run, tmp_path: Path) -> None:
    text = Page(html_of(run, app, tmp_path)).text
    told = json.loads(run("plan", "--json", "--decks", app.decks[0]).out)
    known, cards = told["known"], told["cards"]
    assert f"Interview on {told['date']}, in 30 days: 10 minutes a day for 40 cards" in text
    assert f"Today you would know {100 * known['now'] / cards:.0f} % of 40 cards" in text
    assert f"at the interview {100 * known['then'] / cards:.0f} %" in text
    assert f"without its final sweep {100 * known['without_sweep'] / cards:.0f} %" in text
    assert f"The final sweep begins on {told['sweep']['begins']}" in text


def test_of_a_plan_without_a_sweep_none_is_told(app: App, run: Run, tmp_path: Path) -> None:
    assert "No sweep" in Page(html_of(run, app, tmp_path)).text
    saved = app.store.settings.plan
    assert saved
    save(app, saved._replace(sweeps=False))
    text = Page(html_of(run, app, tmp_path)).text
    assert "No final sweep; in the last 7 days nothing is new." in text
    assert text.lower().count("sweep") == text.count("No final sweep")
    known = json.loads(run("plan", "--json", "--decks", app.decks[0]).out)["known"]
    assert f"at the interview {100 * known['then'] / 40:.0f} % if you follow the plan." in text
    assert f"if reviews go on: {known['later']:.0f} cards known. Drawn are" in text


def test_a_plan_that_does_not_fit_or_is_over(fresh: App, run: Run, tmp_path: Path) -> None:
    today = fresh.moment().day
    save(fresh, Plan(today + 9, 1, 60_000, 30_000, today))
    text = Page(html_of(run, fresh, tmp_path)).text
    assert re.search(r"This does not fit: about \d+ of 40 cards can be learnt", text)
    assert "Nothing is answered yet" in text
    assert text.count("Readiness by topic") == 2  # its link and its heading
    save(fresh, Plan(today + 5, 5, 60_000, 30_000, today))
    assert "in the last 7 days few cards are new." in Page(html_of(run, fresh, tmp_path)).text
    save(fresh, Plan(today, 30, 60_000, 30_000, today - 9))
    assert "Interview on" not in Page(html_of(run, fresh, tmp_path)).text


def test_an_empty_log_says_what_will_be_here(fresh: App, run: Run, tmp_path: Path) -> None:
    page = Page(html_of(run, fresh, tmp_path))
    assert "Nothing is answered yet" in page.text
    assert "mlsd-cards review begins" in page.text
    for heading in ("Retention over time", "Readiness by topic", "The plan", "Interviews"):
        assert heading in page.text
    assert not page.all("svg")


# what cannot be


def test_names_are_text(app: App, run: Run, tmp_path: Path) -> None:
    html = html_of(run, app, tmp_path)
    page = Page(html)
    assert not page.all("script", "img", "b", "iframe", "object", "link", "form")
    assert page.text.count(HOSTILE) >= 3
    assert NAMES[1] in page.text
    assert not any(key.startswith("on") for _, one in page.elements for key in one)


def test_a_turn_of_direction_is_a_mark(app: App, run: Run, tmp_path: Path) -> None:
    quizzes = Sittings(app.store, QUIZ)
    name = quizzes.begin(app.moment(), {"seed": 7, "title": "a\u202eb\x1b[31m"})
    quizzes.end(name, app.moment(), {"items": [ITEM | {"verdict": "right", "score": 1.0}]})
    html = html_of(run, app, tmp_path)
    assert "a&lt;U+202E&gt;b␛[31m" in html
    assert not {"\u202e", "\x1b"} & {*html}


def test_nothing_is_fetched_and_no_style_is_inline(app: App, run: Run, tmp_path: Path) -> None:
    page = Page(html_of(run, app, tmp_path))
    for _, one in page.elements:
        assert not one.keys() & {"src", "srcset", "style", "data", "action", "xlink:href"}
        assert one.get("href", "#").startswith("#")
    assert not re.search(r"url\((?!#)|@import|@font-face", Path(STYLE).read_text())
    (policy,) = [one["content"] for one in page.all("meta") if "http-equiv" in one]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


STYLE = Path(page_module.__file__).parent / "style.css"


def luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast(scheme: int) -> None:
    roots = re.findall(r":root \{(.*?)\}", STYLE.read_text(), re.S)
    colours = dict(re.findall(r"--(\w+): (#\w{6});", roots[scheme]))
    assert colours.keys() == dict(re.findall(r"--(\w+): (#\w{6});", roots[0])).keys()
    for ground in ("paper", "panel"):
        for words in ("ink", "soft", "link"):
            assert contrast(colours[words], colours[ground]) >= 4.5
    assert contrast(colours["two"], colours["grid"]) >= 3
    for mark in ("one", "two", "soft", "heat1", "heat2", "heat3", "heat4"):
        assert contrast(colours[mark], colours["panel"]) >= 3
    assert contrast(colours["one"], colours["grid"]) >= 3  # a bar in its groove


def test_every_class_has_a_rule(app: App, run: Run, tmp_path: Path) -> None:
    page = Page(html_of(run, app, tmp_path))
    used = {name for _, one in page.elements for name in one.get("class", "").split()}
    assert used <= {*re.findall(r"\.([\w-]+)", STYLE.read_text())}
    assert not re.search(r"#0000\w\w", str(page.elements))  # no colour kept its drawing name


# the file


def test_it_is_for_the_person_alone_and_replaces_a_report(
    week: App, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert run("report", "--decks", week.decks[0]).code == 0
        assert Path("report.html").stat().st_mode & 0o777 == 0o600
        Path("report.html").chmod(0o644)
    assert [path.name for path in tmp_path.glob("report*")] == ["report.html"]


def test_another_file_is_left_alone(week: App, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "thesis.html"
    file.write_text("years of work")
    ran = run("report", "-o", file, "--decks", week.decks[0])
    assert (ran.code, file.read_text()) == (1, "years of work")
    assert "--force" in ran.err
    file.chmod(0o644)
    assert run("report", "-o", file, "--force", "--decks", week.decks[0]).code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text().startswith("<!doctype html>")


def test_no_folder_pipe_or_missing_folder_is_written(week: App, run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    for name in (tmp_path, pipe, tmp_path / "no" / "page.html", tmp_path / "link"):
        ran = run("report", "-o", name, "--decks", week.decks[0])
        assert (ran.code, ran.out) == (1, ""), name


def test_to_the_standard_output(week: App, run: Run) -> None:
    ran = run("report", "-o", "-", "--decks", week.decks[0])
    assert ran.out.startswith("<!doctype html>")
    assert run("report", "-o", "-", "--open").code == 2


def test_open_shows_the_file(
    fresh: App, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: bool(shown.append(address)))
    ran = run("report", "-o", tmp_path / "a b#.html", "--open", "--decks", fresh.decks[0])
    assert shown == [(tmp_path / "a b#.html").as_uri()]
    assert "No browser could be opened" in ran.err


def test_without_matplotlib_it_says_what_to_install(
    fresh: App, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("mlsd_cards.report.picture.import_module", missing)
    ran = run("report", "-o", tmp_path / "page.html", "--decks", fresh.decks[0])
    assert ran.code == 1
    assert "pip install matplotlib" in ran.err
    assert not (tmp_path / "page.html").exists()


def test_what_is_no_report_is_known(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<html>" + "x" * report.BEGINNING + page_module.GENERATOR)
    assert not report.is_report(file)


# in a browser

OVERFLOW = """
[...document.querySelectorAll("body *")].filter(one =>
  one.getBoundingClientRect().right > innerWidth + 0.5 && !one.closest(".table") &&
  !one.classList.contains("skip")).map(one => one.tagName + "." + one.className)
"""

SIDEWAYS = """
[...document.querySelectorAll(".table")].filter(one => one.scrollWidth > one.clientWidth)
  .map(one => [one.ariaLabel, one.scrollWidth, one.clientWidth])
"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as one:
        yield one


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_a_browser(
    app: App, run: Run, tmp_path: Path, chromium: Browser, width: int, scheme: str
) -> None:
    html_of(run, app, tmp_path)
    chromium.told.clear()
    chromium.asked.clear()
    chromium.open((tmp_path / "page.html").as_uri(), width, scheme=scheme)
    for one in ("closed", "open"):  # the tables of numbers
        chromium.value(
            f"document.querySelectorAll('details').forEach(one => one.open = {one == 'open':d})"
        )
        assert chromium.value("document.documentElement.scrollWidth") <= width
        assert chromium.value(OVERFLOW) == []
        assert chromium.value(SIDEWAYS) == []
    paper = chromium.value("getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(245, 247, 249)", "dark": "rgb(16, 20, 24)"}[scheme]
    drawn = chromium.value("getComputedStyle(document.querySelector('svg .f-one')).fill")
    assert drawn == {"light": "rgb(11, 98, 181)", "dark": "rgb(107, 176, 247)"}[scheme]
    chromium.picture(tmp_path / "page.png")
    assert (tmp_path / "page.png").stat().st_size > 50_000
    assert chromium.told == []
    assert chromium.asked == [(tmp_path / "page.html").as_uri()]


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
def test_by_keys_and_in_print(app: App, run: Run, tmp_path: Path, chromium: Browser) -> None:
    html_of(run, app, tmp_path)
    chromium.open((tmp_path / "page.html").as_uri(), 1280)
    chromium.value("document.querySelectorAll('summary').length")
    chromium.press("Tab")
    assert chromium.value("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(60):
        chromium.press("Tab")
        reached.add(chromium.value("document.activeElement.outerHTML.slice(0, 60)"))
    assert sum(one.startswith("<summary") for one in reached) == len(
        re.findall("<summary", (tmp_path / "page.html").read_text())
    )
    assert any("table" in one for one in reached)
    chromium.printed(tmp_path / "page.pdf")
    pages = (tmp_path / "page.pdf").read_bytes().count(b"/Type /Page\n")
    assert 1 <= pages <= 5


def test_charts_need_no_more_than_one_point() -> None:
    from mlsd_cards.report.charts import Point, Stack, bars, retention, scores
    from mlsd_cards.report.picture import picture

    for name, paint in {
        "a": retention([Point(20_778, 100, 80, 100)]),
        "b": scores([0], 1),
        "c": bars(20_778, Stack([0], [0], ("due", "late"))),
    }.items():
        assert 'role="img"' in picture(name, "title", "told", paint)


@given(counts=st.lists(st.integers(0, 50), max_size=300))
def test_weeks_are_put_together_without_loss(counts: list[int]) -> None:
    weeks = [Period(7 * at, 7, Tally(count, count)) for at, count in enumerate(counts, 3)]
    groups = grouped(weeks)
    assert len(groups) <= MOST_POINTS
    assert total(one.tally for one in groups) == total(one.tally for one in weeks)
    if weeks:
        assert groups[-1].first + groups[-1].days == weeks[-1].first + 7
