-- One journal: what happened to cases of every kind, in one shape and one order. The lines
-- of the audit seal events by their numbers, which orders' events keep.
CREATE TABLE events (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    -- order, meeting
    kind         TEXT NOT NULL,
    case_id      INTEGER NOT NULL,
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
    -- The version of the calendar at that time.
    calendar     INTEGER NOT NULL,
    attachments  TEXT NOT NULL,
    -- The case first: of one kind there are too many for the engine to begin with.
    UNIQUE (case_id, kind, seq)
) STRICT;

INSERT INTO events
SELECT id, 'order', order_id, seq, happened_at, entered_at, user, actor, role, body, what,
       calendar, attachments
FROM order_events ORDER BY id;
INSERT INTO events
    (kind, case_id, seq, happened_at, entered_at, user, actor, role, body, what, calendar,
     attachments)
SELECT 'meeting', meeting, seq, at, at, user, actor, role, body, what,
       coalesce((SELECT max(version) FROM year_notices WHERE applied_at <= at), 1), '[]'
FROM meeting_events ORDER BY at, meeting, seq;

-- What meetings' notices tell of is in the journal.
CREATE TABLE notices_of_meetings (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    address  TEXT NOT NULL,
    meeting  INTEGER NOT NULL REFERENCES meetings (id),
    seq      INTEGER NOT NULL,
    -- Told that they are not invited any more: they see nothing else of the meeting.
    dropped  INTEGER NOT NULL
) STRICT;
INSERT INTO notices_of_meetings SELECT id, address, meeting, seq, dropped FROM meeting_notices;
DROP TABLE meeting_notices;
ALTER TABLE notices_of_meetings RENAME TO meeting_notices;
CREATE INDEX meeting_notices_of ON meeting_notices (address, id);

DROP TABLE order_events;
DROP TABLE meeting_events;

CREATE INDEX events_with_files ON events (id) WHERE attachments <> '[]';
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'a history is not changed'); END;
CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'a history is not deleted'); END;

-- What else counts as a record, each time that it changed; written by the database itself,
-- by triggers that the program makes (`journal/records.rs`).
CREATE TABLE changes (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    record   TEXT NOT NULL,
    key      TEXT NOT NULL,
    -- As JSON; NULL: it is gone.
    content  TEXT
) STRICT;
CREATE INDEX changes_of ON changes (record, key, id);
CREATE TRIGGER changes_are_not_changed BEFORE UPDATE ON changes
BEGIN SELECT RAISE(ABORT, 'what was recorded is not changed'); END;
CREATE TRIGGER changes_are_not_deleted BEFORE DELETE ON changes
BEGIN SELECT RAISE(ABORT, 'what was recorded is not deleted'); END;

-- What a line seals beside events, as JSON: of each, the first, the last and a digest.
ALTER TABLE audit ADD COLUMN also TEXT NOT NULL DEFAULT '';
CREATE INDEX audit_with_more ON audit (id) WHERE also <> '';
