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
-- back is done only where a forecast is out of bounds; where no figure is missing, plain comparisons
-- are quicker than least() and greatest().
CREATE MACRO bounded_complete(line, ceiling, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9) AS
  CASE
    WHEN line < 0 AND v0 >= 0 AND v1 >= 0 AND v2 >= 0 AND v3 >= 0 AND v4 >= 0
      AND v5 >= 0 AND v6 >= 0 AND v7 >= 0 AND v8 >= 0 AND v9 >= 0 THEN 0
    WHEN line > ceiling AND v0 <= ceiling AND v1 <= ceiling AND v2 <= ceiling AND v3 <= ceiling
      AND v4 <= ceiling AND v5 <= ceiling AND v6 <= ceiling AND v7 <= ceiling AND v8 <= ceiling
      AND v9 <= ceiling THEN ceiling
    ELSE line
  END;
CREATE MACRO bounded_gapped(line, ceiling, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9) AS
  CASE
    WHEN line < 0 AND least(v0, v1, v2, v3, v4, v5, v6, v7, v8, v9) >= 0 THEN 0
    WHEN line > ceiling AND greatest(v0, v1, v2, v3, v4, v5, v6, v7, v8, v9) <= ceiling THEN ceiling
    ELSE line
  END;
