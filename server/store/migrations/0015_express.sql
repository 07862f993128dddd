-- The mayor's express (市长解难直通车): where an order stands with it, and since when.
ALTER TABLE orders ADD COLUMN express TEXT;
ALTER TABLE orders ADD COLUMN express_since INTEGER;
-- The joint meeting at which an order was placed.
ALTER TABLE orders ADD COLUMN meeting TEXT;
CREATE INDEX orders_from_meeting ON orders (meeting, id) WHERE meeting IS NOT NULL;
CREATE INDEX orders_on_express ON orders (express, express_since) WHERE express IS NOT NULL;

-- What the city is measured by: whether the time to resolve was kept (in_time, late), and
-- what the enterprise said at the last callback.
ALTER TABLE orders ADD COLUMN resolved TEXT;
ALTER TABLE orders ADD COLUMN solved INTEGER;
CREATE INDEX orders_measured ON orders (placed_at, resolved, solved, rating, clock, due_at);

-- Tasks that meetings or the mayor's office gave, written with the histories and equal to
-- them, as what one may see and what lists show is asked here.
CREATE TABLE tasks (
    order_id         INTEGER NOT NULL REFERENCES orders (id),
    -- The event that gave it.
    seq              INTEGER NOT NULL,
    -- NULL: an instruction of the mayor's office.
    meeting          TEXT,
    text             TEXT NOT NULL,
    proof            TEXT NOT NULL,
    owner            TEXT NOT NULL REFERENCES bodies (code),
    -- Codes with blanks between.
    co_owners        TEXT NOT NULL,
    days             INTEGER NOT NULL,
    basis            TEXT,
    given_at         INTEGER NOT NULL,
    due_at           INTEGER NOT NULL,
    due_provisional  INTEGER NOT NULL,
    yellow_at        INTEGER NOT NULL,
    -- The version of the rules that its clock keeps.
    rules            INTEGER NOT NULL,
    state            TEXT NOT NULL,
    stopped_at       INTEGER,
    reported_at      INTEGER,
    report           TEXT,
    not_done         TEXT,
    replaced_by      INTEGER,
    PRIMARY KEY (order_id, seq)
) STRICT;
CREATE INDEX tasks_in_state ON tasks (state, due_at);
CREATE INDEX tasks_of_owner ON tasks (owner, state, due_at);

-- Every body that a task concerns: its owner, and those who help.
CREATE TABLE task_bodies (
    body      TEXT NOT NULL REFERENCES bodies (code),
    order_id  INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    PRIMARY KEY (body, order_id, seq),
    FOREIGN KEY (order_id, seq) REFERENCES tasks (order_id, seq)
) STRICT, WITHOUT ROWID;

-- What lists and pages read of a meeting; its history below is the truth.
CREATE TABLE meetings (
    id         INTEGER PRIMARY KEY,
    number     TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL,
    title      TEXT NOT NULL,
    starts_at  INTEGER NOT NULL,
    -- How long it is to take.
    minutes    INTEGER NOT NULL,
    place      TEXT NOT NULL,
    chair      INTEGER NOT NULL REFERENCES users (id),
    state      TEXT NOT NULL,
    version    INTEGER NOT NULL,
    -- When those who are invited are reminded.
    remind_at  INTEGER
) STRICT;
CREATE INDEX meetings_by_start ON meetings (starts_at, id);
CREATE INDEX meetings_to_remind ON meetings (remind_at) WHERE remind_at IS NOT NULL;

CREATE TABLE meeting_events (
    meeting  INTEGER NOT NULL REFERENCES meetings (id),
    seq      INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    user     INTEGER REFERENCES users (id),
    actor    TEXT NOT NULL,
    role     TEXT NOT NULL,
    body     TEXT REFERENCES bodies (code),
    -- The event of the domain as JSON, `kind` first.
    what     TEXT NOT NULL,
    PRIMARY KEY (meeting, seq)
) STRICT;
CREATE TRIGGER meeting_events_are_not_changed BEFORE UPDATE ON meeting_events
BEGIN SELECT RAISE(ABORT, 'a history is not changed'); END;
CREATE TRIGGER meeting_events_are_not_deleted BEFORE DELETE ON meeting_events
BEGIN SELECT RAISE(ABORT, 'a history is not deleted'); END;

-- `body:gd`, `enterprise:7`.
CREATE TABLE meeting_guests (
    guest    TEXT NOT NULL,
    meeting  INTEGER NOT NULL REFERENCES meetings (id),
    PRIMARY KEY (guest, meeting)
) STRICT, WITHOUT ROWID;

-- The matters of agendas, by the orders that they are of.
CREATE TABLE meeting_matters (
    meeting   INTEGER NOT NULL REFERENCES meetings (id),
    order_id  INTEGER NOT NULL REFERENCES orders (id),
    position  INTEGER NOT NULL,
    -- open, decided, deferred
    outcome   TEXT NOT NULL,
    PRIMARY KEY (meeting, order_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX meetings_of_matter ON meeting_matters (order_id);

-- Serials of meetings and of approved minutes start anew each year.
CREATE TABLE meeting_serials (
    year  INTEGER NOT NULL,
    what  TEXT NOT NULL,
    last  INTEGER NOT NULL,
    PRIMARY KEY (year, what)
) STRICT, WITHOUT ROWID;

-- Who was told of what happened to a meeting, as `notices` has it of orders.
CREATE TABLE meeting_notices (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    address  TEXT NOT NULL,
    meeting  INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    -- Told that they are not invited any more: they see nothing else of the meeting.
    dropped  INTEGER NOT NULL,
    FOREIGN KEY (meeting, seq) REFERENCES meeting_events (meeting, seq)
) STRICT;
CREATE INDEX meeting_notices_of ON meeting_notices (address, id);
CREATE TABLE meeting_notices_read (
    user  INTEGER PRIMARY KEY REFERENCES users (id),
    upto  INTEGER NOT NULL
) STRICT;

-- Secret addresses of calendars that programs subscribe to; the digest only.
CREATE TABLE calendar_feeds (
    user     INTEGER PRIMARY KEY REFERENCES users (id),
    digest   BLOB NOT NULL UNIQUE,
    made_at  INTEGER NOT NULL
) STRICT;

-- The bodies that a deputy mayor answers for (分管单位).
CREATE TABLE answers_for (
    user  INTEGER NOT NULL REFERENCES users (id),
    body  TEXT NOT NULL REFERENCES bodies (code),
    PRIMARY KEY (user, body)
) STRICT, WITHOUT ROWID;

INSERT INTO rules SELECT version, 'meeting_notice', 'days', 1 FROM rule_versions;
