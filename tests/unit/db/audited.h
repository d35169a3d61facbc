// A store in which everything that can be put was put, and its audit log as text. Included by tests
// only.
#pragma once

#include "core/base/hash_tree.h"
#include "tests/unit/db/fixture.h"

#define AUDITED_STD "-- std"

// ---- putting -----------------------------------------------------------------------------------

static inline StorePackVersion audited_version(const char *version, char hash[HASH_TEXT_SIZE],
                                               char std_hash[HASH_TEXT_SIZE]) {
    hash_bytes(version, strlen(version), hash);
    hash_bytes(AUDITED_STD, strlen(AUDITED_STD), std_hash);
    return (StorePackVersion){.pack = "linhe",
                              .version = version,
                              .hash = hash,
                              .std_hash = std_hash,
                              .title = "临河区",
                              .region = "150802",
                              .description = "{}"};
}

// `context` is the version's text, which is also its blob.
static inline bool audited_put_pack(StoreTransaction *transaction, void *context, Error *error) {
    char hash[HASH_TEXT_SIZE], std_hash[HASH_TEXT_SIZE];
    const StorePackVersion version = audited_version(context, hash, std_hash);
    return store_put_blob(transaction, "pack", version.version, strlen(version.version), hash,
                          error) &&
           store_put_blob(transaction, "std", AUDITED_STD, strlen(AUDITED_STD), std_hash, error) &&
           store_put_pack_version(transaction, &version, NULL, error);
}

static inline bool audited_activate(StoreTransaction *transaction, void *context, Error *error) {
    char hash[HASH_TEXT_SIZE], std_hash[HASH_TEXT_SIZE];
    const StorePackVersion version = audited_version(context, hash, std_hash);
    return store_activate_pack(transaction, version.pack, version.hash, "王芳", NULL, error);
}

static inline bool audited_roll_back(StoreTransaction *transaction, void *context, Error *error) {
    char hash[HASH_TEXT_SIZE];
    return store_roll_back_pack(transaction, context, "王芳", hash, error);
}

static inline void audited_result_hash(char out[HASH_TEXT_SIZE]) {
    HashTree tree;
    hash_tree_init(&tree, 1);
    hash_tree_set(&tree, 0, "150802", "x", 1);
    hash_tree_finish(&tree);
    hash_tree_text(&tree, out);
    hash_tree_free(&tree);
}

// A whole run of version "A" with one result; `context` (may be NULL) gets it.
static inline bool audited_put_run(StoreTransaction *transaction, void *context, Error *error) {
    char hash[HASH_TEXT_SIZE], std_hash[HASH_TEXT_SIZE], result_hash[HASH_TEXT_SIZE];
    const StorePackVersion version = audited_version("A", hash, std_hash);
    audited_result_hash(result_hash);
    StoreRun run = {.pack = version.pack,
                    .pack_hash = hash,
                    .std_hash = std_hash,
                    .engine_version = 3,
                    .conventions = "{}",
                    .data_version = 1,
                    .round = "annual",
                    .year = 2024,
                    .who = "赵敏",
                    .started_at_us = 10,
                    .finished_at_us = 20,
                    .region_count = 1,
                    .result_hash = result_hash};
    bool good = store_put_run(transaction, &run, error) &&
                store_put_result(transaction, &run, "150802", "x", 1, error);
    if (good && context) *(int64_t *)context = run.id;
    return good;
}

static inline bool audited_put_unit(StoreTransaction *transaction, void *context, Error *error) {
    const StoreUnit unit = {.region = "150802", .id = "health", .title = context};
    return store_put_unit(transaction, &unit, NULL, error);
}

static inline bool audited_put_plan(StoreTransaction *transaction, void *context, Error *error) {
    const StorePlan plan = {"linhe", "women", context, 2020, 2021, 2030};
    return store_put_plan(transaction, &plan, NULL, error);
}

static inline void audited_write(Store *store, StoreWriteFunction write, const void *context) {
    ASSERT_GOOD(store_write(store, write, (void *)context, &unexpected));
}

// Rows 1 to 12 of the log: begin, regions, observations twice, blobs, pack A, its activation, a
// blob, pack B, its activation, the way back, a run.
static inline Store *audited_make(Fixture *fixture) {
    Store *store = fixture_make(fixture);
    put_figure(store, figure("mortality", 2020, "16.9"));
    put_figure(store, figure("mortality", 2020, "17.0"));
    audited_write(store, audited_put_pack, "A");
    audited_write(store, audited_activate, "A");
    audited_write(store, audited_put_pack, "B");
    audited_write(store, audited_activate, "B");
    audited_write(store, audited_roll_back, "linhe");
    audited_write(store, audited_put_run, NULL);
    return store;
}

// ---- reading -----------------------------------------------------------------------------------

static inline bool audited_list(const StoreAuditRow *row, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%lld %s %s %s %s;", (long long)row->id, row->who, row->means,
                  row->action, row->subject ? row->subject : "-");
    return true;
}

static inline void audited_assert(Store *store, StoreAuditQuery query, const char *expected) {
    Buffer text = {0};
    ASSERT_GOOD(store_read_audit(store, &query, audited_list, &text, &unexpected));
    assert_string_equal(text.data ? text.data : "", expected);
    buffer_free(&text);
}

static inline bool audited_take_detail(const StoreAuditRow *row, void *context, Error *error) {
    (void)error;
    buffer_clear(context);
    buffer_text(context, row->detail ? row->detail : "");
    return true;
}

// The detail of a row, 0 for the last. Free the buffer.
static inline Buffer audited_detail(Store *store, int64_t id) {
    const StoreAuditQuery query = {.first_id = id, .last_id = id};
    Buffer detail = {0};
    ASSERT_GOOD(store_read_audit(store, &query, audited_take_detail, &detail, &unexpected));
    return detail;
}

static inline void audited_assert_detail(Store *store, int64_t id, const char *part) {
    Buffer detail = audited_detail(store, id);
    if (!strstr(detail.data, part)) fail_msg("%s lacks %s", detail.data, part);
    buffer_free(&detail);
}
