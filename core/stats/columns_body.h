// The kernels of columns.h, written once for vectors of any width.
//
// Included once by each file that compiles a level, after it has defined COLUMN_WIDTH and
// COLUMN_KERNELS, the name of the table that is defined at the end. The loops go over vectors of
// lanes outside and over years inside, so that sums stay in registers. What a lane leaves out is
// added to its sums as +0: sums begin with +0 and can therefore never be −0, so that adding +0
// changes no bit, and the order of what is added is the one of the scalar function.
#include <math.h>

#include "core/stats/columns_kernels.h"
#include "core/stats/columns_lanes.h"
#include "core/stats/forecast.h"
#include "core/stats/volatility.h"

// The columns of a history, the newest year first. NULL has become a column of missing values, and
// short histories begin with years without values, so that kernels need not ask for either.
enum { LEAST_YEARS = VOLATILITY_VALUES };

typedef struct YearColumns {
    const double *values[COLUMNS_MOST_YEARS];
    int count;
    double last_year;
} YearColumns;

static void find_columns(const ColumnHistory *history, YearColumns *columns) {
    static const double missing[COLUMNS_MOST_LANES] = {[0 ... COLUMNS_MOST_LANES - 1] = NAN};
    int count = history->year_count;
    columns->count = count < LEAST_YEARS ? LEAST_YEARS : count;
    columns->last_year = (double)history->first_year + count - 1;
    for (int i = 0; i < columns->count; i++) {
        const double *column = i < count ? history->years[count - 1 - i] : NULL;
        columns->values[i] = column ? column : missing;
    }
}

// ---- what a history says -----------------------------------------------------------------------

static void years_of_data(ColumnSpan span, const ColumnHistory *history, double *out) {
    YearColumns columns;
    find_columns(history, &columns);
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH) {
        LanesMask observed = {0};
        for (int i = 0; i < columns.count; i++)
            observed -= lanes_present(lanes_load(columns.values[i] + lane));
        lanes_store(out + lane, lanes_of_counts(observed));
    }
}

static void range(ColumnSpan span, const ColumnHistory *history, double *least, double *most) {
    YearColumns columns;
    find_columns(history, &columns);
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH) {
        Lanes lowest = lanes_of(INFINITY), highest = lanes_of(-INFINITY);
        for (int i = 0; i < columns.count; i++) {
            Lanes value = lanes_load(columns.values[i] + lane);
            lowest = lanes_pick(lanes_less(value, lowest), value, lowest);
            highest = lanes_pick(lanes_less(highest, value), value, highest);
        }
        LanesMask any = lanes_at_most(lowest, highest);
        lanes_store(least + lane, lanes_or_missing(any, lowest + 0.0)); // −0 + 0 is 0
        lanes_store(most + lane, lanes_or_missing(any, highest + 0.0));
    }
}

// What is known at compile time of the functions marked so (how many years there are, which of them
// count) disappears from the loops of the callers that know it.
#define INLINED static inline __attribute__((always_inline))

// The changes between consecutive years, the newest first, and the sums over them.
typedef struct YearlyChanges {
    Lanes changes[COLUMNS_MOST_YEARS];
    LanesMask there[COLUMNS_MOST_YEARS];
    int steps;                 // of the arrays above
    LanesMask observed, count; // values looked at, changes
    Lanes level, sum;          // their sums
} YearlyChanges;

// Looks at `most` years, and with `limited` at no more values of a lane than volatility_of does.
INLINED void find_changes(const YearColumns *columns, size_t lane, int most, bool limited,
                          YearlyChanges *found) {
    LanesMask observed = {0}, count = {0}, later_used = {0};
    Lanes level = {0}, sum = {0}, later = {0};
    int i = 0;
    for (; i < most; i++) {
        LanesMask wanted = lanes_count_below(observed, VOLATILITY_VALUES);
        if (limited && !lanes_any(wanted)) break;
        Lanes value = lanes_load(columns->values[i] + lane);
        LanesMask used = lanes_present(value);
        if (limited) used &= wanted;
        LanesMask there = used & later_used;
        Lanes change = lanes_where(there, later - value);
        observed -= used;
        level += lanes_where(used, value);
        count -= there;
        sum += change;
        found->changes[i] = change;
        found->there[i] = there;
        later = value;
        later_used = used;
    }
    found->steps = i;
    found->observed = observed;
    found->count = count;
    found->level = level;
    found->sum = sum;
}

