"""Does the work with NumPy on a pandas frame that has a column a year already, by hand and array by
array: python3 numpy_work.py memory FOLDER

See contender.py for the talk. Sums are written out in the order in which core/stats takes them, so
that the bits are the same. One thread.
"""

import sys

from contender import (CHANGES_LEAST, LARGEST, LINE, LINE_LEAST, PACE, RESTLESS, TO_TARGET, YEARS,
                       np, read_table, score, serve)


def judge(figures, frame):
    """Statuses and progress."""
    value, baseline = frame["v0"].to_numpy(), frame["v4"].to_numpy()
    target, side = frame["target"].to_numpy(), frame["side"].to_numpy()
    now = np.round(value, 2)
    ahead = side * (now - target)
    met, missing = ahead >= 0, np.isnan(value)
    near = -ahead <= frame["near_limit"].to_numpy()
    figures["status"] = np.select([missing, met, near], [3, 0, 1], 2).astype(np.uint8)
    progress = np.where(side * (baseline - target) >= 0, met, (now - baseline) / (target - baseline))
    figures["progress"] = np.where(missing, np.nan, progress)


def line_of_complete(v):
    """Level and slope of the line through the last five figures; NaN where one is missing."""
    mean = v[0] + ((v[4] - v[0]) + (v[3] - v[0]) + (v[2] - v[0]) + (v[1] - v[0])) / 5
    slope = (-2 * (v[4] - mean) - (v[3] - mean) + (v[1] - mean) + 2 * (v[0] - mean)) / 10
    return mean + 2 * slope, slope


def line_of_gapped(v):
    """The same through the last five figures there are, for rows whose current figure is there."""
    present = ~np.isnan(v)
    used = present & (np.cumsum(present, axis=0) <= LINE)
    count = used.sum(axis=0)
    last, total, year_total = v[0], 0.0, 0.0
    for back in reversed(range(YEARS)):
        total = total + np.where(used[back], v[back] - last, 0)
        year_total = year_total - np.where(used[back], back, 0)
    mean, middle = last + total / count, year_total / count
    products, squares = 0.0, 0.0
    for back in reversed(range(YEARS)):
        distance = -back - middle
        products = products + np.where(used[back], distance * (v[back] - mean), 0)
        squares = squares + np.where(used[back], distance * distance, 0)
    slope = np.where(count >= LINE_LEAST, products / squares, np.nan)
    return mean - slope * middle, slope


def bounded(line, ceiling, v):
    """A series that never was below 0, or a share never above 100, is not forecast there."""
    line = line.copy()
    low = np.flatnonzero(line < 0)
    low = low[np.fmin.reduce(v[:, low], axis=0) >= 0]
    high = np.flatnonzero(line > ceiling)
    high = high[np.fmax.reduce(v[:, high], axis=0) <= ceiling[high]]
    line[low] = 0
    line[high] = ceiling[high]
    return line


def forecast(figures, v, ceiling):
    level, slope = line_of_complete(v)
    gapped = np.flatnonzero(np.isnan(slope) & ~np.isnan(v[0]))
    level[gapped], slope[gapped] = line_of_gapped(v[:, gapped])
    figures["forecast"] = bounded(level + slope, ceiling, v)
    figures["forecast_final"] = bounded(level + slope * TO_TARGET, ceiling, v)


def volatility(figures, v):
    rows = v.shape[1]
    total, shift, squares = np.zeros(rows), np.zeros(rows), np.zeros(rows)
    present, changed = np.zeros(rows), np.zeros(rows)
    known, changes = [], []
    for figure in v:
        there = ~np.isnan(figure)
        np.add(total, figure, out=total, where=there)
        present += there
    for back in range(YEARS - 1):
        changes.append(v[back] - v[back + 1])
        known.append(~np.isnan(changes[back]))
        np.add(shift, changes[back], out=shift, where=known[back])
        changed += known[back]
    shift /= changed
    for change, there in zip(changes, known):
        change -= shift
        change *= change
        np.add(squares, change, out=squares, where=there)
    height = np.abs(total / present)
    found = np.sqrt(squares / (changed - 1)) / height
    figures["volatility"] = np.where(
        (changed >= CHANGES_LEAST) & (height > 0) & (found <= LARGEST), found, np.nan)


def warn(figures, frame):
    """The levels of the pack's rule."""
    status, progress = figures["status"].to_numpy(), figures["progress"].to_numpy()
    value, target = frame["v0"].to_numpy(), frame["target"].to_numpy()
    final = figures["forecast_final"].to_numpy()
    way = target - value
    restless = figures["volatility"].to_numpy() >= RESTLESS
    late = (target - final) * way > 0
    hopeless = (progress < 0) | ((figures["forecast"].to_numpy() - value) * way <= 0)
    figures["level"] = np.select(
        [status == 3, status == 0, np.isnan(progress) | np.isnan(final), late & hopeless, late,
         (progress < PACE) | restless],
        [0, np.where(restless, 2, 0), 2, 4, 3, 2], 0).astype(np.uint8)


def work(wide, indicators, domains, regions):
    frame = wide[["region", "indicator", "v0", "v4"]].copy()
    for name in ["domain", "side", "target", "near_limit"]:
        frame[name] = indicators[name].to_numpy()[frame["indicator"]]
    ceiling = indicators["ceiling"].fillna(np.inf).to_numpy()[frame["indicator"]]
    v = wide[[f"v{back}" for back in range(YEARS)]].to_numpy().T
    figures = frame[["indicator", "region"]].copy()
    judge(figures, frame)
    forecast(figures, v, ceiling)
    volatility(figures, v)
    warn(figures, frame)
    figures["domain"] = frame["domain"]
    return figures, score(figures, domains, regions)


def main():
    folder = sys.argv[2]
    tables = [read_table(folder, name) for name in ["wide", "indicators", "domains", "regions"]]
    np.seterr(all="ignore")
    serve(work, tables, f"{folder}/numpy_results")


main()
