// Bundles from and to JSON: see bundle_json.h.
#include "core/pack/bundle_json.h"

#include <string.h>

#include "core/base/language.h"
#include "core/pack/bundle_draft.h"

static void check_members(BundleDraft *draft, const json_t *json) {
    const char *key;
    json_t *value;
    if (!json_is_object(json_object_get(json, "files")))
        bundle_draft_complain(
            draft, "files",
            T("\"files\" must be an object: { \"files\": { \"pack.lua\": \"…\" } }",
              "“files”应为对象：{ \"files\": { \"pack.lua\": \"…\" } }"));
    json_object_foreach((json_t *)json, key, value) {
        if (strcmp(key, "files") != 0)
            bundle_draft_complain(draft, key,
                                  T("unknown member of the body: \"files\" is the only one",
                                    "请求体中有未知的成员：只能有“files”"));
    }
}

bool bundle_from_json(const json_t *json, Bundle *bundle, ProblemList *problems) {
    BundleDraft draft;
    const char *path;
    json_t *text;
    bundle_draft_begin(&draft, bundle, problems);
    check_members(&draft, json);
    json_object_foreach(json_object_get(json, "files"), path, text) {
        if (!json_is_string(text))
            bundle_draft_complain(&draft, path, T("the file must be a text", "文件内容应为文本"));
        else if (bundle_draft_accepts(&draft, path, json_string_length(text)))
            bundle_draft_add(&draft, path, json_string_value(text), json_string_length(text));
    }
    return bundle_draft_finish(&draft, "files", ERROR_INPUT);
}

json_t *bundle_to_json(const Bundle *bundle) {
    json_t *files = json_object();
    bool good = true;
    for (size_t i = 0; i < bundle->count && good; i++) {
        const BundleFile *file = &bundle->files[i];
        if (file->path[0] != '@')
            good = json_object_set_new(files, file->path,
                                       json_stringn(file->bytes, file->length)) == 0;
    }
    if (good) return json_pack("{s:o}", "files", files);
    json_decref(files);
    return NULL;
}
