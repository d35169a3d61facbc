-- The work in SQL: figures by region and indicator, then scores and ranks by region.
--
-- wide has a column a year, the current one first (v0), the baseline's year fourth behind it (v4).
-- Sums are written out in the order in which core/stats takes them, so that the bits are the same.
-- Statuses are 0 met, 1 near, 2 unmet, 3 no data; levels 0 none, 2 yellow, 3 orange, 4 red.

CREATE OR REPLACE TABLE figures AS
WITH judged AS NOT MATERIALIZED (
  SELECT *,
    CASE
      WHEN ahead >= 0 THEN 0
      WHEN -ahead <= near_limit THEN 1
      WHEN ahead IS NULL THEN 3
      ELSE 2
    END AS status,
    CASE
      WHEN ahead IS NULL THEN NULL
      WHEN side * (v4 - target) >= 0 THEN (ahead >= 0)::INTEGER
      ELSE (now - v4) / (target - v4)
    END AS progress
  FROM (
    SELECT *, round(v0, 2) AS now, side * (now - target) AS ahead
    FROM wide JOIN indicators USING (indicator)
  )
),

-- Six series in seven have a figure for every year: plain sums.
complete AS NOT MATERIALIZED (
  SELECT region, indicator, target, status, progress, v0,
    bounded_complete(level + slope, ceiling, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9) AS forecast,
    bounded_complete(level + slope * 6, ceiling, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9)
      AS forecast_final,
    CASE WHEN height > 0 THEN
      sqrt((square(c0 - shift) + square(c1 - shift) + square(c2 - shift) + square(c3 - shift)
        + square(c4 - shift) + square(c5 - shift) + square(c6 - shift) + square(c7 - shift)
        + square(c8 - shift)) / 8) / height
    END AS volatility
  FROM (
    SELECT *, mean + 2 * slope AS level,
      (c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8) / 9 AS shift
    FROM (
      SELECT *, (-2 * (v4 - mean) - (v3 - mean) + (v1 - mean) + 2 * (v0 - mean)) / 10 AS slope
      FROM (
        SELECT *, v0 + ((v4 - v0) + (v3 - v0) + (v2 - v0) + (v1 - v0)) / 5 AS mean,
          v0 - v1 AS c0, v1 - v2 AS c1, v2 - v3 AS c2, v3 - v4 AS c3, v4 - v5 AS c4, v5 - v6 AS c5,
          v6 - v7 AS c6, v7 - v8 AS c7, v8 - v9 AS c8,
          abs((v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9) / 10) AS height
        FROM judged
        WHERE v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9 IS NOT NULL
      )
    )
  )
),

