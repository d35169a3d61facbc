-- Regions, series and sources get numbers, observations are kept by them, and the current figures of
-- a region stand beside its revisions as columns. Runs may build on others.

ALTER TABLE region ADD COLUMN number BIGINT CHECK (number >= 1);
UPDATE region SET number = numbered.number
    FROM (SELECT code, ROW_NUMBER() OVER (ORDER BY code) AS number FROM region) numbered
    WHERE numbered.code = region.code;
CREATE UNIQUE INDEX region_number ON region (number);
--postgres ALTER TABLE region ALTER COLUMN number SET NOT NULL;

-- What figures are kept of: an indicator in a breakdown. Numbers are 1, 2, 3 … without gaps.
CREATE TABLE series (
    number BIGINT NOT NULL PRIMARY KEY CHECK (number >= 1),
    indicator TEXT NOT NULL,
    breakdown TEXT NOT NULL,
    UNIQUE (indicator, breakdown)
)
--sqlite WITHOUT ROWID
;

-- Where figures were published: one long text serves many observations.
CREATE TABLE source (
    number BIGINT NOT NULL PRIMARY KEY CHECK (number >= 1),
    text TEXT NOT NULL UNIQUE
)
--sqlite WITHOUT ROWID
;

-- The regions a data version changed. No observation can be without its row here, so that a region's
-- newest row tells whether its columns are those of its newest revision.
CREATE TABLE region_change (
    region BIGINT NOT NULL REFERENCES region (number),
    data_version BIGINT NOT NULL REFERENCES data_change (data_version),
    PRIMARY KEY (region, data_version)
)
--sqlite WITHOUT ROWID
;

ALTER TABLE observation RENAME TO observation_by_name;

-- Rows are only ever added. Revisions of a figure count 1, 2, 3 … and their data versions never
-- fall; value and value_text are NULL together when the figure was withdrawn. The view
-- observation_row has the names.
CREATE TABLE observation (
    region BIGINT NOT NULL,
    series BIGINT NOT NULL REFERENCES series (number),
    year BIGINT NOT NULL CHECK (year BETWEEN 1 AND 9999),
    revision BIGINT NOT NULL CHECK (revision >= 1),
    data_version BIGINT NOT NULL,
    value DOUBLE PRECISION,
    value_text TEXT,
    kind BIGINT NOT NULL CHECK (kind BETWEEN 0 AND 4),
    source BIGINT REFERENCES source (number),
    note TEXT,
    PRIMARY KEY (region, series, year, revision),
    FOREIGN KEY (region, data_version) REFERENCES region_change (region, data_version),
    CHECK ((value IS NULL) = (value_text IS NULL))
)
--sqlite WITHOUT ROWID
;

-- For each region the values of its newest revisions, as columns.h lays them out; derived, and
-- written in the transaction that changes the revisions. NULL where the years lie too far apart.
-- Not WITHOUT ROWID, nor is result: SQLite would read long rows whole to compare their keys.
CREATE TABLE observation_columns (
    region BIGINT NOT NULL PRIMARY KEY,
    data_version BIGINT NOT NULL,
    checksum BIGINT NOT NULL,
    columns BYTEA,
    FOREIGN KEY (region, data_version) REFERENCES region_change (region, data_version)
);

INSERT INTO series (number, indicator, breakdown)
    SELECT ROW_NUMBER() OVER (ORDER BY indicator, breakdown), indicator, breakdown
    FROM (SELECT DISTINCT indicator, breakdown FROM observation_by_name) named;
INSERT INTO source (number, text)
    SELECT ROW_NUMBER() OVER (ORDER BY source), source
    FROM (SELECT DISTINCT source FROM observation_by_name WHERE source IS NOT NULL) named;
INSERT INTO region_change (region, data_version)
    SELECT DISTINCT r.number, o.data_version
    FROM observation_by_name o JOIN region r ON r.code = o.region;