INLINED Lanes volatility_of_changes(const YearlyChanges *found, int steps) {
    Lanes count = lanes_of_counts(found->count), mean = found->sum / count, squares = {0};
    for (int i = 0; i < steps; i++) {
        Lanes deviation = found->changes[i] - mean;
        squares += lanes_where(found->there[i], deviation * deviation);
    }
    Lanes level = lanes_absolute(found->level / lanes_of_counts(found->observed));
    Lanes relative = lanes_square_root(squares / (count - 1)) / level;
    LanesMask known =
        ~lanes_count_below(found->count, VOLATILITY_LEAST_CHANGES) & lanes_less(lanes_of(0), level);
    return lanes_canonical(lanes_or_missing(known, relative));
}

static void volatility(ColumnSpan span, const ColumnHistory *history, double *out) {
    YearColumns columns;
    YearlyChanges found;
    find_columns(history, &columns);
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH) {
        if (columns.count == LEAST_YEARS) {
            find_changes(&columns, lane, LEAST_YEARS, false, &found);
            lanes_store(out + lane, volatility_of_changes(&found, LEAST_YEARS));
        } else {
            find_changes(&columns, lane, columns.count, true, &found);
            lanes_store(out + lane, volatility_of_changes(&found, found.steps));
        }
    }
}

// ---- the newest values, and lines through them -------------------------------------------------

enum { NEWEST = FORECAST_OLS_VALUES };
_Static_assert((int)NEWEST == (int)PROGRESS_RECENT_VALUES, "the recent change has its own window");
_Static_assert((int)NEWEST <= (int)LEAST_YEARS, "find_newest_complete asks for so many years");

// The newest observed values of a vector of lanes and their years, the oldest first. Of a lane with
// fewer values the first ones are NaN.
typedef struct Newest {
    Lanes values[NEWEST], years[NEWEST];
} Newest;

// True when no lane misses a value in the last years: the usual case, which costs little. The
// years are then known and are not set.
static bool find_newest_complete(const YearColumns *columns, size_t lane, Newest *newest) {
    LanesMask complete = ~(LanesMask){0};
    for (int i = 0; i < NEWEST; i++) {
        newest->values[i] = lanes_load(columns->values[NEWEST - 1 - i] + lane);
        complete &= lanes_present(newest->values[i]);
    }
    return !lanes_any(~complete);
}

// How many years must be looked at until every lane has its newest values.
static int years_needed(const YearColumns *columns, size_t lane) {
    LanesMask observed = {0};
    int years = 0;
    while (years < columns->count && lanes_any(lanes_count_below(observed, NEWEST)))
        observed -= lanes_present(lanes_load(columns->values[years++] + lane));
    return years;
}

// Each observed value pushes those before it one place down; no branch asks how many there are.
INLINED void find_newest(const YearColumns *columns, size_t lane, Newest *newest) {
    Lanes values[NEWEST], years[NEWEST];
    for (int i = 0; i < NEWEST; i++) {
        values[i] = lanes_of(NAN);
        years[i] = lanes_of(columns->last_year);
    }
    for (int k = years_needed(columns, lane) - 1; k >= 0; k--) {
        Lanes value = lanes_load(columns->values[k] + lane);
        Lanes year = lanes_of(columns->last_year - k);
        LanesMask present = lanes_present(value);
        for (int i = 0; i + 1 < NEWEST; i++) {
            values[i] = lanes_pick(present, values[i + 1], values[i]);
            years[i] = lanes_pick(present, years[i + 1], years[i]);
        }
        values[NEWEST - 1] = lanes_pick(present, value, values[NEWEST - 1]);
        years[NEWEST - 1] = lanes_pick(present, year, years[NEWEST - 1]);
    }
    for (int i = 0; i < NEWEST; i++) {
        newest->values[i] = values[i];
        newest->years[i] = years[i];
    }
}

// The change per year between the oldest and the newest; with one value it is 0/0, which is NaN.
static Lanes change_per_year(const Newest *newest) {
    Lanes last = newest->values[NEWEST - 1], last_year = newest->years[NEWEST - 1];
    Lanes first = last, first_year = last_year;
    for (int i = NEWEST - 2; i >= 0; i--) {
        LanesMask there = lanes_present(newest->values[i]);
        first = lanes_pick(there, newest->values[i], first);
        first_year = lanes_pick(there, newest->years[i], first_year);
    }
    return (last - first) / (last_year - first_year);
}

