// Texts of packs, and which of them answered: see versions.h.
#include "tests/bench/serve/versions.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/bench/serve/talk.h"

static const char USUAL_VERSION[] = "version = \"1.0.0\"";
static const char USUAL_DEDUCTION[] = "1.5 * returned";
static const char SPEC[] =
    "describe(\"报送质量\", function()\n"
    "  it(\"每退回一次扣 1.5 分\", function()\n"
    "    local result = evaluate { year = 2024, observations = { returned = 1 } }\n"
    "    assert.equal(3.5, result.assessments.annual.items.quality.score)\n"
    "  end)\nend)\n";

static Buffer read_file(const char *path) {
    Buffer text = {0};
    char room[4096];
    size_t length;
    FILE *file = fopen(path, "r");
    if (!file) give_up("cannot read %s", path);
    while ((length = fread(room, 1, sizeof room, file)) > 0)
        buffer_append(&text, room, length);
    fclose(file);
    return text;
}

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0) give_up("cannot write %s", path);
}

// Makes the folder and gives its path.
static char *make_folder(const char *above, const char *name) {
    Buffer path = {0};
    buffer_printf(&path, "%s/%s", above, name);
    mkdir(path.data, 0755);
    return path.data;
}

void versions_open(Versions *versions, const char *pack_file, const char *watched) {
    versions->base = read_file(pack_file).data;
    if (!versions->base || !strstr(versions->base, USUAL_VERSION) ||
        !strstr(versions->base, USUAL_DEDUCTION))
        give_up("%s is not the pack that `biaochi bench --export` writes", pack_file);
    versions->folder = make_folder(watched, "bench");
    char *specs = make_folder(versions->folder, "spec");
    Buffer path = {0};
    buffer_printf(&path, "%s/bench_spec.lua", specs);
    write_file(path.data, SPEC);
    buffer_free(&path);
    free(specs);
}

void versions_free(Versions *versions) {
    free(versions->base);
    free(versions->folder);
}

// Copies up to the first `usual`, puts `other` there, and gives what comes behind.
static const char *replace(Buffer *out, const char *text, const char *usual, const char *other) {
    const char *place = strstr(text, usual);
    buffer_append(out, text, (size_t)(place - text));
    buffer_text(out, other);
    return place + strlen(usual);
}

static void write_text(const Versions *versions, int number, VersionKind kind, Buffer *out) {
    char version[40];
    snprintf(version, sizeof version, "version = \"1.0.%d\"", number);
    const char *rest = replace(out, versions->base, USUAL_VERSION, version);
    if (kind == VERSION_BROKEN_SPEC) rest = replace(out, rest, USUAL_DEDUCTION, "2 * returned");
    buffer_text(out, rest);
    buffer_printf(out,
                  "\nassessment \"marker\" {\n"
                  "  title = \"版本标记\", of = \"region\", points = %d,\n"
                  "  grades = { { 0, \"合格\" } },\n"
                  "  item \"version\" { title = \"版本\", points = %d,\n"
                  "    score = function(points) return %d end },\n}\n%s",
                  MOST_VERSIONS, kind == VERSION_BROKEN_RULES ? 1 : MOST_VERSIONS, number,
                  kind == VERSION_BROKEN_TEXT ? "}\n" : "");
}

void versions_save(const Versions *versions, int number, VersionKind kind) {
    Buffer text = {0}, path = {0}, beside = {0};
    write_text(versions, number, kind, &text);
    buffer_printf(&path, "%s/pack.lua", versions->folder);
    buffer_printf(&beside, "%s/.pack.lua.new", versions->folder);
    write_file(beside.data, text.data);
    if (rename(beside.data, path.data) != 0) give_up("cannot replace %s", path.data);
    buffer_free(&text);
    buffer_free(&path);
    buffer_free(&beside);
}

void versions_upload(const Versions *versions, int number, VersionKind kind, Buffer *out) {
    Buffer text = {0};
    write_text(versions, number, kind, &text);
    json_t *body =
        json_pack("{s:{s:s, s:s}}", "files", "pack.lua", text.data, "spec/bench_spec.lua", SPEC);
    char *bytes = json_dumps(body, JSON_COMPACT);
    buffer_text(out, bytes);
    free(bytes);
    json_decref(body);
    buffer_free(&text);
}

// Version 1.0.0 is from before the measurement and has no marker.
static int marker_of(const json_t *answer) {
    size_t i;
    const json_t *score;
    json_array_foreach(json_object_get(answer, "scores"), i, score) {
        const char *id = json_string_value(json_object_get(score, "assessment"));
        if (id && strcmp(id, "marker") == 0)
            return (int)json_number_value(json_object_get(score, "total"));
    }
    return 0;
}

bool versions_read_answer(const char *body, size_t length, int *number, char hash[65]) {
    json_t *answer = json_loadb(body, length, 0, NULL);
    const char *version = json_string_value(json_object_get(answer, "version"));
    const char *given = json_string_value(json_object_get(answer, "hash"));
    bool good =
        version && given && sscanf(version, "1.0.%d", number) == 1 && marker_of(answer) == *number;
    if (good) snprintf(hash, 65, "%s", given);
    json_decref(answer);
    return good;
}
