-- Times are seconds since 1970, UTC. Codes are those of the domain's enums and
-- of the directory; a row that the domain cannot read fails to load.

-- Departments, townships and offices.
CREATE TABLE bodies (
    code      TEXT PRIMARY KEY,
    name_zh   TEXT NOT NULL,
    name_en   TEXT NOT NULL,
    short_zh  TEXT NOT NULL,
    short_en  TEXT NOT NULL,
    kind      TEXT NOT NULL,
    -- Where lists show it.
    position  INTEGER NOT NULL
) STRICT;

-- What orders are about.
CREATE TABLE categories (
    code         TEXT PRIMARY KEY,
    name_zh      TEXT NOT NULL,
    name_en      TEXT NOT NULL,
    examples_zh  TEXT NOT NULL,
    examples_en  TEXT NOT NULL,
    position     INTEGER NOT NULL
) STRICT;

-- A year is here once the State Council's notice for it is published.
CREATE TABLE calendar_years (
    year  INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE calendar_days (
    date  TEXT PRIMARY KEY,
    year  INTEGER NOT NULL REFERENCES calendar_years (year),
    name  TEXT NOT NULL,
    kind  TEXT NOT NULL CHECK (kind IN ('off', 'work'))
) STRICT;

-- Limits and thresholds, versioned: a clock keeps the version it began with.
CREATE TABLE rules (
    version  INTEGER NOT NULL,
    name     TEXT NOT NULL,
    unit     TEXT NOT NULL,
    amount   INTEGER NOT NULL,
    PRIMARY KEY (version, name)
) STRICT;

CREATE TABLE enterprises (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE,
    -- Where it sits; offered as the place of its orders.
    township  TEXT NOT NULL REFERENCES bodies (code)
) STRICT;

CREATE TABLE users (
    id             INTEGER PRIMARY KEY,
    -- What is typed to sign in.
    name           TEXT NOT NULL UNIQUE,
    display        TEXT NOT NULL,
    phone          TEXT NOT NULL,
    -- PHC string of argon2id.
    password_hash  TEXT NOT NULL,
    role           TEXT NOT NULL,
    body           TEXT REFERENCES bodies (code),
    enterprise     INTEGER REFERENCES enterprises (id),
    disabled_at    INTEGER
) STRICT;

-- The database holds digests: who reads it cannot act as anybody.
CREATE TABLE sessions (
    digest   BLOB PRIMARY KEY,
    user     INTEGER NOT NULL REFERENCES users (id),
    -- Moves on while the session is used.
    seen_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE tokens (
    digest      BLOB PRIMARY KEY,
    user        INTEGER NOT NULL REFERENCES users (id),
    created_at  INTEGER NOT NULL
) STRICT;

-- One row, written when the directory is first served, and never changed: whether
-- it is for training, and whether it holds the invented city of the demo.
CREATE TABLE purpose (
    only       INTEGER PRIMARY KEY CHECK (only = 1),
    rehearsal  INTEGER NOT NULL,
    demo       INTEGER NOT NULL,
    -- Whether the demo is all there.
    filled     INTEGER NOT NULL
) STRICT;
