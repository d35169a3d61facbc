// The one interface to persistence. Nothing outside db/ knows which engine is behind it.
//
// Reading: any thread may call the store_read_* functions; each takes a connection of its own and
// sees committed data. Writing: store_write runs a function on the store's single writer thread
// inside one transaction; only there may the store_put_* functions be called, with the transaction
// that was handed over. Returning false from that function rolls everything back. A store_put_*
// that the database refused spoils its transaction: later calls give the same error, and nothing is
// committed. A put refused for what it was given (ERROR_INPUT, ERROR_USAGE) spoils nothing.
// Optional texts: NULL and "" are the same, and are read back as NULL.
//
// Keys are made by the application, times are microseconds since 1970 UTC, the figure of an
// observation is kept as it was typed beside its double, and observations are never overwritten:
// a change is a new revision under a new data version.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/memory.h"

typedef struct Store Store;
typedef struct StoreTransaction StoreTransaction;

typedef enum StoreMode {
    STORE_CREATE,    // make a new database; an existing one of this product is opened and migrated
    STORE_OPEN,      // read and write; must exist; older schemas are migrated
    STORE_READ_ONLY, // must exist and be of exactly this schema version
} StoreMode;

// `location` is the path of an SQLite file; “scheme://…” is ERROR_USAGE while no driver speaks it.
// Errors: ERROR_STORE with advice for a database that is
// missing, locked, read-only, full, of a newer schema, damaged, or no database at all.
MUST_CHECK bool store_open(const char *location, StoreMode mode, Store **out, Error *error);
void store_close(Store *store); // waits for writes under way; NULL is allowed
int store_schema_version(void); // the version this program reads and writes

// ---- writing ----------------------------------------------------------------------------------

typedef bool (*StoreWriteFunction)(StoreTransaction *transaction, void *context, Error *error);
typedef void (*StoreDoneFunction)(bool committed, const Error *error, void *context);

// Runs `write` on the writer thread in one transaction and waits for the commit. Called on the
// writer thread itself (in a write or a `done`) it is ERROR_USAGE. Another process that writes is
// waited for, two seconds at most. What `write` reads with store_read_* is what was committed
// before it.
MUST_CHECK bool store_write(Store *store, StoreWriteFunction write, void *context, Error *error);
// As store_write without waiting, in the order of the calls; `done` (may be NULL) is called on the
// writer thread after commit or rollback, with a NULL error when committed. In a store opened
// read-only `done` is called at once. Neither function may close the store.
void store_write_later(Store *store, StoreWriteFunction write, void *context,
                       StoreDoneFunction done, void *done_context);

// ---- regions, units, plans ---------------------------------------------------------------------
// Texts in rows handed to callbacks live until the callback returns.

typedef struct StoreRegion {
    const char *code; // GB/T 2260 where there is one; "000000" is the nation
    const char *name;
    const char *parent; // code, or NULL for a root
    const char *level;  // "nation", "province", "city", "county", "township", "village"
} StoreRegion;

typedef struct StoreUnit {
    const char *region; // code
    const char *id;     // as declared by the pack
    const char *title;
} StoreUnit;

typedef struct StorePlan {
    const char *pack, *id, *title;
    int baseline_year, first_year, last_year;
} StorePlan;

typedef bool (*StoreRegionFunction)(const StoreRegion *region, void *context, Error *error);
typedef bool (*StoreUnitFunction)(const StoreUnit *unit, void *context, Error *error);
typedef bool (*StorePlanFunction)(const StorePlan *plan, void *context, Error *error);

// Insert or update by key. `*changed` (may be NULL) is set when a row was added or differs.
// ERROR_NOT_FOUND when the region a unit names, or the parent a region names, is not there: parents
// are put before their children. ERROR_CONFLICT when a region would become its own ancestor.
MUST_CHECK bool store_put_region(StoreTransaction *transaction, const StoreRegion *region,
                                 bool *changed, Error *error);
MUST_CHECK bool store_put_unit(StoreTransaction *transaction, const StoreUnit *unit, bool *changed,
                               Error *error);
