// What clients share: memory, connections, requests; and that one of them cannot take it all.
#include "tests/unit/http/trial.h"

#include <sys/resource.h>

#define GET "GET / HTTP/1.1\r\nHost: here\r\n\r\n"

enum { PIECE = 60000 };

// Who asks is what its path says.
static bool name_asker(HttpRequest *request, size_t declared, size_t *most, void *context) {
    (void)declared, (void)most, (void)context;
    http_request_name_user(request, http_request_path(request));
    return true;
}

static int status_of_post(Trial *trial, const char *line, size_t length) {
    Client client = client_connect(trial);
    client_post(&client, line, length, length);
    Answer answer = client_answer(&client, false);
    if (answer.status == 503) assert_code(&answer, 503, "busy");
    answer_free(&answer);
    client_close(&client);
    return answer.status;
}

static size_t held_bodies(const Trial *trial) {
    return http_server_statistics(trial->server).body_bytes;
}

// As many as may be held are taken; what is over makes room again.
static void bodies_together_do_not_fill_the_memory(void **state) {
    Trial *trial = *state;
    enum { HOLDERS = 4 };
    HttpOptions options = trial_options(trial);
    options.most_body_bytes = HOLDERS * PIECE + 1000;
    options.expect_body = name_asker;
    trial_start(trial, &options);
    Client holders[HOLDERS];
    for (int i = 0; i < HOLDERS; i++) {
        char line[32];
        snprintf(line, sizeof line, "PUT /%d", i);
        holders[i] = client_connect(trial);
        client_post(&holders[i], line, 2 * PIECE, PIECE);
    }
    WAIT_FOR(trial, held_bodies(trial) == HOLDERS * (PIECE - HTTP_FREE_BYTES));
    assert_int_equal(status_of_post(trial, "PUT /last", PIECE), 503);
    // Nobody could log in any more.
    assert_int_equal(status_of_post(trial, "PUT /last", HTTP_FREE_BYTES), 200);
    for (int i = 0; i < HOLDERS; i++)
        client_close(&holders[i]);
    WAIT_FOR(trial, held_bodies(trial) == 0);
    for (int i = 0; i < 2 * HOLDERS; i++)
        assert_int_equal(status_of_post(trial, "PUT /last", PIECE), 200);
}

static void one_asker_leaves_room_for_others(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.most_body_bytes = 6 * PIECE;
    options.expect_body = name_asker;
    trial_start(trial, &options);
    Client holder = client_connect(trial);
    client_post(&holder, "PUT /greedy", 2 * PIECE, PIECE);
    WAIT_FOR(trial, held_bodies(trial) == PIECE - HTTP_FREE_BYTES);
    assert_int_equal(status_of_post(trial, "PUT /greedy", PIECE / 2), 200);
    assert_int_equal(status_of_post(trial, "PUT /greedy", 2 * PIECE), 503);
    assert_int_equal(status_of_post(trial, "PUT /other", 3 * PIECE), 200); // his only one
    client_close(&holder);
    WAIT_FOR(trial, held_bodies(trial) == 0);
    assert_int_equal(status_of_post(trial, "PUT /greedy", 2 * PIECE), 200);
}

static bool expect_none(HttpRequest *request, size_t declared, size_t *most, void *context) {
    (void)request, (void)most, (void)context;
    return declared <= HTTP_FREE_BYTES;
}

static void answer_401(Trial *trial, HttpRequest *request) {
    (void)trial;
    trial_answer(request, 401, "who are you?");
}

