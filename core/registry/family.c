// Finding the packs that a pack extends: see family.h.
#include "core/registry/family.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/pack/pack_names.h"
#include "core/pack/source_lint.h"
#include "core/registry/registry_inside.h"

char *family_folder_beside(const char *folder) {
    const char *name = strrchr(folder, '/');
    name = name ? name + 1 : folder;
    // "." and ".." do not say which folder they are.
    char *real =
        !*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ? realpath(folder, NULL) : NULL;
    char *beside = memory_copy_string(real ? real : folder);
    free(real);
    char *slash = strrchr(beside, '/');
    if (!slash) {
        free(beside);
        return memory_copy_string(".");
    }
    slash[slash == beside] = '\0';
    return beside;
}

// "./nation" is called "nation".
static void folder_of(const char *beside, const char *id, Buffer *path) {
    if (strcmp(beside, ".") == 0)
        buffer_text(path, id);
    else
        buffer_printf(path, "%s/%s", beside, id);
}

static Store *store_of(const ParentPlaces *places) {
    return places->store || !places->find_store ? places->store
                                                : places->find_store(places->context);
}

// ---- names near --------------------------------------------------------------------------------

static bool has_pack(const char *beside, const char *id) {
    Buffer path = {0};
    folder_of(beside, id, &path);
    buffer_text(&path, "/pack.lua");
    bool found = access(path.data, F_OK) == 0;
    buffer_free(&path);
    return found;
}

static void add_folders(PackNames *names, const char *beside) {
    DIR *entries = opendir(beside);
    const struct dirent *entry;
    while (entries && (entry = readdir(entries)) && names->count < 1000)
        if (entry->d_name[0] != '.' && has_pack(beside, entry->d_name))
            pack_names_add(names, entry->d_name);
    if (entries) closedir(entries);
}

static bool add_version(const StorePackVersion *version, void *context, Error *error) {
    (void)error;
    pack_names_add(context, version->pack);
    return true;
}

static void not_found(const char *id, const ParentPlaces *places, ProblemList *problems) {
    PackNames names = {0};
    Error ignored = {0};
    Buffer where = {0};
    if (places->beside) {
        add_folders(&names, places->beside);
        folder_of(places->beside, id, &where);
    }
    Store *store = store_of(places);
    if (store && !store_read_pack_versions(store, true, add_version, &names, &ignored))
        names.count = 0;
    const char *near = pack_names_nearest(&names, id);
    if (!places->beside)
        problems_addf(
            problems, ERROR_NOT_FOUND, NULL, 0, 0,
            T("the pack \"%s\" is not active in this workspace", "评估包“%s”在本工作区中尚未激活"),
            id);
    else
        problems_addf(problems, ERROR_NOT_FOUND, NULL, 0, 0,
                      store ? T("there is no pack \"%s\": neither a folder %s nor an active pack",
                                "没有评估包“%s”：既没有文件夹 %s，也没有已激活的同名评估包")
                            : T("there is no pack \"%s\": no folder %s with a pack.lua",
                                "没有评估包“%s”：没有含 pack.lua 的文件夹 %s"),
                      id, where.data);
    if (near)
        problems_hint(problems, T("did you mean \"%s\"?", "是否应为“%s”？"), near);
    else if (!places->beside)
        problems_hint(problems, "%s", T("activate it first", "请先激活该评估包"));
    buffer_free(&where);
    pack_names_free(&names);
}

// ---- one parent's files
// --------------------------------------------------------------------------

// Problems of a parent's folder are shown with its id before them.
static bool read_beside(const char *beside, const char *id, Bundle *bundle, ProblemList *problems) {
    Buffer path = {0};
    ProblemList own = {0};
    folder_of(beside, id, &path);
    bool good = bundle_read(path.data, bundle, &own);
    for (size_t i = 0; i < own.count; i++) {
        Error problem = own.items[i];
        if (strcmp(problem.file, path.data) != 0)
            snprintf(problem.file, sizeof problem.file, "%s/%.180s", id, own.items[i].file);
        problems_add(problems, &problem);
    }
    problems_free(&own);
    buffer_free(&path);
    return good;
}

