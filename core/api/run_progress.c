// How far evaluations are: see run_progress.h.
#include "core/api/run_progress.h"

#include <stdlib.h>
#include <string.h>

#include "core/api/api_inside.h"
#include "core/base/clock.h"

// Now and then is enough for a person who waits.
static const int64_t told_every_ns = 200 * 1000 * 1000;

// On its way to the home loop.
typedef struct ProgressNews {
    Api *api;
    char pack[BUNDLE_MAX_ID + 1], region[REGION_CODE_SIZE];
    size_t done, total;
} ProgressNews;

static void deliver(void *context) {
    ProgressNews *news = context;
    api_tell_progress(news->api, news->pack, news->region, news->done, news->total);
    free(news);
}

static void tell(const RunProgress *progress, size_t done, size_t total) {
    const Description *description = progress->pack->description;
    ProgressNews *news = memory_new(1, sizeof *news);
    *news = (ProgressNews){.api = progress->api, .done = done, .total = total};
    snprintf(news->pack, sizeof news->pack, "%s", description->id);
    snprintf(news->region, sizeof news->region, "%s", description->region);
    service_tell_home(progress->api->options.service, deliver, news);
}

// The last step is told whenever it comes.
static void tell_now_and_then(RunProgress *progress, size_t done, size_t total) {
    const int64_t now_ns = clock_monotonic_ns();
    if (done < total && progress->told_ns && now_ns - progress->told_ns < told_every_ns) return;
    progress->told_ns = now_ns;
    tell(progress, done, total);
}

static bool goes_on(size_t done, size_t total, void *context) {
    RunProgress *progress = context;
    const JobHost *host = progress->host;
    tell_now_and_then(progress, done, total);
    return !host->progress || host->progress(done, total, host->progress_context);
}

JobHost run_progress_host(RunProgress *progress, Api *api, const JobHost *host) {
    JobHost telling = *host;
    progress->api = api;
    progress->host = host;
    telling.progress = goes_on;
    telling.progress_context = progress;
    return telling;
}

void run_progress_begin(RunProgress *progress, const LoadedPack *pack) {
    progress->pack = pack;
    progress->told_ns = 0;
}