static void recent_change(ColumnSpan span, const ColumnHistory *history, double *out) {
    YearColumns columns;
    find_columns(history, &columns);
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH) {
        Newest newest;
        Lanes change;
        if (find_newest_complete(&columns, lane, &newest)) {
            change = (newest.values[NEWEST - 1] - newest.values[0]) / (NEWEST - 1);
        } else {
            find_newest(&columns, lane, &newest);
            change = change_per_year(&newest);
        }
        lanes_store(out + lane, lanes_canonical(change));
    }
}

// What a line is laid through: values, years counted from the last one, and which of them count.
typedef struct LinePoints {
    Lanes values[NEWEST], years[NEWEST];
    LanesMask used[NEWEST];
    Lanes count, last_year;
} LinePoints;

typedef struct LaneLine {
    Lanes level, change_per_year;
    Lanes mean_year; // counted from the last one
    Lanes year_squares;
    Lanes deviation; // of the residuals
} LaneLine;

INLINED LaneLine least_squares(const LinePoints *points) {
    const Lanes *values = points->values, *years = points->years;
    const LanesMask *used = points->used;
    Lanes last = values[NEWEST - 1], distances = {0}, year_sum = {0};
    for (int i = 0; i < NEWEST; i++) {
        distances += lanes_where(used[i], values[i] - last);
        year_sum += lanes_where(used[i], years[i]);
    }
    LaneLine line;
    Lanes mean_value = last + distances / points->count;
    line.mean_year = year_sum / points->count;
    Lanes products = {0}, squares = {0};
    for (int i = 0; i < NEWEST; i++) {
        Lanes distance = years[i] - line.mean_year;
        products += lanes_where(used[i], distance * (values[i] - mean_value));
        squares += lanes_where(used[i], distance * distance);
    }
    line.year_squares = squares;
    line.change_per_year = products / squares;
    line.level = mean_value - line.change_per_year * line.mean_year;
    squares = (Lanes){0};
    for (int i = 0; i < NEWEST; i++) {
        Lanes residual = values[i] - (line.level + line.change_per_year * years[i]);
        squares += lanes_where(used[i], residual * residual);
    }
    line.deviation = lanes_square_root(squares / (points->count - 2));
    return line;
}

static Lanes quantile_of(Lanes degrees, const ColumnQuantiles quantiles) {
    Lanes quantile = {0};
    for (int i = 1; i <= COLUMN_MOST_DEGREES; i++)
        quantile += lanes_where(lanes_equal(degrees, lanes_of(i)), lanes_of(quantiles[i]));
    return quantile;
}

INLINED void lay_line(const LinePoints *points, const ColumnQuantiles quantiles, size_t lane,
                      ColumnLine *line) {
    LaneLine laid = least_squares(points);
    // Where the change is infinite, the level is not finite either.
    LanesMask finite_level = lanes_less(lanes_absolute(laid.level), lanes_of(INFINITY));
    LanesMask fitted =
        lanes_at_most(lanes_of(FORECAST_LINE_LEAST_VALUES), points->count) & finite_level;
    Lanes quantile = quantile_of(points->count - 2, quantiles);
    lanes_store(line->level + lane, lanes_or_missing(fitted, laid.level));
    lanes_store(line->change_per_year + lane, laid.change_per_year);
    lanes_store(line->last_year + lane, points->last_year);
    lanes_store(line->reach + lane, laid.deviation * quantile);
    lanes_store(line->spread_base + lane, 1 + 1 / points->count);
    lanes_store(line->mean_year + lane, points->last_year + laid.mean_year);
    lanes_store(line->year_squares + lane, laid.year_squares);
}

INLINED LinePoints complete_points(const Newest *newest, double last_year) {
    LinePoints points;
    for (int i = 0; i < NEWEST; i++) {
        points.values[i] = newest->values[i];
        points.years[i] = lanes_of(i + 1 - NEWEST);
        points.used[i] = ~(LanesMask){0};
    }
    points.count = lanes_of(NEWEST);
    points.last_year = lanes_of(last_year);
    return points;
}

INLINED LinePoints observed_points(const Newest *newest) {
    LinePoints points;
    LanesMask count = {0};
    for (int i = 0; i < NEWEST; i++) {
        points.values[i] = newest->values[i];
        points.years[i] = newest->years[i] - newest->years[NEWEST - 1];
        points.used[i] = lanes_present(newest->values[i]);
        count -= points.used[i];
    }
    points.count = lanes_of_counts(count);
    points.last_year = newest->years[NEWEST - 1];
    return points;
}

