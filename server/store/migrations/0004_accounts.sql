-- People belong to organisations; sessions, guesses, the audit.

-- 统一社会信用代码; unknown for those from before it was asked for.
ALTER TABLE enterprises ADD COLUMN code TEXT;
CREATE UNIQUE INDEX enterprises_by_code ON enterprises (code) WHERE code IS NOT NULL;

-- What somebody is, and where. One who has several chooses in which they act.
CREATE TABLE memberships (
    id          INTEGER PRIMARY KEY,
    user        INTEGER NOT NULL REFERENCES users (id),
    role        TEXT NOT NULL,
    body        TEXT REFERENCES bodies (code),
    enterprise  INTEGER REFERENCES enterprises (id),
    -- Invites the other members of the enterprise and ends their membership.
    manages     INTEGER NOT NULL,
    ended_at    INTEGER
) STRICT;
INSERT INTO memberships (user, role, body, enterprise, manages)
SELECT id, role, body, enterprise, enterprise IS NOT NULL FROM users;
CREATE INDEX memberships_of_user ON memberships (user) WHERE ended_at IS NULL;
CREATE INDEX memberships_of_body ON memberships (body) WHERE ended_at IS NULL;
CREATE INDEX memberships_of_enterprise ON memberships (enterprise) WHERE ended_at IS NULL;

ALTER TABLE users DROP COLUMN role;
ALTER TABLE users DROP COLUMN body;
ALTER TABLE users DROP COLUMN enterprise;
-- When somebody else gave the password: it is changed at the first sign-in, and is of
-- no use after some days. NULL where it is its owner's own.
ALTER TABLE users ADD COLUMN given_at INTEGER;
-- The key of the second factor; none where there is none.
ALTER TABLE users ADD COLUMN factor BLOB;
-- One that is set up and not proved yet.
ALTER TABLE users ADD COLUMN factor_offered BLOB;
-- The 30 seconds for which a code was last taken: none is taken twice.
ALTER TABLE users ADD COLUMN factor_step INTEGER NOT NULL DEFAULT 0;

-- Hashes of former passwords.
CREATE TABLE former_passwords (
    id    INTEGER PRIMARY KEY,
    user  INTEGER NOT NULL REFERENCES users (id),
    hash  TEXT NOT NULL
) STRICT;
CREATE INDEX former_passwords_of_user ON former_passwords (user, id);

CREATE TABLE recovery_codes (
    user    INTEGER NOT NULL REFERENCES users (id),
    digest  BLOB NOT NULL,
    PRIMARY KEY (user, digest)
) STRICT;

-- Everybody signs in once more: sessions know more than they did.
DROP TABLE sessions;
CREATE TABLE sessions (
    -- Names the session on pages, where its secret does not appear.
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    digest      BLOB NOT NULL UNIQUE,
    user        INTEGER NOT NULL REFERENCES users (id),
    -- In which membership they act; NULL before they chose.
    membership  INTEGER REFERENCES memberships (id),
    began_at    INTEGER NOT NULL,
    -- Moves on while the session is used.
    seen_at     INTEGER NOT NULL,
    -- Whether the second factor was shown.
    proved      INTEGER NOT NULL,
    address     TEXT NOT NULL,
    agent       TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_of_user ON sessions (user);

ALTER TABLE tokens ADD COLUMN membership INTEGER REFERENCES memberships (id);
UPDATE tokens SET membership =
    (SELECT memberships.id FROM memberships WHERE memberships.user = tokens.user);

-- A browser from which somebody has signed in before: strangers' guesses do not
-- make its owner wait.
CREATE TABLE devices (
    digest    BLOB PRIMARY KEY,
    user      INTEGER NOT NULL REFERENCES users (id),
    since_at  INTEGER NOT NULL
) STRICT;

-- Wrong passwords and codes, by account, address or device.
CREATE TABLE guesses (
    key       TEXT PRIMARY KEY,
    failures  INTEGER NOT NULL,
    last_at   INTEGER NOT NULL
) STRICT;

-- Enterprises that want to take part.
CREATE TABLE registrations (
    id             INTEGER PRIMARY KEY,
    -- Of the address under which the applicant sees how it stands.
    digest         BLOB NOT NULL UNIQUE,
    enterprise     TEXT NOT NULL,
    code           TEXT NOT NULL,
    township       TEXT NOT NULL REFERENCES bodies (code),
    account        TEXT NOT NULL,
    display        TEXT NOT NULL,
    phone          TEXT NOT NULL,
    password_hash  TEXT NOT NULL,
    at             INTEGER NOT NULL,
    decided_at     INTEGER,
    approved       INTEGER,
    reason         TEXT,
    -- What the account was called in the end.
    named          TEXT
) STRICT;
CREATE INDEX registrations_open ON registrations (id) WHERE decided_at IS NULL;

CREATE TABLE invitations (
    id          INTEGER PRIMARY KEY,
    digest      BLOB NOT NULL UNIQUE,
    enterprise  INTEGER NOT NULL REFERENCES enterprises (id),
    display     TEXT NOT NULL,
    phone       TEXT NOT NULL,
    manages     INTEGER NOT NULL,
    by          INTEGER NOT NULL REFERENCES users (id),
    at          INTEGER NOT NULL,
    until_at    INTEGER NOT NULL,
    used_at     INTEGER
) STRICT;
CREATE INDEX invitations_of_enterprise ON invitations (enterprise);

-- Who has read the name and telephone of an order's contact, on which day.
CREATE TABLE contact_reads (
    user      INTEGER NOT NULL REFERENCES users (id),
    order_id  INTEGER NOT NULL REFERENCES orders (id),
    day       TEXT NOT NULL,
    PRIMARY KEY (user, order_id, day)
) STRICT;

-- What the security administrator decides; what is not here is as the program has it.
CREATE TABLE policy (
    name    TEXT PRIMARY KEY,
    amount  INTEGER NOT NULL
) STRICT;
CREATE TABLE policy_second_factor (
    role  TEXT PRIMARY KEY
) STRICT;

-- Accounts of an identity provider.
CREATE TABLE identities (
    issuer   TEXT NOT NULL,
    subject  TEXT NOT NULL,
    user     INTEGER NOT NULL REFERENCES users (id),
    PRIMARY KEY (issuer, subject)
) STRICT;

-- Who did or tried what. Each line's hash covers the line, the events of orders that
-- it seals and the hash before it.
CREATE TABLE audit (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    at           INTEGER NOT NULL,
    user         INTEGER,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL,
    deed         TEXT NOT NULL,
    -- What it was done to, by its name.
    object       TEXT NOT NULL,
    detail       TEXT NOT NULL,
    address      TEXT NOT NULL,
    request      TEXT NOT NULL,
    events_from  INTEGER,
    events_to    INTEGER,
    hash         BLOB NOT NULL
) STRICT;
CREATE INDEX audit_of_deed ON audit (deed, id);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is not changed'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is not deleted'); END;

-- Who answers for an order: of the enterprise, and of the lead body.
ALTER TABLE orders ADD COLUMN member INTEGER REFERENCES users (id);
ALTER TABLE orders ADD COLUMN handler INTEGER REFERENCES users (id);
CREATE INDEX orders_of_member ON orders (member) WHERE member IS NOT NULL;
CREATE INDEX orders_of_handler ON orders (handler) WHERE handler IS NOT NULL;
