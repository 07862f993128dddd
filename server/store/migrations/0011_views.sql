-- Lists that somebody has narrowed and wants to have again: theirs, or their body's.
CREATE TABLE views (
    id       INTEGER PRIMARY KEY,
    user     INTEGER NOT NULL REFERENCES users (id),
    -- Where it is shared; NULL: only its owner's.
    body     TEXT REFERENCES bodies (code),
    name     TEXT NOT NULL,
    -- As it stands in the address.
    query    TEXT NOT NULL
) STRICT;
CREATE INDEX views_of_user ON views (user);
CREATE INDEX views_of_body ON views (body) WHERE body IS NOT NULL;
