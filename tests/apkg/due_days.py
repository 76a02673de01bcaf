"""A library with a past, exported and imported in the time zone of this process; prints how far off
the days are on which Anki has the cards due, and what it makes of their history.

A program of its own, because Anki reads the time zone once.
"""

import json
import sys
from pathlib import Path

from desktop import Anki
from mlsd_cards.anki.export import Exporter
from mlsd_cards.app import App, wall
from mlsd_cards.store import log
from mlsd_cards.store.catalogue import EVERYTHING

CARDS = "".join(
    f"  - {{id: card-{n}, topic: t, prompt: Question {n}?, answer: Answer {n}.}}\n"
    for n in range(6)
)
PASTS = {
    "card-0": [(0, 3)],
    "card-1": [(1, 3), (0, 3)],
    "card-2": [(30, 4), (29, 4), (23, 1), (22, 3)],  # overdue
    "card-3": [(3, 1), (3, 3)],
    "card-4": [(0, 2)],
}
"""Days ago and buttons; the last card is new."""

folder = Path(sys.argv[1])
(folder / "deck.yaml").write_text(f"deck: d\ncards:\n{CARDS}")
app = App(str(folder / "home"), (str(folder / "deck.yaml"),))
app.store.append(log.CONFIGURED, "", app.moment(), payload={"scheduler": sys.argv[2]})
now, day_ms = wall(), 86_400_000
for card, past in PASTS.items():
    for ago, button in past:
        moment = app.moment(now - ago * day_ms)
        app.store.append(
            log.REVIEWED, card, moment, grade=button, scale="1-4", source=log.REVIEW, took=2500
        )
app.store.append(log.SUSPENDED, "card-1", app.moment())
exporter = Exporter(app.catalogue, EVERYTHING, app.moment(), whole=False, with_progress=True)
exporter.write(str(folder / "out.apkg"))
anki = Anki(folder / "c.anki2")
assert anki.take(folder / "out.apkg", progress=True) == {"new": 6}
anki.check()
anki.col.set_config("fsrs", True)
found = {}
for id_, guid in anki.col.db.all("select c.id, n.guid from cards c join notes n on n.id = c.nid"):
    name = guid.removeprefix("mlsd:basic:")
    card, state = anki.col.get_card(id_), app.store.folded(name).state
    off = card.due - anki.col.sched.today - (state.due - app.moment().day) if card.type else 0
    history = anki.col.db.list("select type from revlog where cid = ? order by id", id_)
    memory = anki.col.compute_memory_state(id_).stability if card.type else 0.0
    found[name] = [off, card.queue, card.ivl, card.factor, card.reps, history, memory]
anki.col.close()
sys.stdout.write(json.dumps(found))
