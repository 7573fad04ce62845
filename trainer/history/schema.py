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
    # 2: what was answered when, review (FSRS), totals for pictures of any size, joined and deleted
    # players, corrected keys, disputes. Derived: details, reviews, cards, pace, totals, picks,
    # activity, rounds, correction_moves. Everything else is told by people and never derived.
    """
    ALTER TABLE events ADD COLUMN moment INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE players ADD COLUMN given TEXT NOT NULL DEFAULT '';
    ALTER TABLE players ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE aliases (
        old TEXT PRIMARY KEY,
        new TEXT NOT NULL,
        moment INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE removed (
        player TEXT PRIMARY KEY,
        moment INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE branches (
        contest TEXT NOT NULL,
        branch TEXT NOT NULL,
        seq INTEGER NOT NULL,
        at INTEGER NOT NULL,
        type TEXT NOT NULL,
        payload TEXT NOT NULL,
        moment INTEGER NOT NULL,
        PRIMARY KEY (contest, branch, seq)
    ) WITHOUT ROWID;
    CREATE TABLE ratings (
        contest TEXT NOT NULL,
        side TEXT NOT NULL,
        position INTEGER NOT NULL,
        rating INTEGER NOT NULL,
        moment INTEGER NOT NULL,
        PRIMARY KEY (contest, side, position)
    ) WITHOUT ROWID;
    CREATE TABLE corrections (
        id TEXT PRIMARY KEY,
        item TEXT NOT NULL,
        changes TEXT NOT NULL,
        note TEXT NOT NULL,
        made TEXT NOT NULL,
        moment INTEGER NOT NULL
    );
    CREATE TABLE correction_moves (
        correction TEXT NOT NULL,
        contest TEXT NOT NULL,
        side TEXT NOT NULL,
        position INTEGER NOT NULL,
        code_before TEXT NOT NULL,
        points_before INTEGER NOT NULL,
        code_after TEXT NOT NULL,
        points_after INTEGER NOT NULL,
        PRIMARY KEY (correction, contest, side, position)
    ) WITHOUT ROWID;
    CREATE TABLE disputes (
        id TEXT PRIMARY KEY,
        item TEXT NOT NULL,
        player TEXT NOT NULL,
        note TEXT NOT NULL,
        opened TEXT NOT NULL,
        closed TEXT NOT NULL,
        outcome TEXT NOT NULL
    );
    CREATE TABLE details (
        contest TEXT NOT NULL,
        side TEXT NOT NULL,
        position INTEGER NOT NULL,
        taken INTEGER NOT NULL,
        paced INTEGER NOT NULL,
        helped INTEGER NOT NULL,
        picked TEXT NOT NULL,
        PRIMARY KEY (contest, side, position)
    ) WITHOUT ROWID;
    CREATE TABLE reviews (
        side TEXT NOT NULL,
        item TEXT NOT NULL,
        contest TEXT NOT NULL,
        position INTEGER NOT NULL,
        n INTEGER NOT NULL,
        taken INTEGER NOT NULL,
        automatic INTEGER NOT NULL,
        rating INTEGER NOT NULL,
        fresh INTEGER NOT NULL,
        unit INTEGER NOT NULL,
        PRIMARY KEY (side, item, contest, position)
    ) WITHOUT ROWID;
    CREATE INDEX reviews_by_day ON reviews(side, taken, fresh) WHERE unit = 1;
    CREATE TABLE cards (
        side TEXT NOT NULL,
        item TEXT NOT NULL,
        section TEXT NOT NULL,
        kind TEXT NOT NULL,
        topic TEXT NOT NULL,
        unit INTEGER NOT NULL,
        state INTEGER NOT NULL,
        step INTEGER NOT NULL,
        stability REAL NOT NULL,
        difficulty REAL NOT NULL,
        due INTEGER NOT NULL,
        last INTEGER NOT NULL,
        reviews INTEGER NOT NULL,
        lapses INTEGER NOT NULL,
        PRIMARY KEY (side, item)
    ) WITHOUT ROWID;
    CREATE INDEX cards_due ON cards(side, due, state, kind) WHERE unit = 1;
    CREATE TABLE pace (
        side TEXT NOT NULL,
        kind TEXT NOT NULL,
        buckets TEXT NOT NULL,
        PRIMARY KEY (side, kind)
    ) WITHOUT ROWID;
    CREATE TABLE totals (
        side TEXT NOT NULL,
        item TEXT NOT NULL,
        section TEXT NOT NULL,
        topic TEXT NOT NULL,
        kind TEXT NOT NULL,
        asked INTEGER NOT NULL,
        right INTEGER NOT NULL,
        blank INTEGER NOT NULL,
        share_m INTEGER NOT NULL,
        ms INTEGER NOT NULL,
        PRIMARY KEY (side, item)
    ) WITHOUT ROWID;
    CREATE INDEX totals_by_item ON totals(item);
    CREATE TABLE picks (
        side TEXT NOT NULL,
        item TEXT NOT NULL,
        answer TEXT NOT NULL,
        chosen TEXT NOT NULL,
        right INTEGER NOT NULL,
        times INTEGER NOT NULL,
        PRIMARY KEY (side, item, answer, chosen)
    ) WITHOUT ROWID;
    CREATE INDEX picks_wrong ON picks(side, times) WHERE right = 0;
    CREATE INDEX picks_by_item ON picks(item);
    CREATE TABLE activity (
        side TEXT NOT NULL,
        quarter INTEGER NOT NULL,
        asked INTEGER NOT NULL,
        right INTEGER NOT NULL,
        ms INTEGER NOT NULL,
        PRIMARY KEY (side, quarter)
    ) WITHOUT ROWID;
    CREATE TABLE rounds (
        contest TEXT NOT NULL,
        side TEXT NOT NULL,
        n INTEGER NOT NULL,
        begun INTEGER NOT NULL,
        rules TEXT NOT NULL,
        title TEXT NOT NULL,
        started TEXT NOT NULL,
        finished TEXT NOT NULL,
        status TEXT NOT NULL,
        questions INTEGER NOT NULL,
        opened INTEGER NOT NULL,
        name TEXT NOT NULL,
        score INTEGER NOT NULL,
        max_score INTEGER NOT NULL,
        answered INTEGER NOT NULL,
        right INTEGER NOT NULL,
        asked INTEGER NOT NULL,
        ms INTEGER NOT NULL,
        PRIMARY KEY (contest, side)
    );
    CREATE INDEX rounds_by_n ON rounds(n);
    CREATE INDEX rounds_by_side ON rounds(side, n);
    CREATE INDEX rounds_by_time ON rounds(side, begun);
    CREATE INDEX rounds_by_rules ON rounds(side, rules, status, score, max_score, n);
    CREATE INDEX rounds_running ON rounds(side, n) WHERE status = 'running';
    """,
)
