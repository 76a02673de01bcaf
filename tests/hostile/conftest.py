"""What tests of hostile texts and files share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def few_bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one bundled deck, in the place of all that would have to be read."""
    folder = tmp_path / "bundled"
    folder.mkdir()
    (folder / "b.yaml").write_text("cards:\n  - {id: bundled, q: Is it there?, a: It is.}\n")
    monkeypatch.setattr("mlsd_cards.app.bundled_decks", lambda: str(folder))
    return folder
