-- Co-handlers (协办): bodies that do a part of an order, written with the history and
-- equal to it, as what one may see and what lists show is asked here.
CREATE TABLE co_handlers (
    order_id         INTEGER NOT NULL REFERENCES orders (id),
    -- From 0 on, in the order in which they came.
    number           INTEGER NOT NULL,
    body             TEXT NOT NULL REFERENCES bodies (code),
    task             TEXT,
    due_at           INTEGER NOT NULL,
    due_provisional  INTEGER NOT NULL,
    yellow_at        INTEGER NOT NULL,
    replied_at       INTEGER,
    -- Whether the part is awaited.
    is_open          INTEGER NOT NULL,
    -- The version of the rules that its clock keeps.
    rules            INTEGER NOT NULL,
    PRIMARY KEY (order_id, number)
) STRICT;
CREATE INDEX co_handlers_of_body ON co_handlers (body, order_id);
CREATE INDEX co_handlers_awaited ON co_handlers (body, due_at) WHERE is_open;

INSERT INTO rules SELECT version, 'co_handle', 'days', 3 FROM rule_versions;

-- Whether an order has, or had, any: so that lists ask only where there are.
ALTER TABLE orders ADD COLUMN has_parts INTEGER NOT NULL DEFAULT FALSE;
