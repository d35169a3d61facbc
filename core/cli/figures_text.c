// Targets, statuses, figures and counts in words: see figures_text.h.
#include "core/cli/figures_text.h"

#include <math.h>
#include <stdio.h>

#include "core/base/language.h"

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
