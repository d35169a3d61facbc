// GET /api/v1/openapi.json: the description of the API, made by scripts/openapi.
#include <string.h>

#include "core/api/api_inside.h"
#include "core/base/embedded.h"

HttpBody *openapi_body_new(void) {
    static const char path[] = "scripts/openapi/openapi.json";
    Buffer bytes = {0};
    for (size_t i = 0; i < embedded_file_count; i++)
        if (strcmp(embedded_files[i].path, path) == 0)
            buffer_append(&bytes, embedded_files[i].bytes, embedded_files[i].length);
    HttpBody *body = http_body_new(&bytes);
    http_body_pack(body);
    return body;
}

// It stays the same as long as the process, which stands in every tag.
static void show(ApiCall *call) {
    if (!api_is_fresh(call, "openapi"))
        api_answer_shared(call, "application/json; charset=utf-8",
                          http_body_share(call->api->openapi));
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/openapi.json", 0}, show, ACTION_NONE, API_OPEN},
};
const ApiResource api_openapi = {routes, sizeof routes / sizeof *routes};