// 64 MiB were read before it was asked whose they are.
static void a_body_that_nobody_wants_is_not_waited_for(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.largest_body = 64 << 20;
    options.expect_body = expect_none;
    trial_start(trial, &options);
    trial->handle = answer_401;
    static const struct {
        const char *head;
        bool ends;
    } trials[] = {
        {"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 67108864\r\n\r\n", true},
        {"POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n", true},
        {"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 67108864\r\n"
         "Expect: 100-continue\r\n\r\n",
         true},
        {"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n{}", false},
    };
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        Client client = client_connect(trial);
        client_send(&client, trials[i].head);
        Answer answer = client_answer(&client, false);
        assert_int_equal(answer.status, 401);
        assert_string_equal(answer_text(&answer), "who are you?");
        answer_free(&answer);
        if (trials[i].ends) client_expect_end(&client);
        client_close(&client);
        WAIT_FOR(trial, trial->line_count == i + 1);
        assert_int_equal(trial->lines[i].status, 401);
    }
    assert_int_equal(http_server_statistics(trial->server).requests_open, 0);
}

// Of what was refused for its address alone any number of bytes were read first.
static void the_body_of_a_refused_request_is_not_waited_for(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    trial_start(trial, &options);
    static const struct {
        const char *head;
        bool ends;
    } trials[] = {
        {"POST //x HTTP/1.1\r\nHost: here\r\nContent-Length: 10737418240\r\n\r\n", true},
        {"POST //x HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n", true},
        {"POST //x HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n{}", false},
    };
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        Client client = client_connect(trial);
        client_send(&client, trials[i].head);
        Answer answer = client_answer(&client, false);
        assert_code(&answer, 400, "bad_target");
        answer_free(&answer);
        if (trials[i].ends)
            client_expect_end(&client);
        else
            client_send(&client, GET);
        answer = trials[i].ends ? (Answer){.status = 200} : client_answer(&client, false);
        assert_int_equal(answer.status, 200);
        answer_free(&answer);
        client_close(&client);
    }
}

// The server ended when the handler, asked a second time, thought better of the request.
static void who_refuses_at_once_may_take_his_time(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.expect_body = expect_none;
    trial_start(trial, &options);
    trial->handle = trial_hold;
    Client client = client_connect(trial);
    client_send(&client, "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 5000\r\n\r\n");
    WAIT_FOR(trial, trial->held_count == 1);
    trial_answer(trial->held[0], 401, "who are you?");
    Answer answer = client_answer(&client, false);
    assert_int_equal(answer.status, 401);
    answer_free(&answer);
    client_expect_end(&client);
    client_close(&client);
    WAIT_FOR(trial, trial->line_count == 1);
    assert_int_equal(http_server_statistics(trial->server).requests_open, 0);
}

enum { LARGE = 32 << 20 };

static void answer_as_asked(Trial *trial, HttpRequest *request) {
    (void)trial;
    bool is_small = strcmp(http_request_path(request), "/small") == 0;
    HttpAnswer answer = {.status = 200, .type = "application/octet-stream"};
    http_request_name_user(request, http_request_path(request));
    http_answer_header(&answer, "Set-Cookie", "token=next");
    answer.bytes.length = is_small ? HTTP_FREE_BYTES : LARGE;
    answer.bytes.capacity = answer.bytes.length + 1;
    answer.bytes.data = memory_new(answer.bytes.capacity, 1);
    http_answer(request, &answer);
}

static Client ask_and_leave_it(Trial *trial, const char *path) {
    char text[64];
    snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: here\r\n\r\n", path);
    Client client = client_connect(trial);
    client_send(&client, text);
    return client;
}

static void note_drained(void *context) {
    ((Trial *)context)->drained = true;
}

// The log called downloads whole that their clients had left after two kilobytes, or that the end
// of a drain cut off.
static void an_answer_that_was_cut_is_not_called_whole(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    trial_start(trial, &options);
    trial->handle = answer_as_asked;
    Client leaves = ask_and_leave_it(trial, "/large");
    WAIT_FOR(trial, http_server_statistics(trial->server).answer_bytes == LARGE);
    client_close(&leaves);
    WAIT_FOR(trial, trial->line_count == 1);
    Client stays = ask_and_leave_it(trial, "/large");
    WAIT_FOR(trial, http_server_statistics(trial->server).answer_bytes == LARGE);
    http_server_drain(trial->server, 0, note_drained, trial);
    WAIT_FOR(trial, trial->drained && trial->line_count == 2);
    assert_int_equal(http_server_statistics(trial->server).cut_at_drain, 1);
    client_close(&stays);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(trial->lines[i].status, 200);
        assert_true(trial->lines[i].was_cut);
        assert_true(trial->lines[i].sent < LARGE);
    }
}

