// What a rule call costs: in batches of one against in a whole batch, side by side over the same
// arguments, medians of several rounds in nanoseconds a call.
#include <math.h>
#include <time.h>

#include "tests/unit/lua/small_pack.h"

enum { LANES = 2900, BATCHES = 20, ROUNDS = 15, COLUMNS = 6 };

static const char *const statuses[] = {"met", "near", "unmet", "no_data", "not_applicable"};
static const char *const levels[] = {"red", "orange", "yellow", "blue"};

static const char warning_rule[] =
    "function(status, progress, pace, forecast_final, target, volatility) "
    "if status == \"met\" or not progress then return nil end "
    "if progress < pace - 0.3 then return \"red\" end "
    "if progress < pace - 0.15 or volatility > 0.2 then return \"orange\" end "
    "if progress < pace then return \"yellow\" end end";
static const char empty_rule[] = "function(a, b, c, d, e, f) end";

typedef struct Bench {
    SmallPack *pack;
    double numbers[COLUMNS][LANES];
    uint8_t codes[LANES];
    uint32_t lanes[LANES];
    RuleColumn columns[COLUMNS];
    uint8_t kinds[LANES];
    double results[LANES];
} Bench;

static uint64_t random_state = 1;

// splitmix64, as a number from 0 to 1.
static double random_share(void) {
    uint64_t z = random_state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static void fill(Bench *bench) {
    for (size_t lane = 0; lane < LANES; lane++) {
        bench->lanes[lane] = (uint32_t)lane;
        bench->codes[lane] = (uint8_t)(random_share() * 3);
        for (size_t c = 1; c < COLUMNS; c++)
            bench->numbers[c][lane] = random_share() < 0.015 ? NAN : random_share() * 1.5;
        bench->numbers[5][lane] = random_share() * 0.25;
        if (isnan(bench->numbers[2][lane])) bench->numbers[2][lane] = 0.4;
    }
    bench->columns[0] = (RuleColumn){
        .kind = RULE_COLUMN_WORDS, .codes = bench->codes, .words = statuses, .word_count = 5};
    for (size_t c = 1; c < COLUMNS; c++)
        bench->columns[c] = (RuleColumn){.kind = RULE_COLUMN_NUMBERS, .numbers = bench->numbers[c]};
    bench->columns[2] = (RuleColumn){.kind = RULE_COLUMN_NUMBER, .number = 0.4};
}

static double now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static bool fail_batch(void *context, uint32_t lane, CallOutcome outcome, const Error *error) {
    (void)context;
    fprintf(stderr, "lane %u: %s: ", lane, call_outcome_name(outcome));
    small_pack_fail("batch", error);
    return false;
}

// The lanes from `first` on, `count` of them.
static void call_lanes(Bench *bench, int rule, size_t first, size_t count) {
    RuleBatch batch = {.rule = rule,
                       .columns = bench->columns,
                       .column_count = COLUMNS,
                       .lanes = bench->lanes + first,
                       .lane_count = count,
                       .answer_words = levels,
                       .answer_word_count = 4,
                       .kinds = bench->kinds,
                       .numbers = bench->results,
                       .failed = fail_batch};
    if (!small_pack_call(bench->pack, &batch)) abort();
}

static void call_singly(Bench *bench, int rule) {
    for (size_t lane = 0; lane < LANES; lane++)
        call_lanes(bench, rule, lane, 1);
}

static void call_batched(Bench *bench, int rule) {
    call_lanes(bench, rule, 0, LANES);
}

static double time_one(Bench *bench, void (*call)(Bench *, int), int rule) {
    double start = now_ns();
    for (int i = 0; i < BATCHES; i++)
        call(bench, rule);
    return (now_ns() - start) / (BATCHES * LANES);
}

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *values) {
    qsort(values, ROUNDS, sizeof *values, by_size);
    return values[ROUNDS / 2];
}

int main(void) {
    static Bench bench;
    static const char *const rules[] = {warning_rule, empty_rule};
    static const char *const names[] = {"warning", "empty"};
    fill(&bench);
    static StatusPage page;
    bench.pack = small_pack_open(&sandbox_default_limits, &page, "", rules, 2);
    for (int rule = 0; rule < 2; rule++) {
        double single[ROUNDS], batched[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            single[round] = time_one(&bench, call_singly, rule);
            batched[round] = time_one(&bench, call_batched, rule);
        }
        double one = median(single), many = median(batched);
        printf("%-8s single %6.1f ns  batch %6.1f ns  ratio %.2f\n", names[rule], one, many,
               one / many);
    }
    small_pack_free(bench.pack);
    return 0;
}
