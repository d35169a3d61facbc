-- Figures as rows, a year each, in the order in which they are kept, instead of a column a year.
CREATE TABLE long AS
SELECT region, indicator, 2024 - back AS year, value
FROM wide, unnest(ARRAY[v0, v1, v2, v3, v4, v5, v6, v7, v8, v9]) WITH ORDINALITY AS figure (value, n),
  LATERAL (SELECT n::integer - 1 AS back) AS place
WHERE value IS NOT NULL
ORDER BY region, indicator, year;

DROP TABLE wide;
