// Writing the nation down: see nation_files.h.
#include "core/bench/nation_files.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <sys/stat.h>

#include "core/base/decimal.h"
#include "core/base/language.h"
#include "core/base/memory.h"

// ---- the pack ----------------------------------------------------------------------------------

static const char PACK_HEAD[] =
    "-- 测速用的评估包，由 biaochi bench 生成：规则与实际使用的评估包同一写法。\n"
    "pack {\n"
    "  id = \"bench\", title = \"测速用评估包\", region = \"000000\", version = \"1.0.0\", api = 1,\n"
    "  covers = \"subtree\", figures = {},\n"
    "  conventions = { near_percent = %d },\n"
    "}\n\n"
    "fact \"late_submissions\" { title = \"迟报次数\", unit = \"次\", default = 0, digits = 0 }\n"
    "fact \"returned\" { title = \"被退回次数\", unit = \"次\", default = 0, digits = 0 }\n\n"
    "local women = plan \"women\" {\n"
    "  title = \"妇女发展规划\", from = %d, to = %d, baseline = %d,\n"
    "}\n";

// core/bench/limit.c has the same rule in C, scripts/bench in SQL and Python.
static const char PACK_WARNING[] =
    "\n"
    "-- 红：按趋势终期达不到，且在倒退；橙：按趋势终期达不到；黄：进度落后、波动大或无从预测。\n"
    "warning \"off_track\" {\n"
    "  on = \"indicator\", title = \"预计达标困难\",\n"
    "  level = function(status, value, target, progress, pace, forecast, forecast_final,"
    " volatility)\n"
    "    if status == \"no_data\" then return nil end\n"
    "    local restless = volatility ~= nil and volatility >= 0.1\n"
    "    if status == \"met\" then return restless and \"yellow\" or nil end\n"
    "    if progress == nil or forecast_final == nil then return \"yellow\" end\n"
    "    local way = target - value\n"
    "    if (target - forecast_final) * way > 0 then\n"
    "      local hopeless = progress < 0 or (forecast - value) * way <= 0\n"
    "      return hopeless and \"red\" or \"orange\"\n"
    "    end\n"
    "    if progress < pace or restless then return \"yellow\" end\n"
    "  end,\n"
    "}\n";

static const char PACK_ASSESSMENT[] =
    "\n"
    "assessment \"annual\" {\n"
    "  title = \"年度综合考核\", of = \"region\", points = 100,\n"
    "  grades = { { 90, \"优秀\" }, { 75, \"良好\" }, { 60, \"合格\" }, { 0, \"不合格\" } },\n";

static void append_number(Buffer *text, double value) {
    char number[DECIMAL_TEXT_SIZE];
    decimal_shortest(value, number);
    buffer_text(text, number);
}

static void append_indicator(Buffer *text, const NationIndicator *indicator) {
    const NationKind *kind = &nation_kinds[indicator->kind];
    buffer_printf(text, "  indicator \"%s\" { title = \"%s%s\", unit = \"%s\", lead = \"统计局\", ",
                  indicator->id, kind->title, indicator->id + 1, kind->unit);
    buffer_printf(text, "target = %s(", indicator->at_least ? "at_least" : "at_most");
    append_number(text, indicator->target);
    buffer_text(text, ") },\n");
}

static void append_domains(const Nation *nation, Buffer *text) {
    int next = 0;
    for (int d = 0; d < NATION_DOMAINS; d++) {
        buffer_printf(text, "\nwomen:domain \"%s\" { title = \"%s\" } {\n", nation_domains[d].id,
                      nation_domains[d].title);
        for (; next < nation->size.indicators && nation->indicators[next].domain == d; next++)
            append_indicator(text, &nation->indicators[next]);
        buffer_text(text, "}\n");
    }
}

static void append_deduction(Buffer *text, const char *id, const char *title, int points,
                             const char *fact, double amount) {
    buffer_printf(text,
                  "  item \"%s\" { title = \"%s\", points = %d,\n"
                  "    score = function(points, %s) return deduct(points, ",
                  id, title, points, fact);
    append_number(text, amount);
    buffer_printf(text, " * %s) end },\n", fact);
}

static void append_assessment(Buffer *text) {
    buffer_text(text, PACK_ASSESSMENT);
    for (int d = 0; d < NATION_DOMAINS; d++) {
        buffer_printf(text, "  item \"%s\" { title = \"%s\", points = ", nation_domains[d].id,
                      nation_domains[d].title);
        append_number(text, nation_domains[d].points);
        buffer_printf(text,
                      ",\n    score = function(points, attainment_women_%s)"
                      " return proportion(points, attainment_women_%s, 1) end },\n",
                      nation_domains[d].id, nation_domains[d].id);
    }
    append_deduction(text, "punctuality", "按时报送", NATION_LATE_POINTS, "late_submissions",
                     NATION_LATE_DEDUCTION);
    append_deduction(text, "quality", "报送质量", NATION_RETURNED_POINTS, "returned",
                     NATION_RETURNED_DEDUCTION);
    buffer_text(text, "}\n");
}

// The pack's only file: 8 domains, the indicators, a warning on every one of them, and an
// assessment of 100 points by domains and by facts of the year's work.
static void append_pack(const Nation *nation, Buffer *text) {
    buffer_printf(text, PACK_HEAD, NATION_NEAR_PERCENT, NATION_FIRST_PLAN_YEAR, NATION_TARGET_YEAR,
                  NATION_BASELINE_YEAR);
    append_domains(nation, text);
    buffer_text(text, PACK_WARNING);
    append_assessment(text);
}