static void fit_line(ColumnSpan span, const ColumnHistory *history, const ColumnQuantiles quantiles,
                     ColumnLine *line) {
    YearColumns columns;
    find_columns(history, &columns);
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH) {
        Newest newest;
        if (find_newest_complete(&columns, lane, &newest)) {
            LinePoints points = complete_points(&newest, columns.last_year);
            lay_line(&points, quantiles, lane, line);
        } else {
            find_newest(&columns, lane, &newest);
            LinePoints points = observed_points(&newest);
            lay_line(&points, quantiles, lane, line);
        }
    }
}

static Lanes forecast_of(const ColumnLine *line, double year, size_t lane) {
    Lanes ahead = year - lanes_load(line->last_year + lane);
    return lanes_load(line->level + lane) + lanes_load(line->change_per_year + lane) * ahead;
}

static void line_at(ColumnSpan span, const ColumnLine *line, int year, double *out) {
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH)
        lanes_store(out + lane, lanes_canonical(forecast_of(line, year, lane)));
}

static void line_interval(ColumnSpan span, const ColumnLine *line, int year, double *low,
                          double *high) {
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH) {
        Lanes middle = forecast_of(line, year, lane);
        Lanes distance = (double)year - lanes_load(line->mean_year + lane);
        Lanes spread = lanes_load(line->spread_base + lane) +
                       distance * distance / lanes_load(line->year_squares + lane);
        Lanes reach = lanes_load(line->reach + lane) * lanes_square_root(spread);
        lanes_store(low + lane, lanes_canonical(middle - reach));
        lanes_store(high + lane, lanes_canonical(middle + reach));
    }
}

static LanesMask has_reached(const ColumnLine *line, Lanes threshold, TargetSide side, double year,
                             size_t lane) {
    Lanes wanted = lanes_absolute(threshold);
    Lanes level = lanes_absolute(lanes_load(line->level + lane));
    Lanes margin = FORECAST_NOISE * lanes_pick(lanes_less(wanted, level), level, wanted);
    Lanes forecast = forecast_of(line, year, lane);
    return side == TARGET_SIDE_UP ? lanes_at_most(threshold - margin, forecast)
                                  : lanes_at_most(forecast, threshold + margin);
}

static void line_reach(ColumnSpan span, const ColumnLine *line, const double *threshold,
                       TargetSide side, int from_year, int horizon_years, double *out) {
    double horizon = (double)from_year + horizon_years;
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH) {
        Lanes wanted = horizon_years < 0 ? lanes_of(NAN) : lanes_load(threshold + lane);
        LanesMask at_once = has_reached(line, wanted, side, from_year, lane);
        LanesMask at_last = has_reached(line, wanted, side, horizon, lane);
        Lanes ahead =
            (wanted - lanes_load(line->level + lane)) / lanes_load(line->change_per_year + lane);
        Lanes crossing = lanes_load(line->last_year + lane) + ahead;
        Lanes end = lanes_of(horizon);
        Lanes reached =
            lanes_or_missing(at_last, lanes_pick(lanes_less(crossing, end), crossing, end));
        lanes_store(out + lane, lanes_pick(at_once, lanes_of(from_year), reached));
    }
}

// ---- values beside values ----------------------------------------------------------------------

static LanesMask meets(Lanes value, Lanes target, TargetSide side) {
    return side == TARGET_SIDE_UP ? lanes_at_most(target, value) : lanes_at_most(value, target);
}

static void progress(ColumnSpan span, const double *values, const double *baselines,
                     const double *targets, TargetSide side, double *out) {
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH) {
        Lanes value = lanes_load(values + lane), baseline = lanes_load(baselines + lane);
        Lanes target = lanes_load(targets + lane);
        Lanes share = (value - baseline) / (target - baseline);
        Lanes kept = lanes_where(meets(value, target, side), lanes_of(1));
        Lanes reached = lanes_pick(meets(baseline, target, side), kept, share);
        LanesMask known = lanes_present(value) & lanes_present(baseline) & lanes_present(target);
        lanes_store(out + lane, lanes_canonical(lanes_or_missing(known, reached)));
    }
}

// Of numbers from 0 to 2^51: the addition leaves no bits for a fraction.
static Lanes nearest_whole(Lanes lanes) {
    const double no_fraction = 0x1p52;
    return (lanes + no_fraction) - no_fraction;
}

