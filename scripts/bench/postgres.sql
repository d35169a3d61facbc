-- The work in SQL: figures by region and indicator, then scores and ranks by region.
--
-- wide has a column a year, the current one first (v0), the baseline's year fourth behind it (v4).
-- Sums are written out in the order in which core/stats takes them, so that the bits are the same.
-- Statuses are 0 met, 1 near, 2 unmet, 3 no data; levels 0 none, 2 yellow, 3 orange, 4 red.
--
-- OFFSET '0' keeps the planner from merging a step with the next one, which would compute its
-- columns anew wherever they are named. Quoted it is a constant from the start: written as 0 it
-- would count as a limit, and no worker could take part.

DROP TABLE IF EXISTS figures, scores;

CREATE UNLOGGED TABLE figures AS
SELECT region, indicator, status::smallint AS status,
  (CASE
    WHEN status = 3 THEN 0
    WHEN status = 0 THEN CASE WHEN volatility >= 0.1 THEN 2 ELSE 0 END
    WHEN progress IS NULL OR forecast_final IS NULL THEN 2
    WHEN (target - forecast_final) * (target - v0) > 0 THEN
      CASE WHEN progress < 0 OR (forecast - v0) * (target - v0) <= 0 THEN 4 ELSE 3 END
    WHEN progress < 0.4 OR volatility >= 0.1 THEN 2
    ELSE 0
  END)::smallint AS level,
  progress, forecast, forecast_final, volatility