// Whoever took nothing of many exports had them all kept.
static void answers_that_nobody_takes_do_not_fill_the_memory(void **state) {
    Trial *trial = *state;
    char cookie[256];
    HttpOptions options = trial_options(trial);
    options.most_answer_bytes = 2 * (size_t)LARGE + 10;
    trial_start(trial, &options);
    trial->handle = answer_as_asked;
    Client first = ask_and_leave_it(trial, "/first");
    WAIT_FOR(trial, http_server_statistics(trial->server).answer_bytes == LARGE);
    assert_int_equal(status_of(trial, "GET /first HTTP/1.1\r\nHost: here\r\n\r\n"), 503);
    Client second = ask_and_leave_it(trial, "/second");
    WAIT_FOR(trial, http_server_statistics(trial->server).answer_bytes == 2 * (size_t)LARGE);
    Client third = ask_and_leave_it(trial, "/third");
    Answer answer = client_answer(&third, false);
    assert_code(&answer, 503, "busy");
    // A session's new token was lost with the answer that was put off.
    assert_non_null(answer_header(&answer, "Set-Cookie", cookie));
    assert_string_equal(cookie, "token=next");
    answer_free(&answer);
    assert_int_equal(status_of(trial, "GET /small HTTP/1.1\r\nHost: here\r\n\r\n"), 200);
    // What was changed is told all the same.
    assert_int_equal(status_of(trial, "PUT /third HTTP/1.1\r\nHost: here\r\n\r\n"), 200);
    client_close(&first);
    client_close(&second);
    client_close(&third);
    WAIT_FOR(trial, http_server_statistics(trial->server).answer_bytes == 0);
    assert_int_equal(status_of(trial, "GET /third HTTP/1.1\r\nHost: here\r\n\r\n"), 200);
}

static size_t held_answers(const Trial *trial) {
    return http_server_statistics(trial->server).answer_bytes;
}

static HttpBody *body_of_test; // what `/kept` is answered with

static HttpBody *large_body(void) {
    Buffer bytes = {.data = memory_new(LARGE + 1, 1), .length = LARGE, .capacity = LARGE + 1};
    return http_body_new(&bytes);
}

static void answer_with_a_body(Trial *trial, HttpRequest *request) {
    (void)trial;
    bool is_kept = strcmp(http_request_path(request), "/kept") == 0;
    HttpAnswer answer = {.status = 200, .type = "application/octet-stream"};
    answer.body = is_kept ? http_body_share(body_of_test) : large_body();
    http_answer(request, &answer);
}

// Exports, whose maker still held them, were not counted; nor what was kept once and is no more.
static void a_body_that_answers_share_is_counted_once_until_all_have_it(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.most_answer_bytes = LARGE + 10;
    trial_start(trial, &options);
    trial->handle = answer_with_a_body;
    Client own = ask_and_leave_it(trial, "/own");
    WAIT_FOR(trial, held_answers(trial) == LARGE);
    body_of_test = large_body();
    assert_int_equal(status_of(trial, "GET /kept HTTP/1.1\r\nHost: here\r\n\r\n"), 503);
    client_close(&own);
    WAIT_FOR(trial, held_answers(trial) == 0);

    Client clients[3];
    for (size_t i = 0; i < 3; i++) {
        size_t begun = trial->handled;
        clients[i] = ask_and_leave_it(trial, "/kept");
        WAIT_FOR(trial, trial->handled == begun + 1);
        assert_int_equal(held_answers(trial), LARGE);
    }
    http_body_release(body_of_test);
    static const size_t leaving[] = {1, 0,
                                     2}; // neither the first nor the last, the first, the last
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(held_answers(trial), LARGE);
        assert_int_equal(status_of(trial, "GET /own HTTP/1.1\r\nHost: here\r\n\r\n"), 503);
        size_t over = trial->line_count;
        client_close(&clients[leaving[i]]);
        WAIT_FOR(trial, trial->line_count == over + 1);
    }
    assert_int_equal(held_answers(trial), 0);
}

