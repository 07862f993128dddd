-- What a start page counts: cards that wait for their explanation, and what somebody was
-- told since they last looked.
CREATE INDEX cards_to_explain ON cards (body) WHERE explained_at IS NULL AND lifted_at IS NULL;
CREATE INDEX notices_of ON notices (address);

-- What waits in a stage, what is due first at the top; with what its light and its lead
-- are told by, so that it is counted without the orders.
DROP INDEX orders_in_stage_by_due;
CREATE INDEX orders_in_stage_by_due ON orders (stage, due_at, id, clock, lead, yellow_at);
