-- What somebody was typing into a form and has not sent: kept as they type, so that
-- a lost connection, an ended session or a closed window loses nothing.
CREATE TABLE unsent (
    user    INTEGER NOT NULL REFERENCES users (id),
    -- The page that the form stands on, and where it is sent.
    page    TEXT NOT NULL,
    act     TEXT NOT NULL,
    -- Pairs of name and value, as JSON.
    fields  TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (user, page, act)
) STRICT;
CREATE INDEX unsent_of_user ON unsent (user, at);
