-- An order is found by each number of its contact, however that was typed: the digits
-- without country and extension, a land line also without its area.
DROP INDEX orders_by_phone;
-- What the city is measured by begins with the same column.
DROP INDEX orders_by_time;
CREATE TABLE contact_numbers (
    number    TEXT NOT NULL,
    order_id  INTEGER NOT NULL REFERENCES orders (id),
    PRIMARY KEY (number, order_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_numbers_of_order ON contact_numbers (order_id);

-- What names are compared by, without widths, blanks and capitals; filled in at the
-- next start where it is missing. Names from before may share one.
ALTER TABLE enterprises ADD COLUMN key TEXT;
CREATE INDEX enterprises_by_key ON enterprises (key);
ALTER TABLE registrations ADD COLUMN key TEXT;
