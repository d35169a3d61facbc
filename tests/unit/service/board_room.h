// What the tests of the service share: regions and figures, packs of tests/packs/service that are
// written into a folder with a few words changed, and what must hold of a board whenever it is
// looked at. Included by tests only.
#pragma once

#include "tests/unit/registry/workspace.h"

#include <errno.h>
#include <ftw.h>

#include "core/registry/family.h"
#include "core/service/board.h"
#include "core/work/warning_book.h"
#include "tests/unit/registry/same_samples.h"

enum { YEAR = 2024 };

static const RegionRow regions[] = {
    {"000000", ""},       {"150000", "000000"}, {"150100", "150000"},
    {"150102", "150100"}, {"150103", "150100"}, {"150104", "150100"},
    {"150200", "150000"}, {"150202", "150200"}, {"150203", "150200"},
};
enum { REGIONS = COUNT_OF(regions) };

// ---- packs -------------------------------------------------------------------------------------

// A pack's file with one text in the place of another; both "" for none.
typedef struct PackChange {
    const char *from, *to;
} PackChange;

static const PackChange as_it_is = {"", ""};
static const PackChange milder = {"at_most(12)", "at_most(12.5)"};
static const PackChange stricter = {"at_most(12)", "at_most(11)"}; // breaks the spec of "extended"
static const PackChange broken = {"at_least(70)", "at_least()"};

static inline void read_text(const char *path, Buffer *text) {
    char piece[4096];
    FILE *file = fopen(path, "r");
    if (!file) fail_msg("%s: %s", path, strerror(errno));
    for (size_t count; (count = fread(piece, 1, sizeof piece, file)) > 0;)
        buffer_append(text, piece, count);
    fclose(file);
}

static inline void change_text(Buffer *text, PackChange change) {
    if (!*change.from) return;
    const char *found = strstr(text->data, change.from);
    if (!found) fail_msg("there is no %s", change.from);
    Buffer changed = {0};
    buffer_append(&changed, text->data, (size_t)(found - text->data));
    buffer_text(&changed, change.to);
    buffer_text(&changed, found + strlen(change.from));
    buffer_free(text);
    *text = changed;
}

static inline void copy_file(const char *from, const char *to, PackChange change) {
    Buffer text = {0};
    read_text(from, &text);
    change_text(&text, change);
    write_file(to, text.data);
    buffer_free(&text);
}

// Saves the pack's one file as an editor does that renames a new file over the old one.
static inline void save_pack(const char *folder, const char *name, PackChange change) {
    char from[256], new_file[256], to[256];
    snprintf(from, sizeof from, TEST_PACKS "/service/%s/pack.lua", name);
    snprintf(new_file, sizeof new_file, "%s/%s/.pack.lua.new", folder, name);
    snprintf(to, sizeof to, "%s/%s/pack.lua", folder, name);
    copy_file(from, new_file, change);
    assert_int_equal(rename(new_file, to), 0);
}

// Writes a pack with its spec into `folder`/`name`.
static inline void write_pack(const char *folder, const char *name, PackChange change) {
    char from[256], path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/%s/spec", folder, name);
    mkdir(path, 0700);
    snprintf(from, sizeof from, TEST_PACKS "/service/%s/spec/%s_spec.lua", name, name);
    snprintf(path, sizeof path, "%s/%s/spec/%s_spec.lua", folder, name, name);
    copy_file(from, path, as_it_is);
    save_pack(folder, name, change);
}

static inline int remove_entry(const char *path, const struct stat *about, int kind,
                               struct FTW *walk) {
    (void)about, (void)kind, (void)walk;
    return remove(path);
}

