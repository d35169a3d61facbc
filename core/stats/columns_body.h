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

static Lanes year_values(const ColumnHistory *history, int index, size_t lane) {
    const double *column = history->years[index];
    return column ? lanes_load(column + lane) : lanes_of(NAN);
}

// ---- what a history says -----------------------------------------------------------------------

static void years_of_data(ColumnSpan span, const ColumnHistory *history, double *out) {
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH) {
        Lanes observed = {0};
        for (int k = 0; k < history->year_count; k++)
            observed += lanes_where(lanes_present(year_values(history, k, lane)), lanes_of(1));
        lanes_store(out + lane, observed);
    }
}

static void range(ColumnSpan span, const ColumnHistory *history, double *least, double *most) {
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH) {
        Lanes lowest = lanes_of(NAN), highest = lanes_of(NAN);
        for (int k = 0; k < history->year_count; k++) {
            Lanes value = year_values(history, k, lane);
            LanesMask present = lanes_present(value);
            lowest = lanes_pick(present & ~lanes_less(lowest, value), value, lowest);
            highest = lanes_pick(present & ~lanes_less(value, highest), value, highest);
        }
        lanes_store(least + lane, lowest + 0.0); // −0 + 0 is 0
        lanes_store(most + lane, highest + 0.0);
    }
}

static void recent_change(ColumnSpan span, const ColumnHistory *history, double *out) {
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH) {
        Lanes observed = {0}, last = {0}, first = {0}, last_year = {0}, first_year = {0};
        for (int k = history->year_count - 1; k >= 0; k--) {
            Lanes value = year_values(history, k, lane), year = lanes_of(history->first_year + k);
            LanesMask used =
                lanes_present(value) & lanes_less(observed, lanes_of(PROGRESS_RECENT_VALUES));
            LanesMask newest = used & lanes_equal(observed, lanes_of(0));
            last = lanes_pick(newest, value, last);
            last_year = lanes_pick(newest, year, last_year);
            first = lanes_pick(used, value, first);
            first_year = lanes_pick(used, year, first_year);
            observed += lanes_where(used, lanes_of(1));
        }
        Lanes change = (last - first) / (last_year - first_year);
        change = lanes_or_missing(lanes_at_most(lanes_of(2), observed), change);
        lanes_store(out + lane, lanes_canonical(change));
    }
}

// The changes between consecutive years of a vector of lanes, newest first, and the sums over them.
typedef struct YearlyChanges {
    Lanes changes[COLUMNS_MOST_YEARS];
    LanesMask there[COLUMNS_MOST_YEARS];
    int steps;             // of the arrays above
    Lanes observed, level; // how many values were looked at, and their sum
    Lanes count, sum;      // of the changes
} YearlyChanges;

static void find_changes(const ColumnHistory *history, size_t lane, YearlyChanges *found) {
    Lanes observed = {0}, level = {0}, count = {0}, sum = {0}, later = {0};
    LanesMask later_used = {0};
    int steps = 0;
    for (int k = history->year_count - 1; k >= 0; k--, steps++) {
        Lanes value = year_values(history, k, lane);
        LanesMask used = lanes_present(value) & lanes_less(observed, lanes_of(VOLATILITY_VALUES));
        LanesMask there = used & later_used;
        Lanes change = lanes_where(there, later - value);
        level += lanes_where(used, value);
        observed += lanes_where(used, lanes_of(1));
        sum += change;
        count += lanes_where(there, lanes_of(1));
        found->changes[steps] = change;
        found->there[steps] = there;
        later = value;
        later_used = used;
    }
    found->steps = steps;
    found->observed = observed;
    found->level = level;
    found->count = count;
    found->sum = sum;
}

static void volatility(ColumnSpan span, const ColumnHistory *history, double *out) {
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH) {
        YearlyChanges found;
        find_changes(history, lane, &found);
        Lanes mean = found.sum / found.count, squares = {0};
        for (int i = 0; i < found.steps; i++) {
            Lanes deviation = found.changes[i] - mean;
            squares += lanes_where(found.there[i], deviation * deviation);
        }
        Lanes level = lanes_absolute(found.level / found.observed);
        Lanes relative = lanes_square_root(squares / (found.count - 1)) / level;
        LanesMask enough = lanes_at_most(lanes_of(VOLATILITY_LEAST_CHANGES), found.count) &
                           lanes_less(lanes_of(0), level);
        lanes_store(out + lane, lanes_canonical(lanes_or_missing(enough, relative)));
    }
}

// ---- lines -------------------------------------------------------------------------------------

// The last values of a vector of lanes that a line is laid through.
typedef struct LineWindow {
    LanesMask used[COLUMNS_MOST_YEARS]; // by year, from `oldest` on
    int oldest;                         // index of the first year that any lane uses
    Lanes count;
    Lanes last_value, last_year;
} LineWindow;

