// Stored runs and a replay as rows: see run_rows.h.
#include "core/view/run_rows.h"

#include "core/base/language.h"
#include "core/eval/dataset.h"

typedef struct RunRows {
    OutputTable *table;
    size_t *foreign;
} RunRows;

static bool add_run(const StoreRun *run, void *context, Error *error) {
    (void)error;
    const RunRows *rows = context;
    OutputTable *table = rows->table;
    *rows->foreign += run->engine_version != ENGINE_VERSION;
    output_integer(table, run->id);
    output_text(table, run->pack);
    output_integer(table, run->year);
    output_integer(table, run->data_version);
    output_integer(table, run->region_count);
    output_time(table, run->finished_at_us);
    output_text(table, run->who);
    output_text(table, run->pack_hash);
    output_text(table, run->result_hash);
    output_integer(table, run->engine_version);
    return true;
}

bool view_runs_rows(Store *store, const char *pack, OutputTable *rows, size_t *foreign,
                    Error *error) {
    const OutputColumn columns[] = {
        {.name = "run", .title = T("run", "运行"), .kind = OUTPUT_INTEGER},
        {.name = "pack", .title = T("pack", "评估包")},
        {.name = "year", .title = T("year", "年份"), .kind = OUTPUT_INTEGER},
        {.name = "data_version", .title = T("data version", "数据版本"), .kind = OUTPUT_INTEGER},
        {.name = "regions", .title = T("regions", "区划数"), .kind = OUTPUT_INTEGER},
        {.name = "finished_at", .title = T("finished", "完成时间"), .kind = OUTPUT_TIME},
        {.name = "who", .title = T("who", "操作人")},
        {.name = "pack_hash", .title = T("pack hash", "评估包哈希")},
        {.name = "result_hash", .title = T("result hash", "结果哈希")},
        {.name = "engine_version", .title = T("engine", "引擎"), .kind = OUTPUT_INTEGER}};
    RunRows context = {.table = rows, .foreign = foreign};
    StoreRunQuery query = {.pack = pack};
    *foreign = 0;
    output_init(rows, columns, sizeof columns / sizeof *columns);
    return store_read_runs(store, &query, add_run, &context, error);
}

const char *view_evaluate_again(void) {
    return T("evaluate again to compute it anew, or use the program that made it",
             "请重新评估，或使用当时的程序");
}

void view_replay_rows(const Run *stored, const Run *again, bool same, OutputTable *rows) {
    const OutputColumn columns[] = {
        {.name = "run", .title = T("run", "运行"), .kind = OUTPUT_INTEGER},
        {.name = "pack", .title = T("pack", "评估包")},
        {.name = "year", .title = T("year", "年份"), .kind = OUTPUT_INTEGER},
        {.name = "data_version", .title = T("data version", "数据版本"), .kind = OUTPUT_INTEGER},
        {.name = "pack_hash", .title = T("pack hash", "评估包哈希")},
        {.name = "stored", .title = T("stored results", "存档结果")},
        {.name = "replayed", .title = T("replayed", "重算结果")},
        {.name = "same", .title = T("same bytes", "逐字节相同")}};
    output_init(rows, columns, sizeof columns / sizeof *columns);
    output_integer(rows, stored->id);
    output_text(rows, stored->pack);
    output_integer(rows, stored->year);
    output_integer(rows, stored->data_version);
    output_text(rows, stored->pack_hash);
    output_text(rows, stored->result_hash);
    output_text(rows, again->result_hash);
    output_text(rows, same ? T("yes", "是") : T("NO", "否"));
}
