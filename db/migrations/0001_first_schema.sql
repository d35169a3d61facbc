-- The first schema: regions, observations, packs, runs.
-- A line that begins with a driver's name, as in "--sqlite ", is SQL for that driver alone.
--sqlite PRAGMA application_id = 1111705673;

CREATE TABLE schema_migration (
    version BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    hash TEXT NOT NULL, -- SHA-256 of the migration's file
    applied_at_us BIGINT NOT NULL
);

-- Numbers the program gives out: data versions, runs, activations.
CREATE TABLE counter (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE region (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    parent TEXT REFERENCES region (code),
    level TEXT NOT NULL
        CHECK (level IN ('nation', 'province', 'city', 'county', 'township', 'village')),
    CHECK (parent <> code)
)
--sqlite WITHOUT ROWID
;

CREATE TABLE unit (
    region TEXT NOT NULL REFERENCES region (code),
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (region, id)
)
--sqlite WITHOUT ROWID
;

CREATE TABLE plan (
    pack TEXT NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    baseline_year BIGINT NOT NULL,
    first_year BIGINT NOT NULL,
    last_year BIGINT NOT NULL,
    PRIMARY KEY (pack, id),
    CHECK (first_year <= last_year)
)
--sqlite WITHOUT ROWID
;

-- One row a data version: who changed observations, when, and by what means.
CREATE TABLE data_change (
    data_version BIGINT NOT NULL PRIMARY KEY,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    changed_at_us BIGINT NOT NULL
)
--sqlite WITHOUT ROWID
;

-- Rows are only ever added. Revisions of a figure count 1, 2, 3 … and their data versions never
-- fall; value and value_text are NULL together when the figure was withdrawn.
CREATE TABLE observation (
    region TEXT NOT NULL REFERENCES region (code),
    indicator TEXT NOT NULL,
    breakdown TEXT NOT NULL,
    year BIGINT NOT NULL CHECK (year BETWEEN 1 AND 9999),
    revision BIGINT NOT NULL CHECK (revision >= 1),
    data_version BIGINT NOT NULL REFERENCES data_change (data_version),
    value DOUBLE PRECISION,
    value_text TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('reported', 'stated', 'derived', 'estimated', 'sample')),
    source TEXT,
    note TEXT,
    PRIMARY KEY (region, indicator, breakdown, year, revision),
    CHECK ((value IS NULL) = (value_text IS NULL))
)
--sqlite WITHOUT ROWID
;

CREATE TABLE blob (
    hash TEXT NOT NULL PRIMARY KEY, -- SHA-256 of the bytes
    kind TEXT NOT NULL CHECK (kind IN ('pack', 'std')),
    bytes BYTEA NOT NULL
);

-- The region is what the pack's text says; it may be stored before the region is.
CREATE TABLE pack_version (
    pack TEXT NOT NULL,
    hash TEXT NOT NULL REFERENCES blob (hash),
    version TEXT NOT NULL,
    std_hash TEXT NOT NULL REFERENCES blob (hash),
    title TEXT NOT NULL,
    region TEXT NOT NULL,
    description TEXT NOT NULL,
    stored_at_us BIGINT NOT NULL,
    PRIMARY KEY (pack, hash)
);

-- Rows are only ever added; a pack's newest row is what is active. Each row is the top of a stack:
-- below is the row a rollback returns to, NULL at the bottom.
CREATE TABLE activation (
    pack TEXT NOT NULL,
    id BIGINT NOT NULL,
    hash TEXT NOT NULL,
    below BIGINT,
    action TEXT NOT NULL CHECK (action IN ('activate', 'rollback')),
    who TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (pack, id),
    FOREIGN KEY (pack, hash) REFERENCES pack_version (pack, hash),
    FOREIGN KEY (pack, below) REFERENCES activation (pack, id),
    CHECK (below < id)
)
--sqlite WITHOUT ROWID
;

CREATE TABLE run (
    id BIGINT NOT NULL PRIMARY KEY,
    pack TEXT NOT NULL,
    pack_hash TEXT NOT NULL,
    std_hash TEXT NOT NULL REFERENCES blob (hash),
    engine_version BIGINT NOT NULL,
    conventions TEXT NOT NULL,
    data_version BIGINT NOT NULL CHECK (data_version >= 0),
    round TEXT NOT NULL CHECK (round IN ('annual', 'midterm', 'final')),
    year BIGINT NOT NULL,
    who TEXT NOT NULL,
    started_at_us BIGINT NOT NULL,
    finished_at_us BIGINT NOT NULL,
    region_count BIGINT NOT NULL CHECK (region_count >= 0),
    result_hash TEXT NOT NULL,
    FOREIGN KEY (pack, pack_hash) REFERENCES pack_version (pack, hash)
)
--sqlite WITHOUT ROWID
;

CREATE TABLE result (
    run BIGINT NOT NULL REFERENCES run (id),
    region TEXT NOT NULL REFERENCES region (code),
    payload BYTEA NOT NULL,
    PRIMARY KEY (run, region)
);
