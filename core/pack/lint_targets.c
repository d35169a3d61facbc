// Lints of targets: what no value can meet, what any value meets, and numbers that are not compared
// as they are written.
#include <math.h>

#include "core/base/decimal.h"
#include "core/base/language.h"
#include "core/pack/description_inside.h"

static const double NOISE = 1e-9;

// Beyond so many digits a number was computed, like ratio(1, 3), and is rounded on purpose.
enum { MOST_WRITTEN_DIGITS = 6 };

static double step_of(const Indicator *indicator) {
    return 1 / decimal_powers[indicator->digits];
}

// ---- values that meet a target -----------------------------------------------------------------

typedef struct Interval {
    double low, high; // infinite where nothing limits it
} Interval;

static Interval interval_of(const Indicator *indicator, const Target *target) {
    Interval all = {-INFINITY, INFINITY};
    switch (target->kind) {
        case TARGET_AT_LEAST:
        case TARGET_KEEPS_AT_LEAST:
        case TARGET_EVIDENCE: return (Interval){target->value, INFINITY};
        case TARGET_AT_MOST: return (Interval){-INFINITY, target->value};
        case TARGET_ABOVE: return (Interval){target->value + step_of(indicator), INFINITY};
        case TARGET_BELOW: return (Interval){-INFINITY, target->value - step_of(indicator)};
        case TARGET_AROUND:
            return (Interval){target->value - target->tolerance, target->value + target->tolerance};
        case TARGET_WITHIN: return (Interval){target->low, target->high};
        default: return all;
    }
}

// What all parts leave; alternatives among them leave everything.
static Interval common_interval(const Indicator *indicator, const Target *target) {
    Interval common = {-INFINITY, INFINITY};
    if (target->part_count == 0) return interval_of(indicator, target);
    for (size_t i = 0; target->kind == TARGET_ALL_OF && i < target->part_count; i++) {
        Interval part = common_interval(indicator, &target->parts[i]);
        common.low = fmax(common.low, part.low);
        common.high = fmin(common.high, part.high);
    }
    return common;
}

static void lint_contradiction(Maker *maker, const Indicator *indicator, const Target *target) {
    Interval common = common_interval(indicator, target);
    if (!(common.low > common.high + NOISE)) return;
    problems_addf(
        maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
        T("indicator \"%s\": no value can meet all parts of its target: it would have to "
          "be at least %g and at most %g",
          "指标 \"%s\"：没有任何值能同时达到目标的各个部分：既要不低于 %g，又要不高于 %g"),
        indicator->id, common.low, common.high);
    problems_hint(maker->problems, "%s",
                  T("one of the two is meant: any_of(…), or another number",
                    "若二者达到其一即可，请用 any_of(…)；否则请改正数值"));
}

// Alternatives that leave no value unmet judge nothing.
static void lint_alternatives(Maker *maker, const Indicator *indicator, const Target *target) {
    double lowest_up = INFINITY, highest_down = -INFINITY;
    for (size_t i = 0; i < target->part_count; i++) {
        Interval part = interval_of(indicator, &target->parts[i]);
        bool limits = target->parts[i].part_count == 0;
        if (limits && isfinite(part.low) && isinf(part.high)) lowest_up = fmin(lowest_up, part.low);
        if (limits && isfinite(part.high) && isinf(part.low))
            highest_down = fmax(highest_down, part.high);
    }
    if (lowest_up > highest_down + step_of(indicator) + NOISE) return;
    problems_addf(maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
                  T("indicator \"%s\": any value meets its target: at least %g or at most %g",
                    "指标 \"%s\"：任何值都达到目标：不低于 %g 或不高于 %g"),
                  indicator->id, lowest_up, highest_down);
    problems_hint(maker->problems, "%s",
                  T("both are meant: all_of(…), or within(low, high)",
                    "若须同时达到，请用 all_of(…) 或 within(下限, 上限)"));
}

// ---- numbers -----------------------------------------------------------------------------------