MUST_CHECK bool store_put_plan(StoreTransaction *transaction, const StorePlan *plan, bool *changed,
                               Error *error);
// In order of code; of (region, id); of (pack, id). ERROR_STORE when a region lies in itself, so
// that whoever climbs from parent to parent comes to an end.
MUST_CHECK bool store_read_regions(Store *store, StoreRegionFunction each, void *context,
                                   Error *error);
MUST_CHECK bool store_read_units(Store *store, StoreUnitFunction each, void *context, Error *error);
MUST_CHECK bool store_read_plans(Store *store, StorePlanFunction each, void *context, Error *error);
MUST_CHECK bool store_count_regions(Store *store, int64_t *count, Error *error);
// Grows with each transaction that adds a region or changes one; for who must know whether to read
// them again.
MUST_CHECK bool store_read_region_version(Store *store, int64_t *version, Error *error);
// The same of accounts (store_accounts.h): the last change that was committed, 0 at first.
MUST_CHECK bool store_accounts_version(Store *store, int64_t *version, Error *error);

// ---- observations ------------------------------------------------------------------------------

#define STORE_NO_BREAKDOWN "total" // the breakdown of a figure that is not broken down

typedef struct StoreObservation {
    const char *region;    // code
    const char *indicator; // id: an indicator, a data item or a fact of a pack
    const char *breakdown; // "female", "urban", a unit's id …, or STORE_NO_BREAKDOWN
    int year;
    double value;           // NaN when the figure was withdrawn
    const char *value_text; // as typed; "" when withdrawn, and only then
    const char *kind;       // "reported", "stated", "derived", "estimated", "sample"
    const char *source;     // where the figure was published; NULL when not given
    const char *note;       // explanation; NULL when not given
    // Set by the store, ignored when putting:
    int revision;         // 1 for the first
    int64_t data_version; // in which this revision appeared
    int64_t entered_at_us;
    const char *entered_by;
} StoreObservation;

typedef enum StoreChange { STORE_ADDED, STORE_REVISED, STORE_UNCHANGED } StoreChange;

// A new revision unless value_text, kind, source and note all equal those of the current one, or a
// figure is withdrawn that there never was.
// The first change of a transaction makes a new data version, named after `who` and `what` of
// store_describe_change. `change` may be NULL. ERROR_NOT_FOUND when the region is not there,
// ERROR_INPUT for an unknown kind, a year outside 1…9999, or a value without text or the reverse.
MUST_CHECK bool store_put_observation(StoreTransaction *transaction,
                                      const StoreObservation *observation, StoreChange *change,
                                      Error *error);
// Says who changes observations in this transaction and why (a file's name, "entry form" …).
// Must come before the first store_put_observation (ERROR_USAGE).
MUST_CHECK bool store_describe_change(StoreTransaction *transaction, const char *who,
                                      const char *what, Error *error);

// The transaction's data version: that of its changes, 0 while it has none.
int64_t store_transaction_version(const StoreTransaction *transaction);
// How many figures that were no samples have had a sample put in their place in this transaction.
size_t store_transaction_real_replaced(const StoreTransaction *transaction);
// How many more figures are samples by their last revision than when the transaction began;
// negative where they are fewer.
int64_t store_transaction_samples_gained(const StoreTransaction *transaction);

typedef struct StoreObservationQuery {
    const char *region;    // NULL for all
    const char *indicator; // NULL for all
    int64_t as_of;         // data version; 0 for the newest
    bool all_revisions;    // every revision up to as_of, oldest first; else only the last of each
} StoreObservationQuery;

typedef bool (*StoreObservationFunction)(const StoreObservation *row, void *context, Error *error);

// In order of region, indicator, breakdown, year, revision.
MUST_CHECK bool store_read_observations(Store *store, const StoreObservationQuery *query,
                                        StoreObservationFunction each, void *context, Error *error);
typedef struct StoreCountQuery {
    const char *kind;   // "reported", "stated", "derived", "estimated", "sample"
    const char *region; // NULL for all
    int last_year;
    int64_t as_of; // data version; 0 for the newest
} StoreCountQuery;