// ---- files -------------------------------------------------------------------------------------

typedef void (*WriteFunction)(const Nation *nation, FILE *file);

static bool write_file(const Nation *nation, const char *folder, const char *name,
                       WriteFunction write, Error *error) {
    Buffer path = {0};
    buffer_printf(&path, "%s/%s", folder, name);
    FILE *file = fopen(path.data, "w");
    if (file) write(nation, file);
    bool good = file && !ferror(file);
    if (file) good = fclose(file) == 0 && good;
    if (!good) error_set_errno(error, errno, T("cannot write %s", "无法写入 %s"), path.data);
    buffer_free(&path);
    return good;
}

// A figure has two decimals and is smaller than 100000.
static void write_figure(FILE *file, double value) {
    if (!isnan(value)) fprintf(file, "%.2f", value);
}

static void write_pack(const Nation *nation, FILE *file) {
    Buffer text = {0};
    append_pack(nation, &text);
    fwrite(text.data, 1, text.length, file);
    buffer_free(&text);
}

static void write_regions(const Nation *nation, FILE *file) {
    fputs("code,name,parent,level\n", file);
    for (size_t r = 0; r < nation->region_count; r++) {
        const NationRegion *region = &nation->regions[r];
        fprintf(file, "%s,%s,%s,%s\n", region->code, region->name,
                region->parent >= 0 ? nation->regions[region->parent].code : "", region->level);
    }
}

static void write_fact(FILE *file, const char *code, const char *fact, int count) {
    if (count > 0) fprintf(file, "%s,%s,%d,%d\n", code, fact, NATION_CURRENT_YEAR, count);
}

static void write_observations(const Nation *nation, FILE *file) {
    fputs("region,indicator,year,value\n", file);
    for (int r = 0; r < nation->size.regions; r++) {
        const char *code = nation->regions[nation->counties[r]].code;
        for (int i = 0; i < nation->size.indicators; i++) {
            for (int year = nation->first_year; year <= NATION_CURRENT_YEAR; year++) {
                double value = nation_column(nation, i, year)[r];
                if (isnan(value)) continue;
                fprintf(file, "%s,%s,%d,%.2f\n", code, nation->indicators[i].id, year, value);
            }
        }
        write_fact(file, code, "late_submissions", nation->late_submissions[r]);
        write_fact(file, code, "returned", nation->returned[r]);
    }
}

static bool make_folder(const char *path, Error *error) {
    if (mkdir(path, 0777) == 0 || errno == EEXIST) return true;
    return error_set_errno(error, errno, T("cannot make the folder %s", "无法创建文件夹 %s"), path);
}

bool nation_export_pack(const Nation *nation, const char *folder, Error *error) {
    Buffer pack = {0};
    buffer_printf(&pack, "%s/pack", folder);
    bool good = make_folder(folder, error) && make_folder(pack.data, error) &&
                write_file(nation, pack.data, "pack.lua", write_pack, error);
    buffer_free(&pack);
    return good;
}

bool nation_export(const Nation *nation, const char *folder, Error *error) {
    return nation_export_pack(nation, folder, error) &&
           write_file(nation, folder, "regions.csv", write_regions, error) &&
           write_file(nation, folder, "observations.csv", write_observations, error);
}

// ---- tables of the other engines ---------------------------------------------------------------

static void write_wide(const Nation *nation, FILE *file) {
    fputs("region,indicator", file);
    for (int back = 0; back < NATION_MOST_YEARS; back++)
        fprintf(file, ",v%d", back);
    fputc('\n', file);
    for (int r = 0; r < nation->size.regions; r++) {
        for (int i = 0; i < nation->size.indicators; i++) {
            fprintf(file, "%d,%d", r, i);
            for (int back = 0; back < NATION_MOST_YEARS; back++) {
                fputc(',', file);
                if (back < nation->size.years)
                    write_figure(file, nation_column(nation, i, NATION_CURRENT_YEAR - back)[r]);
            }
            fputc('\n', file);
        }
    }
}

static void write_indicators(const Nation *nation, FILE *file) {
    fputs("indicator,domain,side,target,near_limit,ceiling\n", file);
    for (int i = 0; i < nation->size.indicators; i++) {
        const NationIndicator *indicator = &nation->indicators[i];
        fprintf(file, "%d,%d,%d,%.2f,%.17g,%s\n", i, indicator->domain,
                indicator->at_least ? 1 : -1, indicator->target, nation_near_limit(indicator),
                nation_kinds[indicator->kind].is_share ? "100" : "");
    }
}

static void write_domains(const Nation *nation, FILE *file) {
    (void)nation;
    fputs("domain,points\n", file);
    for (int d = 0; d < NATION_DOMAINS; d++)
        fprintf(file, "%d,%.2f\n", d, nation_domains[d].points);
}

static void write_facts(const Nation *nation, FILE *file) {
    fputs("region,late,returned\n", file);
    for (int r = 0; r < nation->size.regions; r++)
        fprintf(file, "%d,%d,%d\n", r, nation->late_submissions[r], nation->returned[r]);
}

bool nation_write_tables(const Nation *nation, const char *folder, Error *error) {
    return write_file(nation, folder, "wide.csv", write_wide, error) &&
           write_file(nation, folder, "indicators.csv", write_indicators, error) &&
           write_file(nation, folder, "domains.csv", write_domains, error) &&
           write_file(nation, folder, "regions.csv", write_facts, error);
}
