"""What the contenders written in Python share: the tables, the scores, and the talk with the bench.

A contender says "ready" once its tables are in memory, then does what each line of input says and
answers "done": `round` is all of the work, `collect` writes the results into a folder.

Statuses are 0 met, 1 near, 2 unmet, 3 no data; levels 0 none, 2 yellow, 3 orange, 4 red.
"""

import sys

try:
    import numpy as np
    import pandas as pd
except ImportError as problem:
    print(f"missing {problem.name} (Python)", flush=True)
    sys.exit(0)

YEARS = 10
CURRENT = 2024
TO_TARGET = 6  # years from the current one to the plan's last
PACE = 0.4

LINE = 5  # a forecast looks at so many figures, and needs
LINE_LEAST = 3
CHANGES_LEAST = 3
RESTLESS = 0.1
LARGEST = 1e15  # what is beyond is missing: binary noise, divided by

FIGURES = ["indicator", "region", "status", "level", "progress", "forecast", "forecast_final",
           "volatility"]


def read_table(folder, name):
    return pd.read_csv(f"{folder}/{name}.csv", float_precision="round_trip")


def read_long(folder):
    """The figures there are as rows, in the order of region, indicator and year."""
    wide = read_table(folder, "wide")
    wide.columns = ["region", "indicator", *range(CURRENT, CURRENT - YEARS, -1)]
    long = wide.melt(["region", "indicator"], var_name="year", value_name="value").dropna()
    long["year"] = long["year"].astype("int64")
    return long.sort_values(["region", "indicator", "year"], ignore_index=True)


def score(figures, domains, regions):
    """Scores and ranks by region; figures need the indicators' domains. The sum is freed of binary
    noise before it is printed."""
    counts = pd.DataFrame({
        "region": figures["region"], "domain": figures["domain"],
        "met": figures["status"] == 0, "assessable": figures["status"] <= 2,
    }).groupby(["region", "domain"], sort=False).sum().reset_index().merge(domains, on="domain")
    counts["points"] *= counts["met"] / counts["assessable"]
    facts = regions.set_index("region")
    total = (counts.groupby("region")["points"].sum() + (5 - 1.5 * facts["returned"]).clip(lower=0)
             + (10 - 2.0 * facts["late"]).clip(lower=0))
    scores = np.floor(total * 100 + 0.50000005) / 100
    ranks = scores.rank(method="min", ascending=False).astype(int)
    return pd.DataFrame({"score": scores, "rank": ranks}).reset_index()


def write_results(folder, figures, scores):
    figures.to_csv(f"{folder}/figures.csv", columns=FIGURES, index=False)
    scores.to_csv(f"{folder}/scores.csv", index=False)


def serve(work, tables, folder):
    """Talks with the bench; `work` makes figures and scores of the tables."""
    results = None
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() == "round":
            results = work(*tables)
        else:
            write_results(folder, *results)
        print("done", flush=True)
