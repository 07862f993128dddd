-- Orders whose time was over when it was last looked: the newest of thousands, and how many
-- they are, are found without all of them. What ran out since is looked up beside them by
-- whoever asks, so that nothing depends on when that was.
CREATE TABLE overdue (
    order_id  INTEGER PRIMARY KEY REFERENCES orders (id),
    stage     TEXT NOT NULL,
    -- '' before dispatch.
    lead      TEXT NOT NULL
) STRICT;

-- How many there are, kept by the database.
CREATE TABLE overdue_tally (
    stage   TEXT NOT NULL,
    lead    TEXT NOT NULL,
    orders  INTEGER NOT NULL,
    PRIMARY KEY (stage, lead)
) STRICT, WITHOUT ROWID;

-- When it was last looked.
CREATE TABLE overdue_until (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    at   INTEGER NOT NULL
) STRICT;
INSERT INTO overdue_until VALUES (1, 0);

CREATE TRIGGER overdue_counted AFTER INSERT ON overdue BEGIN
    INSERT INTO overdue_tally VALUES (new.stage, new.lead, 1)
    ON CONFLICT DO UPDATE SET orders = orders + 1;
END;
CREATE TRIGGER overdue_uncounted AFTER DELETE ON overdue BEGIN
    UPDATE overdue_tally SET orders = orders - 1 WHERE stage = old.stage AND lead = old.lead;
END;

-- When the time to rate is over nobody is late.
CREATE TRIGGER orders_overdue AFTER INSERT ON orders
WHEN new.due_at < (SELECT at FROM overdue_until) AND new.clock <> 'rating' BEGIN
    INSERT INTO overdue VALUES (new.id, new.stage, coalesce(new.lead, ''));
END;
CREATE TRIGGER orders_overdue_anew AFTER UPDATE OF stage, lead, clock, due_at ON orders BEGIN
    DELETE FROM overdue WHERE order_id = new.id;
    INSERT INTO overdue SELECT new.id, new.stage, coalesce(new.lead, '') FROM overdue_until
    WHERE new.due_at < at AND new.clock <> 'rating';
END;

-- A body's clocks that run, what is due first at the top: few among all that it has ever led,
-- with what lights and counts are told by.
CREATE INDEX orders_running_of_lead ON orders
    (lead, due_at, id, stage, clock, yellow_at, asks)
WHERE due_at IS NOT NULL AND lead IS NOT NULL;

-- What a body has in hand, whether or not its clock runs.
CREATE INDEX orders_in_hand_of_lead ON orders (lead, stage, due_at, asks)
WHERE stage IN ('dispatched', 'in_hand', 'paused', 'rework');

-- Of a body only what has one: a new order has none yet.
DROP INDEX orders_of_lead;
CREATE INDEX orders_of_lead ON orders (lead, stage, id) WHERE lead IS NOT NULL;
