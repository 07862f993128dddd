-- When somebody else gave the password: it is changed at the first sign-in, and is of
-- no use after some days. NULL where it is its owner's own.
ALTER TABLE users ADD COLUMN given_at INTEGER;
UPDATE users SET given_at = coalesce((SELECT max(at) FROM audit), 0) WHERE must_change;
ALTER TABLE users DROP COLUMN must_change;
