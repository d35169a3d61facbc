-- The server: who may do what, and what was done.

-- ---- audit log ----
-- Rows are only ever added, and numbered 1, 2, 3 … without gaps. hash is the SHA-256 of the row and of
-- previous_hash, which is the hash of the row before (store_audit.c has the exact bytes). In SQLite the
-- number is the rowid: rows go to the end.
CREATE TABLE audit_log (
--sqlite     id INTEGER NOT NULL PRIMARY KEY CHECK (id >= 1),
--postgres     id BIGINT NOT NULL PRIMARY KEY CHECK (id >= 1),
    at_us BIGINT NOT NULL,
    who TEXT NOT NULL,
    means TEXT NOT NULL CHECK (means IN ('cli', 'web', 'api', 'token', 'system')),
    address TEXT, -- NULL when local
    action TEXT NOT NULL,
    subject TEXT,
    detail TEXT, -- JSON
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);

-- ---- warnings ----
-- A warning of a pack about one subject of a region, raised once or more often: its life, and in
-- warning_event every step of it. subject is 'region', or 'indicator:' or 'plan:' and an id, so that a
-- warning is known again by later versions of its pack.
CREATE TABLE warning (
    region BIGINT NOT NULL REFERENCES region (number),
    id BIGINT NOT NULL CHECK (id >= 1),
    pack TEXT NOT NULL,
    warning TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('raised', 'acknowledged', 'cleared')),
    level TEXT NOT NULL CHECK (level IN ('blue', 'yellow', 'orange', 'red')),
    year BIGINT NOT NULL, -- of the results that it was raised on last
    message TEXT,
    events BIGINT NOT NULL CHECK (events >= 1),
    raised_at_us BIGINT NOT NULL, -- the last time
    acknowledged_at_us BIGINT,
    acknowledged_by TEXT,
    cleared_at_us BIGINT,
    PRIMARY KEY (region, id),
    UNIQUE (pack, region, warning, subject)
)
--sqlite WITHOUT ROWID
;

-- Rows are only ever added.
CREATE TABLE warning_event (
    region BIGINT NOT NULL,
    id BIGINT NOT NULL,
    number BIGINT NOT NULL CHECK (number >= 1), -- 1, 2, 3 … of the warning
    at_us BIGINT NOT NULL,
    event TEXT NOT NULL CHECK (event IN ('raised', 'level', 'acknowledged', 'cleared')),
    level TEXT NOT NULL,
    who TEXT NOT NULL,
    run BIGINT, -- whose results say so
    note TEXT,
    PRIMARY KEY (region, id, number),
    FOREIGN KEY (region, id) REFERENCES warning (region, id)
)
--sqlite WITHOUT ROWID
;