static bool name_address(HttpRequest *request, size_t declared, size_t *most, void *context) {
    (void)declared, (void)most, (void)context;
    http_request_name_address(request, http_request_path(request) + 1);
    return true;
}

// Whoever had an IPv6 address had as many shares as it has neighbours.
static void addresses_of_one_network_are_one_asker(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.most_body_bytes = 6 * PIECE;
    options.expect_body = name_address;
    trial_start(trial, &options);
    Client holder = client_connect(trial);
    client_post(&holder, "PUT /2001:db8:0:1::5", 2 * PIECE, PIECE);
    WAIT_FOR(trial, held_bodies(trial) == PIECE - HTTP_FREE_BYTES);
    assert_int_equal(status_of_post(trial, "PUT /2001:db8:0:1:aaaa:1:2:3", 2 * PIECE), 503);
    assert_int_equal(status_of_post(trial, "PUT /2001:db8:0:2::5", 2 * PIECE), 200);
    client_close(&holder);
}

// ---- connections and requests ------------------------------------------------------------------

// What nobody waited for any more was worked out all the same.
static void a_client_that_left_or_was_cut_off_is_known_to_have(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.idle_ms = 400; // so that it is looked often
    trial_start(trial, &options);
    trial->handle = trial_hold;
    Client clients[3];
    for (size_t i = 0; i < 3; i++) {
        clients[i] = client_connect(trial);
        client_send(&clients[i], GET);
        WAIT_FOR(trial, trial->held_count == i + 1);
    }
    shutdown(clients[1].socket, SHUT_WR);
    WAIT_FOR(trial, http_request_is_abandoned(trial->held[1]));
    assert_false(http_request_is_abandoned(trial->held[0]));
    trial_answer(trial->held[1], 200, "all the same");
    Answer answer = client_answer(&clients[1], false);
    assert_string_equal(answer_text(&answer), "all the same");
    answer_free(&answer);
    http_server_drain(trial->server, 0, NULL, NULL);
    WAIT_FOR(trial, http_request_is_abandoned(trial->held[0]));
    trial_answer(trial->held[0], 200, "");
    trial_answer(trial->held[2], 200, "");
    for (size_t i = 0; i < 3; i++)
        client_close(&clients[i]);
}

static void one_address_has_so_many_connections_and_no_more(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.most_connections_per_address = 2;
    trial_start(trial, &options);
    Client clients[3];
    for (int i = 0; i < 3; i++)
        clients[i] = client_connect(trial);
    CLIENT_WAIT(&clients[2], clients[2].at_end);
    assert_int_equal(http_server_statistics(trial->server).turned_away, 1);
    client_close(&clients[0]);
    WAIT_FOR(trial, http_server_statistics(trial->server).connections == 1);
    assert_int_equal(status_of(trial, GET), 200);
    client_close(&clients[1]);
    client_close(&clients[2]);
}

// Behind one, everybody's connections come from the same address.
static void connections_of_the_proxy_are_not_one_clients(void **state) {
    Trial *trial = *state;
    enum { MANY = 8 };
    HttpOptions options = trial_options(trial);
    options.most_connections_per_address = 2;
    assert_true(address_list_read(&options.proxies, "127.0.0.1"));
    trial_start(trial, &options);
    Client clients[MANY];
    for (int i = 0; i < MANY; i++)
        clients[i] = client_connect(trial);
    for (int i = 0; i < MANY; i++) {
        client_send(&clients[i], GET);
        Answer answer = client_answer(&clients[i], false);
        assert_int_equal(answer.status, 200);
        answer_free(&answer);
        client_close(&clients[i]);
    }
    assert_int_equal(http_server_statistics(trial->server).turned_away, 0);
}

