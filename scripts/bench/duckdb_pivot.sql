-- From rows to a column a year, with which the work in duckdb.sql begins.
CREATE OR REPLACE TEMP TABLE wide AS
SELECT region, indicator,
  any_value(value) FILTER (year = 2024) AS v0, any_value(value) FILTER (year = 2023) AS v1,
  any_value(value) FILTER (year = 2022) AS v2, any_value(value) FILTER (year = 2021) AS v3,
  any_value(value) FILTER (year = 2020) AS v4, any_value(value) FILTER (year = 2019) AS v5,
  any_value(value) FILTER (year = 2018) AS v6, any_value(value) FILTER (year = 2017) AS v7,
  any_value(value) FILTER (year = 2016) AS v8, any_value(value) FILTER (year = 2015) AS v9
FROM long
GROUP BY region, indicator;