static void find_window(const ColumnHistory *history, size_t lane, LineWindow *window) {
    Lanes most = lanes_of(FORECAST_OLS_VALUES), count = {0}, last_value = {0}, last_year = {0};
    int k = history->year_count;
    while (k > 0 && lanes_any(lanes_less(count, most))) {
        Lanes value = year_values(history, --k, lane), year = lanes_of(history->first_year + k);
        LanesMask used = lanes_present(value) & lanes_less(count, most);
        LanesMask newest = used & lanes_equal(count, lanes_of(0));
        last_value = lanes_pick(newest, value, last_value);
        last_year = lanes_pick(newest, year, last_year);
        count += lanes_where(used, lanes_of(1));
        window->used[k] = used;
    }
    window->oldest = k;
    window->count = count;
    window->last_value = last_value;
    window->last_year = last_year;
}

typedef struct LaneLine {
    Lanes level, change_per_year, mean_year, year_squares;
} LaneLine;

static LaneLine least_squares(const ColumnHistory *history, size_t lane, const LineWindow *window) {
    Lanes distances = {0}, years = {0}, products = {0}, squares = {0};
    for (int k = window->oldest; k < history->year_count; k++) {
        Lanes distance = year_values(history, k, lane) - window->last_value;
        Lanes year = (double)history->first_year + k - window->last_year;
        distances += lanes_where(window->used[k], distance);
        years += lanes_where(window->used[k], year);
    }
    Lanes mean_value = window->last_value + distances / window->count;
    Lanes mean_year = years / window->count;
    for (int k = window->oldest; k < history->year_count; k++) {
        Lanes year = (double)history->first_year + k - window->last_year;
        Lanes distance = lanes_where(window->used[k], year - mean_year);
        Lanes product = distance * (year_values(history, k, lane) - mean_value);
        products += lanes_where(window->used[k], product);
        squares += distance * distance;
    }
    Lanes change = products / squares;
    return (LaneLine){mean_value - change * mean_year, change, mean_year, squares};
}

static Lanes residual_squares(const ColumnHistory *history, size_t lane, const LineWindow *window,
                              const LaneLine *line) {
    Lanes squares = {0};
    for (int k = window->oldest; k < history->year_count; k++) {
        Lanes year = (double)history->first_year + k - window->last_year;
        Lanes residual =
            year_values(history, k, lane) - (line->level + line->change_per_year * year);
        squares += lanes_where(window->used[k], residual * residual);
    }
    return squares;
}

static Lanes quantile_of(Lanes degrees, const ColumnQuantiles quantiles) {
    Lanes quantile = {0};
    for (int i = 1; i <= COLUMN_MOST_DEGREES; i++)
        quantile += lanes_where(lanes_equal(degrees, lanes_of(i)), lanes_of(quantiles[i]));
    return quantile;
}

static LanesMask is_finite(Lanes lanes) {
    return lanes_less(lanes_absolute(lanes), lanes_of(INFINITY));
}

static void fit_line(ColumnSpan span, const ColumnHistory *history, const ColumnQuantiles quantiles,
                     ColumnLine *line) {
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH) {
        LineWindow window;
        find_window(history, lane, &window);
        LaneLine fit = least_squares(history, lane, &window);
        Lanes degrees = window.count - 2;
        Lanes deviation =
            lanes_square_root(residual_squares(history, lane, &window, &fit) / degrees);
        LanesMask fitted = lanes_at_most(lanes_of(FORECAST_LINE_LEAST_VALUES), window.count) &
                           is_finite(fit.level) & is_finite(fit.change_per_year);
        lanes_store(line->level + lane, lanes_or_missing(fitted, fit.level));
        lanes_store(line->change_per_year + lane, fit.change_per_year);
        lanes_store(line->last_year + lane, window.last_year);
        lanes_store(line->reach + lane, deviation * quantile_of(degrees, quantiles));
        lanes_store(line->spread_base + lane, 1 + 1 / window.count);
        lanes_store(line->mean_year + lane, window.last_year + fit.mean_year);
        lanes_store(line->year_squares + lane, fit.year_squares);
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
    Lanes wanted = lanes_absolute(threshold),
          level = lanes_absolute(lanes_load(line->level + lane));
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

// Whole numbers from 0 to 2^51: the addition leaves no bits for a fraction.
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
//   result is the whole number over P: the double nearest to that decimal.
static Lanes round_clear(Lanes value, double power, Rounding rounding, LanesMask *clear) {
    const double exact_limit = 1e15, limit = 0x1p48, relative_margin = 0x1p-50;
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
    decided &= lanes_less(scaled, lanes_of(limit));
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
    static const double powers[] = {1,   1e1, 1e2, 1e3,  1e4,  1e5, 1e6,
                                    1e7, 1e8, 1e9, 1e10, 1e11, 1e12};
    int places = digits < 0 ? 0 : digits > DECIMAL_MAX_DIGITS ? DECIMAL_MAX_DIGITS : digits;
    for (size_t lane = span.first; lane < span.end; lane += COLUMN_WIDTH) {
        Lanes value = lanes_load(values + lane);
        LanesMask clear;
        Lanes rounded = round_clear(value, powers[places], rounding, &clear);
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
