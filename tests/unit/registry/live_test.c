// Changes followed one by one, against whole evaluations of the same data in a copy of the
// database.
#include "tests/unit/registry/workspace.h"

#include <signal.h>

#include "core/audit/audit.h"
#include "core/registry/explain.h"
#include "core/registry/live.h"
#include "tests/unit/registry/same_samples.h"

enum { YEAR = 2024, CHANGES = 2000 / SLOWER, LOOKED_AT = SLOWER > 1 ? 40 : 25, MOST_ENTRIES = 6 };

// Province 15 is the pack's; 11 and the nation are compared with it, 110101 is nobody's business.
static const RegionRow regions[] = {
    {"000000", ""},       {"110000", "000000"}, {"110101", "110000"}, {"150000", "000000"},
    {"150100", "150000"}, {"150102", "150100"}, {"150103", "150100"}, {"150104", "150100"},
    {"150200", "150000"}, {"150202", "150200"}, {"150203", "150200"}, {"150300", "150000"},
};
enum { REGIONS = COUNT_OF(regions) };

typedef struct SeriesRow {
    const char *indicator, *breakdown;
    int about; // values are around it
} SeriesRow;

// The last ones appear only in changes.
static const SeriesRow series[] = {
    {"mortality", "total", 14},   {"screening", "total", 70},      {"screening", "female", 71},
    {"coastal", "total", 50},     {"income", "male", 60000},       {"income", "female", 50000},
    {"deaths", "total", 10},      {"births", "total", 900},        {"compared", "total", 70},
    {"under_five", "total", 9},   {"mortality", "under5", 3},      {"late", "total", 4},
    {"awareness", "total", 1},    {"falsified", "total", 2},       {"late", "health", 3},
    {"late", "labour", 3},        {"births", "rural", 400},        {"another_packs", "total", 5},
    {"mortality", "elderly", 16}, {"another_packs", "female", 16},
};
enum { SERIES = COUNT_OF(series), SERIES_AT_FIRST = 12 };

typedef struct LiveTrial {
    Workspace *workspace;
    const LoadedPack *pack;
    Live *live;
    LiveOutcome outcome; // of the last change
    size_t changed;      // observations it found to say something new
    size_t whole;        // changes that could not be followed
} LiveTrial;

static void set_value(LiveTrial *trial, Entry *entry, const SeriesRow *row) {
    double value = row->about * (0.8 + 0.04 * draw(trial->workspace, 11));
    bool whole = row->about < 10 || row->about > 100;
    snprintf(entry->text, sizeof entry->text, whole ? "%.0f" : "%.1f", value);
}

static void fill(LiveTrial *trial) {
    Entry *entries = memory_new(REGIONS * SERIES_AT_FIRST * 8, sizeof *entries);
    size_t count = 0;
    for (size_t r = 0; r < REGIONS - 1; r++)
        for (size_t s = 0; s < SERIES_AT_FIRST; s++)
            for (int year = 2017; year <= YEAR; year++) {
                if (draw(trial->workspace, 10) == 0) continue;
                entries[count] =
                    entry_of(regions[r].code, series[s].indicator, series[s].breakdown, year, "");
                if (count % 7 == 0) entries[count].row.kind = "sample";
                set_value(trial, &entries[count++], &series[s]);
            }
    put_entries(trial->workspace->store, entries, count);
    free(entries);
}

static void open_live(LiveTrial *trial, int year) {
    ProblemList problems = {0};
    LiveRequest request = {.host = &trial->workspace->host,
                           .store = trial->workspace->store,
                           .run = {.pack = trial->pack, .year = year, .who = "test"}};
    assert_no_problems(live_open(&request, &trial->live, &problems), &problems);
}

static LiveTrial begin(void **state) {
    LiveTrial trial = {.workspace = *state};
    put_regions(trial.workspace->store, regions, REGIONS);
    trial.pack = activate(trial.workspace, "rich");
    fill(&trial);
    open_live(&trial, YEAR);
    return trial;
}

