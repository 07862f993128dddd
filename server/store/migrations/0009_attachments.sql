-- Attachments (附件). What hangs on an event is part of it, and sealed with it.
ALTER TABLE order_events ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]';

-- Files that were sent, whole or in part; their content lies outside of here, by its
-- digest.
CREATE TABLE attachments (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Who sent it, and for which form of which page; nobody else sees it before it
    -- hangs on an event.
    user      INTEGER NOT NULL REFERENCES users (id),
    page      TEXT NOT NULL,
    form      TEXT NOT NULL,
    name      TEXT NOT NULL,
    -- In bytes, as it was announced; what has come so far lies with the file.
    size      INTEGER NOT NULL,
    -- By which the same file is known when it is chosen again; empty: never gone on with
    -- but by its id.
    mark      TEXT NOT NULL,
    -- Both once it is whole and was looked into.
    kind      TEXT,
    digest    TEXT,
    -- When it was announced, then when it was whole.
    at        INTEGER NOT NULL,
    -- Where it hangs.
    order_id  INTEGER REFERENCES orders (id),
    CHECK ((kind IS NULL) = (digest IS NULL))
) STRICT;
CREATE INDEX attachments_waiting ON attachments (user, page, form) WHERE order_id IS NULL;
CREATE INDEX attachments_of_order ON attachments (order_id) WHERE order_id IS NOT NULL;
-- Events that files hang on: what they name must be there.
CREATE INDEX order_events_with_files ON order_events (id) WHERE attachments <> '[]';
