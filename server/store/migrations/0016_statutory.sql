-- Days off that the regulation itself names (全国年节及纪念日放假办法), for years whose
-- notice is not out: rows, so that a revision of the regulation is a change of rows.
CREATE TABLE statutory_days (
    date  TEXT PRIMARY KEY,
    -- Its holiday; two that fall on one day with 、 between them.
    name  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Whether it was the whole notice of the year, or single days of it that another year's
-- notice or a supplement names: the rest of the year stays provisional.
ALTER TABLE year_notices ADD COLUMN whole INTEGER NOT NULL DEFAULT 1;