static bool try_put(LiveTrial *trial, const StoreObservation *rows, size_t count, Error *error) {
    const LivePut what = {.observations = rows, .count = count, .who = "test", .what = "changed"};
    return live_put(&trial->live, 1, trial->workspace->store, &what, &trial->changed,
                    &trial->outcome, error);
}

static void put(LiveTrial *trial, Entry *entries, size_t count) {
    StoreObservation rows[MOST_ENTRIES];
    for (size_t i = 0; i < count; i++)
        rows[i] = *entry_row(&entries[i]);
    ASSERT_GOOD(try_put(trial, rows, count, &unexpected));
    assert_no_problems(trial->outcome.run != 0, &trial->outcome.problems);
    trial->whole += trial->outcome.whole;
}

static void put_one(LiveTrial *trial, const char *region, const char *indicator, int year,
                    const char *text) {
    Entry entry = entry_of(region, indicator, STORE_NO_BREAKDOWN, year, text);
    put(trial, &entry, 1);
}

// ---- looking -----------------------------------------------------------------------------------

static void assert_standings(const LiveTrial *trial, const Run *run) {
    const Dataset *dataset = live_dataset(trial->live);
    size_t count = dataset->header->region_count;
    ResultLayout *layout = layout_new(trial->pack->description, YEAR, false);
    for (int a = 0; a < 2; a++) {
        Standings fresh;
        const Standings *followed = live_standings(trial->live, a);
        standings_init(&fresh, layout, a, count);
        for (size_t r = 0; r < count; r++) {
            int place = run_find_region(run, dataset->regions[r].code);
            const ResultBytes *bytes = place >= 0 ? &run->regions[place].bytes : NULL;
            standings_put(&fresh, r,
                          bytes ? result_record(layout, bytes->data, bytes->length) : NULL);
        }
        assert_memory_equal(fresh.totals, followed->totals, count * sizeof *fresh.totals);
        assert_memory_equal(fresh.printed, followed->printed, count * sizeof *fresh.printed);
        assert_memory_equal(fresh.grades, followed->grades, count * sizeof *fresh.grades);
        for (size_t r = 0; r < count; r++)
            assert_int_equal(standings_rank(&fresh, r), standings_rank(followed, r));
        standings_free(&fresh);
    }
    layout_free(layout);
}

static void assert_samples(const LiveTrial *trial, const Run *run) {
    Samples fresh;
    ASSERT_GOOD(
        samples_read(trial->workspace->store, trial->pack->description, run, &fresh, &unexpected));
    assert_same_samples(&fresh, live_samples(trial->live));
    samples_free(&fresh);
}

// What live says, what it stored and what a whole evaluation gives are the same.
static void assert_up_to_date(const LiveTrial *trial) {
    Workspace *workspace = trial->workspace;
    Store *copy = copy_without_runs(workspace, "copy.db");
    RunRequest request = {.pack = trial->pack, .year = YEAR, .who = "copy"};
    Run stored;
    bool found;
    workspace->host.parallel = 1; // others work in pairs
    Run fresh = evaluate(workspace, copy, &request, &found);
    workspace->host.parallel = 2;
    assert_false(found);
    store_close(copy);
    ASSERT_GOOD(run_read(workspace->store, trial->outcome.run, &stored, &unexpected));
    assert_string_equal(live_result_hash(trial->live), fresh.result_hash);
    assert_same_results(&stored, &fresh);
    assert_standings(trial, &fresh);
    assert_samples(trial, &fresh);
    // The stored run is the one that would be made: asked for, it is found, unless figures came
    // since that say nothing to the pack.
    int64_t newest;
    ASSERT_GOOD(store_read_data_version(workspace->store, &newest, &unexpected));
    Run again = evaluate(workspace, workspace->store, &request, &found);
    assert_int_equal(found, stored.data_version == newest);
    if (found) assert_int_equal(again.id, trial->outcome.run);
    assert_string_equal(again.result_hash, stored.result_hash);
    run_free(&again);
    run_free(&stored);
    run_free(&fresh);
}

