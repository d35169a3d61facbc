// Any bytes as an uploaded pack: as a ZIP archive, and as the JSON of a page that edits packs.
//
// Built by clang with -fsanitize=fuzzer,address,undefined from this file and what it reaches; seeds
// are in tests/fuzz/corpus/pack_archive. Besides memory errors it aborts when a promise of
// pack_archive.h, bundle_draft.h or bundle_json.h does not hold.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/plain_text.h"
#include "core/io/pack_archive.h"
#include "core/pack/bundle_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool holds, const char *promise) {
    if (holds) return;
    fprintf(stderr, "promise broken: %s\n", promise);
    abort();
}

static void check_problems(const ProblemList *problems, bool good) {
    require(good == (problems->count == 0), "good means without problems");
    for (size_t i = 0; i < problems->count; i++) {
        const Error *problem = &problems->items[i];
        require(problem->message[0] && problem->file[0], "a problem says what is wrong, and where");
        require(plain_text(problem->message, strlen(problem->message)), "messages are plain");
        require(plain_text(problem->file, strlen(problem->file)), "places are plain");
        require(plain_text(problem->hint, strlen(problem->hint)), "hints are plain");
    }
}

static void check_bundle(const Bundle *bundle) {
    size_t total = 0;
    require(bundle_find(bundle, "pack.lua") != NULL, "there is a pack.lua");
    require(bundle->count <= BUNDLE_MAX_FILES, "files are counted");
    for (size_t i = 0; i < bundle->count; i++) {
        const BundleFile *file = &bundle->files[i];
        require(i == 0 || strcmp(bundle->files[i - 1].path, file->path) < 0, "files are in order");
        require(strlen(file->path) <= BUNDLE_MAX_PATH, "paths are short");
        require(file->path[0] != '/' && file->path[0] != '@' && !strstr(file->path, ".."),
                "paths stay inside");
        require(file->length <= BUNDLE_MAX_FILE_BYTES, "files are limited");
        require(strlen(file->bytes) == file->length, "files have no NUL");
        total += file->length;
    }
    require(total <= BUNDLE_MAX_BYTES, "the whole is limited");
}

static void check_written(const Bundle *bundle) {
    Buffer archive = {0};
    Bundle again;
    ProblemList problems = {0};
    Error error = {0};
    require(pack_archive_write(bundle, "pack", &archive, &error), "a bundle can be written");
    require(pack_archive_read(archive.data, archive.length, "a.zip", &again, &problems),
            "what is written is read");
    require(strcmp(again.hash, bundle->hash) == 0, "it is the same pack");
    bundle_free(&again);
    buffer_free(&archive);
    json_t *json = bundle_to_json(bundle);
    require(json && bundle_from_json(json, &again, &problems), "it can be edited");
    require(strcmp(again.hash, bundle->hash) == 0, "it is the same pack as JSON");
    json_decref(json);
    bundle_free(&again);
}

static void check(bool good, Bundle *bundle, ProblemList *problems) {
    check_problems(problems, good);
    require(good || (bundle->count == 0 && !bundle->files), "on failure the bundle is empty");
    if (good) {
        check_bundle(bundle);
        check_written(bundle);
    }
    bundle_free(bundle);
    problems_free(problems);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    Bundle bundle;
    ProblemList problems = {0};
    bool good = pack_archive_read(bytes, length, "a.zip", &bundle, &problems);
    check(good, &bundle, &problems);
    json_t *json = json_loadb((const char *)bytes, length, JSON_ALLOW_NUL, NULL);
    if (json) {
        problems = (ProblemList){0};
        good = bundle_from_json(json, &bundle, &problems);
        check(good, &bundle, &problems);
        json_decref(json);
    }
    return 0;
}
