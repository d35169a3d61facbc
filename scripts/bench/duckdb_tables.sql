-- What the work in duckdb.sql starts from. $FOLDER is replaced by the folder of the CSV files.

CREATE TABLE wide AS FROM read_csv('$FOLDER/wide.csv', types = {
  'region': 'INTEGER', 'indicator': 'INTEGER',
  'v0': 'DOUBLE', 'v1': 'DOUBLE', 'v2': 'DOUBLE', 'v3': 'DOUBLE', 'v4': 'DOUBLE',
  'v5': 'DOUBLE', 'v6': 'DOUBLE', 'v7': 'DOUBLE', 'v8': 'DOUBLE', 'v9': 'DOUBLE'});

CREATE TABLE indicators AS FROM read_csv('$FOLDER/indicators.csv', types = {
  'indicator': 'INTEGER', 'domain': 'INTEGER', 'side': 'INTEGER', 'target': 'DOUBLE',
  'near_limit': 'DOUBLE', 'ceiling': 'DOUBLE'});

CREATE TABLE domains AS FROM read_csv('$FOLDER/domains.csv', types = {
  'domain': 'INTEGER', 'points': 'DOUBLE'});

CREATE TABLE regions AS FROM read_csv('$FOLDER/regions.csv', types = {
  'region': 'INTEGER', 'late': 'INTEGER', 'returned': 'INTEGER'});

-- 1 where there is a figure, else 0.
CREATE MACRO present(x) AS (x IS NOT NULL)::INTEGER;
CREATE MACRO square(x) AS x * x;

-- A series that never was below 0, or a share never above 100, is not forecast there. The looking
-- back is done only where a forecast is out of bounds.
CREATE MACRO bounded(line, ceiling, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9) AS
  CASE
    WHEN line < 0 AND least(v0, v1, v2, v3, v4, v5, v6, v7, v8, v9) >= 0 THEN 0
    WHEN line > ceiling AND greatest(v0, v1, v2, v3, v4, v5, v6, v7, v8, v9) <= ceiling THEN ceiling
    ELSE line
  END;