static void assert_replays(const LiveTrial *trial, int64_t id) {
    Run stored, again;
    bool same;
    ProblemList problems = {0};
    ASSERT_GOOD(run_read(trial->workspace->store, id, &stored, &unexpected));
    bool good = run_replay(&trial->workspace->host, trial->workspace->store, &stored, &again, &same,
                           &problems);
    assert_no_problems(good, &problems);
    assert_true(same);
    run_free(&again);
    run_free(&stored);
}

// ---- changes at random -------------------------------------------------------------------------

static void choose_entry(LiveTrial *trial, Entry *entry) {
    Workspace *workspace = trial->workspace;
    const SeriesRow *row = &series[draw(workspace, SERIES)];
    uint32_t shape = draw(workspace, 100);
    int year = shape < 60   ? YEAR
               : shape < 90 ? 2017 + (int)draw(workspace, 7)
               : shape < 97 ? YEAR + 1 + (int)draw(workspace, 2)
                            : 2010 + (int)draw(workspace, 7);
    *entry = entry_of(regions[draw(workspace, REGIONS - 1)].code, row->indicator, row->breakdown,
                      year, "");
    if (draw(workspace, 6) > 0) set_value(trial, entry, row);
    if (draw(workspace, 4) == 0) entry->row.kind = "sample";
    if (draw(workspace, 8) == 0) snprintf(entry->note, sizeof entry->note, "说明");
}

// The last region reports now and then, and takes it back.
static size_t choose_silent_region(LiveTrial *trial, Entry *entries) {
    entries[0] = entry_of("150300", "screening", "total", YEAR, "");
    if (draw(trial->workspace, 2) == 0) set_value(trial, &entries[0], &series[1]);
    return 1;
}

// Whoever follows changes leaves runs, results and observations as the log tells of them.
static void assert_log_is_whole(Store *store) {
    AuditReport report;
    Error error = {0};
    if (!audit_verify(store, NULL, &report, &error)) fail_msg("%s", error.message);
    if (report.count > 0) fail_msg("%s", report.findings[0].message);
    assert_true(report.rows > CHANGES);
    audit_report_free(&report);
}

static void changes_at_random_come_out_as_a_whole_evaluation_does(void **state) {
    LiveTrial trial = begin(state);
    Workspace *workspace = trial.workspace;
    Entry entries[MOST_ENTRIES];
    int64_t followed[8] = {0};
    size_t changed = 0;
    for (int change = 0; change < CHANGES; change++) {
        size_t count = draw(workspace, 4) == 0 ? 1 + draw(workspace, MOST_ENTRIES) : 1;
        if (draw(workspace, 100) == 0)
            count = choose_silent_region(&trial, entries);
        else
            for (size_t i = 0; i < count; i++)
                choose_entry(&trial, &entries[i]);
        put(&trial, entries, count);
        changed += trial.changed;
        if (!trial.outcome.whole) followed[change % 8] = trial.outcome.run;
        if (change % LOOKED_AT == 0 || change == CHANGES - 1) assert_up_to_date(&trial);
    }
    assert_true(changed > CHANGES);
    assert_in_range(trial.whole, 1, CHANGES / 10);
    for (size_t i = 0; i < 8; i++)
        assert_replays(&trial, followed[i]);
    live_close(trial.live);
    assert_log_is_whole(workspace->store);
}

// ---- one change --------------------------------------------------------------------------------

static void what_nobody_compares_with_touches_one_region(void **state) {
    LiveTrial trial = begin(state);
    put_one(&trial, "150102", "mortality", YEAR, "11.7");
    assert_false(trial.outcome.whole);
    assert_int_equal(trial.changed, 1);
    assert_int_equal(trial.outcome.touched, 1);
    // Two warnings of its own, the plan's, and the item of the attainment, with the years they
    // hold.
    assert_in_range(trial.outcome.rule_calls, 1, 12);
    put_one(&trial, "150102", "screening", YEAR, "33.3");
    assert_int_equal(trial.outcome.touched, 3); // with the counties beside it
    assert_up_to_date(&trial);
    live_close(trial.live);
}

