-- Tasks by case: those of orders, and those that are cases by themselves (督办件, 交办件), in one
-- table, as lists show them together.
CREATE TABLE task_cases (
    id        INTEGER PRIMARY KEY,
    number    TEXT NOT NULL UNIQUE,
    title     TEXT NOT NULL,
    version   INTEGER NOT NULL,
    -- When the sweep must next look at it.
    sweep_at  INTEGER
) STRICT;
CREATE INDEX task_cases_to_sweep ON task_cases (sweep_at) WHERE sweep_at IS NOT NULL;

CREATE TABLE tasks_of_cases (
    -- The kind of the case, as in `events`, the case, and the event that gave it.
    case_kind        TEXT NOT NULL,
    case_id          INTEGER NOT NULL,
    seq              INTEGER NOT NULL,
    -- decision (of a meeting), instruction (of the mayor's office), supervision
    source           TEXT NOT NULL,
    meeting          TEXT,
    text             TEXT NOT NULL,
    proof            TEXT NOT NULL,
    owner            TEXT NOT NULL REFERENCES bodies (code),
    -- Codes with blanks between.
    co_owners        TEXT NOT NULL,
    days             INTEGER NOT NULL,
    moved_from       TEXT,
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
    PRIMARY KEY (case_kind, case_id, seq),
    CHECK ((source = 'decision') = (meeting IS NOT NULL))
) STRICT;
INSERT INTO tasks_of_cases
SELECT 'order', order_id, seq, iif(meeting IS NULL, 'instruction', 'decision'), meeting, text,
       proof, owner, co_owners, days, moved_from, basis, given_at, due_at, due_provisional,
       yellow_at, rules, state, stopped_at, reported_at, report, not_done, replaced_by
FROM tasks;

CREATE TABLE bodies_aside (body TEXT, order_id INTEGER, seq INTEGER);
INSERT INTO bodies_aside SELECT body, order_id, seq FROM task_bodies;
DROP TABLE task_bodies;
DROP TABLE tasks;
ALTER TABLE tasks_of_cases RENAME TO tasks;
CREATE INDEX tasks_in_state ON tasks (state, due_at);
CREATE INDEX tasks_of_owner ON tasks (owner, state, due_at);

-- Every body that a task concerns: its owner, and those who help.
CREATE TABLE task_bodies (
    body       TEXT NOT NULL REFERENCES bodies (code),
    case_kind  TEXT NOT NULL,
    case_id    INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    PRIMARY KEY (body, case_kind, case_id, seq),
    FOREIGN KEY (case_kind, case_id, seq) REFERENCES tasks (case_kind, case_id, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO task_bodies SELECT body, 'order', order_id, seq FROM bodies_aside;
DROP TABLE bodies_aside;
