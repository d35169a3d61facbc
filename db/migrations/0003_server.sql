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

-- ---- assessment rounds ----
-- One assessment of a pack for one year. It is known by the ids of both, so that it is the same to later
-- versions of the pack. state is where it is on its way (core/work/assessment_round.c), run whose figures
-- were published: they stay what they are, whatever is evaluated later.
CREATE TABLE assessment_round (
    pack TEXT NOT NULL,
    id BIGINT NOT NULL CHECK (id >= 1),
    assessment TEXT NOT NULL,
    year BIGINT NOT NULL CHECK (year BETWEEN 1 AND 9999),
    kind TEXT NOT NULL CHECK (kind IN ('annual', 'midterm', 'final')),
    state TEXT NOT NULL,
    changes BIGINT NOT NULL CHECK (changes >= 1),
    opened_at_us BIGINT NOT NULL,
    opened_by TEXT NOT NULL,
    closed_at_us BIGINT, -- NULL while it is open
    run BIGINT REFERENCES run (id),
    PRIMARY KEY (pack, id)
)
--sqlite WITHOUT ROWID
;
CREATE UNIQUE INDEX assessment_round_open ON assessment_round (pack, assessment, year, kind)
    WHERE closed_at_us IS NULL;

-- Every step of a round. Rows are only ever added.
CREATE TABLE assessment_round_change (
    pack TEXT NOT NULL,
    round BIGINT NOT NULL,
    number BIGINT NOT NULL CHECK (number >= 1), -- 1, 2, 3 … of the round
    at_us BIGINT NOT NULL,
    state TEXT NOT NULL, -- which it came to
    who TEXT NOT NULL,
    reason TEXT,
    run BIGINT REFERENCES run (id),
    PRIMARY KEY (pack, round, number),
    FOREIGN KEY (pack, round) REFERENCES assessment_round (pack, id)
)
--sqlite WITHOUT ROWID
;

-- ---- years of packs ----
-- The year whose results a pack shows. Without a row, and with NULL, it is the newest for which anything
-- of the pack is reported.
CREATE TABLE pack_year (
    pack TEXT NOT NULL PRIMARY KEY,
    year BIGINT CHECK (year BETWEEN 1 AND 9999)
)
--sqlite WITHOUT ROWID
;

-- ---- accounts ----
-- An account is never removed, because the audit log names it; it is disabled. The counter 'accounts'
-- goes up with every change of what follows, but for what only says when something was used.
CREATE TABLE account (
    name TEXT NOT NULL PRIMARY KEY,
    title TEXT,
    created_at_us BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    disabled_at_us BIGINT, -- NULL: in use
    must_change_password BIGINT NOT NULL CHECK (must_change_password IN (0, 1)),
    failures BIGINT NOT NULL CHECK (failures >= 0), -- wrong passwords since the last right one
    lockouts BIGINT NOT NULL CHECK (lockouts >= 0), -- locks since the last right password
    locked_until_us BIGINT,
    logged_in_at_us BIGINT,
    logged_in_from TEXT
)
--sqlite WITHOUT ROWID
;

-- argon2id hashes; the one with the greatest number is the password, those before it must not come
-- back.
CREATE TABLE account_password (
    account TEXT NOT NULL REFERENCES account (name),
    number BIGINT NOT NULL CHECK (number >= 1),
    hash TEXT NOT NULL,
    changed_at_us BIGINT NOT NULL,
    PRIMARY KEY (account, number)
)
--sqlite WITHOUT ROWID
;

-- region is a code or '*', the whole workspace; unit is the reporter's, or '*'.
CREATE TABLE account_grant (
    account TEXT NOT NULL REFERENCES account (name),
    role TEXT NOT NULL,
    region TEXT NOT NULL,
    unit TEXT NOT NULL,
    granted_at_us BIGINT NOT NULL,
    granted_by TEXT NOT NULL,
    PRIMARY KEY (account, role, region, unit)
)
--sqlite WITHOUT ROWID
;

-- Hashes are the SHA-256 of secrets that only the client has. What a token was before its last
-- rotation counts until previous_until_us.
CREATE TABLE account_session (
    id BIGINT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (name),
    token_hash TEXT NOT NULL,
    previous_hash TEXT,
    previous_until_us BIGINT,
    rotation BIGINT NOT NULL CHECK (rotation >= 0),
    csrf_seed TEXT NOT NULL,
    began_at_us BIGINT NOT NULL,
    rotated_at_us BIGINT NOT NULL,
    seen_at_us BIGINT NOT NULL,
    address TEXT,
    client TEXT
)
--sqlite WITHOUT ROWID
;
CREATE INDEX account_session_account ON account_session (account);

CREATE TABLE account_token (
    id BIGINT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (name),
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    scopes TEXT NOT NULL, -- separated by commas
    region TEXT NOT NULL, -- a code or '*'
    created_at_us BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    expires_at_us BIGINT NOT NULL,
    used_at_us BIGINT,
    revoked_at_us BIGINT,
    revoked_by TEXT
)
--sqlite WITHOUT ROWID
;
CREATE INDEX account_token_account ON account_token (account);

-- ---- samples ----
-- Of sample figures alone, so that it is known at once that a workspace has none.
CREATE INDEX observation_sample ON observation (kind) WHERE kind = 4;

-- ---- packs taken out of service ----
-- A row 'retire' says that nothing of the pack is active since; hash is what was, and below its row.
ALTER TABLE activation RENAME TO activation_before;
CREATE TABLE activation (
    pack TEXT NOT NULL,
    id BIGINT NOT NULL,
    hash TEXT NOT NULL,
    below BIGINT,
    action TEXT NOT NULL CHECK (action IN ('activate', 'rollback', 'retire')),
    who TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (pack, id),
    FOREIGN KEY (pack, hash) REFERENCES pack_version (pack, hash),
    FOREIGN KEY (pack, below) REFERENCES activation (pack, id),
    CHECK (below < id),
    CHECK (action <> 'retire' OR below IS NOT NULL)
)
--sqlite WITHOUT ROWID
;
INSERT INTO activation (pack, id, hash, below, action, who, at_us)
    SELECT pack, id, hash, below, action, who, at_us FROM activation_before;
DROP TABLE activation_before;