static void what_says_nothing_to_the_pack_calls_no_rule(void **state) {
    LiveTrial trial = begin(state);
    char before[HASH_TEXT_SIZE];
    memcpy(before, live_result_hash(trial.live), sizeof before);
    Entry entries[] = {entry_of("150102", "another_packs", "total", YEAR, "5"),
                       entry_of("150102", "mortality", "total", YEAR + 1, "5"),
                       entry_of("150102", "mortality", "total", 1949, "5"),
                       entry_of("110101", "mortality", "total", YEAR, "5")};
    for (size_t i = 0; i < COUNT_OF(entries); i++) {
        int64_t run = live_run(trial.live)->id;
        put(&trial, &entries[i], 1);
        assert_false(trial.outcome.whole);
        assert_int_equal(trial.outcome.touched, 0);
        assert_int_equal(trial.outcome.regions_changed, 0);
        assert_int_equal(trial.outcome.rule_calls, 0);
        assert_int_equal(trial.changed, 1);
        assert_int_equal(trial.outcome.run, run);
        assert_string_equal(live_result_hash(trial.live), before);
        assert_up_to_date(&trial);
    }
    live_close(trial.live);
}

static void the_same_figure_again_is_no_change(void **state) {
    LiveTrial trial = begin(state);
    put_one(&trial, "150102", "mortality", YEAR, "11.7");
    int64_t run = trial.outcome.run;
    put_one(&trial, "150102", "mortality", YEAR, "11.7");
    assert_int_equal(trial.changed, 0);
    assert_int_equal(trial.outcome.regions_changed, 0);
    assert_int_equal(trial.outcome.run, run);
    put(&trial, NULL, 0);
    assert_int_equal(trial.outcome.run, run);
    assert_up_to_date(&trial);
    live_close(trial.live);
}

static void a_figure_given_twice_counts_as_given_last(void **state) {
    LiveTrial trial = begin(state);
    Entry entries[] = {entry_of("150102", "mortality", "total", YEAR, "11.7"),
                       entry_of("150103", "mortality", "total", YEAR, "10"),
                       entry_of("150102", "mortality", "total", YEAR, "19.9")};
    put(&trial, entries, COUNT_OF(entries));
    assert_int_equal(trial.outcome.touched, 2);
    assert_up_to_date(&trial);
    live_close(trial.live);
}

static bool refuse(StoreTransaction *transaction, void *context, Error *error) {
    (void)transaction, (void)context;
    return error_set(error, ERROR_USAGE, "refused");
}

static size_t put_kind(LiveTrial *trial, Entry entry, const char *kind) {
    size_t changes;
    entry.row.kind = kind;
    put(trial, &entry, 1);
    (void)live_sample_changes(trial->live, &changes);
    assert_false(trial->outcome.whole);
    return changes;
}

static void a_sample_is_known_until_a_real_figure_or_none_takes_its_place(void **state) {
    LiveTrial trial = begin(state);
    const Entry entry = entry_of("150102", "mortality", "total", YEAR, "11.7");
    const Entry old = entry_of("150102", "mortality", "total", 1949, "11.7"),
                none = entry_of("150102", "mortality", "total", YEAR, "");
    (void)put_kind(&trial, entry, "reported");
    size_t before = samples_of_region(live_samples(trial.live), "150102");
    assert_int_equal(put_kind(&trial, entry, "sample"), 1); // the value is the same
    assert_int_equal(samples_of_region(live_samples(trial.live), "150102"), before + 1);
    assert_int_equal(put_kind(&trial, entry, "sample"), 0);
    assert_int_equal(put_kind(&trial, old, "sample"), 1); // of no consequence for any result
    assert_int_equal(samples_of_region(live_samples(trial.live), "150102"), before + 2);
    assert_up_to_date(&trial);
    assert_int_equal(put_kind(&trial, none, "sample"), 1);
    assert_int_equal(samples_of_region(live_samples(trial.live), "150102"), before + 1);
    assert_int_equal(put_kind(&trial, none, "reported"), 0);
    assert_up_to_date(&trial);
    live_close(trial.live);
}