INSERT INTO observation (region, series, year, revision, data_version, value, value_text, kind,
        source, note)
    SELECT r.number, s.number, o.year, o.revision, o.data_version, o.value, o.value_text,
        CASE o.kind WHEN 'reported' THEN 0 WHEN 'stated' THEN 1 WHEN 'derived' THEN 2
            WHEN 'estimated' THEN 3 WHEN 'sample' THEN 4 END,
        t.number, o.note
    FROM observation_by_name o
        JOIN region r ON r.code = o.region
        JOIN series s ON s.indicator = o.indicator AND s.breakdown = o.breakdown
        LEFT JOIN source t ON t.text = o.source;
DROP TABLE observation_by_name;

INSERT INTO counter (name, value) SELECT 'region', COUNT(*) FROM region;
INSERT INTO counter (name, value) SELECT 'series', COUNT(*) FROM series;
INSERT INTO counter (name, value) SELECT 'source', COUNT(*) FROM source;

CREATE VIEW observation_row AS
    SELECT r.code AS region, s.indicator, s.breakdown, o.year, o.revision, o.value, o.value_text,
        CASE o.kind WHEN 0 THEN 'reported' WHEN 1 THEN 'stated' WHEN 2 THEN 'derived'
            WHEN 3 THEN 'estimated' WHEN 4 THEN 'sample' END AS kind,
        t.text AS source, o.note, o.data_version
    FROM observation o
        JOIN region r ON r.number = o.region
        JOIN series s ON s.number = o.series
        LEFT JOIN source t ON t.number = o.source;

ALTER TABLE result RENAME TO result_by_code;
ALTER TABLE run RENAME TO whole_run;

-- A whole run has its own id as its base. Another builds on a whole run of the same pack version, std,
-- engine, round, year and conventions (which it does not repeat), and has results only where they
-- differ from those before it.
CREATE TABLE run (
    id BIGINT NOT NULL PRIMARY KEY,
    base BIGINT NOT NULL REFERENCES run (id),
    pack TEXT NOT NULL,
    pack_hash TEXT NOT NULL,
    std_hash TEXT NOT NULL REFERENCES blob (hash),
    engine_version BIGINT NOT NULL,
    conventions TEXT,
    data_version BIGINT NOT NULL CHECK (data_version >= 0),
    round TEXT NOT NULL CHECK (round IN ('annual', 'midterm', 'final')),
    year BIGINT NOT NULL,
    who TEXT NOT NULL,
    started_at_us BIGINT NOT NULL,
    finished_at_us BIGINT NOT NULL,
    region_count BIGINT NOT NULL CHECK (region_count >= 0),
    result_hash TEXT NOT NULL,
    UNIQUE (base, id),
    FOREIGN KEY (pack, pack_hash) REFERENCES pack_version (pack, hash),
    CHECK (base <= id),
    CHECK ((base = id) = (conventions IS NOT NULL))
)
--sqlite WITHOUT ROWID
;

-- The results of a run are, for each region, the newest of its base up to that run.
CREATE TABLE result (
    base BIGINT NOT NULL,
    region BIGINT NOT NULL REFERENCES region (number),
    run BIGINT NOT NULL,
    payload BYTEA NOT NULL,
    PRIMARY KEY (base, region, run),
    FOREIGN KEY (base, run) REFERENCES run (base, id)
);

INSERT INTO run (id, base, pack, pack_hash, std_hash, engine_version, conventions, data_version,
        round, year, who, started_at_us, finished_at_us, region_count, result_hash)
    SELECT id, id, pack, pack_hash, std_hash, engine_version, conventions, data_version, round,
        year, who, started_at_us, finished_at_us, region_count, result_hash
    FROM whole_run;
INSERT INTO result (base, region, run, payload)
    SELECT x.run, r.number, x.run, x.payload
    FROM result_by_code x JOIN region r ON r.code = x.region;
DROP TABLE result_by_code;
DROP TABLE whole_run;
