// The host's side of the conversation: see talk.h.
#include "core/eval/talk.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/json_count.h"
#include "core/base/language.h"
#include "core/base/plain_text.h"
#include "core/run/frame.h"

enum { MAX_JSON_VALUES = 1000000 }; // in one message

// ---- asking ------------------------------------------------------------------------------------

void talk_append_json(Buffer *out, FrameType type, json_t *json) {
    char *text = json_dumps(json, JSON_COMPACT);
    frame_append(out, type, text, strlen(text));
    free(text);
    json_decref(json);
}

static void append_files(Buffer *out, FrameType type, const Bundle *bundle) {
    Buffer body = {0};
    for (size_t i = 0; i < bundle->count; i++) {
        buffer_clear(&body);
        buffer_append(&body, bundle->files[i].path, strlen(bundle->files[i].path) + 1);
        buffer_append(&body, bundle->files[i].bytes, bundle->files[i].length);
        frame_append(out, type, body.data, body.length);
    }
    buffer_free(&body);
}

void talk_append_load(Buffer *out, const PackCode *pack, bool chinese) {
    talk_append_json(out, FRAME_SETTINGS, json_pack("{s:b}", "chinese", chinese));
    append_files(out, FRAME_STD_FILE, pack->std);
    append_files(out, FRAME_PACK_FILE, pack->bundle);
    frame_append(out, FRAME_LOAD, NULL, 0);
}

// ---- reading -----------------------------------------------------------------------------------

json_t *talk_read_json(const char *bytes, size_t length) {
    if (json_count_values(bytes, length) > MAX_JSON_VALUES) return NULL;
    return json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL);
}

bool talk_is_plain(const json_t *value) {
    return json_is_string(value) && plain_text(json_string_value(value), json_string_length(value));
}

bool talk_has_place(const json_t *object) {
    const json_t *line = json_object_get(object, "line");
    return talk_is_plain(json_object_get(object, "file")) && json_is_integer(line) &&
           json_integer_value(line) >= 0 && json_integer_value(line) <= TALK_MAX_LINE;
}

bool talk_take_failed(const char *bytes, size_t length, ProblemList *problems, Error *error) {
    json_t *failure = talk_read_json(bytes, length);
    bool good = talk_has_place(failure) && talk_is_plain(json_object_get(failure, "message"));
    if (good) {
        const char *file = json_string_value(json_object_get(failure, "file"));
        problems_addf(problems, ERROR_PACK, *file ? file : "pack.lua",
                      (int)json_integer_value(json_object_get(failure, "line")), 0, "%s",
                      json_string_value(json_object_get(failure, "message")));
    }
    json_decref(failure);
    return good || error_set(error, ERROR_WORKER, T("a failure is malformed", "失败报告格式错误"));
}

void talk_blame(const WorkerEnd *end, const Description *description, ProblemList *problems) {
    const char *file = end->line > 0 ? end->file : "pack.lua";
    int line = end->line > 0 && end->line <= TALK_MAX_LINE ? end->line : 0;
    if (line == 0 && description && end->rule >= 0 && (size_t)end->rule < description->rule_count) {
        file = description->rules[end->rule].file;
        line = description->rules[end->rule].line;
    }
    problems_addf(problems, ERROR_WORKER, file, line, 0, "%s", end->error.message);
    if (end->outcome == WORKER_GARBAGE)
        problems_hint(problems, "%s",
                      T("the worker broke the protocol and was killed; nothing it sent was kept",
                        "工作进程违反协议，已强制结束；其发送的内容均未采用"));
}