static void a_sample_that_the_store_refuses_is_none(void **state) {
    LiveTrial trial = begin(state);
    size_t changes, before = live_samples(trial.live)->count;
    Entry entry = entry_of("150102", "mortality", "total", YEAR, "11.7");
    entry.row.kind = "sample";
    const LivePut what = {.observations = entry_row(&entry),
                          .count = 1,
                          .who = "test",
                          .what = "refused",
                          .also = refuse};
    Error error = {0};
    assert_false(live_put(&trial.live, 1, trial.workspace->store, &what, &trial.changed,
                          &trial.outcome, &error));
    assert_int_equal(live_samples(trial.live)->count, before);
    (void)live_sample_changes(trial.live, &changes);
    assert_int_equal(changes, 0);
    assert_up_to_date(&trial);
    live_close(trial.live);
}

static void a_failing_rule_fails_and_recovers(void **state) {
    LiveTrial trial = begin(state);
    put_one(&trial, "150102", "late", YEAR, "8");
    assert_false(trial.outcome.whole);
    assert_up_to_date(&trial);
    put_one(&trial, "150102", "mortality", YEAR, "13.3");
    assert_up_to_date(&trial);
    put_one(&trial, "150102", "late", YEAR, "1");
    assert_up_to_date(&trial);
    live_close(trial.live);
}

static void a_place_is_another_one_at_once(void **state) {
    LiveTrial trial = begin(state);
    const Standings *standings = live_standings(trial.live, 0);
    size_t count = live_dataset(trial.live)->header->region_count, region = 0;
    while (strcmp(live_dataset(trial.live)->regions[region].code, "150202") != 0)
        region++;
    assert_in_range(standings_rank(standings, region), 1, count);
    double before = standings->totals[region];
    put_one(&trial, "150202", "late", YEAR, standings->totals[region] > 0 ? "6" : "0");
    standings = live_standings(trial.live, 0);
    assert_true(standings->totals[region] != before);
    assert_up_to_date(&trial);
    live_close(trial.live);
}

// ---- what does not fit the columns at hand -----------------------------------------------------

static void what_needs_other_columns_is_read_anew(void **state) {
    LiveTrial trial = begin(state);
    Entry entries[] = {entry_of("150102", "births", "rural", YEAR, "400"),
                       entry_of("150102", "mortality", "total", 2015, "24"),
                       entry_of("150300", "mortality", "total", YEAR, "14")};
    for (size_t i = 0; i < COUNT_OF(entries); i++) {
        put(&trial, &entries[i], 1);
        assert_true(trial.outcome.whole);
        assert_up_to_date(&trial);
        snprintf(entries[i].text, sizeof entries[i].text, "17");
        put(&trial, &entries[i], 1);
        assert_false(trial.outcome.whole);
        assert_up_to_date(&trial);
    }
    live_close(trial.live);
}

// It said that no region's results changed when everything was evaluated anew, and that all did
// when nothing changed.
static void regions_that_changed_were_miscounted(void **state) {
    LiveTrial trial = begin(state);
    put_one(&trial, "150102", "mortality", 2015, "24");
    assert_true(trial.outcome.whole);
    assert_int_equal(trial.outcome.regions_changed, 1);
    put_one(&trial, "150102", "mortality", 2015, "24.0"); // typed otherwise
    assert_int_equal(trial.changed, 1);
    assert_int_equal(trial.outcome.regions_changed, 0);
    put_one(&trial, "150102", "mortality", 2010, ""); // never was, and is withdrawn
    assert_int_equal(trial.changed, 0);
    assert_false(trial.outcome.whole);
    live_close(trial.live);
}

static const RegionRow new_county[] = {{"150204", "150200"}};

static void a_region_that_came_later_is_evaluated_when_it_reports(void **state) {
    LiveTrial trial = begin(state);
    put_regions(trial.workspace->store, new_county, 1);
    put_one(&trial, "150204", "screening", YEAR, "66.6");
    assert_true(trial.outcome.whole);
    assert_up_to_date(&trial);
    live_close(trial.live);
}

