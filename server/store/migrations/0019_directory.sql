-- Bodies and categories come and go, and bodies change their names. What was done is told
-- with the names of its time.
ALTER TABLE bodies ADD COLUMN until TEXT;
ALTER TABLE bodies ADD COLUMN successor TEXT REFERENCES bodies (code);
ALTER TABLE categories ADD COLUMN until TEXT;
CREATE TABLE body_names (
    code      TEXT NOT NULL REFERENCES bodies (code),
    -- When it got another name.
    until_at  INTEGER NOT NULL,
    name_zh   TEXT NOT NULL,
    name_en   TEXT NOT NULL,
    short_zh  TEXT NOT NULL,
    short_en  TEXT NOT NULL,
    PRIMARY KEY (code, until_at)
) STRICT, WITHOUT ROWID;
