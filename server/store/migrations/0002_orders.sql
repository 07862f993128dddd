-- What lists, pages and the sweep read of an order. The history below is the
-- truth; these columns are written in the same transaction and equal it.
CREATE TABLE orders (
    id               INTEGER PRIMARY KEY,
    number           TEXT NOT NULL UNIQUE,
    enterprise       INTEGER NOT NULL REFERENCES enterprises (id),
    title            TEXT NOT NULL,
    content          TEXT NOT NULL,
    category         TEXT NOT NULL REFERENCES categories (code),
    urgency          TEXT NOT NULL,
    township         TEXT NOT NULL REFERENCES bodies (code),
    contact_name     TEXT NOT NULL,
    contact_phone    TEXT NOT NULL,
    placed_at        INTEGER NOT NULL,
    entered_at       INTEGER NOT NULL,
    complexity       TEXT,
    stage            TEXT NOT NULL,
    lead             TEXT REFERENCES bodies (code),
    -- The clock that runs now, with its times; all four or none.
    clock            TEXT,
    due_at           INTEGER,
    due_provisional  INTEGER,
    yellow_at        INTEGER,
    rating           TEXT,
    escalation       TEXT,
    cycle            INTEGER NOT NULL,
    version          INTEGER NOT NULL,
    -- When the next level of the ladder fires, if nobody acts.
    sweep_at         INTEGER,
    CHECK ((clock IS NULL) = (due_at IS NULL)
       AND (clock IS NULL) = (due_provisional IS NULL)
       AND (clock IS NULL) = (yellow_at IS NULL))
) STRICT;

CREATE INDEX orders_of_enterprise ON orders (enterprise, id);
CREATE INDEX orders_of_lead ON orders (lead, stage, id);
CREATE INDEX orders_of_township ON orders (township, id);
CREATE INDEX orders_in_stage ON orders (stage, id);
CREATE INDEX orders_escalated ON orders (escalation, due_at) WHERE escalation IS NOT NULL;
CREATE INDEX orders_to_sweep ON orders (sweep_at) WHERE sweep_at IS NOT NULL;

-- Serials start anew each year.
CREATE TABLE serials (
    year  INTEGER PRIMARY KEY,
    last  INTEGER NOT NULL
) STRICT;

-- What happened, in order. `id` runs through all orders, `seq` through one.
CREATE TABLE order_events (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id     INTEGER NOT NULL REFERENCES orders (id),
    seq          INTEGER NOT NULL,
    happened_at  INTEGER NOT NULL,
    entered_at   INTEGER NOT NULL,
    -- NULL: the program itself.
    user         INTEGER REFERENCES users (id),
    actor        TEXT NOT NULL,
    role         TEXT NOT NULL,
    body         TEXT REFERENCES bodies (code),
    -- The event of the domain as JSON, `kind` first.
    what         TEXT NOT NULL,
    UNIQUE (order_id, seq)
) STRICT;

CREATE TRIGGER order_events_are_not_changed BEFORE UPDATE ON order_events
BEGIN SELECT RAISE(ABORT, 'a history is not changed'); END;
CREATE TRIGGER order_events_are_not_deleted BEFORE DELETE ON order_events
BEGIN SELECT RAISE(ABORT, 'a history is not deleted'); END;

-- The same key of the same person places one order, however often it is sent.
CREATE TABLE placements (
    user      INTEGER NOT NULL REFERENCES users (id),
    key       TEXT NOT NULL,
    order_id  INTEGER NOT NULL REFERENCES orders (id),
    PRIMARY KEY (user, key)
) STRICT;
