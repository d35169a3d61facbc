// How much: sizes and numbers beyond which the server says no.
#include "tests/unit/http/trial.h"

#include <sys/resource.h>

#define GET "GET / HTTP/1.1\r\nHost: here\r\n\r\n"

static void hold(Trial *trial, HttpRequest *request) {
    trial_hold(trial, request);
}

// ---- sizes -------------------------------------------------------------------------------------

static Answer answer_to_long(Trial *trial, size_t target, size_t header, size_t headers) {
    Buffer text = {0};
    buffer_text(&text, "GET /");
    for (size_t i = 0; i < target; i++)
        buffer_text(&text, "a");
    buffer_text(&text, " HTTP/1.1\r\nHost: here\r\nLong: ");
    for (size_t i = 0; i < header; i++)
        buffer_text(&text, "a");
    for (size_t i = 0; i < headers; i++)
        buffer_printf(&text, "\r\nX-%zu: a", i);
    buffer_text(&text, "\r\n\r\n");
    Client client = client_connect(trial);
    client_send_bytes(&client, text.data, text.length);
    Answer answer = client_answer(&client, false);
    buffer_free(&text);
    client_close(&client);
    return answer;
}

static void long_addresses_and_headers_are_refused(void **state) {
    Trial *trial = *state;
    static const struct {
        size_t target, header, headers;
        int status;
        const char *code; // NULL: more than the library reads; its own words
    } trials[] = {
        {4000, 4000, 0, 200, NULL},
        {4096, 0, 0, 414, "address_too_long"},
        {100000, 0, 0, 414, NULL},
        {0, 8192, 0, 431, "headers_too_large"},
        {0, 100000, 0, 431, NULL},
        {0, 0, 98, 200, NULL},
        {0, 0, 99, 431, "headers_too_large"},
        {0, 0, 5000, 431, NULL},
    };
    HttpOptions options = trial_options(trial);
    trial_start(trial, &options);
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        Answer answer =
            answer_to_long(trial, trials[i].target, trials[i].header, trials[i].headers);
        assert_int_equal(answer.status, trials[i].status);
        if (trials[i].code) assert_code(&answer, trials[i].status, trials[i].code);
        answer_free(&answer);
    }
}

static bool say_limit(HttpRequest *request, size_t declared, size_t *most, void *context) {
    (void)declared, (void)context;
    const char *path = http_request_path(request);
    bool is_put = strcmp(http_request_method(request), "PUT") == 0;
    if (strcmp(path, "/usual") != 0) *most = is_put && strcmp(path, "/large") == 0 ? 100000 : 10;
    return true;
}

static void a_route_decides_how_large_a_body_may_be(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.expect_body = say_limit;
    options.largest_body = 1000;
    trial_start(trial, &options);
    static const struct {
        const char *line;
        size_t length;
        int status;
    } trials[] = {
        {"PUT /small", 10, 200},   {"PUT /small", 11, 413},     {"PUT /large", 100000, 200},
        {"POST /large", 11, 413},  {"PUT /large", 100001, 413}, {"PUT /usual", 1000, 200},
        {"PUT /usual", 1001, 413},
    };
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        for (int chunked = 0; chunked < 2; chunked++) {
            Client client = client_connect(trial);
            client_post(&client, trials[i].line, chunked ? 0 : trials[i].length, trials[i].length);
            Answer answer = client_answer(&client, false);
            assert_int_equal(answer.status, trials[i].status);
            if (answer.status == 413) {
                assert_code(&answer, 413, "body_too_large");
                CLIENT_WAIT(&client, client.at_end);
            }
            answer_free(&answer);
            client_close(&client);
        }
    }
}

// Closing the socket at once lost the answer to a reset.
static void a_client_that_goes_on_sending_still_reads_its_refusal(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.largest_body = 10;
    trial_start(trial, &options);
    for (int chunked = 0; chunked < 2; chunked++) {
        Client client = client_connect(trial);
        client_post(&client, "POST /", chunked ? 0 : 1000000, 1000000);
        trial_pass(trial, 20);
        Answer answer = client_answer(&client, false);
        assert_code(&answer, 413, "body_too_large");
        answer_free(&answer);
        client_close(&client);
    }
    WAIT_FOR(trial, trial->line_count == 2);
    assert_int_equal(trial->lines[0].status, 413);
    assert_int_equal(trial->lines[1].status, 413);
}

// ---- numbers -----------------------------------------------------------------------------------

