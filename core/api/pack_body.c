// Packs in requests: see pack_body.h.
#include "core/api/pack_body.h"

#include <string.h>
#include <strings.h>

#include "core/io/pack_archive.h"
#include "core/pack/bundle_json.h"

json_t *pack_body_json(const ApiCall *call, ProblemList *problems) {
    json_t *body;
    Error error = {0};
    if (api_body_parse(call, &body, &error)) return body;
    problems_add(problems, &error);
    return NULL;
}

bool pack_body_is_of_type(const ApiCall *call, const char *type) {
    const char *given = http_request_header(call->request, "Content-Type");
    return given && strncasecmp(given, type, strlen(type)) == 0;
}

bool pack_body_read_archive(const ApiCall *call, Bundle *bundle, ProblemList *problems) {
    size_t length;
    const char *bytes = http_request_body(call->request, &length);
    return pack_archive_read(bytes, length, "pack.zip", bundle, problems);
}

static bool read_files(const ApiCall *call, Bundle *bundle, ProblemList *problems) {
    json_t *body = pack_body_json(call, problems);
    bool good = body && bundle_from_json(body, bundle, problems);
    json_decref(body);
    return good;
}

bool pack_body_read(const ApiCall *call, Bundle *bundle, ProblemList *problems) {
    *bundle = (Bundle){0};
    if (pack_body_is_of_type(call, "application/zip"))
        return pack_body_read_archive(call, bundle, problems);
    if (pack_body_is_of_type(call, "application/json")) return read_files(call, bundle, problems);
    problems_addf(problems, ERROR_MEDIA_TYPE, NULL, 0, 0, "%s",
                  T("send the pack as application/zip, or as application/json with its files",
                    "请以 application/zip 或 application/json（含各文件）提交评估包"));
    return false;
}
