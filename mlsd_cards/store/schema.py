"""The store's tables, as numbered migrations: entry n takes a file from version n to n + 1."""

from __future__ import annotations

APPLICATION_ID = 0x6D6C7364  # "mlsd": tells our files from other people's databases

EVENT = "card, time, device, uid, kind, at, utc_offset, day, grade, scale, took, source, payload"
STATE = (
    "repetitions, ef, interval, due, first, last, lapses, drill, stability, difficulty, "
    "suspended, buried, marked, showings, head"
)
INSERT_EVENT = f"INSERT INTO event ({EVENT}) VALUES ({', '.join('?' * 13)})"
SAVE_STATE = f"INSERT OR REPLACE INTO state (card, {STATE}) VALUES ({', '.join('?' * 16)})"
COUNTS = (
    "NOT EXISTS (SELECT 1 FROM event u WHERE u.card = e.card AND u.kind = ? "
    "AND json_extract(u.payload, '$.event') = e.uid)"
)
"""Whether nobody has taken the event ``e`` back."""

TAKEN_BACK = "SELECT json_extract(payload, '$.event') FROM event WHERE kind = 'undone'"
"""The uids of all events that somebody has taken back."""

EVENTS = """
CREATE TABLE event (
    card TEXT NOT NULL, -- '' where the event belongs to no card
    time INTEGER NOT NULL,
    device TEXT NOT NULL,
    uid TEXT NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    utc_offset INTEGER NOT NULL,
    day INTEGER NOT NULL,
    grade INTEGER,
    scale TEXT,
    took INTEGER,
    source TEXT,
    payload TEXT,
    PRIMARY KEY (card, time, device, uid) -- the order of the fold: a refold reads straight on
) STRICT, WITHOUT ROWID;
CREATE INDEX event_time ON event (time);
CREATE INDEX event_undone ON event (card) WHERE kind = 'undone';
CREATE TRIGGER event_is_kept BEFORE DELETE ON event
    BEGIN SELECT raise(ABORT, 'events are never deleted'); END;
CREATE TRIGGER event_is_final BEFORE UPDATE ON event
    BEGIN SELECT raise(ABORT, 'events are never changed'); END
"""

STATES = """
CREATE TABLE state (
    card TEXT NOT NULL PRIMARY KEY,
    repetitions INTEGER NOT NULL,
    ef INTEGER NOT NULL,
    interval INTEGER NOT NULL,
    due INTEGER NOT NULL,
    first INTEGER,
    last INTEGER,
    lapses INTEGER NOT NULL,
    drill INTEGER NOT NULL,
    suspended INTEGER NOT NULL,
    buried INTEGER,
    marked INTEGER NOT NULL,
    showings INTEGER NOT NULL,
    head TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX state_due ON state (due) WHERE last IS NOT NULL AND suspended = 0;
CREATE INDEX state_last ON state (last) WHERE last IS NOT NULL
"""

LIBRARIES = """
CREATE TABLE library (
    id INTEGER PRIMARY KEY,
    roots TEXT NOT NULL UNIQUE -- the version that read it, then folders and files, a line each
) STRICT;
CREATE TABLE deck_file (
    id INTEGER PRIMARY KEY,
    library INTEGER NOT NULL REFERENCES library (id),
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL, -- ns
    digest TEXT NOT NULL,
    rank INTEGER NOT NULL,
    problems TEXT NOT NULL, -- JSON
    UNIQUE (library, path)
) STRICT;
CREATE TABLE card (
    library INTEGER NOT NULL REFERENCES library (id),
    id TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES deck_file (id),
    line INTEGER NOT NULL,
    position INTEGER NOT NULL, -- rank of the file * 2^32 + place in it
    note TEXT NOT NULL,
    kind TEXT NOT NULL,
    deck TEXT NOT NULL,
    topic TEXT NOT NULL,
    tags TEXT NOT NULL, -- each between line feeds
    digest TEXT NOT NULL,
    body TEXT NOT NULL, -- JSON
    unseen INTEGER NOT NULL, -- no review has scheduled it yet: follows state.last
    PRIMARY KEY (library, id)
) STRICT;
CREATE TABLE source (
    library INTEGER NOT NULL REFERENCES library (id),
    key TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES deck_file (id),
    body TEXT NOT NULL, -- JSON
    PRIMARY KEY (library, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_file ON card (file);
CREATE INDEX card_unseen ON card (library, position) WHERE unseen = 1;
CREATE INDEX card_id ON card (id)
"""

