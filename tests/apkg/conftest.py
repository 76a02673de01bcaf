"""A library to export, and an Anki to take it in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import Clock, Run
from desktop import Anki, Export

BUNDLED = """\
deck: d
title: A deck
description: One card.
tags: [d]
cards:
  - {id: stays, type: basic, topic: t, difficulty: 1, expected_s: 30, prompt: Does it stay?,
     answer: It does., explanation: Nobody touches it., tags: ["step:1"], sources: [a]}
"""

SOURCES = """\
sources:
  a: {title: A work, authors: "Ann Author, Bob Other", year: "2019", arxiv: "1906.00001"}
"""


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    pytest.importorskip("anki")
    one = Anki(tmp_path / "c.anki2")
    yield one
    one.col.close()


@pytest.fixture
def decks(home: Path) -> Path:
    """The person's own decks, the only ones there are."""
    folder = home / "decks"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def export(run: Run, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Export:
    """Export with these arguments, a minute later each time; the file and what was said of it."""
    bundled = tmp_path / "bundled"
    bundled.mkdir()
    monkeypatch.setattr("mlsd_cards.app.bundled_decks", lambda: str(bundled))
    (bundled / "a.yaml").write_text(BUNDLED)
    (bundled / "sources.yaml").write_text(SOURCES)

    def export_(*arguments: str) -> tuple[Path, dict[str, Any]]:
        clock.forward(1 / 1440)
        file = tmp_path / "out.apkg"
        ran = run("export", "anki", "-o", str(file), "--json", *arguments)
        assert ran.code == 0, ran.err
        return file, json.loads(ran.out)

    return export_
