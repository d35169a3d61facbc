// Making the nation: see generate.h.
#include "core/bench/generate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/language.h"
#include "core/base/memory.h"

enum {
    MOST_REGIONS = 100000,
    MOST_INDICATORS = 1000,
    MOST_FIGURES = 100000000,
    PROVINCES = 31,
    USUAL_COUNTIES_OF_CITY = 10,
    MOST_CITIES = 99,
};

const NationDomain nation_domains[NATION_DOMAINS] = {
    {"health", "妇女与健康", 15},       {"education", "妇女与教育", 12},
    {"economy", "妇女与经济", 12},      {"decisions", "妇女参与决策和管理", 11},
    {"security", "妇女与社会保障", 10}, {"family", "妇女与家庭建设", 9},
    {"environment", "妇女与环境", 8},   {"law", "妇女与法律", 8},
};

enum { KIND_SHARE, KIND_LOW_SHARE, KIND_GROSS_RATE, KIND_DEATH_RATE, KIND_DIFFERENCE, KINDS };

const NationKind nation_kinds[] = {
    [KIND_SHARE] = {"覆盖率", "%", true},          [KIND_LOW_SHARE] = {"发生率", "%", true},
    [KIND_GROSS_RATE] = {"毛入学率", "%", true},   [KIND_DEATH_RATE] = {"死亡率", "1/10万", false},
    [KIND_DIFFERENCE] = {"差距", "百分点", false},
};

// What figures of a kind are like, in hundredths.
typedef struct Habit {
    int weight; // of 100 indicators
    bool at_least;
    int target_low, target_high;
    int least, most; // no figure is outside
    int spread;      // of levels about the target, both ways
    int slope;       // change per year at most
    int noise;       // about the line, both ways
} Habit;

static const Habit habits[KINDS] = {
    [KIND_SHARE] = {50, true, 6000, 9800, 0, 10000, 1100, 150, 90},
    [KIND_LOW_SHARE] = {15, false, 500, 4000, 0, 10000, 450, 70, 50},
    [KIND_GROSS_RATE] = {10, true, 9300, 10300, 0, 14000, 500, 90, 60},
    [KIND_DEATH_RATE] = {15, false, 400, 2500, 0, 1000000, 380, 60, 40},
    [KIND_DIFFERENCE] = {10, false, 100, 600, -100000, 100000, 420, 40, 30},
};

// The codes of GB/T 2260.
static const int province_codes[PROVINCES] = {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33,
                                              34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50,
                                              51, 52, 53, 54, 61, 62, 63, 64, 65};

// ---- randomness --------------------------------------------------------------------------------

// What a number is drawn for: the same place may be drawn from for several purposes.
typedef enum Purpose {
    DRAW_KIND,
    DRAW_TARGET,
    DRAW_CENTRE,
    DRAW_LEVEL,
    DRAW_SHAPE,
    DRAW_SLOPE,
    DRAW_NOISE,
    DRAW_MISSING,
    DRAW_GAP,
    DRAW_START,
    DRAW_LATE,
    DRAW_RETURNED,
} Purpose;

static uint64_t mix(uint64_t state) {
    state += 0x9E3779B97F4A7C15u;
    state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9u;
    state = (state ^ (state >> 27)) * 0x94D049BB133111EBu;
    return state ^ (state >> 31);
}

static uint64_t draw(const Nation *nation, Purpose purpose, int indicator, int region, int year) {
    uint64_t state = mix(nation->size.seed ^ mix((uint64_t)purpose));
    state = mix(state ^ (uint64_t)indicator);
    state = mix(state ^ (uint64_t)region);
    return mix(state ^ (uint64_t)year);
}

// From 0 to below `count`.
static int below(uint64_t random, int count) {
    return (int)(((random >> 32) * (uint64_t)count) >> 32);
}

static int between(uint64_t random, int low, int high) {
    return low + below(random, high - low + 1);
}

// ---- indicators --------------------------------------------------------------------------------

static int kind_of(uint64_t random) {
    int place = below(random, 100), kind = 0;
    while (place >= habits[kind].weight)
        place -= habits[kind++].weight;
    return kind;
}

static void make_indicators(Nation *nation) {
    int count = nation->size.indicators;
    nation->indicators = memory_new((size_t)count, sizeof *nation->indicators);
    for (int i = 0; i < count; i++) {
        NationIndicator *indicator = &nation->indicators[i];
        snprintf(indicator->id, sizeof indicator->id, "i%03d", i + 1);
        indicator->kind = kind_of(draw(nation, DRAW_KIND, i, 0, 0));
        indicator->domain = i * NATION_DOMAINS / count;
        const Habit *habit = &habits[indicator->kind];
        indicator->at_least = habit->at_least;
        // Whole and half numbers, as plans set them.
        int target =
            between(draw(nation, DRAW_TARGET, i, 0, 0), habit->target_low, habit->target_high);
        indicator->target = (target - target % 50) / 100.0;
    }
}

