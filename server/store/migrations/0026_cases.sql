-- Files hang on cases of every kind, not on orders only. What must be told otherwise of a
-- reference is a table made anew; what refers to it goes aside meanwhile.
CREATE TABLE files (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Who sent it, and for which form of which page; nobody else sees it before it
    -- hangs on an event.
    user       INTEGER NOT NULL REFERENCES users (id),
    page       TEXT NOT NULL,
    form       TEXT NOT NULL,
    name       TEXT NOT NULL,
    -- In bytes, as it was announced; what has come so far lies with the file.
    size       INTEGER NOT NULL,
    -- By which the same file is known when it is chosen again; empty: never gone on with
    -- but by its id.
    mark       TEXT NOT NULL,
    -- Both once it is whole and was looked into.
    kind       TEXT,
    digest     TEXT,
    -- When it was announced, then when it was whole.
    at         INTEGER NOT NULL,
    -- Where it hangs: the kind of the case, as in `events`, and the case.
    case_kind  TEXT,
    case_id    INTEGER,
    CHECK ((kind IS NULL) = (digest IS NULL)),
    CHECK ((case_kind IS NULL) = (case_id IS NULL))
) STRICT;
INSERT INTO files
SELECT id, user, page, form, name, size, mark, kind, digest, at,
       CASE WHEN order_id IS NOT NULL THEN 'order' END, order_id
FROM attachments;
-- Numbers go on from the last that was given, also where that file has gone.
INSERT INTO sqlite_sequence (name, seq)
SELECT 'files', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'files');
UPDATE sqlite_sequence
SET seq = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'attachments'), 0)
WHERE name = 'files';

CREATE TABLE also (
    attachment  INTEGER NOT NULL,
    order_id    INTEGER NOT NULL
) STRICT;
INSERT INTO also SELECT attachment, order_id FROM attachments_also;
DROP TABLE attachments_also;
DROP TABLE attachments;
ALTER TABLE files RENAME TO attachments;
CREATE TABLE attachments_also (
    attachment  INTEGER NOT NULL REFERENCES attachments (id),
    order_id    INTEGER NOT NULL REFERENCES orders (id),
    PRIMARY KEY (attachment, order_id)
) STRICT, WITHOUT ROWID;
INSERT INTO attachments_also SELECT attachment, order_id FROM also;
DROP TABLE also;
CREATE INDEX attachments_waiting ON attachments (user, page, form) WHERE case_id IS NULL;
CREATE INDEX attachments_of_case ON attachments (case_kind, case_id) WHERE case_id IS NOT NULL;

-- Steps have one address each, made of the kind of case and the step. What was typed and not
-- sent, and the files that wait for it, stand under the new one.
UPDATE unsent SET act = '/act/order/' || substr(act, 6)
WHERE page LIKE '/orders/%' AND act LIKE '/act/%' AND act <> '/act/place';
UPDATE attachments SET form = '/act/order/' || substr(form, 6)
WHERE case_id IS NULL AND page LIKE '/orders/%' AND form LIKE '/act/%' AND form <> '/act/place';
UPDATE unsent SET act = '/act/meeting/' || CASE act
    WHEN '/act/call_meeting' THEN 'call'
    WHEN '/act/change_meeting' THEN 'change'
    WHEN '/act/run_meeting' THEN 'end'
    WHEN '/act/answer_invitation' THEN 'answer'
    WHEN '/act/decide_matter' THEN 'decide'
    WHEN '/act/defer_matter' THEN 'defer'
    WHEN '/act/cancel_meeting' THEN 'cancel'
    ELSE substr(act, 6) END
WHERE page LIKE '/meetings/%' AND act LIKE '/act/%';

-- Whether guests know of a meeting: they were invited, or it was opened all the same.
ALTER TABLE meetings ADD COLUMN known INTEGER NOT NULL DEFAULT FALSE;
UPDATE meetings SET known = state IN ('invited', 'open', 'ended') OR EXISTS (
    SELECT 1 FROM events WHERE kind = 'meeting' AND case_id = meetings.id
    AND CASE WHEN json_valid(what) THEN json_extract(what, '$.kind') IN ('invited', 'opened') END);
