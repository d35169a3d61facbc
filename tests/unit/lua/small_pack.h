// A sandbox over the embedded std with a pack of a few rules in it, for tests and benchmarks of
// core/lua. Included by tests only.
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/embedded.h"
#include "core/base/memory.h"
#include "core/lua/sandbox.h"

typedef struct SmallPack {
    SandboxFile std[32];
    SandboxFile file;
    Buffer source; // of pack.lua: rule i is declared in line i + 2
    Sandbox *sandbox;
    json_t *description;
} SmallPack;

static inline void small_pack_fail(const char *what, const Error *error) {
    fprintf(stderr, "%s: %s:%d: %s\n", what, error->file, error->line, error->message);
    abort();
}

static inline size_t small_pack_std(SandboxFile *files) {
    static const char folder[] = "scripts/std/";
    static char names[32][64];
    size_t count = 0;
    for (const EmbeddedFile *file = embedded_files; file->path; file++) {
        if (strncmp(file->path, folder, sizeof folder - 1) != 0) continue;
        const char *name = file->path + sizeof folder - 1;
        snprintf(names[count], sizeof names[count], "%.*s", (int)(strlen(name) - 4), name);
        files[count] = (SandboxFile){names[count], file->bytes, file->length};
        count++;
    }
    return count;
}

// Rules are Lua functions, each on one line; `prelude` stands before them in the first line. The
// page may be NULL.
static inline SmallPack *small_pack_open(const SandboxLimits *limits, StatusPage *page,
                                         const char *prelude, const char *const *rules,
                                         size_t count) {
    SmallPack *pack = memory_new(1, sizeof *pack);
    Error error = {0};
    size_t std_count = small_pack_std(pack->std);
    pack->sandbox = sandbox_open(limits, page, pack->std, std_count, &error);
    if (!pack->sandbox) small_pack_fail("sandbox_open", &error);
    buffer_printf(
        &pack->source,
        "pack { id = \"small\", title = \"小\", region = \"150802\", version = \"1.0.0\", "
        "api = 1 } %s\n",
        prelude);
    for (size_t i = 0; i < count; i++)
        buffer_printf(&pack->source,
                      "warning \"w%zu\" { on = \"region\", title = \"预警\", level = %s }\n", i,
                      rules[i]);
    pack->file = (SandboxFile){"pack.lua", pack->source.data, pack->source.length};
    CallOutcome outcome;
    pack->description = sandbox_load_pack(pack->sandbox, &pack->file, 1, &outcome, &error);
    if (!pack->description) small_pack_fail("sandbox_load_pack", &error);
    return pack;
}

static inline bool small_pack_call(SmallPack *pack, const RuleBatch *batch) {
    RuleCaller caller = sandbox_rule_caller(pack->sandbox);
    return caller.call_batch(caller.context, batch);
}

static inline void small_pack_free(SmallPack *pack) {
    json_decref(pack->description);
    sandbox_free(pack->sandbox);
    buffer_free(&pack->source);
    free(pack);
}