typedef struct StoreCount {
    const char *region, *indicator, *breakdown;
    size_t observations; // at least 1
    size_t in_last_year; // those of them that are of the query's last year
} StoreCount;

typedef bool (*StoreCountFunction)(const StoreCount *count, void *context, Error *error);
// How many figures up to a year are of a kind by their last revision, withdrawn ones left out; in
// no order. Reads all observations of the regions, but none of their texts.
MUST_CHECK bool store_count_observations(Store *store, const StoreCountQuery *query,
                                         StoreCountFunction each, void *context, Error *error);
// Whether any revision ever was a sample. Costs nothing, however many there are.
MUST_CHECK bool store_has_samples(Store *store, bool *any, Error *error);
// What figures were put after a data version, each once however often.
typedef struct StoreSinceQuery {
    int64_t after; // data version
    int first_year, last_year;
} StoreSinceQuery;

typedef bool (*StoreSinceFunction)(const char *region, const char *indicator, void *context,
                                   Error *error);
// In no order. Goes over all observations where no index helps.
MUST_CHECK bool store_read_figures_since(Store *store, const StoreSinceQuery *query,
                                         StoreSinceFunction each, void *context, Error *error);
// The newest data version; 0 while there are no observations.
MUST_CHECK bool store_read_data_version(Store *store, int64_t *version, Error *error);

typedef struct StoreDataChange {
    int64_t data_version;
    const char *who, *what; // as given to store_describe_change
    int64_t changed_at_us;
} StoreDataChange;

typedef bool (*StoreDataChangeFunction)(const StoreDataChange *change, void *context, Error *error);
// The data versions greater than `after`, oldest first.
MUST_CHECK bool store_read_changes(Store *store, int64_t after, StoreDataChangeFunction each,
                                   void *context, Error *error);

// ---- columns -----------------------------------------------------------------------------------
// The current values of a region as a matrix, kept beside its revisions and written in the same
// transaction: what an evaluation reads. Columns are derived; none is believed that does not fit
// the revisions, and what they say can always be read from the revisions instead.

typedef struct StoreSeries {
    uint32_t number;
    const char *indicator, *breakdown;
} StoreSeries;

typedef bool (*StoreSeriesFunction)(const StoreSeries *series, void *context, Error *error);
// Everything observations were ever put of, by ascending number; the numbers are 1, 2, 3 … without
// gaps and never change.
MUST_CHECK bool store_read_series(Store *store, StoreSeriesFunction each, void *context,
                                  Error *error);

typedef struct StoreColumns {
    const char *region; // code
    int first_year, year_count;
    const uint32_t *series; // numbers, ascending
    size_t series_count;
    const double *values; // [series][year]; NAN where there is no figure or it was withdrawn
} StoreColumns;

typedef struct StoreColumnsQuery {
    const char *region; // NULL for all
    int part, parts; // for readers in parallel: part 0 … parts - 1 of all regions; 0 parts: all
    int64_t as_of;   // data version; 0 for the newest. Parts with the same one fit together
    bool from_revisions; // read no columns, but the revisions they are derived from
} StoreColumnsQuery;

typedef struct StoreColumnsReport {
    int64_t data_version; // that the values are of
    size_t regions;       // handed out
    size_t stale;         // read from revisions because their columns were of another data version
    size_t damaged;       // read from revisions because their columns were not as they were written
} StoreColumnsReport;

typedef bool (*StoreColumnsFunction)(const StoreColumns *columns, void *context, Error *error);

// Regions that have a value, each once; parts are neighbours in the order regions were put in. The
// arrays live until `each` returns.
// Series read after the data version that is asked for cover all numbers. Several threads may read
// parts at once, also while a writer writes. `report` may be NULL.
MUST_CHECK bool store_read_columns(Store *store, const StoreColumnsQuery *query,
                                   StoreColumnsFunction each, void *context,
                                   StoreColumnsReport *report, Error *error);