static void more_requests_than_may_be_open_are_put_off(void **state) {
    Trial *trial = *state;
    char value[256];
    HttpOptions options = trial_options(trial);
    options.most_requests = 2;
    trial_start(trial, &options);
    trial->handle = hold;
    Client clients[3] = {client_connect(trial), client_connect(trial), client_connect(trial)};
    for (size_t i = 0; i < 2; i++) {
        client_send(&clients[i], GET);
        WAIT_FOR(trial, trial->held_count == i + 1);
    }
    client_send(&clients[2], GET);
    Answer answer = client_answer(&clients[2], false);
    assert_code(&answer, 503, "busy");
    assert_string_equal(answer_header(&answer, "Retry-After", value), "1");
    answer_free(&answer);
    assert_int_equal(http_server_statistics(trial->server).overloaded, 1);
    trial_answer(trial->held[0], 200, "");
    client_send(&clients[2], GET);
    WAIT_FOR(trial, trial->held_count == 3);
    trial_answer(trial->held[1], 200, "");
    trial_answer(trial->held[2], 200, "");
    for (size_t i = 0; i < 3; i++) {
        answer = client_answer(&clients[i], false);
        assert_int_equal(answer.status, 200);
        answer_free(&answer);
        client_close(&clients[i]);
    }
}

static void the_connection_idle_longest_makes_room(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.most_connections = 3;
    trial_start(trial, &options);
    Client clients[4];
    for (int i = 0; i < 4; i++) {
        clients[i] = client_connect(trial);
        client_send(&clients[i], GET);
        Answer answer = client_answer(&clients[i], false);
        assert_int_equal(answer.status, 200);
        answer_free(&answer);
        trial_pass(trial, 3);
    }
    client_expect_end(&clients[0]);
    WAIT_FOR(trial, http_server_statistics(trial->server).connections == 3);
    for (int i = 0; i < 4; i++)
        client_close(&clients[i]);
}

static void a_connection_too_many_is_put_off_when_all_are_at_work(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.most_connections = 3;
    trial_start(trial, &options);
    trial->handle = hold;
    Client clients[4];
    for (size_t i = 0; i < 4; i++) {
        clients[i] = client_connect(trial);
        client_send(&clients[i], GET);
        if (i < 3) WAIT_FOR(trial, trial->held_count == i + 1);
    }
    Answer answer = client_answer(&clients[3], false);
    assert_code(&answer, 503, "busy");
    answer_free(&answer);
    client_expect_end(&clients[3]);
    for (size_t i = 0; i < 3; i++) {
        trial_answer(trial->held[i], 200, "");
        answer = client_answer(&clients[i], false);
        assert_int_equal(answer.status, 200);
        answer_free(&answer);
    }
    for (size_t i = 0; i < 4; i++)
        client_close(&clients[i]);
}

static void a_thousand_connections_are_served(void **state) {
    Trial *trial = *state;
    enum { MANY = 1000 };
    struct rlimit files;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &files), 0);
    files.rlim_cur = files.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &files), 0);
    assert_true(files.rlim_max >= 2 * MANY + 100);
    HttpOptions options = trial_options(trial);
    options.most_connections_per_address = MANY;
    trial_start(trial, &options);
    Client *clients = memory_new(MANY, sizeof *clients);
    for (int i = 0; i < MANY; i++) {
        clients[i] = client_connect(trial);
        uv_run(&trial->loop, UV_RUN_NOWAIT);
    }
    WAIT_FOR(trial, http_server_statistics(trial->server).connections == MANY);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < MANY; i++)
            assert_int_equal(send(clients[i].socket, GET, strlen(GET), 0), strlen(GET));
        for (int i = 0; i < MANY; i++) {
            Answer answer = client_answer(&clients[i], false);
            assert_int_equal(answer.status, 200);
            answer_free(&answer);
        }
    }
    assert_int_equal(trial->handled, 2 * MANY);
    for (int i = 0; i < MANY; i++)
        client_close(&clients[i]);
    free(clients);
    WAIT_FOR(trial, http_server_statistics(trial->server).connections == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HTTP_TEST(long_addresses_and_headers_are_refused),
        HTTP_TEST(a_route_decides_how_large_a_body_may_be),
        HTTP_TEST(a_client_that_goes_on_sending_still_reads_its_refusal),
        HTTP_TEST(more_requests_than_may_be_open_are_put_off),
        HTTP_TEST(the_connection_idle_longest_makes_room),
        HTTP_TEST(a_connection_too_many_is_put_off_when_all_are_at_work),
        HTTP_TEST(a_thousand_connections_are_served),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
