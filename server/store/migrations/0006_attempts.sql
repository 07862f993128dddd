-- Whether the audit says already that the next attempt has to wait: one line a wait,
-- not one for each that is sent meanwhile.
ALTER TABLE guesses ADD COLUMN told INTEGER NOT NULL DEFAULT FALSE;

-- Which line seals an event: for who looks for what the audit has of one order.
CREATE INDEX audit_by_events ON audit (events_to) WHERE events_to IS NOT NULL;

-- A second factor is offered to one session, and is nobody else's to set up.
ALTER TABLE sessions ADD COLUMN offered BLOB;
ALTER TABLE users DROP COLUMN factor_offered;
