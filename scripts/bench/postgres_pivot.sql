-- From rows to a column a year, with which the work in postgres.sql begins. There is one value of
-- every year: max() is that value.
DROP TABLE IF EXISTS wide;

CREATE UNLOGGED TABLE wide AS
SELECT region, indicator,
  max(value) FILTER (WHERE year = 2024) AS v0, max(value) FILTER (WHERE year = 2023) AS v1,
  max(value) FILTER (WHERE year = 2022) AS v2, max(value) FILTER (WHERE year = 2021) AS v3,
  max(value) FILTER (WHERE year = 2020) AS v4, max(value) FILTER (WHERE year = 2019) AS v5,
  max(value) FILTER (WHERE year = 2018) AS v6, max(value) FILTER (WHERE year = 2017) AS v7,
  max(value) FILTER (WHERE year = 2016) AS v8, max(value) FILTER (WHERE year = 2015) AS v9
FROM long
GROUP BY region, indicator;