META = """
CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID
"""

IDENTITIES = "CREATE INDEX event_identified ON event (time) WHERE kind = 'identified'"

FLAGS = "CREATE INDEX event_flagged ON event (time) WHERE kind IN ('flagged', 'unflagged')"

WRONG = "kind = 'reviewed' AND (grade < 2 OR grade = 2 AND scale = '0-5')"
"""Which events are wrong answers: the first button, or below 3 on SM-2's own scale."""

PAPERS = f"""
ALTER TABLE card ADD COLUMN difficulty INTEGER NOT NULL DEFAULT 2;
ALTER TABLE card ADD COLUMN expected_s INTEGER NOT NULL DEFAULT 60;
ALTER TABLE card ADD COLUMN requires TEXT NOT NULL DEFAULT ''; -- a space between two
UPDATE card SET
    difficulty = json_extract(body, '$.difficulty'),
    expected_s = json_extract(body, '$.expected_s'),
    requires = (SELECT ifnull(group_concat(value, ' '), '') FROM json_each(body, '$.requires'));
CREATE INDEX card_paper ON card
    (library, id, note, deck, topic, kind, difficulty, expected_s, requires, position);
CREATE INDEX event_wrong ON event (card, kind, grade, scale) WHERE {WRONG}
"""
"""What a paper is drawn from, without the bodies of all cards or the whole log being read."""

SOURCES = """
DROP TABLE source;
CREATE TABLE source (
    library INTEGER NOT NULL REFERENCES library (id),
    key TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES deck_file (id),
    line INTEGER NOT NULL, -- of the key in a deck; 0 in a list of sources
    body TEXT NOT NULL, -- JSON
    PRIMARY KEY (library, key, file)
) STRICT, WITHOUT ROWID;
UPDATE deck_file SET mtime = -1 -- every file is read again
"""

TURNS = """
ALTER TABLE card ADD COLUMN turn INTEGER NOT NULL DEFAULT 0; -- when its note may be new
DROP INDEX card_unseen;
CREATE INDEX card_unseen ON card (library, turn, position) WHERE unseen = 1;
UPDATE deck_file SET mtime = -1 -- every file is read again
"""

MEMORIES = """
ALTER TABLE state ADD COLUMN stability REAL; -- of FSRS, in days
ALTER TABLE state ADD COLUMN difficulty REAL
"""

STAGES = """
ALTER TABLE card ADD COLUMN stage INTEGER NOT NULL DEFAULT 0; -- when its note may be new in a plan
CREATE INDEX card_stage ON card (library, stage, turn, position) WHERE unseen = 1;
UPDATE deck_file SET mtime = -1 -- every file is read again
"""

_COUNTED = ("answers", "right", "took", "new", "young", "young_right", "mature", "mature_right")
_TALLY = ", ".join(f"{name} INTEGER NOT NULL" for name in _COUNTED)
TALLIES = f"""
CREATE TABLE tally_day
    (day INTEGER NOT NULL PRIMARY KEY, west INTEGER NOT NULL, east INTEGER NOT NULL, {_TALLY})
    STRICT;
CREATE TABLE tally_card (card TEXT NOT NULL PRIMARY KEY, {_TALLY}) STRICT, WITHOUT ROWID
"""
"""The answers counted up to some time, a cache: ``store/tally`` says what the columns are."""

COVERED = """
DROP INDEX state_due;
CREATE INDEX state_due ON state
    (due, suspended, buried, interval, first, last, drill, repetitions)
    WHERE last IS NOT NULL AND suspended = 0;
DELETE FROM meta WHERE key = 'tallied' -- its value has another form now
"""
"""All that an agenda asks of a state, in one index: there the due cards of a large home stand
together, while their states are a page each."""

MIGRATIONS = (
    META + ";" + EVENTS + ";" + STATES + ";" + LIBRARIES,
    IDENTITIES,
    FLAGS + ";" + SOURCES + ";" + PAPERS,
    TURNS,
    MEMORIES,
    TALLIES,
    COVERED,
    STAGES,
)
VERSION = len(MIGRATIONS)


def statements(script: str) -> list[str]:
    """The single statements of a script; triggers, whose bodies hold semicolons, stay whole."""
    from sqlite3 import complete_statement

    found, pending = [], ""
    for part in script.split(";"):
        pending += part + ";"
        if complete_statement(pending):
            found.append(pending)
            pending = ""
    return found