double nation_near_limit(const NationIndicator *indicator) {
    double allowed =
        decimal_round(fabs(indicator->target) * NATION_NEAR_PERCENT / 100, 9, ROUNDING_HALF_UP);
    return allowed + 0.5e-9;
}

// ---- figures -----------------------------------------------------------------------------------

typedef enum Shape { SHAPE_FLAT, SHAPE_BETTER, SHAPE_WORSE, SHAPE_RESTLESS } Shape;

static Shape shape_of(uint64_t random) {
    int place = below(random, 100);
    return place < 30   ? SHAPE_FLAT
           : place < 65 ? SHAPE_BETTER
           : place < 85 ? SHAPE_WORSE
                        : SHAPE_RESTLESS;
}

// A line through the baseline's year, with noise about it; in hundredths.
typedef struct Line {
    int level, slope, noise;
} Line;

static Line make_line(const Nation *nation, int indicator, int region) {
    const NationIndicator *about = &nation->indicators[indicator];
    const Habit *habit = &habits[about->kind];
    int target = (int)lround(about->target * 100), half = habit->spread / 2;
    int centre = between(draw(nation, DRAW_CENTRE, indicator, 0, 0), -half, half);
    int spread =
        between(draw(nation, DRAW_LEVEL, indicator, region, 0), -habit->spread, habit->spread);
    int slope = between(draw(nation, DRAW_SLOPE, indicator, region, 0), 1, habit->slope);
    Line line = {.level = target + centre + spread};
    switch (shape_of(draw(nation, DRAW_SHAPE, indicator, region, 0))) {
        case SHAPE_FLAT: break;
        case SHAPE_BETTER:
            line.slope = habit->at_least ? slope : -slope;
            line.noise = habit->noise;
            break;
        case SHAPE_WORSE:
            line.slope = habit->at_least ? -slope : slope;
            line.noise = habit->noise;
            break;
        case SHAPE_RESTLESS: line.noise = 6 * habit->noise; break;
    }
    return line;
}

static double figure(const Nation *nation, int indicator, int region, int year, Line line) {
    const Habit *habit = &habits[nation->indicators[indicator].kind];
    int value = line.level + line.slope * (year - NATION_BASELINE_YEAR);
    value += between(draw(nation, DRAW_NOISE, indicator, region, year), -line.noise, line.noise);
    if (value < habit->least) value = habit->least;
    if (value > habit->most) value = habit->most;
    return value / 100.0;
}

// Which years of a series are missing beside single ones, counted from the first year.
typedef struct Absence {
    int start;    // years before the series began
    int gap, end; // the gap's first year, and the first one after it
} Absence;

static Absence make_absence(const Nation *nation, int indicator, int region) {
    Absence absence = {0};
    int years = nation->size.years;
    uint64_t gap = draw(nation, DRAW_GAP, indicator, region, 0),
             start = draw(nation, DRAW_START, indicator, region, 0);
    if (below(gap, 1000) < 10) {
        absence.gap = (int)(gap % (uint64_t)(years - 1));
        absence.end = absence.gap + 2;
    }
    if (below(start, 1000) < 4) absence.start = 1 + (int)(start % (uint64_t)(years - 1));
    return absence;
}

static bool is_missing(const Nation *nation, int indicator, int region, int offset,
                       Absence absence) {
    // Of every region and year one indicator is there, of every series one year.
    int running = nation->size.years - absence.start;
    bool kept = (region + offset) % nation->size.indicators == indicator ||
                offset == absence.start + (region + indicator) % running;
    if (kept) return false;
    if (offset < absence.start || (offset >= absence.gap && offset < absence.end)) return true;
    return below(draw(nation, DRAW_MISSING, indicator, region, offset), 1000) < 12;
}

static void make_values(Nation *nation) {
    size_t regions = (size_t)nation->size.regions, years = (size_t)nation->size.years;
    size_t cells = (size_t)nation->size.indicators * years * regions;
    nation->values = memory_new(cells, sizeof *nation->values);
    for (int i = 0; i < nation->size.indicators; i++) {
        double *columns = nation->values + (size_t)i * years * regions;
        for (int r = 0; r < nation->size.regions; r++) {
            Line line = make_line(nation, i, r);
            Absence absence = make_absence(nation, i, r);
            for (int y = 0; y < nation->size.years; y++)
                columns[(size_t)y * regions + (size_t)r] =
                    is_missing(nation, i, r, y, absence)
                        ? NAN
                        : figure(nation, i, r, nation->first_year + y, line);
        }
    }
}