// Writes the columns of all regions anew where they are not what the revisions say; `*rebuilt`
// tells how many. As store_write, not on the writer thread.
MUST_CHECK bool store_rebuild_columns(Store *store, size_t *rebuilt, Error *error);
typedef bool (*StoreRegionCodeFunction)(const char *region, void *context, Error *error);
// Calls `each` with the codes of regions whose columns are good by checksum and data version, yet
// not what the revisions say: somebody altered them. Any thread, also while a writer writes.
MUST_CHECK bool store_check_columns(Store *store, StoreRegionCodeFunction each, void *context,
                                    Error *error);

// ---- packs -------------------------------------------------------------------------------------

// A blob is kept once under the SHA-256 of its bytes. kind: "pack" or "std".
MUST_CHECK bool store_put_blob(StoreTransaction *transaction, const char *kind, const void *bytes,
                               size_t length, char hash[HASH_TEXT_SIZE], Error *error);
// Appends the bytes to `out`; ERROR_NOT_FOUND when there is none; ERROR_STORE when the stored bytes
// no longer have that hash.
MUST_CHECK bool store_read_blob(Store *store, const char *hash, Buffer *out, Error *error);

typedef struct StorePackVersion {
    const char *pack;     // id
    const char *version;  // as the pack states it
    const char *hash;     // of the pack's blob
    const char *std_hash; // of the std it was checked with
    const char *title;
    const char *region;      // code
    const char *description; // JSON made when the pack was checked
    // Set by the store:
    int64_t stored_at_us;
    bool active;
    bool retired; // it was active until its pack was taken out of service, and nothing is since
} StorePackVersion;

typedef bool (*StorePackFunction)(const StorePackVersion *version, void *context, Error *error);

// Idempotent by (pack, hash); description and std_hash are replaced when they differ. Both blobs
// must have been put (ERROR_NOT_FOUND); the region need not be there yet.
MUST_CHECK bool store_put_pack_version(StoreTransaction *transaction,
                                       const StorePackVersion *version, bool *changed,
                                       Error *error);
// Makes a stored version the active one and appends to the activation history.
// `*changed` (may be NULL) is false when it was active already (then nothing is appended).
MUST_CHECK bool store_activate_pack(StoreTransaction *transaction, const char *pack,
                                    const char *hash, const char *who, bool *changed, Error *error);
// Activates the version that was active before the current one, skipping none, and appends to the
// history; ERROR_NOT_FOUND when there is no earlier one. Rolling back twice goes back two steps:
// after A, B, C come B, then A, then ERROR_NOT_FOUND; D activated on A goes back to A.
// Rolling back a pack that was retired goes back to the version that was active until then.
MUST_CHECK bool store_roll_back_pack(StoreTransaction *transaction, const char *pack,
                                     const char *who, char hash[HASH_TEXT_SIZE], Error *error);
// Takes a pack out of service: none of its versions is active any more, all stay stored, and the
// history goes on. `hash`: of the one that was active. ERROR_NOT_FOUND when none is.
MUST_CHECK bool store_retire_pack(StoreTransaction *transaction, const char *pack, const char *who,
                                  char hash[HASH_TEXT_SIZE], Error *error);
// All versions in order of (pack, stored_at), or only the active ones.
MUST_CHECK bool store_read_pack_versions(Store *store, bool only_active, StorePackFunction each,
                                         void *context, Error *error);

// The active version of a pack; an empty hash when it has none.
MUST_CHECK bool store_find_active_pack(StoreTransaction *transaction, const char *pack,
                                       char hash[HASH_TEXT_SIZE], Error *error);
// How far the history of activation goes; what a decision rests on is read after it.
MUST_CHECK bool store_last_activation(Store *store, int64_t *id, Error *error);
// What was activated, rolled back to or retired later than that, oldest first: in a transaction, so
// that a decision can be taken back when it no longer holds.
MUST_CHECK bool store_read_activated_since(StoreTransaction *transaction, int64_t id,
                                           StorePackFunction each, void *context, Error *error);

typedef struct StoreActivation {
    int64_t id; // counts on over all packs
    const char *pack, *hash, *version, *who;
    const char *action; // "activate", "rollback", or "retire": nothing is active since
    int64_t at_us;
} StoreActivation;
typedef bool (*StoreActivationFunction)(const StoreActivation *row, void *context, Error *error);
// Oldest first; `pack` NULL for all.
MUST_CHECK bool store_read_activations(Store *store, const char *pack, StoreActivationFunction each,
                                       void *context, Error *error);

