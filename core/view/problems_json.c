// Errors and problems as JSON: see problems_json.h.
#include "core/view/problems_json.h"

static void write_text(JsonWriter *json, const char *key, const char *text) {
    json_writer_key(json, key);
    json_writer_string(json, text[0] ? text : NULL);
}

static void write_place(JsonWriter *json, const char *key, int place) {
    json_writer_key(json, key);
    if (place)
        json_writer_integer(json, place);
    else
        json_writer_null(json);
}

static void write_what(const Error *error, JsonWriter *json) {
    json_writer_key(json, "code");
    json_writer_string(json, error_code_name(error->code));
    json_writer_key(json, "message");
    json_writer_string(json, error->message);
}

static void write_where(const Error *error, JsonWriter *json) {
    write_text(json, "file", error->file);
    write_place(json, "line", error->line);
    write_place(json, "column", error->column);
}

static void write_more(const ProblemList *problems, JsonWriter *json) {
    json_writer_key(json, "more_problems");
    json_writer_integer(json, (int64_t)problems->dropped);
}

// ---- the command line's ------------------------------------------------------------------------

void view_problem_write(const Error *problem, JsonWriter *json) {
    json_writer_begin_object(json);
    write_what(problem, json);
    write_where(problem, json);
    write_text(json, "hint", problem->hint);
    json_writer_end_object(json);
}

void view_failure_write(const ProblemList *problems, JsonWriter *json) {
    json_writer_begin_object(json);
    json_writer_key(json, "ok");
    json_writer_boolean(json, false);
    json_writer_key(json, "problems");
    json_writer_begin_array(json);
    for (size_t i = 0; i < problems->count; i++)
        view_problem_write(&problems->items[i], json);
    json_writer_end_array(json);
    write_more(problems, json);
    json_writer_end_object(json);
}

json_t *view_failure_json(const ProblemList *problems) {
    // Through the writer, because paths and messages need not be UTF-8.
    Buffer text = {0};
    JsonWriter json = {.out = &text};
    view_failure_write(problems, &json);
    json_t *tree = json_loadb(text.data, text.length, 0, NULL);
    buffer_free(&text);
    return tree;
}

// ---- the API's ---------------------------------------------------------------------------------

void view_error_write(const Error *error, JsonWriter *json) {
    bool somewhere = error->file[0] || error->line || error->column;
    json_writer_begin_object(json);
    write_what(error, json);
    json_writer_key(json, "where");
    if (somewhere) {
        json_writer_begin_object(json);
        write_where(error, json);
        json_writer_end_object(json);
    } else {
        json_writer_null(json);
    }
    write_text(json, "hint", error->hint);
    json_writer_end_object(json);
}

void view_error_json(const Error *error, Buffer *out) {
    JsonWriter json = {.out = out};
    json_writer_begin_object(&json);
    json_writer_key(&json, "error");
    view_error_write(error, &json);
    json_writer_key(&json, "problems");
    json_writer_begin_array(&json);
    json_writer_end_array(&json);
    json_writer_end_object(&json);
}

void view_problems_json(const ProblemList *problems, Buffer *out) {
    JsonWriter json = {.out = out};
    json_writer_begin_object(&json);
    json_writer_key(&json, "error");
    if (problems->count > 0)
        view_error_write(&problems->items[0], &json);
    else
        json_writer_null(&json);
    json_writer_key(&json, "problems");
    json_writer_begin_array(&json);
    for (size_t i = 0; i < problems->count; i++)
        view_error_write(&problems->items[i], &json);
    json_writer_end_array(&json);
    write_more(problems, &json);
    json_writer_end_object(&json);
}
