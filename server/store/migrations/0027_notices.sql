-- Whoever is told, and whoever watches, by case: one table each for cases of every kind.
CREATE TABLE notices_of_cases (
    id         INTEGER PRIMARY KEY,
    address    TEXT NOT NULL,
    -- When the event was entered. Notices with the same `at` are one digest for whoever
    -- reads the address.
    at         INTEGER NOT NULL,
    -- The kind of the case, as in `events`, and the case.
    case_kind  TEXT NOT NULL,
    case_id    INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    -- Told that they are not expected any more: they see nothing else of the case.
    dropped    INTEGER NOT NULL DEFAULT FALSE,
    UNIQUE (case_id, case_kind, seq, address)
) STRICT;
-- Those of orders keep their numbers, which the lines of the audit seal them by.
INSERT INTO notices_of_cases
SELECT id, address, at, 'order', order_id, seq, FALSE FROM notices;
DROP TABLE notices;
ALTER TABLE notices_of_cases RENAME TO notices;
CREATE INDEX notices_to ON notices (address, at);
CREATE INDEX notices_of ON notices (address);

-- Those of meetings are copied behind them. Their own table stays as it was sealed, and is
-- written and read no more.
INSERT INTO notices (address, at, case_kind, case_id, seq, dropped)
SELECT address, events.entered_at, 'meeting', meeting, meeting_notices.seq, min(dropped)
FROM meeting_notices
JOIN events ON events.kind = 'meeting' AND events.case_id = meeting
     AND events.seq = meeting_notices.seq
GROUP BY address, meeting, meeting_notices.seq
ORDER BY min(meeting_notices.id);

-- One mark says up to where somebody has read: before the first that they had not. Better new
-- twice than never.
CREATE TABLE read_until (
    user     INTEGER NOT NULL REFERENCES users (id),
    address  TEXT NOT NULL,
    upto     INTEGER NOT NULL,
    PRIMARY KEY (user, address)
) STRICT, WITHOUT ROWID;
INSERT INTO read_until
SELECT readers.user, readers.address, min(
    coalesce((SELECT max(id) FROM notices WHERE notices.address = readers.address), 0),
    coalesce((
        SELECT min(id) - 1 FROM notices
        WHERE notices.address = readers.address AND case_kind = 'order'
          AND id > coalesce((SELECT upto FROM notices_read AS mark
                             WHERE mark.user = readers.user
                               AND mark.address = readers.address), 0)),
        9223372036854775807),
    coalesce((
        SELECT min(notices.id) - 1 FROM notices
        JOIN meeting_notices AS old
          ON old.address = notices.address AND old.meeting = notices.case_id
             AND old.seq = notices.seq
        WHERE notices.address = readers.address AND case_kind = 'meeting'
          AND old.id > coalesce((SELECT upto FROM meeting_notices_read AS mark
                                 WHERE mark.user = readers.user
                                   AND mark.address = readers.address), 0)),
        9223372036854775807))
FROM (SELECT user, address FROM notices_read
      UNION SELECT user, address FROM meeting_notices_read) AS readers;
DROP TABLE notices_read;
DROP TABLE meeting_notices_read;
ALTER TABLE read_until RENAME TO notices_read;

CREATE TABLE watchers_of_cases (
    case_kind  TEXT NOT NULL,
    case_id    INTEGER NOT NULL,
    user       INTEGER NOT NULL REFERENCES users (id),
    -- Whether they act for an office, and are told of what is the administration's own.
    inside     INTEGER NOT NULL,
    PRIMARY KEY (case_id, case_kind, user)
) STRICT, WITHOUT ROWID;
INSERT INTO watchers_of_cases SELECT 'order', order_id, user, inside FROM watchers;
DROP TABLE watchers;
ALTER TABLE watchers_of_cases RENAME TO watchers;
