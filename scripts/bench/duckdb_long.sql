-- Figures as rows, a year each, in the order in which they are kept, instead of a column a year.
CREATE TABLE long AS
SELECT region, indicator, 2024 - substr(name, 2)::INTEGER AS year, value
FROM wide UNPIVOT (value FOR name IN (v0, v1, v2, v3, v4, v5, v6, v7, v8, v9))
ORDER BY region, indicator, year;

DROP TABLE wide;
