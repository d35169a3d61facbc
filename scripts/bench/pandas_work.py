"""Does the work with pandas, as somebody at home in it would: frames and columns, no loops.

python3 pandas_work.py MODE FOLDER
  memory   the figures as rows in a frame; see contender.py for the talk
  fill     makes FOLDER/pandas.sqlite: a row a figure, and the small tables
  cold     from that file to results in tables of it
  collect  writes those results into FOLDER/pandas_cold_results

Sums run over the years in the order of core/stats, so that the bits are the same. Both pandas and
NumPy work on one thread.
"""

import contextlib
import functools
import operator
import sqlite3
import sys

from contender import (CHANGES_LEAST, CURRENT, LARGEST, LINE, LINE_LEAST, PACE, RESTLESS, TO_TARGET,
                       YEARS, np, pd, read_long, read_table, score, serve, write_results)

NEWEST_FIRST = list(range(CURRENT, CURRENT - YEARS, -1))
OLDEST_FIRST = NEWEST_FIRST[::-1]
BASELINE = 2020
SMALL_TABLES = ["indicators", "domains", "regions"]


def judge(values, about):
    """Statuses and progress."""
    now, baseline, target = values[CURRENT].round(2), values[BASELINE], about["target"]
    ahead = about["side"] * (now - target)
    met, missing = ahead >= 0, now.isna()
    status = pd.Series(2, index=values.index, dtype="uint8")
    status = status.mask(-ahead <= about["near_limit"], 1).mask(met, 0).mask(missing, 3)
    progress = (now - baseline) / (target - baseline)
    reached_before = about["side"] * (baseline - target) >= 0
    progress = progress.mask(reached_before, met.astype(float)).mask(missing)
    return status, progress


def total(frame):
    """By row, one column after the other: frame.sum(axis=1) adds in an order of its own."""
    return functools.reduce(operator.add, (frame[name].fillna(0) for name in frame))


def line(values):
    """Level and slope of the line through the last five figures of every series that has a current
    one."""
    recent = values.where(values.notna().cumsum(axis=1) <= LINE)
    recent = recent[OLDEST_FIRST]
    last, count = values[CURRENT], recent.count(axis=1)
    mean = last + total(recent.sub(last, axis=0)) / count
    years = recent.notna().mul([year - CURRENT for year in OLDEST_FIRST], axis=1)
    middle = total(years) / count
    distance = years.sub(middle, axis=0).where(recent.notna())
    slope = total(distance * recent.sub(mean, axis=0)) / total(distance * distance)
    slope = slope.where((count >= LINE_LEAST) & last.notna())
    return mean - slope * middle, slope


def bounded(forecast, about):
    """A series that never was below 0, or a share never above 100, is not forecast there."""
    ceiling = about["ceiling"]
    low = (forecast < 0) & (about["least"] >= 0)
    high = (forecast > ceiling) & (about["most"] <= ceiling)
    return forecast.mask(low, 0).mask(high, ceiling)


def volatility(values):
    changes = values.diff(periods=-1, axis=1)
    changed, height = changes.count(axis=1), (total(values) / values.count(axis=1)).abs()
    deviation = changes.sub(total(changes) / changed, axis=0)
    found = np.sqrt(total(deviation * deviation) / (changed - 1)) / height
    return found.where((changed >= CHANGES_LEAST) & (height > 0) & (found <= LARGEST))


def warn(figures, value, target):
    """The levels of the pack's rule."""
    status, progress, final = figures["status"], figures["progress"], figures["forecast_final"]
    way = target - value
    restless = figures["volatility"] >= RESTLESS
    late = (target - final) * way > 0
    hopeless = (progress < 0) | ((figures["forecast"] - value) * way <= 0)
    conditions = [status == 3, (status == 0) & restless, status == 0,
                  progress.isna() | final.isna(), late & hopeless, late,
                  (progress < PACE) | restless]
    return np.select(conditions, [0, 2, 0, 2, 4, 3, 2], 0).astype("uint8")


def work(long, indicators, domains, regions):
    values = long.pivot(index=["region", "indicator"], columns="year", values="value")
    values = values.reindex(columns=NEWEST_FIRST).reset_index()
    about = values[["region", "indicator"]].merge(indicators, on="indicator", how="left")
    values = values[NEWEST_FIRST]
    about["least"], about["most"] = values.min(axis=1), values.max(axis=1)
    figures = about[["region", "indicator", "domain"]].copy()
    figures["status"], figures["progress"] = judge(values, about)
    level, slope = line(values)
    figures["forecast"] = bounded(level + slope, about)
    figures["forecast_final"] = bounded(level + slope * TO_TARGET, about)
    figures["volatility"] = volatility(values)
    figures["level"] = warn(figures, values[CURRENT], about["target"])
    return figures, score(figures, domains, regions)


def tables_of(folder):
    return [read_long(folder), *(read_table(folder, name) for name in SMALL_TABLES)]


def open_database(folder):
    return contextlib.closing(sqlite3.connect(f"{folder}/pandas.sqlite"))


def fill(folder):
    with open_database(folder) as database:
        for name, table in zip(["observations", *SMALL_TABLES], tables_of(folder)):
            table.to_sql(name, database, index=False)


def cold(folder):
    with open_database(folder) as database:
        figures, scores = work(*(pd.read_sql(f"SELECT * FROM {name}", database)
                                 for name in ["observations", *SMALL_TABLES]))
        figures.to_sql("figures", database, if_exists="replace", index=False)
        scores.to_sql("scores", database, if_exists="replace", index=False)


def collect(folder):
    with open_database(folder) as database:
        results = (pd.read_sql(f"SELECT * FROM {name}", database) for name in ["figures", "scores"])
        write_results(f"{folder}/pandas_cold_results", *results)


def main():
    mode, folder = sys.argv[1:3]
    if mode == "memory":
        serve(work, tables_of(folder), f"{folder}/pandas_results")
    else:
        {"fill": fill, "cold": cold, "collect": collect}[mode](folder)


main()
