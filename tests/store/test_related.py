"""Cards that are about the same as a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlsd_cards.app import App
from mlsd_cards.store import related as module
from mlsd_cards.store.index import opened
from mlsd_cards.store.related import related
from mlsd_cards.store.search import Read

CARDS = {
    "log-q": "Which correction does in-batch softmax need for popular items? | The log-frequency.",
    "popular": "What do popular videos get too much of? | Exposure.",
    "experts": "What does MMoE add? | Experts that tasks share by gates.",
    "needed": "What is subtracted from the scores? | The log-frequency of an item.",
    **{
        f"filler-{n}": f"What is filler {n} for, when the model scores? | Nothing."
        for n in range(30)
    },
}


@pytest.fixture
def app(tmp_path: Path) -> App:
    (tmp_path / "cards.yaml").write_text(
        "cards:\n"
        + "".join(
            f"  - {{id: {name}, q: '{q}', a: '{a}'}}\n"
            for name, (q, _, a) in ((one, text.partition(" | ")) for one, text in CARDS.items())
        )
    )
    return App(str(tmp_path / "home"), (str(tmp_path / "cards.yaml"),))


@pytest.mark.parametrize("ranked", [True, False])
@pytest.mark.parametrize(
    ("text", "favoured", "found"),
    [
        ("Log-frequency correction, or popular items win", {}, ["log-q"]),
        ("Log-frequency correction, or popular items win", {"needed": 0.5}, ["log-q", "needed"]),
        ("Gates and experts that MMoE shares", {}, ["experts"]),
        ("popular", {}, []),  # a word alone may mean anything
        ("the model scores when it is for what", {}, []),  # all of them say so
        ("Nothing of this kind stands in any deck", {"experts": 1.0}, []),
        ("", {}, []),
    ],
)
def test_cards_that_share_the_telling_words(
    app: App,
    text: str,
    favoured: dict[str, float],
    found: list[str],
    ranked: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not ranked:
        monkeypatch.setattr(module, "Ranked", Read)
    among = {**dict.fromkeys(CARDS, 0.0), **favoured}
    with opened(app.home, app.catalogue) as index:
        assert sorted(one.card for one in related(index, text, among)) == found
        assert related(index, text, {}) == []