static void assert_as_evaluated_now(const LiveTrial *trial, int year) {
    Store *copy = copy_without_runs(trial->workspace, "copy.db");
    const RunRequest request = {.pack = trial->pack, .who = "copy"};
    bool found;
    Run fresh = evaluate(trial->workspace, copy, &request, &found);
    store_close(copy);
    assert_int_equal(fresh.year, year);
    assert_int_equal(live_run(trial->live)->year, year);
    assert_string_equal(live_result_hash(trial->live), fresh.result_hash);
    run_free(&fresh);
}

// It stayed with the year it was opened for, while the command line went on to the next.
static void the_newest_year_is_that_of_the_figures_at_any_time(void **state) {
    LiveTrial trial = begin(state);
    live_close(trial.live);
    open_live(&trial, 0);
    assert_as_evaluated_now(&trial, YEAR);
    put_one(&trial, "150102", "another_packs", YEAR + 1, "7");
    put_one(&trial, "110000", "mortality", YEAR + 1, "7"); // is only compared with
    assert_false(trial.outcome.whole);
    assert_as_evaluated_now(&trial, YEAR);
    put_one(&trial, "150102", "mortality", YEAR + 1, "11.1");
    assert_true(trial.outcome.whole);
    assert_as_evaluated_now(&trial, YEAR + 1);
    put_one(&trial, "150102", "screening", YEAR + 1, "77");
    assert_false(trial.outcome.whole);
    assert_as_evaluated_now(&trial, YEAR + 1);
    put_one(&trial, "150102", "mortality", YEAR + 1, "");
    put_one(&trial, "150102", "screening", YEAR + 1, "");
    assert_as_evaluated_now(&trial, YEAR);
    live_close(trial.live);
}

// Somebody else takes back all that was reported for the year.
static void withdraw_all(LiveTrial *trial) {
    Entry entries[REGIONS * SERIES];
    size_t count = 0;
    for (size_t r = 0; r < REGIONS; r++)
        for (size_t s = 0; s < SERIES_AT_FIRST; s++)
            entries[count++] =
                entry_of(regions[r].code, series[s].indicator, series[s].breakdown, YEAR, "");
    put_entries(trial->workspace->store, entries, count);
}

// Nothing is left to evaluate, which is said; the change itself is stored.
static void nobody_reports_any_more_and_somebody_again(void **state) {
    LiveTrial trial = begin(state);
    Entry last = entry_of("150102", "mortality", "total", YEAR, "14.4");
    put(&trial, &last, 1);
    withdraw_all(&trial);
    put(&trial, &last, 1); // reports as the only one
    assert_true(trial.outcome.whole);
    assert_up_to_date(&trial);
    int64_t run = trial.outcome.run;
    for (int attempt = 0; attempt < 2; attempt++) {
        snprintf(last.text, sizeof last.text, "%s", "");
        snprintf(last.note, sizeof last.note, "attempt %d", attempt);
        const StoreObservation *row = entry_row(&last);
        ASSERT_GOOD(try_put(&trial, row, 1, &unexpected));
        ProblemList *problems = &trial.outcome.problems;
        assert_int_equal(problems->count, 1);
        if (problems->items[0].code != ERROR_NOT_FOUND) fail_msg("%s", problems->items[0].message);
        assert_true(strstr(problems->items[0].message, "nothing reported for 2024") != NULL);
        assert_int_equal(trial.changed, 1);
        assert_int_equal(trial.outcome.run, 0);
        assert_string_equal(live_result_hash(trial.live), "");
        problems_free(problems);
    }
    snprintf(last.text, sizeof last.text, "14.5");
    put(&trial, &last, 1);
    assert_true(trial.outcome.whole);
    assert_true(trial.outcome.run > run);
    assert_up_to_date(&trial);
    live_close(trial.live);
}

// ---- refusals ----------------------------------------------------------------------------------

static int64_t newest_version(Store *store) {
    int64_t version;
    ASSERT_GOOD(store_read_data_version(store, &version, &unexpected));
    return version;
}

