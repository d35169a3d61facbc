// biaochi pack year: the year whose results a pack shows.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/cli/server_client.h"
#include "core/registry/pack_year.h"
#include "core/registry/runs.h"

typedef struct Shown {
    int year;
    bool is_fixed;
} Shown;

static int print(const Cli *cli, const char *pack, Shown shown) {
    static const OutputColumn columns[] = {
        {.name = "pack"}, {.name = "year", .kind = OUTPUT_INTEGER}, {.name = "year_is_fixed"}};
    if (cli->format == OUTPUT_JSON) {
        cli_print_json(json_pack("{s:s, s:i, s:b}", "pack", pack, "year", shown.year,
                                 "year_is_fixed", shown.is_fixed));
        return EXIT_DONE;
    }
    if (cli->format == OUTPUT_TABLE) {
        printf(shown.is_fixed
                   ? T("%s: %d, fixed\n", "%s：%d 年，已固定\n")
                   : T("%s: %d, the newest with figures\n", "%s：%d 年，有数据的最新年度\n"),
               pack, shown.year);
        return EXIT_DONE;
    }
    OutputTable rows;
    output_init(&rows, columns, sizeof columns / sizeof *columns);
    output_text(&rows, pack);
    output_integer(&rows, shown.year);
    output_text(&rows, shown.is_fixed ? "yes" : "no");
    return cli_print(cli, &rows, EXIT_DONE);
}

// ---- setting it ---------------------------------------------------------------------------------

// Evaluated first: a year without reports would leave the pack without results.
static bool set_here(const Cli *cli, const char *pack, int year, Shown *shown,
                     ProblemList *problems) {
    PackList packs;
    Error error = {0};
    Run run;
    bool found;
    if (!registry_load_active(cli->store, pack, &packs, &error)) {
        problems_add(problems, &error);
        return false;
    }
    const RunRequest request = {
        .pack = &packs.items[0], .year = year ? year : RUN_NEWEST_YEAR, .who = cli_who()};
    bool good = run_evaluate(&cli->jobs, cli->store, &request, &run, &found, problems);
    if (good) {
        *shown = (Shown){run.year, year != 0};
        run_free(&run);
        good = pack_year_set(cli->store, pack, year, cli_who(), &error);
        if (!good) problems_add(problems, &error);
    }
    pack_list_free(&packs);
    return good;
}

static bool set_there(const Cli *cli, const char *pack, int year, Shown *shown,
                      ProblemList *problems) {
    Buffer path = {0}, body = {0};
    json_t *answer = NULL;
    buffer_printf(&path, "/api/v1/packs/%s/year", pack);
    if (year)
        buffer_printf(&body, "{\"year\":%d}", year);
    else
        buffer_text(&body, "{\"year\":null}");
    const ServerCall call = {.method = "PUT",
                             .path = path.data,
                             .type = "application/json",
                             .body = body.data,
                             .length = body.length};
    bool good = server_call(cli, &call, &answer, problems);
    if (good) *shown = (Shown){(int)json_integer_value(json_object_get(answer, "year")), year != 0};
    json_decref(answer);
    buffer_free(&path);
    buffer_free(&body);
    return good;
}

// ---- the command --------------------------------------------------------------------------------

static int show(const Cli *cli, const char *pack) {
    PackList packs;
    Error error = {0};
    Shown shown = {0};
    int fixed = 0;
    if (!registry_load_active(cli->store, pack, &packs, &error)) return cli_fail(cli, &error);
    bool good = store_read_pack_year(cli->store, pack, &fixed, &error) &&
                pack_year_read(cli->store, packs.items[0].description, &shown.year, &error);
    shown.is_fixed = fixed != 0;
    pack_list_free(&packs);
    return good ? print(cli, pack, shown) : cli_fail(cli, &error);
}

// 0: the newest. False: it is no year.
static bool read_year(const char *text, int *year) {
    char *end;
    *year = 0;
    if (strcmp(text, "newest") == 0) return true;
    long value = strtol(text, &end, 10);
    *year = (int)value;
    return *text >= '1' && *text <= '9' && !*end && value >= PACK_FIRST_YEAR &&
           value <= PACK_LAST_YEAR;
}

static int run_year(Cli *cli, const void *values, char **arguments, int count) {
    (void)values;
    ProblemList problems = {0};
    Shown shown = {0};
    int code, year = 0;
    if (count > 1 && !read_year(arguments[1], &year))
        return cli_usage_error(cli,
                               T("\"%s\" is no year: give one from %d to %d, or newest",
                                 "“%s”不是年度：请给出 %d 至 %d 的年份，或 newest（最新）"),
                               arguments[1], PACK_FIRST_YEAR, PACK_LAST_YEAR);
    if (!cli_open_store(cli, &code) || !cli_require_pack(cli, arguments[0], &code)) return code;
    if (count == 1) return show(cli, arguments[0]);
    bool good = server_is_there(cli) ? set_there(cli, arguments[0], year, &shown, &problems)
                                     : set_here(cli, arguments[0], year, &shown, &problems);
    code = good ? print(cli, arguments[0], shown) : cli_fail_all(cli, &problems, NULL);
    problems_free(&problems);
    return code;
}

const Command command_pack_year = {
    .name = "pack year",
    .usage = "PACK [YEAR|newest]",
    .english = "show or fix the year whose results a pack shows",
    .chinese = "查看或固定评估包的监测年度",
    .details_english =
        "At first it is the newest for which anything of the pack is reported, so that the first\n"
        "figure of a new year takes live results and warnings there. Fixed to a year they stay,\n"
        "and evaluations that name no year are of it, until it is fixed to another or follows the\n"
        "newest again.",
    .details_chinese =
        "起初为已有数据的最新年度：新年度的第一个数据一到，实时结果与预警即转到该年。固定后，\n"
        "实时结果以及未指定年份的评估都取该年，直到改为其他年份或恢复为最新年度。",
    .least_arguments = 1,
    .most_arguments = 2,
    .run = run_year,
};