// Fixes the year whose results a pack shows, whatever newer years are reported; 0: it is the newest
// again, as it is at first. `*changed` (may be NULL) is false when it was so already.
MUST_CHECK bool store_set_pack_year(StoreTransaction *transaction, const char *pack, int year,
                                    const char *who, bool *changed, Error *error);
// 0 where it is not fixed.
MUST_CHECK bool store_read_pack_year(Store *store, const char *pack, int *year, Error *error);

// ---- runs and results --------------------------------------------------------------------------

typedef struct StoreRun {
    int64_t id; // set by store_put_run
    // A whole run has results for all its regions and is its own base: 0 when putting, the id when
    // read. Another builds on a whole run: it has results for the regions that came out otherwise
    // than in the runs of that base before it.
    int64_t base;
    const char *pack, *pack_hash, *std_hash;
    int engine_version;      // of the C kernels
    const char *conventions; // JSON, opaque; when putting, NULL if it builds on another
    int64_t data_version;
    const char *round; // "annual", "midterm", "final"
    int year;
    const char *who;
    int64_t started_at_us, finished_at_us;
    int64_t region_count;
    const char *result_hash; // of the tree (base/hash_tree.h) of all results by region's code
} StoreRun;

typedef bool (*StoreRunFunction)(const StoreRun *run, void *context, Error *error);
typedef bool (*StoreResultFunction)(const char *region, const void *payload, size_t length,
                                    void *context, Error *error);

// Runs are numbered 1, 2, 3 … The pack version and the std must be stored (ERROR_NOT_FOUND), or the
// run could not be replayed. ERROR_CONFLICT when the base is no whole run or is of another pack
// version, std, engine, round or year. Sets id and base.
MUST_CHECK bool store_put_run(StoreTransaction *transaction, StoreRun *run, Error *error);
// One result a region and run, which was put: ERROR_NOT_FOUND when the run or the region is not
// there, ERROR_CONFLICT when there is a result already. The payload is not copied.
MUST_CHECK bool store_put_result(StoreTransaction *transaction, const StoreRun *run,
                                 const char *region, const void *payload, size_t length,
                                 Error *error);

typedef struct StoreRunQuery {
    int64_t id;            // 0 for any
    const char *pack;      // NULL for any
    const char *pack_hash; // of the version; NULL for any
    int year;              // 0 for any
    int64_t before;        // only those with a smaller number; 0 for any
    int64_t limit;         // so many at most, the newest that fit; 0 for all
} StoreRunQuery;
// Newest first.
MUST_CHECK bool store_read_runs(Store *store, const StoreRunQuery *query, StoreRunFunction each,
                                void *context, Error *error);
// The results of a run, those it has from before included, in order of region; `region` NULL for
// all.
MUST_CHECK bool store_read_results(Store *store, int64_t run, const char *region,
                                   StoreResultFunction each, void *context, Error *error);

// ---- warnings ----------------------------------------------------------------------------------
// A warning (预警) is one rule of a pack about one subject of a region. It is known by that, not by
// the version that raised it, so its state outlives versions, and raised again it keeps its
// history.

typedef struct StoreWarning {
    int64_t id; // 0 for one that is put for the first time; then set
    const char *pack, *region, *warning;
    const char *subject; // "region", "indicator:ID", "plan:ID"
    const char *state;   // "raised", "acknowledged", "cleared"
    const char *level;   // "blue", "yellow", "orange", "red"; of a cleared one the last
    int year;            // of the results that it was raised on last
    const char *message; // NULL for none
    int64_t events;      // put so far; counted by store_put_warning
    int64_t raised_at_us, acknowledged_at_us, cleared_at_us; // 0: not
    const char *acknowledged_by;
} StoreWarning;

typedef struct StoreWarningEvent {
    int64_t number, at_us;
    const char *event; // "raised", "level", "acknowledged", "cleared"
    const char *level, *who;
    int64_t run;      // 0: none
    const char *note; // NULL for none
} StoreWarningEvent;