FROM (
  SELECT region, indicator, target, v0,
    CASE WHEN volatility <= 1e15 THEN volatility END AS volatility,
    CASE
      WHEN ahead >= 0 THEN 0
      WHEN -ahead <= near_limit THEN 1
      WHEN ahead IS NULL THEN 3
      ELSE 2
    END AS status,
    CASE
      WHEN ahead IS NULL THEN NULL
      WHEN side * (v4 - target) >= 0 THEN CASE WHEN ahead >= 0 THEN 1 ELSE 0 END
      ELSE (now - v4) / (target - v4)
    END AS progress,
    -- A series that never was below 0, or a share never above 100, is not forecast there.
    CASE
      WHEN level + slope < 0 AND least(v0, v1, v2, v3, v4, v5, v6, v7, v8, v9) >= 0 THEN 0
      WHEN level + slope > ceiling
        AND greatest(v0, v1, v2, v3, v4, v5, v6, v7, v8, v9) <= ceiling THEN ceiling
      ELSE level + slope
    END AS forecast,
    CASE
      WHEN level + slope * 6 < 0 AND least(v0, v1, v2, v3, v4, v5, v6, v7, v8, v9) >= 0 THEN 0
      WHEN level + slope * 6 > ceiling
        AND greatest(v0, v1, v2, v3, v4, v5, v6, v7, v8, v9) <= ceiling THEN ceiling
      ELSE level + slope * 6
    END AS forecast_final
  FROM (
    -- Six series in seven have a figure for every year: plain sums.
    SELECT region, indicator, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, now, ahead, volatility, slope,
      mean + 2 * slope AS level, side, target, near_limit, ceiling
    FROM (
      SELECT *, side * (now - target) AS ahead,
        (-2 * (v4 - mean) - (v3 - mean) + (v1 - mean) + 2 * (v0 - mean)) / 10 AS slope,
        CASE WHEN height > 0 THEN
          sqrt((square(v0 - v1 - shift) + square(v1 - v2 - shift) + square(v2 - v3 - shift)
            + square(v3 - v4 - shift) + square(v4 - v5 - shift) + square(v5 - v6 - shift)
            + square(v6 - v7 - shift) + square(v7 - v8 - shift) + square(v8 - v9 - shift)) / 8)
          / height
        END AS volatility
      FROM (
        SELECT *, floor(v0 * 100 + 0.5) / 100 AS now,
          v0 + ((v4 - v0) + (v3 - v0) + (v2 - v0) + (v1 - v0)) / 5 AS mean,
          ((v0 - v1) + (v1 - v2) + (v2 - v3) + (v3 - v4) + (v4 - v5) + (v5 - v6) + (v6 - v7)
            + (v7 - v8) + (v8 - v9)) / 9 AS shift,
          abs((v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9) / 10) AS height
        FROM wide JOIN indicators USING (indicator)
        WHERE v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9 IS NOT NULL
        OFFSET '0'
      ) AS centred
      OFFSET '0'
    ) AS complete

    UNION ALL

    -- The others: sums over what there is. u1 … u9 are the figures among the last five there are.
    SELECT region, indicator, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, now, ahead, volatility, slope,
      mean - slope * middle AS level, side, target, near_limit, ceiling
    FROM (
      SELECT *, side * (now - target) AS ahead,
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
        END AS slope,
        CASE WHEN changed >= 3 AND height > 0 THEN
          sqrt((coalesce(square(v0 - v1 - shift), 0) + coalesce(square(v1 - v2 - shift), 0)
            + coalesce(square(v2 - v3 - shift), 0) + coalesce(square(v3 - v4 - shift), 0)
            + coalesce(square(v4 - v5 - shift), 0) + coalesce(square(v5 - v6 - shift), 0)
            + coalesce(square(v6 - v7 - shift), 0) + coalesce(square(v7 - v8 - shift), 0)
            + coalesce(square(v8 - v9 - shift), 0)) / (changed - 1)) / height
        END AS volatility
      FROM (
        SELECT *, floor(v0 * 100 + 0.5) / 100 AS now,
          v0 + (coalesce(u9 - v0, 0) + coalesce(u8 - v0, 0) + coalesce(u7 - v0, 0)
            + coalesce(u6 - v0, 0) + coalesce(u5 - v0, 0) + coalesce(u4 - v0, 0)
            + coalesce(u3 - v0, 0) + coalesce(u2 - v0, 0) + coalesce(u1 - v0, 0)) / used AS mean,
          -(present(u1) + 2 * present(u2) + 3 * present(u3) + 4 * present(u4) + 5 * present(u5)
            + 6 * present(u6) + 7 * present(u7) + 8 * present(u8) + 9 * present(u9))::float8
            / used AS middle,
          (coalesce(v0 - v1, 0) + coalesce(v1 - v2, 0) + coalesce(v2 - v3, 0)
            + coalesce(v3 - v4, 0) + coalesce(v4 - v5, 0) + coalesce(v5 - v6, 0)
            + coalesce(v6 - v7, 0) + coalesce(v7 - v8, 0) + coalesce(v8 - v9, 0))
            / nullif(changed, 0) AS shift
        FROM (
          SELECT region, indicator, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9,
            side, target, near_limit, ceiling,
            v1 AS u1, v2 AS u2, v3 AS u3, v4 AS u4,
            CASE WHEN n4 < 5 THEN v5 END AS u5,
            CASE WHEN n4 + present(v5) < 5 THEN v6 END AS u6,
            CASE WHEN n4 + present(v5) + present(v6) < 5 THEN v7 END AS u7,
            CASE WHEN n4 + present(v5) + present(v6) + present(v7) < 5 THEN v8 END AS u8,
            CASE WHEN n4 + present(v5) + present(v6) + present(v7) + present(v8) < 5 THEN v9
            END AS u9,
            CASE WHEN v0 IS NOT NULL THEN least(5, n4 + present(v5) + present(v6) + present(v7)
              + present(v8) + present(v9)) END AS used,
            abs((coalesce(v0, 0) + coalesce(v1, 0) + coalesce(v2, 0) + coalesce(v3, 0)
              + coalesce(v4, 0) + coalesce(v5, 0) + coalesce(v6, 0) + coalesce(v7, 0)
              + coalesce(v8, 0) + coalesce(v9, 0))
              / (n4 + present(v5) + present(v6) + present(v7) + present(v8) + present(v9)))
              AS height,
            present(v0 - v1) + present(v1 - v2) + present(v2 - v3) + present(v3 - v4)
              + present(v4 - v5) + present(v5 - v6) + present(v6 - v7) + present(v7 - v8)
              + present(v8 - v9) AS changed
          FROM (
            SELECT *,
              present(v0) + present(v1) + present(v2) + present(v3) + present(v4) AS n4
            FROM wide JOIN indicators USING (indicator)
            WHERE v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9 IS NULL
            OFFSET '0'
          ) AS counted
          OFFSET '0'
        ) AS windowed
        OFFSET '0'
      ) AS centred
      OFFSET '0'
    ) AS gapped
  ) AS measured
  OFFSET '0'
) AS judged;

-- The sum is freed of binary noise before it is printed with two digits: half a unit of its ninth
-- digit is added with the half.
CREATE UNLOGGED TABLE scores AS
SELECT region, score, rank() OVER (ORDER BY score DESC)::integer AS rank
FROM (
  SELECT region,
    floor((greatest(5 - 1.5 * returned, 0)::float8 + greatest(10 - 2.0 * late, 0)::float8 + earned)
      * 100 + 0.50000005) / 100 AS score
  FROM regions JOIN (
    SELECT region, sum(points * met / nullif(assessable, 0)) AS earned
    FROM domains JOIN (
      SELECT region, domain, count(*) FILTER (WHERE status = 0) AS met,
        count(*) FILTER (WHERE status <= 2) AS assessable
      FROM figures JOIN indicators USING (indicator)
      GROUP BY region, domain
    ) AS counted USING (domain)
    GROUP BY region
  ) AS summed USING (region)
) AS scored;
