// Statuses, levels and states in words: see titles.h.
#include "core/view/titles.h"

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
