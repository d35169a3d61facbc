// A version that a request is about: see given_version.h.
#include "core/api/given_version.h"

#include <stdio.h>
#include <string.h>

#include "core/base/language.h"
#include "core/pack/bundle_json.h"
#include "core/registry/family.h"

// ---- reading -----------------------------------------------------------------------------------

static bool take_hash(const json_t *version, GivenVersion *given, Error *error) {
    const char *text = json_string_value(version);
    size_t length = text ? strlen(text) : 0;
    if (length == 0 || length >= sizeof given->hash ||
        strspn(text, "0123456789abcdef") != json_string_length(version))
        return error_set(error, ERROR_USAGE, "%s",
                         T("\"version\" must be the hash of a stored version, or its beginning",
                           "“version”应为已存储版本的哈希或其开头"));
    snprintf(given->hash, sizeof given->hash, "%s", text);
    return true;
}

static bool take_json(const json_t *body, GivenVersion *given, ProblemList *problems) {
    const json_t *version = json_object_get(body, "version");
    Error error = {0};
    if (!version && json_object_get(body, "files"))
        return bundle_from_json(body, &given->bundle, problems);
    if (version && json_object_size(body) == 1) {
        if (take_hash(version, given, &error)) return true;
    } else {
        error_set(&error, ERROR_USAGE, "%s",
                  T("the body must have either \"version\" or \"files\"",
                    "请求体应有“version”或“files”之一"));
    }
    problems_add(problems, &error);
    return false;
}

bool given_version_read(const ApiCall *call, GivenVersion *given, ProblemList *problems) {
    *given = (GivenVersion){0};
    if (pack_body_is_of_type(call, "application/zip"))
        return pack_body_read_archive(call, &given->bundle, problems);
    json_t *body = pack_body_json(call, problems);
    bool good = body && take_json(body, given, problems);
    json_decref(body);
    return good;
}

bool given_version_read_stored(const ApiCall *call, GivenVersion *given, Error *error) {
    static const char *const members[] = {"version", NULL};
    json_t *body;
    *given = (GivenVersion){0};
    if (!api_body_parse_object(call, members, &body, error)) return false;
    bool good = take_hash(json_object_get(body, "version"), given, error);
    json_decref(body);
    return good;
}

// ---- loading -----------------------------------------------------------------------------------

static bool is_of(const LoadedPack *pack, const char *id, ProblemList *problems) {
    if (strcmp(pack->description->id, id) == 0) return true;
    problems_addf(problems, ERROR_INPUT, NULL, 0, 0,
                  T("the files are those of the pack \"%s\", not of \"%s\"",
                    "文件属于评估包“%s”，而不是“%s”"),
                  pack->description->id, id);
    return false;
}

bool given_version_load(const JobHost *host, Store *store, const char *id, GivenVersion *given,
                        LoadedPack *pack, ProblemList *problems) {
    const ParentPlaces places = {.store = store};
    Error error = {0};
    if (!*given->hash)
        return family_load_bundle(host, &given->bundle, &places, false, pack, problems) &&
               is_of(pack, id, problems);
    if (registry_load_version(store, id, given->hash, pack, &error)) return true;
    problems_add(problems, &error);
    return false;
}

void given_version_free(GivenVersion *given) {
    bundle_free(&given->bundle);
}