static void what_the_store_refuses_changes_nothing(void **state) {
    LiveTrial trial = begin(state);
    put_one(&trial, "150102", "mortality", YEAR, "11.7");
    Store *store = trial.workspace->store;
    int64_t version = newest_version(store), run = trial.outcome.run;
    size_t observations = count_observations(store);
    char before[HASH_TEXT_SIZE];
    memcpy(before, live_result_hash(trial.live), sizeof before);
    StoreObservation good = figure("mortality", YEAR, "19.9");
    good.region = "150102";
    StoreObservation refused[] = {good, good, good, good};
    refused[0].region = "999999";
    refused[1].kind = "guessed";
    refused[2].year = 0;
    refused[3].value_text = "";
    const ErrorCode codes[] = {ERROR_NOT_FOUND, ERROR_INPUT, ERROR_INPUT, ERROR_INPUT};
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        StoreObservation rows[] = {good, refused[i]};
        Error error = {0};
        assert_false(try_put(&trial, rows, 2, &error));
        assert_int_equal(error.code, codes[i]);
        assert_int_equal(trial.changed, 0);
        assert_false(trial.outcome.whole); // a bad row costs no evaluation of everything
        assert_int_equal(trial.outcome.run, run);
        assert_int_equal(newest_version(store), version);
        assert_int_equal(count_observations(store), observations);
        assert_string_equal(live_result_hash(trial.live), before);
        assert_up_to_date(&trial);
    }
    put_one(&trial, "150102", "mortality", YEAR, "12.7");
    assert_false(trial.outcome.whole);
    assert_up_to_date(&trial);
    live_close(trial.live);
}

// ---- others ------------------------------------------------------------------------------------

static void an_import_in_between_is_found(void **state) {
    LiveTrial trial = begin(state);
    put_entry(trial.workspace->store, "150103", "screening", YEAR, "12.3");
    put_one(&trial, "150102", "mortality", YEAR, "11.7");
    assert_true(trial.outcome.whole);
    assert_int_equal(trial.changed, 1);
    assert_up_to_date(&trial);
    put_one(&trial, "150102", "mortality", YEAR, "11.8");
    assert_false(trial.outcome.whole);
    assert_up_to_date(&trial);
    live_close(trial.live);
}

static void two_of_them_on_one_database_follow_each_other(void **state) {
    LiveTrial one = begin(state), two = one;
    Store *second;
    ASSERT_GOOD(store_open(one.workspace->files->path, STORE_OPEN, &second, &unexpected));
    LiveRequest request = {.host = &one.workspace->host,
                           .store = second,
                           .run = {.pack = one.pack, .year = YEAR, .who = "second"}};
    ProblemList problems = {0};
    assert_no_problems(live_open(&request, &two.live, &problems), &problems);
    assert_string_equal(live_result_hash(one.live), live_result_hash(two.live));
    for (int change = 0; change < 12; change++) {
        LiveTrial *trial = change % 3 == 0 ? &one : &two;
        bool first_of_its = change % 3 != 2;
        Entry entry;
        do
            choose_entry(trial, &entry);
        while (entry.row.year != YEAR || strcmp(entry.breakdown, "total") != 0);
        snprintf(entry.note, sizeof entry.note, "%d", change); // says something new in any case
        put(trial, &entry, 1);
        if (change > 0 && first_of_its) assert_true(trial->outcome.whole);
        if (change % 4 == 3) assert_up_to_date(trial);
    }
    live_close(one.live);
    live_close(two.live);
    store_close(second);
}

// ---- reading a run that builds on another ------------------------------------------------------

