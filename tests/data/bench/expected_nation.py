#!/usr/bin/env python3
"""The nation of core/bench/generate.c written a second time, to pin its figures by a hash.

python3 expected_nation.py REGIONS INDICATORS YEARS SEED prints the SHA-256 of all figures in the
order indicator, year, region: one line each, whole hundredths, "-" where missing. The hash for
25 12 10 1 stands in tests/unit/bench/generate_test.c.
"""

import hashlib
import sys

CURRENT_YEAR, BASELINE_YEAR = 2024, 2020
MASK = (1 << 64) - 1
(KIND, TARGET, CENTRE, LEVEL, SHAPE, SLOPE, NOISE, MISSING, GAP, START) = range(10)

# weight, at_least, target_low, target_high, least, most, spread, slope, noise
HABITS = [
    (50, True, 6000, 9800, 0, 10000, 1100, 150, 90),
    (15, False, 500, 4000, 0, 10000, 450, 70, 50),
    (10, True, 9300, 10300, 0, 14000, 500, 90, 60),
    (15, False, 400, 2500, 0, 1000000, 380, 60, 40),
    (10, False, 100, 600, -100000, 100000, 420, 40, 30),
]


def mix(state):
    state = (state + 0x9E3779B97F4A7C15) & MASK
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & MASK
    return state ^ (state >> 31)


def draw(seed, purpose, indicator, region, year):
    state = mix(seed ^ mix(purpose))
    for part in (indicator, region, year):
        state = mix(state ^ part)
    return state


def below(random, count):
    return ((random >> 32) * count) >> 32


def between(random, low, high):
    return low + below(random, high - low + 1)


def kind_of(random):
    place = below(random, 100)
    for kind, habit in enumerate(HABITS):
        if place < habit[0]:
            return kind
        place -= habit[0]


def series(seed, years, indicators, i, r):
    """The figures of one region, the first year first; None where missing."""
    _, at_least, target_low, target_high, least, most, spread, slope_most, noise_most = \
        HABITS[kind_of(draw(seed, KIND, i, 0, 0))]
    target = between(draw(seed, TARGET, i, 0, 0), target_low, target_high)
    target -= target % 50
    level = (target + between(draw(seed, CENTRE, i, 0, 0), -(spread // 2), spread // 2)
             + between(draw(seed, LEVEL, i, r, 0), -spread, spread))
    better = between(draw(seed, SLOPE, i, r, 0), 1, slope_most) * (1 if at_least else -1)
    shape = below(draw(seed, SHAPE, i, r, 0), 100)
    slope, noise = ((0, 0) if shape < 30 else (better, noise_most) if shape < 65
                    else (-better, noise_most) if shape < 85 else (0, 6 * noise_most))
    gap, start = draw(seed, GAP, i, r, 0), draw(seed, START, i, r, 0)
    gap_at = gap % (years - 1) if below(gap, 1000) < 10 else None
    begins = 1 + start % (years - 1) if below(start, 1000) < 4 else 0

    for offset in range(years):
        year = CURRENT_YEAR - years + 1 + offset
        value = level + slope * (year - BASELINE_YEAR)
        value += between(draw(seed, NOISE, i, r, year), -noise, noise)
        kept = ((r + offset) % indicators == i
                or offset == begins + (r + i) % (years - begins))
        missing = (offset < begins or (gap_at is not None and gap_at <= offset < gap_at + 2)
                   or below(draw(seed, MISSING, i, r, offset), 1000) < 12)
        yield None if missing and not kept else min(max(value, least), most)


def main():
    regions, indicators, years, seed = map(int, sys.argv[1:5])
    digest = hashlib.sha256()
    for i in range(indicators):
        rows = [list(series(seed, years, indicators, i, r)) for r in range(regions)]
        for offset in range(years):
            for row in rows:
                digest.update(b"-\n" if row[offset] is None else b"%d\n" % row[offset])
    print(digest.hexdigest())


main()
