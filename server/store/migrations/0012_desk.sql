-- Projects, orders that belong together, watchers, templates and published answers.

-- The register of key projects, as far as orders name them.
CREATE TABLE projects (
    number      TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    enterprise  INTEGER NOT NULL REFERENCES enterprises (id),
    level       TEXT NOT NULL CHECK (level IN ('province', 'prefecture', 'county')),
    township    TEXT NOT NULL REFERENCES bodies (code),
    -- Who is in charge; NULL is flagged.
    leader      INTEGER REFERENCES users (id),
    changed_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX projects_of_leader ON projects (leader) WHERE leader IS NOT NULL;
CREATE INDEX projects_of_enterprise ON projects (enterprise);

ALTER TABLE orders ADD COLUMN project TEXT REFERENCES projects (number);
CREATE INDEX orders_of_project ON orders (project, id) WHERE project IS NOT NULL;

-- The order that it is joined to, and how many are joined to it.
ALTER TABLE orders ADD COLUMN merged_into TEXT REFERENCES orders (number);
ALTER TABLE orders ADD COLUMN absorbed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN is_collective INTEGER NOT NULL DEFAULT FALSE;
CREATE INDEX orders_merged ON orders (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX orders_collective ON orders (id) WHERE is_collective;

-- Where a file hangs beside the order that it was sent for: what a main order was
-- replied with hangs on those joined to it too.
CREATE TABLE attachments_also (
    attachment  INTEGER NOT NULL REFERENCES attachments (id),
    order_id    INTEGER NOT NULL REFERENCES orders (id),
    PRIMARY KEY (attachment, order_id)
) STRICT, WITHOUT ROWID;

-- How often it was returned.
ALTER TABLE orders ADD COLUMN returns INTEGER NOT NULL DEFAULT 0;
CREATE INDEX orders_returned ON orders (id) WHERE returns > 0;

-- How many orders there are of each kind: a count over a million rows is a look at a
-- few hundred. Kept by the database itself.
CREATE TABLE tally (
    stage     TEXT NOT NULL,
    -- '' before dispatch.
    lead      TEXT NOT NULL,
    category  TEXT NOT NULL,
    township  TEXT NOT NULL,
    urgency   TEXT NOT NULL,
    orders    INTEGER NOT NULL,
    PRIMARY KEY (stage, lead, category, township, urgency)
) STRICT, WITHOUT ROWID;
INSERT INTO tally
SELECT stage, coalesce(lead, ''), category, township, urgency, count(*)
FROM orders GROUP BY stage, lead, category, township, urgency;
CREATE TRIGGER orders_counted AFTER INSERT ON orders BEGIN
    INSERT INTO tally
    VALUES (new.stage, coalesce(new.lead, ''), new.category, new.township, new.urgency, 1)
    ON CONFLICT DO UPDATE SET orders = orders + 1;
END;
CREATE TRIGGER orders_recounted AFTER UPDATE OF stage, lead ON orders
WHEN old.stage IS NOT new.stage OR old.lead IS NOT new.lead BEGIN
    UPDATE tally SET orders = orders - 1
    WHERE stage = old.stage AND lead = coalesce(old.lead, '') AND category = old.category
      AND township = old.township AND urgency = old.urgency;
    INSERT INTO tally
    VALUES (new.stage, coalesce(new.lead, ''), new.category, new.township, new.urgency, 1)
    ON CONFLICT DO UPDATE SET orders = orders + 1;
END;

-- Who is told of what happens to an order because they want to be.
CREATE TABLE watchers (
    order_id  INTEGER NOT NULL REFERENCES orders (id),
    user      INTEGER NOT NULL REFERENCES users (id),
    -- Whether they belong to the administration, which sees more.
    inside    INTEGER NOT NULL,
    PRIMARY KEY (order_id, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX watchers_by_user ON watchers (user);

-- How bodies begin their replies.
CREATE TABLE templates (
    id          INTEGER PRIMARY KEY,
    body        TEXT NOT NULL REFERENCES bodies (code),
    title       TEXT NOT NULL,
    text        TEXT NOT NULL,
    user        INTEGER NOT NULL REFERENCES users (id),
    changed_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX templates_of_body ON templates (body, title);

-- Answers that were published, for enterprises to find.
CREATE TABLE guidance (
    id            INTEGER PRIMARY KEY,
    title         TEXT NOT NULL,
    category      TEXT NOT NULL REFERENCES categories (code),
    body          TEXT NOT NULL REFERENCES bodies (code),
    text          TEXT NOT NULL,
    basis         TEXT,
    -- The order whose reply it is made of; not shown to enterprises.
    number        TEXT REFERENCES orders (number),
    user          INTEGER NOT NULL REFERENCES users (id),
    published_at  INTEGER NOT NULL,
    withdrawn_at  INTEGER
) STRICT;
CREATE INDEX guidance_published ON guidance (id) WHERE withdrawn_at IS NULL;
CREATE VIRTUAL TABLE guidance_words USING fts5 (
    title, text,
    content = '', contentless_delete = 1, prefix = '1', tokenize = 'unicode61 remove_diacritics 0'
);

-- Which orders are alike: each is put with the one before it that it is most like.
-- Worked out behind the scenes, after an order was placed.
CREATE TABLE likeness (
    order_id  INTEGER PRIMARY KEY REFERENCES orders (id),
    -- The first order of the group.
    first     INTEGER NOT NULL REFERENCES orders (id)
) STRICT;
CREATE INDEX likeness_by_first ON likeness (first);
-- Groups that the centre has looked at and put aside.
CREATE TABLE likeness_aside (
    first   INTEGER PRIMARY KEY REFERENCES orders (id),
    -- How many it had then: with more it is shown again.
    orders  INTEGER NOT NULL,
    user    INTEGER NOT NULL REFERENCES users (id),
    at      INTEGER NOT NULL
) STRICT;

INSERT INTO rules SELECT version, 'similar', 'percent', 50 FROM rule_versions;
INSERT INTO rules SELECT version, 'common_enterprises', 'times', 3 FROM rule_versions;
INSERT INTO rules SELECT version, 'common_days', 'days', 60 FROM rule_versions;