-- The others, gathered into full vectors first: sums over what there is. u1 … u9 are the figures
-- among the last five there are.
gaps AS MATERIALIZED (
  FROM judged WHERE v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9 IS NULL
),
windowed AS NOT MATERIALIZED (
  SELECT * EXCLUDE (n4, n5, n6, n7, n8),
    v1 AS u1, v2 AS u2, v3 AS u3, v4 AS u4,
    CASE WHEN n4 < 5 THEN v5 END AS u5,
    CASE WHEN n5 < 5 THEN v6 END AS u6,
    CASE WHEN n6 < 5 THEN v7 END AS u7,
    CASE WHEN n7 < 5 THEN v8 END AS u8,
    CASE WHEN n8 < 5 THEN v9 END AS u9,
    CASE WHEN v0 IS NOT NULL THEN least(n8 + present(v9), 5) END AS used,
    abs((coalesce(v0, 0) + coalesce(v1, 0) + coalesce(v2, 0) + coalesce(v3, 0) + coalesce(v4, 0)
      + coalesce(v5, 0) + coalesce(v6, 0) + coalesce(v7, 0) + coalesce(v8, 0) + coalesce(v9, 0))
      / (n8 + present(v9))) AS height,
    present(c0) + present(c1) + present(c2) + present(c3) + present(c4) + present(c5) + present(c6)
      + present(c7) + present(c8) AS changed
  FROM (
    SELECT *,
      present(v0) + present(v1) + present(v2) + present(v3) + present(v4) AS n4,
      n4 + present(v5) AS n5, n5 + present(v6) AS n6, n6 + present(v7) AS n7, n7 + present(v8) AS n8,
      v0 - v1 AS c0, v1 - v2 AS c1, v2 - v3 AS c2, v3 - v4 AS c3, v4 - v5 AS c4, v5 - v6 AS c5,
      v6 - v7 AS c6, v7 - v8 AS c7, v8 - v9 AS c8
    FROM gaps
  )
),
centred AS NOT MATERIALIZED (
  SELECT *,
    v0 + (coalesce(u9 - v0, 0) + coalesce(u8 - v0, 0) + coalesce(u7 - v0, 0) + coalesce(u6 - v0, 0)
      + coalesce(u5 - v0, 0) + coalesce(u4 - v0, 0) + coalesce(u3 - v0, 0) + coalesce(u2 - v0, 0)
      + coalesce(u1 - v0, 0)) / used AS mean,
    -(present(u1) + 2 * present(u2) + 3 * present(u3) + 4 * present(u4) + 5 * present(u5)
      + 6 * present(u6) + 7 * present(u7) + 8 * present(u8) + 9 * present(u9))::DOUBLE / used AS middle,
    (coalesce(c0, 0) + coalesce(c1, 0) + coalesce(c2, 0) + coalesce(c3, 0) + coalesce(c4, 0)
      + coalesce(c5, 0) + coalesce(c6, 0) + coalesce(c7, 0) + coalesce(c8, 0)) / changed AS shift
  FROM windowed
),
sloped AS NOT MATERIALIZED (
  SELECT *,
    CASE WHEN used >= 3 THEN
      (coalesce((-9 - middle) * (u9 - mean), 0) + coalesce((-8 - middle) * (u8 - mean), 0)
        + coalesce((-7 - middle) * (u7 - mean), 0) + coalesce((-6 - middle) * (u6 - mean), 0)
        + coalesce((-5 - middle) * (u5 - mean), 0) + coalesce((-4 - middle) * (u4 - mean), 0)
        + coalesce((-3 - middle) * (u3 - mean), 0) + coalesce((-2 - middle) * (u2 - mean), 0)
        + coalesce((-1 - middle) * (u1 - mean), 0) + (0 - middle) * (v0 - mean))
      / (present(u9) * square(-9 - middle) + present(u8) * square(-8 - middle)
        + present(u7) * square(-7 - middle) + present(u6) * square(-6 - middle)
        + present(u5) * square(-5 - middle) + present(u4) * square(-4 - middle)
        + present(u3) * square(-3 - middle) + present(u2) * square(-2 - middle)
        + present(u1) * square(-1 - middle) + square(middle))
    END AS slope
  FROM centred
),
gapped AS NOT MATERIALIZED (
  SELECT region, indicator, target, status, progress, v0,
    bounded_gapped(mean - slope * middle + slope, ceiling, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9)
      AS forecast,
    bounded_gapped(mean - slope * middle + slope * 6, ceiling, v0, v1, v2, v3, v4, v5, v6, v7, v8,
      v9)
      AS forecast_final,
    CASE WHEN changed >= 3 AND height > 0 THEN
      sqrt((coalesce(square(c0 - shift), 0) + coalesce(square(c1 - shift), 0)
        + coalesce(square(c2 - shift), 0) + coalesce(square(c3 - shift), 0)
        + coalesce(square(c4 - shift), 0) + coalesce(square(c5 - shift), 0)
        + coalesce(square(c6 - shift), 0) + coalesce(square(c7 - shift), 0)
        + coalesce(square(c8 - shift), 0)) / (changed - 1)) / height
    END AS volatility
  FROM sloped
)

SELECT region, indicator, status::UTINYINT AS status,
  (CASE
    WHEN status = 3 THEN 0
    WHEN status = 0 THEN CASE WHEN volatility >= 0.1 THEN 2 ELSE 0 END
    WHEN progress IS NULL OR forecast_final IS NULL THEN 2
    WHEN (target - forecast_final) * (target - v0) > 0 THEN
      CASE WHEN progress < 0 OR (forecast - v0) * (target - v0) <= 0 THEN 4 ELSE 3 END
    WHEN progress < 0.4 OR volatility >= 0.1 THEN 2
    ELSE 0
  END)::UTINYINT AS level,
  progress, forecast, forecast_final, volatility
FROM (
  SELECT * REPLACE (CASE WHEN volatility <= 1e15 THEN volatility END AS volatility)
  FROM (FROM complete UNION ALL FROM gapped)
);

-- The sum is freed of binary noise before it is printed with two digits: half a unit of its ninth
-- digit is added with the half.
CREATE OR REPLACE TABLE scores AS
SELECT region, score, rank() OVER (ORDER BY score DESC)::INTEGER AS rank
FROM (
  SELECT region,
    floor((any_value(greatest(5 - 1.5 * returned, 0) + greatest(10 - 2.0 * late, 0))::DOUBLE
      + sum(points * met / nullif(assessable, 0))) * 100 + 0.50000005) / 100 AS score
  FROM (
    SELECT region, domain, count(*) FILTER (status = 0) AS met,
      count(*) FILTER (status <= 2) AS assessable
    FROM figures JOIN indicators USING (indicator)
    GROUP BY region, domain
  ) JOIN domains USING (domain) JOIN regions USING (region)
  GROUP BY region
);