// The active version in the workspace, alone in the list; free with pack_list_free.
static bool find_active(const char *id, const ParentPlaces *places, PackList *active,
                        ProblemList *problems) {
    Error error = {0};
    Store *store = store_of(places);
    if (store && registry_load_active(store, id, active, &error)) return true;
    if (store && error.code != ERROR_NOT_FOUND)
        problems_add(problems, &error);
    else
        not_found(id, places, problems);
    return false;
}

static bool extend_from_store(Bundle *bundle, const char *id, const ParentPlaces *places,
                              ProblemList *problems) {
    PackList active;
    if (!find_active(id, places, &active, problems)) return false;
    bool good = bundle_extend(bundle, id, &active.items[0].bundle, problems);
    pack_list_free(&active);
    return good;
}

static bool extend(Bundle *bundle, const char *id, const ParentPlaces *places,
                   ProblemList *problems) {
    const LoadedPack *given = places->given;
    if (given && strcmp(given->description->id, id) == 0)
        return bundle_extend(bundle, id, &given->bundle, problems);
    if (!places->beside || !has_pack(places->beside, id))
        return extend_from_store(bundle, id, places, problems);
    Bundle parent;
    if (!read_beside(places->beside, id, &parent, problems)) return false;
    bool good = bundle_extend(bundle, id, &parent, problems);
    bundle_free(&parent);
    return good;
}

// A parent that is not found is a problem of the line that names it.
static bool extend_as_wanted(Bundle *bundle, const PackJob *job, const ParentPlaces *places,
                             ProblemList *problems) {
    ProblemList found = {0};
    bool good = extend(bundle, job->wanted.id, places, &found);
    for (size_t i = 0; i < found.count; i++) {
        Error problem = found.items[i];
        if (!problem.file[0]) error_at(&problem, job->wanted.file, job->wanted.line, 0);
        if (problem.code == ERROR_NOT_FOUND) problem.code = ERROR_PACK;
        problems_add(problems, &problem);
    }
    problems_free(&found);
    return good;
}

// ---- describing and testing ---------------------------------------------------------------------

static void take_report(LoadedPack *pack, PackJob *job, ProblemList *problems) {
    pack->spec_report = json_incref(job->spec_report);
    for (size_t i = 0; i < json_array_size(job->spec_report); i++) {
        const json_t *row = json_array_get(job->spec_report, i);
        if (json_is_true(json_object_get(row, "passed"))) {
            pack->specs_passed++;
            continue;
        }
        pack->specs_failed++;
        const char *message = json_string_value(json_object_get(row, "message"));
        problems_addf(problems, ERROR_PACK, json_string_value(json_object_get(row, "file")),
                      (int)json_integer_value(json_object_get(row, "line")), 0,
                      T("spec failed: %s: %s", "测试未通过：%s：%s"),
                      json_string_value(json_object_get(row, "name")), message ? message : "");
    }
}

// What a worker says of the packs its pack extends is believed only if it is what the bundle holds.
static bool carries_what_it_says(const LoadedPack *pack) {
    const Description *description = pack->description;
    for (size_t p = 0; p < description->parent_count; p++)
        if (strcmp(description->parents[p].id, description->id) == 0) return false;
    for (size_t i = 0; i < pack->bundle.count; i++) {
        const char *path = pack->bundle.files[i].path;
        bool known = path[0] != '@';
        for (size_t p = 0; p < description->parent_count && !known; p++) {
            size_t length = strlen(description->parents[p].id);
            known = strncmp(path + 1, description->parents[p].id, length) == 0 &&
                    path[1 + length] == '/';
        }
        if (!known) return false;
    }
    for (size_t p = 0; p < description->parent_count; p++) {
        char path[BUNDLE_MAX_ID + 16];
        snprintf(path, sizeof path, "@%.*s/pack.lua", BUNDLE_MAX_ID, description->parents[p].id);
        if (!bundle_find(&pack->bundle, path)) return false;
    }
    return true;
}

