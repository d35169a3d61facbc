// Ranks under weights drawn at random: see weight_sensitivity.h.
#include "core/stats/weight_sensitivity.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/base/random.h"

// Digits to which totals are freed of binary noise, as scores are (core/eval/tally.c).
enum { CLEAN_DIGITS = 9 };

// Sums over the runs for one item: of how far its points moved, and with how far places moved.
typedef struct Moments {
    double x, xx, xy;
} Moments;

typedef struct Trying {
    const WeightTrial *trial;
    Random random;
    double all;        // points
    double *points;    // of the run at hand
    double *totals;    // likewise
    int32_t *ranks;    // likewise
    uint32_t *counts;  // [subject][place − 1]: runs
    Moments *moments;  // by item
    double y, yy;      // how far places moved
    size_t any, first; // runs in which they did
} Trying;

// ---- one run -----------------------------------------------------------------------------------

static void draw_points(Trying *trying) {
    const WeightTrial *trial = trying->trial;
    double sum = 0;
    for (size_t i = 0; i < trial->item_count; i++) {
        double points = trial->points[i];
        if (points > 0 && trial->draw == WEIGHTS_DIRICHLET)
            points = random_exponential(&trying->random);
        else if (points > 0)
            points *= 1 + trial->spread * (2 * random_unit(&trying->random) - 1);
        trying->points[i] = points;
        sum += points;
    }
    for (size_t i = 0; i < trial->item_count && sum > 0; i++)
        trying->points[i] *= trying->all / sum;
}

// As decimal_round, after the noise is gone. Figures that are clearly on one side of where rounding
// turns need no text; the division gives the double nearest to the decimal figure, as reading the
// text would.
static double as_ranked(const WeightTrial *trial, double value) {
    const double margin = 1e-3, most = 1e12;
    bool exact = trial->digits == WEIGHTS_ON_EXACT;
    int digits = exact ? CLEAN_DIGITS : trial->digits;
    Rounding rounding = exact ? ROUNDING_HALF_UP : trial->rounding;
    double scaled = value * decimal_powers[digits], floor_of = floor(scaled);
    double turn = rounding == ROUNDING_TRUNCATE ? 0 : 0.5, part = scaled - floor_of;
    bool clear = value >= 0 && scaled < most && fabs(part - turn) > margin &&
                 (turn > 0 || part < 1 - margin) && (exact || digits < CLEAN_DIGITS - 3);
    if (clear) return (part > turn && turn > 0 ? floor_of + 1 : floor_of) / decimal_powers[digits];
    double clean = decimal_round(value, CLEAN_DIGITS, ROUNDING_HALF_UP);
    return exact ? clean : decimal_round(clean, digits, rounding);
}

double weight_total(const WeightTrial *trial, const double *points, size_t subject) {
    const double *shares = trial->shares + subject * trial->item_count;
    double total = 0, applicable = 0, all = 0;
    for (size_t i = 0; i < trial->item_count; i++) {
        all += points[i];
        if (isnan(shares[i])) continue;
        applicable += points[i];
        total += points[i] * shares[i];
    }
    if (trial->redistributed && applicable > 0) total *= all / applicable;
    return as_ranked(trial, total);
}

// ---- all runs ----------------------------------------------------------------------------------

// How far places moved on average; notes them.
static double compare_ranks(Trying *trying) {
    const WeightTrial *trial = trying->trial;
    size_t ranked = 0;
    double shift = 0;
    bool first = false;
    for (size_t s = 0; s < trial->subject_count; s++) {
        int32_t now = trial->ranks[s], then = trying->ranks[s];
        if (now == 0) continue;
        ranked++;
        shift += abs(then - now);
        first |= (then == 1) != (now == 1);
        trying->counts[s * trial->subject_count + (size_t)(then - 1)]++;
    }
    trying->any += shift > 0;
    trying->first += first;
    return ranked ? shift / (double)ranked : 0;
}