// Puts the warning as it is now and the step that made it so, whose number is set. ERROR_NOT_FOUND
// when the region is not there, ERROR_CONFLICT when such a warning was put meanwhile.
MUST_CHECK bool store_put_warning(StoreTransaction *transaction, StoreWarning *warning,
                                  StoreWarningEvent *event, Error *error);

typedef struct StoreWarningQuery {
    const char *pack, *region; // NULL for any
    int64_t id;                // 0 for any
    int year;                  // of the results they were raised on last; 0 for any
    bool open_only;            // without those that are cleared
    const char *after_region;  // only those behind `after_id` of it in the order; NULL for any
    int64_t after_id;
    int64_t limit; // so many at most, the first that fit; 0 for all
} StoreWarningQuery;
typedef bool (*StoreWarningFunction)(const StoreWarning *warning, void *context, Error *error);
// In order of region and id.
MUST_CHECK bool store_read_warnings(Store *store, const StoreWarningQuery *query,
                                    StoreWarningFunction each, void *context, Error *error);
typedef bool (*StoreWarningEventFunction)(const StoreWarningEvent *event, void *context,
                                          Error *error);
// The history of one warning, oldest first.
MUST_CHECK bool store_read_warning_events(Store *store, const char *region, int64_t id,
                                          StoreWarningEventFunction each, void *context,
                                          Error *error);

// ---- assessment rounds -------------------------------------------------------------------------
// A round (考核轮次) is one assessment of a pack for one year. It is known by the ids of both and
// not by a version, so it outlives versions. What its states mean, and which may follow on which,
// is for core/work/assessment_round.h, which alone puts them.

typedef struct StoreRound {
    int64_t id; // 0 for one that is put for the first time; then set
    const char *pack, *assessment;
    int year;
    const char *kind;                   // "annual", "midterm", "final"
    const char *state;                  // which it came to last
    int64_t opened_at_us, closed_at_us; // the latter 0 while it is open
    const char *opened_by;
    int64_t run;     // whose figures were published; 0 for none
    int64_t changes; // put so far, as it was read; counted by store_put_round
} StoreRound;

typedef struct StoreRoundChange {
    int64_t number, at_us;
    const char *state, *who;
    const char *reason; // NULL for none
    int64_t run;        // 0 for none
} StoreRoundChange;

// Puts the round as it is now and the change that made it so, whose number is set. ERROR_INPUT for
// a text that is missing, ERROR_CONFLICT when one for the same is open already or the round was
// changed since it was read.
MUST_CHECK bool store_put_round(StoreTransaction *transaction, StoreRound *round,
                                StoreRoundChange *change, Error *error);

typedef struct StoreRoundQuery {
    const char *pack; // NULL for any
    int64_t id;       // 0 for any
    bool open_only;
} StoreRoundQuery;
typedef bool (*StoreRoundFunction)(const StoreRound *round, void *context, Error *error);
// In order of pack, the newest first.
MUST_CHECK bool store_read_rounds(Store *store, const StoreRoundQuery *query,
                                  StoreRoundFunction each, void *context, Error *error);
typedef bool (*StoreRoundChangeFunction)(const StoreRoundChange *change, void *context,
                                         Error *error);
// The history of one round, oldest first.
MUST_CHECK bool store_read_round_changes(Store *store, const char *pack, int64_t id,
                                         StoreRoundChangeFunction each, void *context,
                                         Error *error);

// ---- audit log ---------------------------------------------------------------------------------
// Every transaction that changes something adds rows to the log in the same commit: the store sees
// to that, callers only say on whose behalf. No function changes or removes a row. Each row carries
// the hash of the one before, so that a change in the past shows (core/audit/audit.h).

typedef struct StoreActor {
    const char *who;
    const char *means;   // "cli", "web", "api", "token" or "system"
    const char *address; // of the client; NULL when local
} StoreActor;