static inline void remove_folder(const char *path) {
    (void)!nftw(path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

// Loads a pack as it is to be activated: on what is active.
static inline LoadedPack load_pack(Workspace *workspace, const char *name, PackChange change) {
    char folder[160], path[200];
    ProblemList problems = {0};
    LoadedPack pack;
    snprintf(folder, sizeof folder, "%s.packs", workspace->files->folder);
    mkdir(folder, 0700);
    write_pack(folder, name, change);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    const ParentPlaces places = {.store = workspace->store};
    bool good = family_load_folder(&workspace->host, path, &places, true, &pack, &problems);
    assert_no_problems(good, &problems);
    problems_free(&problems);
    remove_folder(folder);
    return pack;
}

// As another process does: the pack alone, on a store of its own.
static inline void activate_elsewhere(Workspace *workspace, const char *name, PackChange change) {
    Store *other;
    bool changed;
    LoadedPack pack = load_pack(workspace, name, change);
    ASSERT_GOOD(store_open(workspace->files->path, STORE_OPEN, &other, &unexpected));
    ASSERT_GOOD(registry_activate(other, &pack, "other", &changed, &unexpected));
    store_close(other);
    loaded_pack_free(&pack);
}

// ---- figures -----------------------------------------------------------------------------------

// Something of everything for the region and those below it whose codes begin with `prefix`.
static inline void fill(Workspace *workspace, const char *prefix) {
    static const char *const indicators[] = {"mortality", "screening", "enrolment"};
    Entry *entries = memory_new(REGIONS * COUNT_OF(indicators) * 4, sizeof *entries);
    size_t count = 0;
    for (size_t r = 0; r < REGIONS; r++)
        for (size_t s = 0; s < COUNT_OF(indicators); s++)
            for (int year = YEAR - 3; year <= YEAR; year++) {
                if (strncmp(regions[r].code, prefix, strlen(prefix)) != 0) continue;
                Entry *entry = &entries[count++];
                *entry = entry_of(regions[r].code, indicators[s], STORE_NO_BREAKDOWN, year, "");
                snprintf(entry->text, sizeof entry->text, "%u.%u",
                         (s == 0 ? 8 : 60) + draw(workspace, 15), draw(workspace, 10));
            }
    put_entries(workspace->store, entries, count);
    free(entries);
}

// ---- what must hold of a board
// -------------------------------------------------------------------

static inline int by_region_code(const void *left, const void *right) {
    return strcmp(((const BoardRegion *)left)->code, ((const BoardRegion *)right)->code);
}

// The results are those that the result hash was made of.
static inline void assert_results_have_the_hash(const BoardPack *pack) {
    BoardRegion *evaluated = memory_new(pack->region_count, sizeof *evaluated);
    size_t count = 0;
    for (uint32_t r = 0; r < pack->region_count; r++)
        if (pack->regions[r].bytes.length) evaluated[count++] = pack->regions[r];
    if (count) qsort(evaluated, count, sizeof *evaluated, by_region_code);
    HashTree tree;
    char hash[HASH_TEXT_SIZE];
    hash_tree_init(&tree, count);
    for (size_t i = 0; i < count; i++)
        hash_tree_set(&tree, i, evaluated[i].code, evaluated[i].bytes.data,
                      evaluated[i].bytes.length);
    hash_tree_finish(&tree);
    hash_tree_text(&tree, hash);
    hash_tree_free(&tree);
    free(evaluated);
    assert_string_equal(hash, pack->result_hash);
}

static inline void assert_standings_follow(const BoardPack *pack) {
    for (size_t a = 0; a < pack->description->assessment_count; a++) {
        Standings fresh;
        const Standings *shown = &pack->standings[a];
        standings_init(&fresh, pack->layout, (int)a, pack->region_count);
        for (uint32_t r = 0; r < pack->region_count; r++)
            standings_put(&fresh, r, board_record(pack, r));
        for (uint32_t r = 0; r < pack->region_count; r++) {
            assert_int_equal(standings_rank(&fresh, r), standings_rank(shown, r));
            assert_memory_equal(&fresh.totals[r], &shown->totals[r], sizeof *fresh.totals);
        }
        standings_free(&fresh);
    }
}

static inline void assert_samples_follow(Store *store, const BoardPack *pack, const Run *run) {
    Samples fresh;
    Run shown = *run;
    shown.data_version = pack->data_version;
    ASSERT_GOOD(samples_read(store, pack->description, &shown, &fresh, &unexpected));
    assert_same_samples(&fresh, &pack->samples);
    samples_free(&fresh);
}

// What readers see of a pack is of one version and one run.
static inline void assert_of_one_piece(Store *store, const BoardPack *pack) {
    if (!pack->layout) return;
    Run run;
    assert_results_have_the_hash(pack);
    assert_standings_follow(pack);
    ASSERT_GOOD(run_read(store, pack->run, &run, &unexpected));
    assert_string_equal(run.pack_hash, pinned_pack(pack->version)->bundle.hash);
    assert_string_equal(run.result_hash, pack->result_hash);
    assert_int_equal(run.year, pack->year);
    assert_samples_follow(store, pack, &run);
    run_free(&run);
}

// The book of warnings in the store says what the results say.
static inline void assert_warnings_follow(Store *store, const BoardPack *pack) {
    WarningBook *book;
    ASSERT_GOOD(warning_book_open(store, pack->description->id, &book, &unexpected));
    warning_book_begin(book);
    for (uint32_t r = 0; r < pack->region_count; r++) {
        const Buffer *bytes = &pack->regions[r].bytes;
        warning_book_follow(book, pack->regions[r].code, pack->layout,
                            (ResultBytes){bytes->data, bytes->length});
    }
    warning_book_clear_others(book, pack->description);
    assert_int_equal(warning_book_step_count(book), 0);
    warning_book_free(book);
}

// What readers see of all packs is what whole evaluations of a copy give.
static inline void assert_up_to_date(Workspace *workspace, const Board *board) {
    PackList active;
    ASSERT_GOOD(registry_load_active(workspace->store, NULL, &active, &unexpected));
    assert_int_equal(board->count, active.count);
    Store *copy = copy_without_runs(workspace, "copy.db");
    for (size_t i = 0; i < active.count; i++) {
        const BoardPack *pack = board_find(board, active.items[i].description->id);
        const RunRequest request = {.pack = &active.items[i], .who = "copy"};
        bool found;
        assert_non_null(pack);
        assert_string_equal(pinned_pack(pack->version)->bundle.hash, active.items[i].bundle.hash);
        Run fresh = evaluate(workspace, copy, &request, &found);
        assert_int_equal(pack->year, fresh.year);
        assert_string_equal(pack->result_hash, fresh.result_hash);
        run_free(&fresh);
        assert_of_one_piece(workspace->store, pack);
        assert_warnings_follow(workspace->store, pack);
    }
    store_close(copy);
    pack_list_free(&active);
}