static void note_moves(Trying *trying, WeightInfluence *influences, double shift) {
    const WeightTrial *trial = trying->trial;
    for (size_t i = 0; i < trial->item_count; i++) {
        double points = trying->points[i];
        double moved = trial->points[i] > 0 ? fabs(points / trial->points[i] - 1) : 0;
        Moments *moments = &trying->moments[i];
        moments->x += moved;
        moments->xx += moved * moved;
        moments->xy += moved * shift;
        influences[i].least = fmin(influences[i].least, points);
        influences[i].most = fmax(influences[i].most, points);
    }
    trying->y += shift;
    trying->yy += shift * shift;
}

static void run_once(Trying *trying, WeightInfluence *influences) {
    const WeightTrial *trial = trying->trial;
    draw_points(trying);
    for (size_t s = 0; s < trial->subject_count; s++)
        trying->totals[s] = trial->ranks[s] ? weight_total(trial, trying->points, s) : NAN;
    rank_values(trying->totals, trial->subject_count, true, trial->ties, trying->ranks);
    note_moves(trying, influences, compare_ranks(trying));
}

// ---- what came of it ---------------------------------------------------------------------------

// The first place by which at least that part of the runs is reached.
static int32_t percentile(const uint32_t *counts, size_t places, size_t runs, double part) {
    double wanted = part * (double)runs;
    size_t seen = 0;
    for (size_t p = 0; p < places; p++) {
        seen += counts[p];
        if (seen > 0 && (double)seen >= wanted) return (int32_t)p + 1;
    }
    return (int32_t)places;
}

static RankSpread spread_of(const Trying *trying, size_t subject) {
    const WeightTrial *trial = trying->trial;
    size_t places = trial->subject_count;
    const uint32_t *counts = trying->counts + subject * places;
    RankSpread spread = {0};
    if (trial->ranks[subject] == 0) return spread;
    double runs = (double)trial->runs, sum = 0;
    for (size_t p = 0; p < places; p++) {
        if (counts[p] == 0) continue;
        if (spread.best == 0) spread.best = (int32_t)p + 1;
        spread.worst = (int32_t)p + 1;
        sum += (double)counts[p] * (double)(p + 1);
    }
    spread.low = percentile(counts, places, trial->runs, 0.05);
    spread.high = percentile(counts, places, trial->runs, 0.95);
    spread.mean = sum / runs;
    spread.changed = (runs - (double)counts[trial->ranks[subject] - 1]) / runs;
    return spread;
}

// Sums leave noise where nothing varied.
static double correlation(const Trying *trying, const Moments *moments) {
    const double noise = 1e-12;
    double runs = (double)trying->trial->runs;
    double mean_x = moments->x / runs, mean_y = trying->y / runs;
    double varied_x = moments->xx / runs - mean_x * mean_x,
           varied_y = trying->yy / runs - mean_y * mean_y;
    if (varied_x <= noise || varied_y <= noise) return NAN;
    double together = moments->xy / runs - mean_x * mean_y;
    return fmin(fmax(together / sqrt(varied_x * varied_y), -1), 1);
}

WeightOutcome weight_sensitivity(const WeightTrial *trial, RankSpread *spreads,
                                 WeightInfluence *influences) {
    size_t subjects = trial->subject_count, items = trial->item_count;
    Trying trying = {.trial = trial,
                     .points = memory_new(items, sizeof(double)),
                     .totals = memory_new(subjects, sizeof(double)),
                     .ranks = memory_new(subjects, sizeof(int32_t)),
                     .counts = memory_new(subjects * subjects, sizeof(uint32_t)),
                     .moments = memory_new(items, sizeof(Moments))};
    random_seed(&trying.random, trial->seed);
    for (size_t i = 0; i < items; i++) {
        trying.all += trial->points[i];
        influences[i] = (WeightInfluence){INFINITY, 0, NAN};
    }
    for (size_t k = 0; k < trial->runs; k++)
        run_once(&trying, influences);
    for (size_t s = 0; s < subjects; s++)
        spreads[s] = spread_of(&trying, s);
    for (size_t i = 0; i < items; i++)
        influences[i].influence = correlation(&trying, &trying.moments[i]);
    double runs = (double)trial->runs;
    WeightOutcome outcome = {(double)trying.any / runs, (double)trying.first / runs,
                             trying.y / runs};
    free(trying.points);
    free(trying.totals);
    free(trying.ranks);
    free(trying.counts);
    free(trying.moments);
    return outcome;
}
