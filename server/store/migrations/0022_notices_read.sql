-- Read by where it was addressed: who acts in two roles has read what came to one of them.
-- What was read until now was read wherever it came.
CREATE TABLE read_until (
    user     INTEGER NOT NULL REFERENCES users (id),
    address  TEXT NOT NULL,
    upto     INTEGER NOT NULL,
    PRIMARY KEY (user, address)
) STRICT, WITHOUT ROWID;
INSERT INTO read_until
SELECT user, address, upto FROM notices_read CROSS JOIN (SELECT DISTINCT address FROM notices);
DROP TABLE notices_read;
ALTER TABLE read_until RENAME TO notices_read;

CREATE TABLE meetings_read_until (
    user     INTEGER NOT NULL REFERENCES users (id),
    address  TEXT NOT NULL,
    upto     INTEGER NOT NULL,
    PRIMARY KEY (user, address)
) STRICT, WITHOUT ROWID;
INSERT INTO meetings_read_until
SELECT user, address, upto FROM meeting_notices_read
CROSS JOIN (SELECT DISTINCT address FROM meeting_notices);
DROP TABLE meeting_notices_read;
ALTER TABLE meetings_read_until RENAME TO meeting_notices_read;
