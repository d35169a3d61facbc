// Assessment rounds of a service: told when they change, open whatever version is active.
#include "tests/unit/service/shop.h"

static const PackChange renamed = {"assessment \"annual\"", "assessment \"yearly\""};

// One change of a round at the desk.
typedef struct RoundJob {
    bool opens;
    AssessmentRound round;
    Error error;
    bool good;
    size_t done;
} RoundJob;

static void work_round(Desk *desk, void *context) {
    static const RoundOpening opening = {.pack = "district",
                                         .assessment = "annual",
                                         .year = YEAR,
                                         .kind = ROUND_ANNUAL,
                                         .who = "test"};
    static const RoundStep step = {.id = 1, .to = ROUND_STATE_COUNT, .who = "test"};
    RoundJob *job = context;
    job->good = job->opens ? desk_open_round(desk, &opening, &job->round, &job->error)
                           : desk_step_round(desk, &step, &job->round, &job->error);
}

static void end_round(void *context) {
    ((RoundJob *)context)->done++;
}

static RoundJob change_round(Shop *shop, bool opens) {
    RoundJob job = {.opens = opens};
    assert_true(service_at_desk(shop->service, &tester, work_round, end_round, &job));
    wait_for(shop, &job.done, 1);
    return job;
}

static void open_round(Shop *shop) {
    const RoundJob job = change_round(shop, true);
    if (!job.good) fail_msg("%s", job.error.message);
}

static void changes_are_told_and_refusals_are_not(void **state) {
    Shop *shop = *state;
    open_shop(shop);
    activate_well(shop, "district", as_it_is);
    open_round(shop);
    assert_int_equal(shop->rounds, 1);
    assert_int_equal(shop->round.state, ROUND_SELF_ASSESSMENT);
    const RoundJob second = change_round(shop, true);
    assert_false(second.good);
    assert_int_equal(second.error.code, ERROR_CONFLICT);
    assert_int_equal(shop->rounds, 1);
    for (int next = ROUND_VERIFICATION; next <= ROUND_PUBLISHED; next++) {
        assert_true(change_round(shop, false).good);
        assert_int_equal(shop->round.state, next);
    }
    assert_int_equal(shop->rounds, 4);
    assert_int_equal(shop->round.run, shown(shop, "district")->run);
    assert_false(change_round(shop, false).good);
    assert_int_equal(shop->rounds, 4);
}

static bool count_run(const StoreRun *run, void *context, Error *error) {
    (void)run, (void)error;
    ++*(size_t *)context;
    return true;
}

static size_t count_runs(const Shop *shop) {
    const StoreRunQuery all = {.pack = "district"};
    size_t count = 0;
    ASSERT_GOOD(store_read_runs(shop->workspace->store, &all, count_run, &count, &unexpected));
    return count;
}

static void assert_held_back(Shop *shop) {
    char before[HASH_TEXT_SIZE];
    const size_t runs = count_runs(shop);
    memcpy(before, pinned_pack(shown(shop, "district")->version)->bundle.hash, sizeof before);
    const Candidate *candidate = offer_and_wait(shop, "district", renamed);
    assert_false(candidate->good);
    assert_int_equal(candidate->state, PACK_TESTED);
    assert_int_equal(candidate->problems.items[0].code, ERROR_CONFLICT);
    assert_string_equal(pinned_pack(shown(shop, "district")->version)->bundle.hash, before);
    assert_int_equal(count_runs(shop), runs);
}

static void a_version_without_the_assessment_waits_for_the_rounds_end(void **state) {
    Shop *shop = *state;
    open_shop(shop);
    activate_well(shop, "district", as_it_is);
    open_round(shop);
    assert_held_back(shop);
    activate_well(shop, "district", milder);
    close_shop(shop);
    open_shop(shop);
    assert_held_back(shop);
    roll_back(shop, "district");
    assert_held_back(shop);
    while (shop->round.state != ROUND_PUBLISHED)
        assert_true(change_round(shop, false).good);
    activate_well(shop, "district", renamed);
}

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        SERVICE_TEST(changes_are_told_and_refusals_are_not),
        SERVICE_TEST(a_version_without_the_assessment_waits_for_the_rounds_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
