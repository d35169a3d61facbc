// Errors and problems as JSON: see problems_json.h.
#include "core/view/problems_json.h"

static void write_text(JsonWriter *json, const char *key, const char *text) {
    json_writer_put_string(json, key, text[0] ? text : NULL);
}

static void write_place(JsonWriter *json, const char *key, int place) {
    json_writer_key(json, key);
    if (place)
        json_writer_integer(json, place);
    else
        json_writer_null(json);
}

static void write_what(const Error *error, JsonWriter *json) {
    json_writer_put_string(json, "code", error_code_name(error->code));
    json_writer_put_string(json, "message", error->message);
}

static void write_where(const Error *error, JsonWriter *json) {
    write_text(json, "file", error->file);
    write_place(json, "line", error->line);
    write_place(json, "column", error->column);
}

// What was written as a tree; trees are made of what the writer wrote, because paths and messages
// need not be UTF-8. Frees the text.
static json_t *tree_of(Buffer *text) {
    json_t *tree = json_loadb(text->data, text->length, 0, NULL);
    buffer_free(text);
    return tree;
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
    json_writer_put_boolean(json, "ok", false);
    json_writer_key(json, "problems");
    json_writer_begin_array(json);
    for (size_t i = 0; i < problems->count; i++)
        view_problem_write(&problems->items[i], json);
    json_writer_end_array(json);
    json_writer_put_integer(json, "more_problems", (int64_t)problems->dropped);
    json_writer_end_object(json);
}

json_t *view_failure_json(const ProblemList *problems) {
    Buffer text = {0};
    JsonWriter json = {.out = &text};
    view_failure_write(problems, &json);
    return tree_of(&text);
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

json_t *view_error_json(const Error *error) {
    Buffer text = {0};
    JsonWriter json = {.out = &text};
    view_error_write(error, &json);
    return tree_of(&text);
}

json_t *view_problems_json(const ProblemList *problems) {
    json_t *all = json_array();
    for (size_t i = 0; i < problems->count; i++)
        json_array_append_new(all, view_error_json(&problems->items[i]));
    return all;
}
