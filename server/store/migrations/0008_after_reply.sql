-- What comes around and after a reply: callbacks, promises, appeals, approval.

INSERT INTO rules SELECT version, 'callback', 'days', 3 FROM rule_versions;
INSERT INTO rules SELECT version, 'appeal', 'days', 5 FROM rule_versions;
INSERT INTO rules SELECT version, 'commitment_notice', 'days', 3 FROM rule_versions;

-- Whether the head of a body approves replies before they go out.
ALTER TABLE bodies ADD COLUMN approves_replies INTEGER NOT NULL DEFAULT FALSE;

-- Several things can await a decision at once: a bit each, as `columns.rs` has them.
DROP INDEX orders_asking;
ALTER TABLE orders DROP COLUMN asks;
ALTER TABLE orders ADD COLUMN asks INTEGER NOT NULL DEFAULT 0;
CREATE INDEX orders_asking ON orders (id) WHERE asks <> 0;

-- The centre's time to call back, while it is awaited; all four or none.
ALTER TABLE orders ADD COLUMN callback_due_at INTEGER;
ALTER TABLE orders ADD COLUMN callback_provisional INTEGER;
ALTER TABLE orders ADD COLUMN callback_yellow_at INTEGER;
ALTER TABLE orders ADD COLUMN callback_rules INTEGER;
CREATE INDEX orders_to_call ON orders (callback_due_at, id) WHERE callback_due_at IS NOT NULL;

-- What replies promised for a day, written with the history and equal to it.
CREATE TABLE commitments (
    order_id  INTEGER NOT NULL REFERENCES orders (id),
    -- The event of the reply that promised it.
    reply     INTEGER NOT NULL,
    body      TEXT NOT NULL REFERENCES bodies (code),
    made_at   INTEGER NOT NULL,
    until     TEXT NOT NULL,
    reminded  INTEGER NOT NULL,
    broken    INTEGER NOT NULL,
    -- kept or void; NULL while it is followed.
    ended     TEXT CHECK (ended IN ('kept', 'void')),
    ended_at  INTEGER,
    said      TEXT,
    PRIMARY KEY (order_id, reply)
) STRICT;
CREATE INDEX commitments_followed ON commitments (until, order_id) WHERE ended IS NULL;
CREATE INDEX commitments_of_body ON commitments (body, until);