static void say_address(Trial *trial, HttpRequest *request) {
    (void)trial;
    http_request_name_address(request, "192.0.2.7");
    trial_answer(request, 200, http_request_peer(request)->address);
}

static void the_log_has_the_clients_address_and_not_the_proxys(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    trial_start(trial, &options);
    trial->handle = say_address;
    assert_int_equal(status_of(trial, GET), 200);
    WAIT_FOR(trial, trial->line_count == 1);
    assert_string_equal(trial->lines[0].address, "192.0.2.7");
}

static bool is_health(const HttpRequest *request, void *context) {
    (void)context;
    return strcmp(http_request_path(request), "/health") == 0;
}

static void hold_all_but_probes(Trial *trial, HttpRequest *request) {
    if (is_health(request, NULL))
        trial_answer(request, 200, "well");
    else
        trial_hold(trial, request);
}

// An orchestrator restarted a server that was only busy.
static void a_probe_is_answered_however_many_requests_are_open(void **state) {
    Trial *trial = *state;
    static const char probe[] = "GET /health HTTP/1.1\r\nHost: here\r\n\r\n";
    HttpOptions options = trial_options(trial);
    options.most_requests = options.most_connections = 2;
    options.is_probe = is_health;
    trial_start(trial, &options);
    trial->handle = hold_all_but_probes;
    Client clients[2] = {client_connect(trial), client_connect(trial)};
    for (size_t i = 0; i < 2; i++) {
        client_send(&clients[i], GET);
        WAIT_FOR(trial, trial->held_count == i + 1);
    }
    assert_int_equal(status_of(trial, GET), 503);
    assert_int_equal(status_of(trial, probe), 200);
    for (size_t i = 0; i < 2; i++) {
        trial_answer(trial->held[i], 200, "");
        client_close(&clients[i]);
    }
}

// accept failed for want of descriptors, again and again, and the store's files with it.
static void connections_leave_descriptors_for_the_rest(void **state) {
    Trial *trial = *state;
    enum { MOST = 100 };
    struct rlimit usual, low;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &usual), 0);
    low = usual;
    low.rlim_cur = MOST * 4;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
    HttpOptions options = trial_options(trial);
    trial_start(trial, &options);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &usual), 0);
    Client clients[MOST + 1];
    for (int i = 0; i <= MOST; i++) {
        clients[i] = client_connect(trial);
        client_send(&clients[i], "GET / HTTP/1.1\r\n"); // at work, and makes no room
        WAIT_FOR(trial, http_server_statistics(trial->server).connections == i + 1);
    }
    client_send(&clients[MOST], "Host: here\r\n\r\n");
    Answer answer = client_answer(&clients[MOST], false);
    assert_code(&answer, 503, "busy");
    answer_free(&answer);
    for (int i = 0; i <= MOST; i++)
        client_close(&clients[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HTTP_TEST(bodies_together_do_not_fill_the_memory),
        HTTP_TEST(one_asker_leaves_room_for_others),
        HTTP_TEST(a_body_that_nobody_wants_is_not_waited_for),
        HTTP_TEST(an_answer_that_was_cut_is_not_called_whole),
        HTTP_TEST(the_body_of_a_refused_request_is_not_waited_for),
        HTTP_TEST(who_refuses_at_once_may_take_his_time),
        HTTP_TEST(answers_that_nobody_takes_do_not_fill_the_memory),
        HTTP_TEST(a_body_that_answers_share_is_counted_once_until_all_have_it),
        HTTP_TEST(addresses_of_one_network_are_one_asker),
        HTTP_TEST(a_client_that_left_or_was_cut_off_is_known_to_have),
        HTTP_TEST(one_address_has_so_many_connections_and_no_more),
        HTTP_TEST(connections_of_the_proxy_are_not_one_clients),
        HTTP_TEST(the_log_has_the_clients_address_and_not_the_proxys),
        HTTP_TEST(a_probe_is_answered_however_many_requests_are_open),
        HTTP_TEST(connections_leave_descriptors_for_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
