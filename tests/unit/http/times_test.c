// How long: what a connection may take its time for, and when it is cut off.
#include "tests/unit/http/trial.h"

#define GET "GET / HTTP/1.1\r\nHost: here\r\n\r\n"

static void a_connection_is_idle_for_so_long(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.idle_ms = 300;
    trial_start(trial, &options);
    Client silent = client_connect(trial), asking = client_connect(trial);
    for (int i = 0; i < 9; i++) { // longer than it might be idle
        client_send(&asking, GET);
        Answer answer = client_answer(&asking, false);
        assert_int_equal(answer.status, 200);
        answer_free(&answer);
        trial_pass(trial, 40);
    }
    client_expect_end(&silent);
    client_expect_end(&asking);
    assert_int_equal(trial->line_count, 9); // nothing went wrong with a request
    client_close(&silent);
    client_close(&asking);
}

// A byte now and then kept a connection open for as long as its client liked.
static void a_request_that_drips_in_is_refused(void **state) {
    Trial *trial = *state;
    static const char *const beginnings[] = {
        "GET / HTTP/1.1\r\nHost: here\r\nX: ",
        "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 100000\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n",
    };
    HttpOptions options = trial_options(trial);
    options.request_ms = 100;
    trial_start(trial, &options);
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        Client client = client_connect(trial);
        client_send(&client, beginnings[i]);
        while (client_read(&client), !client.in.length && !client.at_end) {
            client_send(&client, "x");
            trial_pass(trial, 5);
        }
        Answer answer = client_answer(&client, false);
        assert_code(&answer, 408, "request_timeout");
        answer_free(&answer);
        WAIT_FOR(trial, trial->line_count == i + 1);
        assert_int_equal(trial->lines[i].status, 408);
        client_close(&client);
    }
    assert_int_equal(trial->handled, 0);
}

// 60 MiB over a line of 10 Mbit/s ended with 408.
static void a_large_body_may_take_as_long_as_it_needs(void **state) {
    Trial *trial = *state;
    enum { PIECES = 10, PIECE = 10000 };
    char piece[PIECE];
    memset(piece, 'b', sizeof piece);
    HttpOptions options = trial_options(trial);
    options.request_ms = 100;
    options.least_rate = PIECE * 10; // a piece for every 100 ms
    trial_start(trial, &options);
    Client client = client_connect(trial);
    client_post(&client, "PUT /", (size_t)PIECES * PIECE, 0);
    for (int i = 0; i < PIECES; i++) {
        client_send_bytes(&client, piece, PIECE);
        trial_pass(trial, 40);
    }
    Answer answer = client_answer(&client, false);
    assert_int_equal(answer.status, 200);
    answer_free(&answer);
    client_close(&client);
}

static void a_line_that_drips_in_is_cut_off(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.idle_ms = 100;
    trial_start(trial, &options);
    Client client = client_connect(trial);
    client_send(&client, "GET /");
    while (client_read(&client), !client.at_end) {
        client_send(&client, "x");
        trial_pass(trial, 5);
    }
    client_close(&client);
}

static void a_handler_may_take_longer_than_any_of_these(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.idle_ms = options.request_ms = options.answer_ms = 40;
    trial_start(trial, &options);
    trial->handle = trial_hold;
    Client client = client_connect(trial);
    client_send(&client, GET);
    WAIT_FOR(trial, trial->held_count == 1);
    trial_pass(trial, 150);
    trial_answer(trial->held[0], 200, "at last");
    Answer answer = client_answer(&client, false);
    assert_string_equal(answer_text(&answer), "at last");
    answer_free(&answer);
    client_close(&client);
}

enum { LARGE = 32 << 20 };

static void answer_large(Trial *trial, HttpRequest *request) {
    (void)trial;
    HttpAnswer answer = {.status = 200, .type = "application/octet-stream"};
    answer.bytes.data = memory_new(LARGE + 1, 1);
    answer.bytes.length = LARGE;
    answer.bytes.capacity = LARGE + 1;
    for (size_t i = 0; i < LARGE; i++)
        answer.bytes.data[i] = (char)(i % 251);
    http_answer(request, &answer);
}

static Client ask_for_large(Trial *trial) {
    HttpOptions options = trial_options(trial);
    options.answer_ms = 100;
    trial_start(trial, &options);
    trial->handle = answer_large;
    Client client = client_connect(trial);
    client_send(&client, GET);
    return client;
}

// A byte now and then of what was taken kept an answer in memory for ever.
static void an_answer_that_drips_out_is_cut_off(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.answer_ms = 100;
    options.least_rate = 1 << 30;
    trial_start(trial, &options);
    trial->handle = answer_large;
    Client client = client_connect(trial);
    client_send(&client, GET);
    size_t taken = 0;
    while (client_read(&client), !client.at_end && taken < LARGE) {
        taken += client.in.length;
        buffer_clear(&client.in);
        trial_pass(trial, 4);
    }
    assert_in_range(taken, 1, LARGE - 1);
    WAIT_FOR(trial, trial->line_count == 1);
    client_close(&client);
}

static void a_client_that_takes_nothing_is_cut_off(void **state) {
    Trial *trial = *state;
    Client client = ask_for_large(trial);
    WAIT_FOR(trial, trial->line_count == 1);
    assert_int_equal(http_server_statistics(trial->server).connections, 0);
    CLIENT_WAIT(&client, client.at_end);
    assert_in_range(client.in.length, 1, LARGE);
    client_close(&client);
}

static void a_slow_client_gets_all_of_it(void **state) {
    Trial *trial = *state;
    Client client = ask_for_large(trial);
    int64_t began_ms = clock_monotonic_ms(), took_ms = 0;
    Answer answer = client_answer(&client, true); // its head alone
    assert_int_equal(answer.status, 200);
    while (answer.body.length < LARGE) {
        buffer_append(&answer.body, client.in.data, client.in.length);
        buffer_clear(&client.in);
        // Slower than answer_ms for the whole, faster for each part.
        took_ms = clock_monotonic_ms() - began_ms;
        if (took_ms < 400) trial_pass(trial, 10);
        if (answer.body.length < LARGE) CLIENT_WAIT(&client, client.in.length);
    }
    assert_true(took_ms >= 400);
    for (size_t i = 0; i < LARGE; i++)
        if (answer.body.data[i] != (char)(i % 251)) fail_msg("byte %zu differs", i);
    answer_free(&answer);
    client_close(&client);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HTTP_TEST(a_connection_is_idle_for_so_long),
        HTTP_TEST(a_request_that_drips_in_is_refused),
        HTTP_TEST(a_large_body_may_take_as_long_as_it_needs),
        HTTP_TEST(a_line_that_drips_in_is_cut_off),
        HTTP_TEST(a_handler_may_take_longer_than_any_of_these),
        HTTP_TEST(an_answer_that_drips_out_is_cut_off),
        HTTP_TEST(a_client_that_takes_nothing_is_cut_off),
        HTTP_TEST(a_slow_client_gets_all_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
