// Stored runs to be shown: see stored_run.h.
#include "core/view/stored_run.h"

#include <stdlib.h>

#include "core/base/language.h"
#include "core/eval/evaluate.h"

void stored_run_free(StoredRun *stored) {
    if (!stored) return;
    layout_free(stored->layout);
    samples_free(&stored->samples);
    region_names_free(&stored->names);
    loaded_pack_free(&stored->pack);
    run_free(&stored->run);
    free(stored);
}

static bool refuse_foreign(const Run *run, Error *error) {
    if (run->engine_version == ENGINE_VERSION) return true;
    error_set(error, ERROR_CONFLICT,
              T("run %lld was made by engine %d, this program has engine %d",
                "运行 %lld 由引擎 %d 产生，本程序为引擎 %d"),
              (long long)run->id, run->engine_version, ENGINE_VERSION);
    return error_hint(
        error, "%s",
        T("a program of the version that made it shows it", "请用产生该运行的程序版本查看"));
}

bool stored_run_open(Store *store, int64_t id, const char *region, StoredRun **out, Error *error) {
    StoredRun *stored = memory_new(1, sizeof *stored);
    if (!run_read(store, id, &stored->run, error) || !refuse_foreign(&stored->run, error) ||
        !run_load_pack(store, &stored->run, &stored->pack, error) ||
        !region_names_read(store, &stored->names, error) ||
        (region && !region_names_require(&stored->names, region, error)) ||
        !samples_read(store, stored->pack.description, &stored->run, &stored->samples, error)) {
        stored_run_free(stored);
        return false;
    }
    stored->layout = layout_new(stored->pack.description, stored->run.year, false);
    stored->view = (RunView){.run = &stored->run,
                             .description = stored->pack.description,
                             .layout = stored->layout,
                             .names = &stored->names,
                             .region = region ? region : stored->pack.description->region,
                             .only_region = region != NULL,
                             .found = true,
                             .samples = &stored->samples};
    *out = stored;
    return true;
}