// On whose behalf the calling thread acts, until it says otherwise: the transactions it hands in
// are of this actor, as messages are in its language. NULL for nobody in particular. The texts are
// borrowed until the next call.
void store_act_as(const StoreActor *actor);
// A copy that free() frees, texts and all; NULL for NULL, or for an actor without a name.
StoreActor *store_actor_copy(const StoreActor *actor);
// As store_act_as, for this transaction alone. Where neither said who acts it is whom the puts name
// (store_describe_change, store_activate_pack, a run's who), by "cli". ERROR_INPUT for a `who` that
// is missing or unknown means.
MUST_CHECK bool store_audit_by(StoreTransaction *transaction, const StoreActor *actor,
                               Error *error);

typedef struct StoreAuditEntry {
    const char *action;  // a stable dotted word: "login.failed", "observations.export"
    const char *subject; // what it was done to; NULL for nothing in particular
    const char *detail;  // JSON; NULL for nothing to add
} StoreAuditEntry;

// For what leaves no other trace in the database.
MUST_CHECK bool store_put_audit(StoreTransaction *transaction, const StoreAuditEntry *entry,
                                Error *error);

typedef struct StoreAuditRow {
    int64_t id; // 1, 2, 3 … without gaps
    int64_t at_us;
    const char *who, *means, *address, *action, *subject, *detail;
    const char *previous_hash, *hash; // 64 hexadecimal digits
} StoreAuditRow;

typedef struct StoreAuditQuery {
    int64_t first_id, last_id;  // 0 for no bound
    int64_t since_us, until_us; // 0 for no bound; both are included
    const char *who, *subject;  // NULL for any
    const char *action;         // what actions begin with: "login" or "pack.activate"; NULL for any
    bool newest_first;
    int64_t limit; // 0 for all
} StoreAuditQuery;

typedef bool (*StoreAuditFunction)(const StoreAuditRow *row, void *context, Error *error);
MUST_CHECK bool store_read_audit(Store *store, const StoreAuditQuery *query,
                                 StoreAuditFunction each, void *context, Error *error);

typedef struct StoreAuditHead {
    int64_t id;                // of the newest row; 0 when there is none
    char hash[HASH_TEXT_SIZE]; // its hash; empty when there is none
    int64_t given_out; // the last id that was given to a row: more than `id` if rows are lost
} StoreAuditHead;
MUST_CHECK bool store_read_audit_head(Store *store, StoreAuditHead *head, Error *error);

// The hash that a row with these fields, previous_hash among them, must have.
void store_audit_hash(const StoreAuditRow *row, char hash[HASH_TEXT_SIZE]);
// The previous_hash of the first row.
void store_audit_origin(char hash[HASH_TEXT_SIZE]);

// What the log says of other tables: the rows it vouches for carry a digest of what was put, and
// these read what the tables hold now.
typedef enum StoreDigestKind {
    STORE_DATA_VERSIONS, // a row of data_change with all observations of that data version
    STORE_ACTIVATIONS,
    STORE_RUNS, // without their results, whose hash is one of the fields
} StoreDigestKind;

enum { STORE_DIGESTS_AT_ONCE = 32768 };

typedef bool (*StoreDigestFunction)(int64_t number, const char digest[HASH_TEXT_SIZE],
                                    void *context, Error *error);
// Those from `first` to `last` that there are, ascending; at most STORE_DIGESTS_AT_ONCE numbers
// (ERROR_USAGE). Data versions are read in one pass over all observations.
MUST_CHECK bool store_read_digests(Store *store, StoreDigestKind kind, int64_t first, int64_t last,
                                   StoreDigestFunction each, void *context, Error *error);
// The greatest number there is; 0 for none.
MUST_CHECK bool store_read_newest(Store *store, StoreDigestKind kind, int64_t *number,
                                  Error *error);
// All observations of data versions up to `last` as one: what the log began with.
MUST_CHECK bool store_read_digest_before(Store *store, int64_t last, size_t *revisions,
                                         char digest[HASH_TEXT_SIZE], Error *error);
void store_pack_version_digest(const StorePackVersion *version, char digest[HASH_TEXT_SIZE]);
// The greatest data version that an observation has, whatever data_change says; 0 for none.
MUST_CHECK bool store_read_last_revision(Store *store, int64_t *version, Error *error);
