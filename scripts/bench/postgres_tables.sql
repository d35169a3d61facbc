-- What the work in postgres.sql starts from; run in the folder of the CSV files.

CREATE TABLE wide (
  region integer, indicator integer,
  v0 float8, v1 float8, v2 float8, v3 float8, v4 float8,
  v5 float8, v6 float8, v7 float8, v8 float8, v9 float8
);
CREATE TABLE indicators (
  indicator integer PRIMARY KEY, domain integer, side integer, target float8, near_limit float8,
  ceiling float8
);
CREATE TABLE domains (domain integer PRIMARY KEY, points float8);
CREATE TABLE regions (region integer PRIMARY KEY, late integer, returned integer);

\copy wide FROM wide.csv (FORMAT csv, HEADER)
\copy indicators FROM indicators.csv (FORMAT csv, HEADER)
\copy domains FROM domains.csv (FORMAT csv, HEADER)
\copy regions FROM regions.csv (FORMAT csv, HEADER)

-- 1 where there is a figure, else 0; inlined where it is used, like the next one.
CREATE FUNCTION present(x float8) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN x IS NULL THEN 0 ELSE 1 END;
CREATE FUNCTION square(x float8) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN x * x;