// Runs the job, adding the packs that it turns out to need, until it needs no more.
static bool run_job(const JobHost *host, LoadedPack *pack, const ParentPlaces *places, PackJob *job,
                    ProblemList *problems) {
    for (int rounds = 0; rounds <= MOST_PARENTS; rounds++) {
        jobs_run(host, job, 1);
        if (!*job->wanted.id) return true;
        PackJob asked = *job;
        *job = (PackJob){.kind = asked.kind, .pack = asked.pack};
        bool good = extend_as_wanted(&pack->bundle, &asked, places, problems);
        if (!good) snprintf(pack->missing, sizeof pack->missing, "%s", asked.wanted.id);
        job_free(&asked);
        if (!good) return false;
    }
    problems_addf(problems, ERROR_WORKER, "pack.lua", 0, 0, "%s",
                  T("the worker asks for ever more packs", "工作进程不断索要评估包"));
    return false;
}

bool family_load_bundle(const JobHost *host, Bundle *bundle, const ParentPlaces *places,
                        bool run_specs, LoadedPack *pack, ProblemList *problems) {
    *pack = (LoadedPack){.bundle = *bundle};
    *bundle = (Bundle){0};
    loaded_pack_reach(pack, PACK_SEEN);
    bundle_std(&pack->std);
    PackJob job = {.kind = run_specs ? JOB_SPECS : JOB_DESCRIBE,
                   .pack = {.bundle = &pack->bundle, .std = &pack->std}};
    bool found = run_job(host, pack, places, &job, problems);
    bool sound = source_lint(&pack->bundle, problems);
    for (size_t i = 0; i < job.problems.count; i++)
        problems_add(problems, &job.problems.items[i]);
    if (job.description) {
        pack->state = PACK_CHECKED;
        pack->reached_us[PACK_CHECKED] = job.described_us;
        pack->description_json = json_incref(job.description_json);
        pack->description = job_take_description(&job);
    }
    bool honest = !pack->description || carries_what_it_says(pack);
    if (!honest)
        problems_addf(problems, ERROR_WORKER, "pack.lua", 0, 0, "%s",
                      T("the pack says that it extends other packs than those it carries",
                        "评估包所称继承的评估包与其携带的不符"));
    if (run_specs && job.description_json) take_report(pack, &job, problems);
    bool good = found && sound && job.good && honest && pack->specs_failed == 0;
    if (good && run_specs) loaded_pack_reach(pack, PACK_TESTED);
    job_free(&job);
    return good;
}

bool family_load_folder(const JobHost *host, const char *folder, const ParentPlaces *places,
                        bool run_specs, LoadedPack *pack, ProblemList *problems) {
    Bundle bundle;
    *pack = (LoadedPack){.state = PACK_SEEN};
    return bundle_read(folder, &bundle, problems) &&
           family_load_bundle(host, &bundle, places, run_specs, pack, problems);
}

bool family_load_parent(const JobHost *host, const LoadedPack *pack, LoadedPack *parent,
                        ProblemList *problems) {
    const Description *description = pack->description;
    Bundle bundle;
    *parent = (LoadedPack){.state = PACK_SEEN};
    if (description->parent_count == 0 ||
        !bundle_parent(&pack->bundle, description->parents[0].id, &bundle)) {
        problems_addf(problems, ERROR_NOT_FOUND, "pack.lua", 0, 0,
                      T("the pack \"%s\" extends no other", "评估包“%s”没有继承其他评估包"),
                      description->id);
        return false;
    }
    const ParentPlaces nowhere = {0};
    return family_load_bundle(host, &bundle, &nowhere, false, parent, problems);
}

bool family_find(const JobHost *host, const char *id, const ParentPlaces *places, LoadedPack *pack,
                 ProblemList *problems) {
    *pack = (LoadedPack){.state = PACK_SEEN};
    if (places->beside && has_pack(places->beside, id)) {
        Buffer path = {0};
        folder_of(places->beside, id, &path);
        bool good = family_load_folder(host, path.data, places, false, pack, problems);
        buffer_free(&path);
        return good;
    }
    PackList active;
    if (!find_active(id, places, &active, problems)) return false;
    *pack = active.items[0];
    active.items[0] = (LoadedPack){0};
    pack_list_free(&active);
    return true;
}