static void lint_digits(Maker *maker, const Indicator *indicator, const char *what, double number) {
    int digits = 0;
    while (digits < MOST_WRITTEN_DIGITS &&
           decimal_round(number, digits, ROUNDING_HALF_UP) != number)
        digits++;
    bool written = decimal_round(number, digits, ROUNDING_HALF_UP) == number;
    if (isnan(number) || !written || digits <= indicator->digits) return;
    problems_addf(maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
                  T("indicator \"%s\": %s %.*f has %d digits behind the point, but is compared "
                    "with %d, as the figure is printed",
                    "指标 \"%s\"：%s %.*f 有 %d 位小数，而数值按打印的 %d 位比较"),
                  indicator->id, what, digits, number, digits, indicator->digits);
    problems_hint(maker->problems,
                  T("digits = %d, or a rounder number", "请设 digits = %d，或改用位数较少的数"),
                  digits);
}

static void lint_numbers(Maker *maker, const Indicator *indicator, const Target *target) {
    const char *number = T("target", "目标值"), *limit = T("limit", "界限"),
               *tolerance = T("tolerance", "容差");
    if (target->kind == TARGET_WITHIN) {
        lint_digits(maker, indicator, limit, target->low);
        lint_digits(maker, indicator, limit, target->high);
        lint_digits(maker, indicator, limit, target->outer_low);
        lint_digits(maker, indicator, limit, target->outer_high);
        if (!(target->outer_low <= target->low && target->high <= target->outer_high))
            problems_addf(maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
                          T("indicator \"%s\": the outer limits %g–%g do not enclose %g–%g",
                            "指标 \"%s\"：外限 %g–%g 没有包住 %g–%g"),
                          indicator->id, target->outer_low, target->outer_high, target->low,
                          target->high);
        return;
    }
    lint_digits(maker, indicator, number, target->value);
    if (target->kind != TARGET_AROUND) return;
    lint_digits(maker, indicator, tolerance, target->tolerance);
    if (target->tolerance < 0)
        problems_addf(maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
                      T("indicator \"%s\": a tolerance of %g is below 0: no value can meet it",
                        "指标 \"%s\"：容差 %g 小于 0，任何值都达不到"),
                      indicator->id, target->tolerance);
}

// ---- directions --------------------------------------------------------------------------------

typedef enum Direction { DIRECTION_NONE, DIRECTION_UP, DIRECTION_DOWN } Direction;

// Of a target relative to another indicator either may be meant: levels may be held against
// different ones.
static Direction direction_of(const Target *target) {
    switch (target->kind) {
        case TARGET_AT_LEAST:
        case TARGET_ABOVE:
        case TARGET_KEEPS_AT_LEAST:
        case TARGET_RISES: return DIRECTION_UP;
        case TARGET_AT_MOST:
        case TARGET_BELOW:
        case TARGET_FALLS: return DIRECTION_DOWN;
        default: return DIRECTION_NONE;
    }
}

// The levels judge one value: more of it cannot be good at one and bad at another.
static void lint_directions(Maker *maker, const Indicator *indicator) {
    const TargetSet *sets = indicator->target_sets;
    for (size_t s = 1; s < indicator->target_set_count; s++) {
        Direction first = direction_of(&sets[0].target), other = direction_of(&sets[s].target);
        if (first == DIRECTION_NONE || other == DIRECTION_NONE || first == other) continue;
        problems_addf(
            maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
            T("indicator \"%s\": its targets \"%s\" (%s) and \"%s\" (%s) pull in opposite "
              "directions",
              "指标 \"%s\"：目标 \"%s\"（%s）与 \"%s\"（%s）方向相反"),
            indicator->id, sets[0].id, target_kind_name(sets[0].target.kind), sets[s].id,
            target_kind_name(sets[s].target.kind));
    }
}

static void lint_target(Maker *maker, const Indicator *indicator, const Target *target) {
    lint_numbers(maker, indicator, target);
    if (target->kind == TARGET_ANY_OF) lint_alternatives(maker, indicator, target);
    for (size_t i = 0; i < target->part_count; i++)
        lint_target(maker, indicator, &target->parts[i]);
}

void lint_targets(Maker *maker, const Indicator *indicator) {
    for (size_t s = 0; s < indicator->target_set_count; s++) {
        const Target *target = &indicator->target_sets[s].target;
        lint_target(maker, indicator, target);
        if (target->kind == TARGET_ALL_OF) lint_contradiction(maker, indicator, target);
    }
    for (size_t m = 0; m < indicator->milestone_count; m++)
        lint_digits(maker, indicator, T("milestone", "年度目标"), indicator->milestones[m].value);
    lint_directions(maker, indicator);
}
