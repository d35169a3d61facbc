-- The server: who may do what, and what was done.

-- ---- audit log ----
-- Rows are only ever added, and numbered 1, 2, 3 … without gaps. hash is the SHA-256 of the row and of
-- previous_hash, which is the hash of the row before (store_audit.c has the exact bytes).
CREATE TABLE audit_log (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id >= 1),
    at_us BIGINT NOT NULL,
    who TEXT NOT NULL,
    means TEXT NOT NULL CHECK (means IN ('cli', 'web', 'api', 'token', 'system')),
    address TEXT, -- NULL when local
    action TEXT NOT NULL,
    subject TEXT,
    detail TEXT, -- JSON
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
)
--sqlite WITHOUT ROWID
;
