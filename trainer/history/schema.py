"""The history file's tables, as numbered migrations."""

from __future__ import annotations

APPLICATION_ID = 0x44564B48  # "DVKH"

MIGRATIONS: tuple[str, ...] = (
    # 1: players, contests, their events, and what is derived from them.
    """
    CREATE TABLE players (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL UNIQUE,
        created TEXT NOT NULL
    );
    CREATE TABLE contests (
        id TEXT PRIMARY KEY,
        rules TEXT NOT NULL,
        title TEXT NOT NULL,
        started TEXT NOT NULL,
        finished TEXT,
        status TEXT NOT NULL,
        seed INTEGER NOT NULL,
        questions INTEGER NOT NULL,
        opened INTEGER NOT NULL
    );
    CREATE TABLE contest_sides (
        contest TEXT NOT NULL REFERENCES contests(id),
        side TEXT NOT NULL,
        name TEXT NOT NULL,
        score INTEGER NOT NULL,
        max_score INTEGER NOT NULL,
        answered INTEGER NOT NULL,
        right INTEGER NOT NULL,
        PRIMARY KEY (contest, side)
    );
    CREATE INDEX contest_sides_by_side ON contest_sides(side);
    CREATE TABLE events (
        n INTEGER PRIMARY KEY AUTOINCREMENT,
        contest TEXT NOT NULL,
        seq INTEGER NOT NULL,
        at INTEGER NOT NULL,
        type TEXT NOT NULL,
        payload TEXT NOT NULL,
        UNIQUE (contest, seq)
    );
    CREATE TABLE attempts (
        contest TEXT NOT NULL,
        side TEXT NOT NULL,
        position INTEGER NOT NULL,
        n INTEGER NOT NULL,
        item TEXT NOT NULL,
        section TEXT NOT NULL,
        topic TEXT NOT NULL,
        kind TEXT NOT NULL,
        level INTEGER NOT NULL,
        code TEXT NOT NULL,
        share REAL NOT NULL,
        points INTEGER NOT NULL,
        elapsed_ms INTEGER NOT NULL,
        PRIMARY KEY (contest, side, position)
    );
    CREATE INDEX attempts_by_item ON attempts(side, item, n);
    CREATE TABLE memory (
        side TEXT NOT NULL,
        item TEXT NOT NULL,
        section TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        last_n INTEGER NOT NULL,
        last_share REAL NOT NULL,
        PRIMARY KEY (side, item)
    ) WITHOUT ROWID;
    CREATE INDEX memory_missed ON memory(side, section, last_share);
    CREATE TABLE flags (
        side TEXT NOT NULL,
        item TEXT NOT NULL,
        kind TEXT NOT NULL,
        note TEXT NOT NULL,
        created TEXT NOT NULL,
        PRIMARY KEY (side, item, kind)
    ) WITHOUT ROWID;
    CREATE TABLE settings (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
)
