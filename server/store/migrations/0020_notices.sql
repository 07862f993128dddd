-- A day belongs to the notice that names it: the notice of a year may name days of the
-- December before, and the year's own notice, read once more, takes them from nobody.
CREATE TABLE days_of_notices (
    version  INTEGER NOT NULL,
    -- Of the notice; the day's own, or the one after.
    year     INTEGER NOT NULL,
    date     TEXT NOT NULL,
    name     TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('off', 'work')),
    PRIMARY KEY (version, year, date),
    FOREIGN KEY (version, year) REFERENCES year_notices (version, year)
) STRICT;
INSERT INTO days_of_notices SELECT version, year, date, name, kind FROM year_notice_days;
-- What came with the notice of the next year, and was not known before, was named by it.
INSERT INTO days_of_notices
SELECT named.version, named.year + 1, named.date, named.name, named.kind
FROM year_notice_days AS named
JOIN year_notices AS next
  ON next.version = named.version AND next.year = named.year + 1
WHERE substr(named.date, 6, 2) = '12'
  AND NOT EXISTS (
    SELECT 1 FROM year_notice_days AS older
    WHERE older.date = named.date AND older.kind = named.kind
      AND older.version = (
        SELECT max(version) FROM year_notices
        WHERE year = named.year AND version < named.version));
DROP TABLE year_notice_days;
ALTER TABLE days_of_notices RENAME TO year_notice_days;
