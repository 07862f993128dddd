-- What a start page counts: cards that wait for their explanation, and what somebody was
-- told since they last looked.
CREATE INDEX cards_to_explain ON cards (body) WHERE explained_at IS NULL AND lifted_at IS NULL;
CREATE INDEX notices_of ON notices (address);
