// A Lua state for one pack: capped in memory and time, with nothing in reach but what
// scripts/std offers. Lives only in worker processes; one per process, on its only thread.
//
// Order of use: sandbox_open (loads std, walks everything a pack could reach and refuses to go on
// when a function is not on the allow-list), sandbox_load_pack (seals what the rules hold, so that
// no call finds what another left), then any number of rule calls or spec runs. Every call into
// pack code counts its CPU time; at the budget's end a hook is set that raises at every instruction
// until the call is over, so that pcall cannot hold it up. Code that sits in a C function (a
// pattern match, table.move) never reaches the hook: the status page tells the host, which kills
// the worker after a grace.
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/pack/rule.h"
#include "core/run/status_page.h"

typedef struct Sandbox Sandbox;

typedef struct SandboxLimits {
    size_t memory_bytes; // of the whole Lua state
    int load_cpu_ms;     // running pack.lua and its includes
    int call_cpu_ms;     // one rule call
    int spec_cpu_ms;     // one spec file
} SandboxLimits;

extern const SandboxLimits sandbox_default_limits; // 64 MiB, 2 s, 200 ms, 10 s

typedef struct SandboxFile {
    const char *path; // inside the pack ("pack.lua") or the name of a std module ("declare")
    const char *bytes;
    size_t length;
} SandboxFile;

// The files are borrowed and must outlive the sandbox. NULL on failure: std does not load, or the
// environment holds what it must not (ERROR_SYSTEM). `page` may be NULL.
Sandbox *sandbox_open(const SandboxLimits *limits, StatusPage *page, const SandboxFile *std,
                      size_t std_count, Error *error);
void sandbox_free(Sandbox *sandbox);

// Runs pack.lua and gives the description (new reference; docs in core/pack/description.h).
// Where files of a pack that it extends are missing, that is { wants = { id, file, line } } alone.
// NULL when the pack raised an error, ran over a limit or described itself with what is no data.
json_t *sandbox_load_pack(Sandbox *sandbox, const SandboxFile *files, size_t count,
                          CallOutcome *outcome, Error *error);

// What calls the pack's rules; it is good as long as the sandbox. A call that ran over its time or
// memory is told with the place of the rule's definition: where the stop strikes differs from run
// to run.
RuleCaller sandbox_rule_caller(Sandbox *sandbox);

// What `evaluate { … }` in a spec does: takes the request, gives the result (new reference) or
// NULL.
typedef json_t *(*SandboxEvaluate)(void *context, const json_t *request, Error *error);

// Runs one spec file; gives an array of { name, file, line, passed, message } (new reference) or
// NULL when the file itself failed.
json_t *sandbox_run_spec(Sandbox *sandbox, const char *path, SandboxEvaluate evaluate,
                         void *context, CallOutcome *outcome, Error *error);