// Most regions submit in time; a few are late again and again.
static void make_facts(Nation *nation) {
    size_t count = (size_t)nation->size.regions;
    nation->late_submissions = memory_new(count, sizeof *nation->late_submissions);
    nation->returned = memory_new(count, sizeof *nation->returned);
    for (int r = 0; r < nation->size.regions; r++) {
        uint64_t late = draw(nation, DRAW_LATE, 0, r, 0),
                 returned = draw(nation, DRAW_RETURNED, 0, r, 0);
        nation->late_submissions[r] = below(late, 10) < 6 ? 0 : 1 + (int)(late % 6);
        nation->returned[r] = below(returned, 10) < 7 ? 0 : 1 + (int)(returned % 4);
    }
}

// ---- regions -----------------------------------------------------------------------------------

static NationRegion *add_region(Nation *nation, int code, const char *level, int parent) {
    NationRegion *region = &nation->regions[nation->region_count++];
    snprintf(region->code, sizeof region->code, "%06d", code);
    region->level = level;
    region->parent = parent;
    return region;
}

// The counties of one province, ten to a city unless there are very many.
static void make_province(Nation *nation, int province, int counties, int *next_county) {
    int code = province_codes[province] * 10000, of_city = USUAL_COUNTIES_OF_CITY;
    if (counties > of_city * MOST_CITIES) of_city = (counties + MOST_CITIES - 1) / MOST_CITIES;
    int self = (int)nation->region_count, city = -1;
    snprintf(add_region(nation, code, "province", 0)->name, sizeof nation->regions->name, "第%d省",
             province + 1);
    for (int c = 0; c < counties; c++) {
        if (c % of_city == 0) {
            city = (int)nation->region_count;
            code = province_codes[province] * 10000 + (c / of_city + 1) * 100;
            snprintf(add_region(nation, code, "city", self)->name, sizeof nation->regions->name,
                     "第%d省第%d市", province + 1, c / of_city + 1);
        }
        nation->counties[*next_county] = (int)nation->region_count;
        snprintf(add_region(nation, code + c % of_city + 1, "county", city)->name,
                 sizeof nation->regions->name, "第%d县", ++*next_county);
    }
}

static void make_regions(Nation *nation) {
    int counties = nation->size.regions, next_county = 0;
    size_t most = 1 + PROVINCES + 2 * (size_t)counties;
    nation->regions = memory_new(most, sizeof *nation->regions);
    nation->counties = memory_new((size_t)counties, sizeof *nation->counties);
    snprintf(add_region(nation, 0, "nation", -1)->name, sizeof nation->regions->name, "全国");
    for (int p = 0; p < PROVINCES; p++) {
        int end = (int)((long long)counties * (p + 1) / PROVINCES);
        if (end > next_county) make_province(nation, p, end - next_county, &next_county);
    }
}

// ---- the nation --------------------------------------------------------------------------------

static bool check_range(const char *option, long long value, long long least, long long most,
                        Error *error) {
    if (value >= least && value <= most) return true;
    return error_set(error, ERROR_USAGE,
                     T("--%s takes a number from %lld to %lld, not %lld",
                       "--%s 应为 %lld 至 %lld 之间的数，而不是 %lld"),
                     option, least, most, value);
}

bool nation_check_size(const NationSize *size, Error *error) {
    if (!check_range("regions", size->regions, 1, MOST_REGIONS, error) ||
        !check_range("indicators", size->indicators, NATION_DOMAINS, MOST_INDICATORS, error) ||
        !check_range("years", size->years, NATION_LEAST_YEARS, NATION_MOST_YEARS, error))
        return false;
    if ((long long)size->regions * size->indicators * size->years <= MOST_FIGURES) return true;
    return error_set(error, ERROR_USAGE,
                     T("regions × indicators × years must not be more than %d",
                       "行政区划数、指标数、年数之积不得超过 %d"),
                     MOST_FIGURES);
}

Nation *nation_new(const NationSize *size) {
    Nation *nation = memory_new(1, sizeof *nation);
    nation->size = *size;
    nation->first_year = NATION_CURRENT_YEAR - size->years + 1;
    make_regions(nation);
    make_indicators(nation);
    make_facts(nation);
    make_values(nation);
    return nation;
}

void nation_free(Nation *nation) {
    if (!nation) return;
    free(nation->indicators);
    free(nation->regions);
    free(nation->counties);
    free(nation->values);
    free(nation->late_submissions);
    free(nation->returned);
    free(nation);
}

const double *nation_column(const Nation *nation, int indicator, int year) {
    size_t column =
        (size_t)indicator * (size_t)nation->size.years + (size_t)(year - nation->first_year);
    return nation->values + column * (size_t)nation->size.regions;
}