// Rounds the lanes for which that can be done without going through text, and says which.
//
// decimal_round rounds the shortest decimal text T that reads back as the value v. With P the power
// of ten and K the whole number nearest to v·P:
// - A decimal of at most 15 digits survives the way through a double. So when K < 1e15 and K/P is v
//   (the division is exact to the last bit, and P is exact), T is the decimal K/P itself, which has
//   no digit to round away: the result is v.
// - Else T lies within half a unit in the last place of v, and so does the computed v·P of the true
//   one: the two together are wrong by at most 2^-52 of v·P. Where v·P is farther than that from
//   where the decision falls (four times that is asked for), the decision is that of T, and the
//   result is the whole number over P: the double nearest to that decimal. From 2^49 on nothing is
//   far enough.
static Lanes round_clear(Lanes value, double power, Rounding rounding, LanesMask *clear) {
    const double exact_limit = 1e15, relative_margin = 0x1p-50;
    Lanes magnitude = lanes_absolute(value), scaled = magnitude * power;
    Lanes nearest = nearest_whole(scaled), difference = scaled - nearest;
    LanesMask unchanged =
        lanes_equal(nearest / power, magnitude) & lanes_less(nearest, lanes_of(exact_limit));
    Lanes distance = lanes_absolute(difference), margin = scaled * relative_margin;
    Lanes whole = nearest;
    LanesMask decided;
    if (rounding == ROUNDING_TRUNCATE) {
        whole -= lanes_where(lanes_less(difference, lanes_of(0)) & ~unchanged, lanes_of(1));
        decided = lanes_less(margin, distance);
    } else {
        decided = lanes_less(distance, 0.5 - margin);
    }
    *clear = unchanged | decided | ~lanes_present(value);
    Lanes rounded = lanes_copy_sign(whole / power, value);
    return lanes_where(~lanes_equal(whole, lanes_of(0)), rounded);
}

static void round_rest(Lanes value, LanesMask clear, int digits, Rounding rounding, double *out) {
    double values[COLUMN_WIDTH];
    int64_t is_clear[COLUMN_WIDTH];
    memcpy(values, &value, sizeof value);
    memcpy(is_clear, &clear, sizeof clear);
    for (int i = 0; i < COLUMN_WIDTH; i++)
        if (!is_clear[i]) out[i] = decimal_round(values[i], digits, rounding);
}

static void round_values(ColumnSpan span, const double *values, int digits, Rounding rounding,
                         double *out) {
    int places = digits < 0 ? 0 : digits > DECIMAL_MAX_DIGITS ? DECIMAL_MAX_DIGITS : digits;
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH) {
        Lanes value = lanes_load(values + lane);
        LanesMask clear;
        Lanes rounded = round_clear(value, decimal_powers[places], rounding, &clear);
        lanes_store(out + lane, lanes_canonical(rounded));
        if (lanes_any(~clear)) round_rest(value, clear, places, rounding, out + lane);
    }
}

// ---- what results can hold ---------------------------------------------------------------------

static const double LARGEST_PLAIN = 1e15;

static void plain(ColumnSpan span, double *values) {
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH) {
        Lanes value = lanes_load(values + lane);
        LanesMask usable = lanes_at_most(lanes_absolute(value), lanes_of(LARGEST_PLAIN));
        lanes_store(values + lane, lanes_or_missing(usable, value + 0.0)); // −0 + 0 is 0
    }
}

// Bits that a plain value would not have.
static LanesMask wrong_bits(Lanes value) {
    LanesMask bits = lanes_bits(value), zero = lanes_equal(value, lanes_of(0));
    return lanes_less(lanes_of(LARGEST_PLAIN), lanes_absolute(value)) | (zero & bits) |
           (~lanes_present(value) & (bits ^ (int64_t)LANES_NAN_BITS));
}

static bool are_plain(ColumnSpan span, const double *values) {
    enum { LOOK_AGAIN = 1024 };
    for (size_t lane = span.first; lane < span.end;) {
        size_t end = span.end - lane > LOOK_AGAIN ? lane + LOOK_AGAIN : span.end;
        LanesMask wrong = {0};
        for (; lane < end; lane += COLUMN_WIDTH)
            wrong |= wrong_bits(lanes_load(values + lane));
        if (lanes_any(wrong)) return false;
    }
    return true;
}

const ColumnKernels COLUMN_KERNELS = {
    .width = COLUMN_WIDTH,
    .years_of_data = years_of_data,
    .range = range,
    .recent_change = recent_change,
    .volatility = volatility,
    .fit_line = fit_line,
    .line_at = line_at,
    .line_interval = line_interval,
    .line_reach = line_reach,
    .round = round_values,
    .progress = progress,
    .plain = plain,
    .are_plain = are_plain,
};