static void a_run_that_builds_on_another_is_explained(void **state) {
    LiveTrial trial = begin(state);
    put_one(&trial, "150102", "mortality", YEAR, "11.7");
    int64_t earlier = trial.outcome.run;
    put_one(&trial, "150102", "mortality", YEAR, "12.9");
    const char *const values[] = {"11.7 1/10万", "12.9 1/10万"};
    for (int i = 0; i < 2; i++) {
        Run run;
        ProblemList problems = {0};
        ASSERT_GOOD(run_read(trial.workspace->store, earlier + i, &run, &unexpected));
        assert_int_not_equal(run.base, run.id);
        ExplainRequest request = {.pack = trial.pack,
                                  .region = "150102",
                                  .item = "mortality",
                                  .year = YEAR,
                                  .data_version = run.data_version,
                                  .run = &run};
        json_t *tree =
            explain_build(&trial.workspace->host, trial.workspace->store, &request, &problems);
        assert_no_problems(tree != NULL, &problems);
        assert_string_equal(json_string_value(json_object_get(tree, "value")), values[i]);
        json_decref(tree);
        run_free(&run);
        assert_replays(&trial, earlier + i);
    }
    live_close(trial.live);
}

static void without_figures_nothing_is_opened(void **state) {
    Workspace *workspace = *state;
    Live *live = NULL;
    ProblemList problems = {0};
    put_regions(workspace->store, regions, REGIONS);
    LiveRequest request = {.host = &workspace->host,
                           .store = workspace->store,
                           .run = {.pack = activate(workspace, "rich"), .who = "test"}};
    bool nobody_reports = false;
    request.run.nobody_reports = &nobody_reports;
    assert_false(live_open(&request, &live, &problems));
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.items[0].code, ERROR_NOT_FOUND);
    assert_true(nobody_reports);
    assert_null(live);
    problems_free(&problems);
    live_close(NULL);
}

// It was taken for a lack of figures: the version became active without a word, and cleared the
// pack's warnings.
static void a_region_that_is_not_there_is_no_lack_of_figures(void **state) {
    Workspace *workspace = *state;
    Live *live = NULL;
    ProblemList problems = {0};
    bool nobody_reports = true;
    put_regions(workspace->store, regions, REGIONS);
    LiveRequest request = {.host = &workspace->host,
                           .store = workspace->store,
                           .run = {.pack = activate(workspace, "rich"),
                                   .who = "test",
                                   .year = YEAR,
                                   .nobody_reports = &nobody_reports}};
    char statement[128];
    snprintf(statement, sizeof statement,
             "PRAGMA foreign_keys = OFF; UPDATE region SET code = '999999' WHERE code = '%s'",
             request.run.pack->description->region);
    raw_change(workspace->files->path, statement);
    assert_false(live_open(&request, &live, &problems));
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.items[0].code, ERROR_NOT_FOUND);
    assert_false(nobody_reports);
    problems_free(&problems);
}

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        REGISTRY_TEST(changes_at_random_come_out_as_a_whole_evaluation_does),
        REGISTRY_TEST(what_nobody_compares_with_touches_one_region),
        REGISTRY_TEST(what_says_nothing_to_the_pack_calls_no_rule),
        REGISTRY_TEST(the_same_figure_again_is_no_change),
        REGISTRY_TEST(a_figure_given_twice_counts_as_given_last),
        REGISTRY_TEST(a_sample_is_known_until_a_real_figure_or_none_takes_its_place),
        REGISTRY_TEST(a_sample_that_the_store_refuses_is_none),
        REGISTRY_TEST(a_failing_rule_fails_and_recovers),
        REGISTRY_TEST(a_place_is_another_one_at_once),
        REGISTRY_TEST(what_needs_other_columns_is_read_anew),
        REGISTRY_TEST(regions_that_changed_were_miscounted),
        REGISTRY_TEST(a_region_that_came_later_is_evaluated_when_it_reports),
        REGISTRY_TEST(the_newest_year_is_that_of_the_figures_at_any_time),
        REGISTRY_TEST(nobody_reports_any_more_and_somebody_again),
        REGISTRY_TEST(what_the_store_refuses_changes_nothing),
        REGISTRY_TEST(an_import_in_between_is_found),
        REGISTRY_TEST(two_of_them_on_one_database_follow_each_other),
        REGISTRY_TEST(a_run_that_builds_on_another_is_explained),
        REGISTRY_TEST(without_figures_nothing_is_opened),
        REGISTRY_TEST(a_region_that_is_not_there_is_no_lack_of_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
