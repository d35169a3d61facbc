// Targets, statuses, figures and counts in words: see figures_text.h.
#include "core/cli/figures_text.h"

#include <math.h>
#include <stdio.h>

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

void target_text(const Target *target, const Description *description, Buffer *out) {
    switch (target->kind) {
        case TARGET_AT_LEAST: number(out, "≥", target->value); break;
        case TARGET_AT_MOST: number(out, "≤", target->value); break;
        case TARGET_ABOVE: number(out, ">", target->value); break;
        case TARGET_BELOW: number(out, "<", target->value); break;
        case TARGET_KEEPS_AT_LEAST: number(out, T("keeps ≥", "保持≥"), target->value); break;
        case TARGET_AROUND:
            number(out, "", target->value);
            number(out, "±", target->tolerance);
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
        case TARGET_NOT_ABOVE:
            buffer_printf(out, "%s%s", target->kind == TARGET_NOT_BELOW ? "≥" : "≤",
                          description->series[target->series].title);
            break;
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

const char *status_title(Status status) {
    switch (status) {
        case STATUS_MET: return T("met", "达标");
        case STATUS_NEAR: return T("near-met", "基本达标");
        case STATUS_UNMET: return T("unmet", "未达标");
        case STATUS_NO_DATA: return T("no data", "缺数据");
        case STATUS_NOT_APPLICABLE:
        case STATUS_COUNT: break;
    }
    return T("not applicable", "不适用");
}

const char *level_title(WarningLevel level) {
    switch (level) {
        case LEVEL_BLUE: return T("blue", "蓝色");
        case LEVEL_YELLOW: return T("yellow", "黄色");
        case LEVEL_ORANGE: return T("orange", "橙色");
        case LEVEL_RED: return T("red", "红色");
        case LEVEL_NONE:
        case LEVEL_COUNT: break;
    }
    return "";
}

const char *item_state_title(ItemState state) {
    switch (state) {
        case ITEM_SCORED: return T("scored", "已计分");
        case ITEM_NO_DATA: return T("no data", "缺数据");
        case ITEM_NOT_APPLICABLE: return T("not applicable", "不适用");
        case ITEM_FAILED: return T("rule failed", "规则出错");
        case ITEM_STATE_COUNT: break;
    }
    return "";
}

void figure_cell(OutputTable *table, double value, int digits, Rounding rounding) {
    char text[DECIMAL_TEXT_SIZE];
    if (isnan(value)) {
        output_missing(table);
        return;
    }
    decimal_fixed(value, digits, rounding, text);
    output_text(table, text);
}

void progress_cell(OutputTable *table, double progress, int digits, Rounding rounding) {
    double shown = progress < 0 ? 0 : progress > 1 ? 1 : progress;
    figure_cell(table, shown * 100, digits, rounding);
}

void reach_year_cell(OutputTable *table, double reach_year) {
    // Noise behind the sixth digit of the tenths must not make a year of its own.
    double tenths = ceil(decimal_round(reach_year * 10, 6, ROUNDING_HALF_UP));
    figure_cell(table, tenths / 10, 1, ROUNDING_HALF_UP);
}

CountText count_text(size_t count, const char *one, const char *many, const char *chinese) {
    CountText result;
    snprintf(result.text, sizeof result.text, "%zu %s", count, T(count == 1 ? one : many, chinese));
    return result;
}
