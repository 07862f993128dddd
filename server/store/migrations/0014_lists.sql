-- A body's list goes from the newest order on, whatever its stage.
CREATE INDEX orders_of_lead_by_age ON orders (lead, id) WHERE lead IS NOT NULL;

-- Every clock that runs, with what lights and counts are told by: few among many, read
-- without their orders.
DROP INDEX orders_due;
CREATE INDEX orders_running ON orders (due_at, clock, stage, lead, yellow_at) WHERE due_at IS NOT NULL;
-- What waits in a stage, what is due first at the top.
CREATE INDEX orders_in_stage_by_due ON orders (stage, due_at, id);

-- Orders that are like one before them.
CREATE INDEX likeness_joined ON likeness (order_id, first) WHERE first <> order_id;

-- Words are found with who may read them: what is not theirs is not looked up. Those of
-- number and title are marked, so that they are looked up by themselves. The program
-- writes all of it anew.
DROP TABLE order_words;
CREATE VIRTUAL TABLE order_words USING fts5 (
    heads, enterprise, initials, content, readers,
    content = '', contentless_delete = 1, prefix = '1', tokenize = 'unicode61 remove_diacritics 0'
);
