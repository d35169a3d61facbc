// Targets in words: see target_text.h.
#include "core/pack/target_text.h"

#include <math.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/language.h"

static void number(Buffer *out, const char *before, double value) {
    char text[DECIMAL_TEXT_SIZE];
    // A ratio such as 1/3 has no short decimal; four digits tell it.
    decimal_shortest(decimal_round(value, 4, ROUNDING_HALF_UP), text);
    buffer_printf(out, "%s%s", before, text);
}

static const char *movement(const Target *target) {
    static const char *const words[3][3][2] = {{{"rises yearly", "逐年提高"},
                                                {"rises per term", "逐届提高"},
                                                {"above baseline", "高于基期"}},
                                               {{"falls yearly", "逐年降低"},
                                                {"falls per term", "逐届降低"},
                                                {"below baseline", "低于基期"}},
                                               {{"narrows yearly", "差距逐年缩小"},
                                                {"narrows per term", "差距逐届缩小"},
                                                {"gap narrows", "差距缩小"}}};
    int row = target->kind == TARGET_RISES ? 0 : target->kind == TARGET_FALLS ? 1 : 2;
    return T(words[row][target->per][0], words[row][target->per][1]);
}

// A ratio is read as it is written: 1:3, not 0.3333.
static void at_least(const Target *target, Buffer *out) {
    number(out, "≥", isnan(target->part) ? target->value : target->part);
    if (!isnan(target->part)) number(out, ":", target->whole);
}

// "≥女党员比例×0.9−2".
static void relative(const Target *target, const Description *description, Buffer *out) {
    bool below = target->kind == TARGET_NOT_BELOW;
    buffer_printf(out, "%s%s", below ? "≥" : "≤", description->series[target->series].title);
    if (target->breakdown >= 0)
        buffer_printf(out, "（%s）", description->breakdowns[target->breakdown].title);
    if (target->times != 1) number(out, "×", target->times);
    if (target->tolerance > 0) number(out, below ? "−" : "+", target->tolerance);
}

void target_text(const Target *target, const Description *description, Buffer *out) {
    switch (target->kind) {
        case TARGET_AT_LEAST: at_least(target, out); break;
        case TARGET_AT_MOST: number(out, "≤", target->value); break;
        case TARGET_ABOVE: number(out, ">", target->value); break;
        case TARGET_BELOW: number(out, "<", target->value); break;
        case TARGET_KEEPS_AT_LEAST: number(out, T("keeps ≥", "保持≥"), target->value); break;
        case TARGET_AROUND:
            number(out, target->tolerance > 0 ? "" : "=", target->value);
            if (target->tolerance > 0) number(out, "±", target->tolerance);
            break;
        case TARGET_WITHIN:
            number(out, "", target->low);
            number(out, "~", target->high);
            break;
        case TARGET_RISES:
        case TARGET_FALLS:
        case TARGET_NARROWS: buffer_text(out, movement(target)); break;
        case TARGET_SLOWS: buffer_text(out, T("rise slows", "增势减缓")); break;
        case TARGET_NOT_BELOW:
        case TARGET_NOT_ABOVE: relative(target, description, out); break;
        case TARGET_EVIDENCE: buffer_text(out, T("evidence", "有佐证")); break;
        case TARGET_ALL_OF:
        case TARGET_ANY_OF:
            for (size_t i = 0; i < target->part_count; i++) {
                if (i > 0)
                    buffer_text(out,
                                target->kind == TARGET_ALL_OF ? T(" and ", "且") : T(" or ", "或"));
                target_text(&target->parts[i], description, out);
            }
            break;
        case TARGET_KIND_COUNT: break;
    }
}

const char *target_set_title(const char *id) {
    static const struct {
        const char *id, *english, *chinese;
    } known[] = {{"own", "own", "本级"},
                 {"nation", "nation", "国家"},
                 {"province", "province", "省级"},
                 {"city", "city", "市级"},
                 {"county", "county", "县级"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].id, id) == 0) return T(known[i].english, known[i].chinese);
    return id;
}
