-- Rules and calendars get versions; orders get pauses, decisions, cards, notices.

-- Which version of the rules applies from when on.
CREATE TABLE rule_versions (
    version      INTEGER PRIMARY KEY,
    -- Clocks that start from here on go by it.
    from_at      INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    -- Who made it, as they were called then; empty for the first data.
    actor        TEXT NOT NULL,
    note         TEXT NOT NULL,
    -- Whether it also takes over the clocks that run at `from_at`.
    open_orders  INTEGER NOT NULL,
    -- When it has done so.
    taken_over_at  INTEGER
) STRICT;
INSERT INTO rule_versions
SELECT DISTINCT version, 946656000, 946656000, '', '', FALSE, NULL FROM rules;

INSERT INTO rules SELECT version, 'ruling', 'days', 1 FROM rule_versions;
INSERT INTO rules SELECT version, 'pause_supplement', 'days', 10 FROM rule_versions;
INSERT INTO rules SELECT version, 'pause_special', 'days', 30 FROM rule_versions;
INSERT INTO rules SELECT version, 'pauses', 'times', 2 FROM rule_versions;
INSERT INTO rules SELECT version, 'returns', 'times', 2 FROM rule_versions;
INSERT INTO rules SELECT version, 'extensions', 'times', 2 FROM rule_versions;
INSERT INTO rules SELECT version, 'extension_notice', 'days', 1 FROM rule_versions;
INSERT INTO rules SELECT version, 'back_entry', 'days', 5 FROM rule_versions;

-- The levels of the ladder: how many working days past a deadline, which card, and
-- whom it tells (codes, with blanks between).
CREATE TABLE ladder (
    version    INTEGER NOT NULL REFERENCES rule_versions (version),
    level      TEXT NOT NULL,
    days_past  INTEGER NOT NULL,
    card       TEXT CHECK (card IN ('yellow', 'red')),
    tells      TEXT NOT NULL,
    PRIMARY KEY (version, level)
) STRICT;
INSERT INTO ladder SELECT version, 'head', amount, 'yellow', 'body head supervision'
  FROM rules WHERE name = 'ladder_head';
INSERT INTO ladder SELECT version, 'deputy', amount, 'red', 'body head supervision deputy'
  FROM rules WHERE name = 'ladder_deputy';
INSERT INTO ladder SELECT version, 'express', amount, NULL, 'supervision deputy office'
  FROM rules WHERE name = 'ladder_express';
DELETE FROM rules WHERE name LIKE 'ladder\_%' ESCAPE '\';

-- The State Council's notice of a year. Each one applied is a version of the
-- calendar; the newest of a year counts, the others explain what ended before.
CREATE TABLE year_notices (
    version     INTEGER NOT NULL,
    year        INTEGER NOT NULL,
    applied_at  INTEGER NOT NULL,
    actor       TEXT NOT NULL,
    PRIMARY KEY (version, year)
) STRICT;
CREATE TABLE year_notice_days (
    version  INTEGER NOT NULL,
    year     INTEGER NOT NULL,
    date     TEXT NOT NULL,
    name     TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('off', 'work')),
    PRIMARY KEY (version, date),
    FOREIGN KEY (version, year) REFERENCES year_notices (version, year)
) STRICT;
INSERT INTO year_notices SELECT 1, year, 946656000, '' FROM calendar_years;
INSERT INTO year_notice_days SELECT 1, year, date, name, kind FROM calendar_days;
DROP TABLE calendar_days;
DROP TABLE calendar_years;

-- The version of the calendar when an event was entered: a clock that it ended is
-- explained by that calendar ever after.
ALTER TABLE order_events ADD COLUMN calendar INTEGER NOT NULL DEFAULT 1;

-- The version of the rules that the clock that runs keeps.
ALTER TABLE orders ADD COLUMN clock_rules INTEGER;
UPDATE orders SET clock_rules = 1 WHERE clock IS NOT NULL;
-- What awaits somebody's decision.
ALTER TABLE orders ADD COLUMN asks TEXT;
CREATE INDEX orders_asking ON orders (asks, id) WHERE asks IS NOT NULL;
-- What will be due, for the department's whole list.
CREATE INDEX orders_due ON orders (due_at, id) WHERE due_at IS NOT NULL;

-- Supervision cards, written with the history and equal to it.
CREATE TABLE cards (
    order_id      INTEGER NOT NULL REFERENCES orders (id),
    -- The event that gave it.
    seq           INTEGER NOT NULL,
    colour        TEXT NOT NULL CHECK (colour IN ('yellow', 'red')),
    -- NULL is the centre.
    body          TEXT REFERENCES bodies (code),
    level         TEXT NOT NULL,
    -- NULL: rated badly twice.
    clock         TEXT,
    given_at      INTEGER NOT NULL,
    explained_at  INTEGER,
    explanation   TEXT,
    lifted_at     INTEGER,
    lifting       TEXT,
    PRIMARY KEY (order_id, seq)
) STRICT;
CREATE INDEX cards_by_time ON cards (given_at, order_id, seq);
CREATE INDEX cards_of_body ON cards (body, given_at);

-- Who is told of which event. Notices with the same `at` are one digest for whoever
-- reads the address.
CREATE TABLE notices (
    id        INTEGER PRIMARY KEY,
    address   TEXT NOT NULL,
    at        INTEGER NOT NULL,
    order_id  INTEGER NOT NULL REFERENCES orders (id),
    seq       INTEGER NOT NULL,
    UNIQUE (order_id, seq, address)
) STRICT;
CREATE INDEX notices_to ON notices (address, at);

-- Up to which notice somebody has read.
CREATE TABLE notices_read (
    user  INTEGER PRIMARY KEY REFERENCES users (id),
    upto  INTEGER NOT NULL
) STRICT;

-- What an administrator previews before it is applied.
CREATE TABLE drafts (
    id          INTEGER PRIMARY KEY,
    user        INTEGER NOT NULL REFERENCES users (id),
    kind        TEXT NOT NULL,
    text        TEXT NOT NULL,
    created_at  INTEGER NOT NULL
) STRICT;
