// A change of the active version for programs: see pack_change.h.
#include "core/cli/pack_change.h"

// "xian linhe": ids hold no blanks.
static void add_ids(OutputTable *row, const json_t *ids) {
    Buffer text = {0};
    size_t i;
    const json_t *id;
    buffer_text(&text, "");
    json_array_foreach(ids, i, id)
        buffer_printf(&text, "%s%s", i ? " " : "", json_string_value(id));
    output_text(row, text.data);
    buffer_free(&text);
}

static void print_row(const Cli *cli, const PackChange *change) {
    static const OutputColumn columns[] = {{.name = "pack"},      {.name = "version"},
                                           {.name = "hash"},      {.name = "changed"},
                                           {.name = "followers"}, {.name = "kept"}};
    OutputTable row;
    output_init(&row, columns, sizeof columns / sizeof *columns);
    output_text(&row, change->pack);
    output_text(&row, change->version);
    output_text(&row, change->hash);
    output_text(&row, change->changed ? "true" : "false");
    add_ids(&row, change->followers);
    add_ids(&row, change->kept);
    (void)cli_print(cli, &row, EXIT_DONE);
}

static json_t *change_json(const PackChange *change) {
    json_t *json =
        json_pack("{s:b, s:s, s:s, s:b, s:b, s:O, s:O}", "ok", 1, "pack", change->pack, "hash",
                  change->hash, "changed", change->changed, "by_server", change->by_server,
                  "followers", change->followers, "kept", change->kept);
    if (change->version) json_object_set_new(json, "version", json_string(change->version));
    return json;
}

int pack_change_print(const Cli *cli, PackChange *change) {
    if (cli->format == OUTPUT_JSON) cli_print_json(change_json(change));
    if (cli->format == OUTPUT_CSV) print_row(cli, change);
    json_decref(change->followers);
    json_decref(change->kept);
    return EXIT_DONE;
}
