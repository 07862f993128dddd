-- What orders are found by (see `orders/words.rs` for how a text is cut into words):
-- only an index, no text.
CREATE VIRTUAL TABLE order_words USING fts5 (
    number, title, enterprise, initials, content,
    content = '', contentless_delete = 1, prefix = '1', tokenize = 'unicode61 remove_diacritics 0'
);
-- By digits alone: a number is written in many ways.
CREATE INDEX orders_by_phone ON orders (
    replace(replace(replace(replace(replace(contact_phone, ' ', ''), '-', ''), '(', ''), ')', ''), '+', '')
);
CREATE INDEX orders_of_category ON orders (category, id);
CREATE INDEX orders_by_time ON orders (placed_at);
