// /api/v1/packs/{pack}/versions, /activations, /difference and /archive: a pack's stored versions,
// when they were active, what one says otherwise than the pack it extends, and its files.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/api/given_version.h"
#include "core/api/question.h"
#include "core/io/pack_archive.h"
#include "core/registry/family.h"
#include "core/view/pack_json.h"
#include "core/view/pack_rows.h"

// ---- rows ---------------------------------------------------------------------------------------

typedef bool (*ReadRows)(Store *store, const char *pack, OutputTable *rows, Error *error);

static void tell_rows(Store *store, ApiQuestion *question, ReadRows read, const char *name) {
    OutputTable rows;
    Error error = {0};
    const char *pack = api_parameter(question->call, "pack");
    if (read(store, pack, &rows, &error)) {
        question->answer = json_pack("{s:s, s:o}", "pack", pack, name, api_rows_to_json(&rows));
    } else {
        output_free(&rows);
        api_question_fail(question, &error);
    }
}

static void tell_versions(const JobHost *host, Store *store, ApiQuestion *question) {
    (void)host;
    tell_rows(store, question, view_pack_versions_rows, "versions");
}

static void tell_activations(const JobHost *host, Store *store, ApiQuestion *question) {
    (void)host;
    tell_rows(store, question, view_activations_rows, "activations");
}

// ---- what differs from the parent ---------------------------------------------------------------

typedef struct DifferenceQuestion {
    ApiQuestion question;
    const char *pack;
    PinnedPack *active; // shared: it stays while this is worked on; NULL: the body has the version
    GivenVersion given;
} DifferenceQuestion;

static void release(ApiQuestion *question) {
    DifferenceQuestion *asked = (DifferenceQuestion *)question;
    pinned_pack_release(asked->active);
    given_version_free(&asked->given);
}

static void compare(const JobHost *host, const LoadedPack *pack, ApiQuestion *question) {
    LoadedPack parent;
    if (family_load_parent(host, pack, &parent, &question->problems)) {
        DifferenceList list;
        difference_read(parent.description_json, pack->description_json, &list);
        question->answer = view_difference_json(parent.description, pack->description, &list);
        difference_free(&list);
    }
    loaded_pack_free(&parent);
}

static void tell_difference(const JobHost *host, Store *store, ApiQuestion *question) {
    (void)store;
    compare(host, pinned_pack(((const DifferenceQuestion *)question)->active), question);
}

static void tell_difference_of_given(const JobHost *host, Store *store, ApiQuestion *question) {
    DifferenceQuestion *asked = (DifferenceQuestion *)question;
    LoadedPack pack = {0};
    if (given_version_read(question->call, &asked->given, &question->problems) &&
        given_version_load(host, store, asked->pack, &asked->given, &pack, &question->problems))
        compare(host, &pack, question);
    loaded_pack_free(&pack);
}

// ---- files --------------------------------------------------------------------------------------

typedef struct Archiving {
    ApiCall *call;
    char *pack, *version; // start of a hash; NULL: the active one
    Buffer bytes;
    Error error;
    bool good;
} Archiving;

static void archive(const JobHost *host, Store *store, void *context) {
    Archiving *archiving = context;
    LoadedPack pack = {0};
    (void)host;
    archiving->good =
        !api_is_in_vain(archiving->call, &archiving->error) &&
        registry_load_version(store, archiving->pack, archiving->version, &pack,
                              &archiving->error) &&
        pack_archive_write(&pack.bundle, archiving->pack, &archiving->bytes, &archiving->error);
    loaded_pack_free(&pack);
}

static void archiving_free(Archiving *archiving) {
    buffer_free(&archiving->bytes);
    free(archiving->pack);
    free(archiving->version);
    free(archiving);
}

static void archived(void *context) {
    Archiving *archiving = context;
    if (archiving->good)
        api_answer_bytes(archiving->call, 200, "application/zip", &archiving->bytes);
    else
        api_fail(archiving->call, &archiving->error);
    archiving_free(archiving);
}

static void give_archive(ApiCall *call) {
    if (!api_known_pack(call)) return;
    Archiving *archiving = memory_new(1, sizeof *archiving);
    const char *version = api_query(call, "version");
    *archiving = (Archiving){.call = call,
                             .pack = memory_copy_string(api_parameter(call, "pack")),
                             .version = memory_copy_string(version)};
    if (!api_aside(call, archive, archived, archiving)) archiving_free(archiving);
}

// ---- calls --------------------------------------------------------------------------------------

// Of a pack that is out of service too.
static void ask_rows(ApiCall *call, ApiQuestionWork work) {
    if (!api_known_pack(call)) return;
    ApiQuestion *question = api_question_new(call, sizeof *question);
    api_question_ask(question, work);
}

static void versions(ApiCall *call) {
    ask_rows(call, tell_versions);
}

static void activations(ApiCall *call) {
    ask_rows(call, tell_activations);
}

static void difference(ApiCall *call) {
    const BoardPack *pack = api_pack(call);
    if (!pack) return;
    DifferenceQuestion *asked = api_question_new(call, sizeof *asked);
    asked->question.release = release;
    asked->active = pinned_pack_share(pack->version);
    api_question_ask(&asked->question, tell_difference);
}

// Files may be of a pack that nobody has stored yet.
static void difference_of_given(ApiCall *call) {
    DifferenceQuestion *asked = api_question_new(call, sizeof *asked);
    asked->question.release = release;
    asked->pack = api_question_parameter(&asked->question, "pack");
    api_question_ask(&asked->question, tell_difference_of_given);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/packs/{pack}/versions", 0}, versions, ACTION_PACKS_READ, API_PART_OF_PACK},
    {{"GET", "/api/v1/packs/{pack}/activations", 0},
     activations,
     ACTION_PACKS_READ,
     API_PART_OF_PACK},
    {{"GET", "/api/v1/packs/{pack}/difference", 0},
     difference,
     ACTION_PACKS_READ,
     API_PART_OF_PACK},
    {{"POST", "/api/v1/packs/{pack}/difference", LARGEST_PACK_BODY},
     difference_of_given,
     ACTION_PACKS_CHECK,
     API_PACK},
    {{"GET", "/api/v1/packs/{pack}/archive?version", 0},
     give_archive,
     ACTION_PACKS_READ,
     API_PART_OF_PACK},
};
const ApiResource api_pack_versions = {routes, sizeof routes / sizeof *routes};
