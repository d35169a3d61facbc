// The server from its sockets: requests that come whole, answers at once and later, streams, drain.
#include "tests/unit/http/trial.h"

static void start(Trial *trial) {
    HttpOptions options = trial_options(trial);
    trial_start(trial, &options);
}

static void a_request_is_answered(void **state) {
    Trial *trial = *state;
    char value[256];
    start(trial);
    Client client = client_connect(trial);
    client_send(&client, "GET /a/b?c=d HTTP/1.1\r\nHost: here\r\n\r\n");
    Answer answer = client_answer(&client, false);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer_text(&answer), "GET /a/b ");
    assert_string_equal(answer_header(&answer, "Content-Type", value), "text/plain");
    assert_non_null(answer_header(&answer, "Date", value));
    assert_null(answer_header(&answer, "Connection", value));
    WAIT_FOR(trial, trial->line_count == 1);
    assert_string_equal(trial->lines[0].method, "GET");
    assert_string_equal(trial->lines[0].path, "/a/b");
    assert_string_equal(trial->lines[0].address, "127.0.0.1");
    assert_string_equal(trial->lines[0].user, "-");
    assert_int_equal(trial->lines[0].status, 200);
    assert_int_equal(trial->lines[0].sent, 9);
    answer_free(&answer);
    client_close(&client);
}

static void a_connection_serves_hundreds_of_requests(void **state) {
    Trial *trial = *state;
    start(trial);
    Client client = client_connect(trial);
    for (int i = 0; i < 500; i++) {
        char text[128], expected[64];
        snprintf(text, sizeof text,
                 "POST /n/%d HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\n\r\n%03d", i, i);
        snprintf(expected, sizeof expected, "POST /n/%d %03d", i, i);
        client_send(&client, text);
        Answer answer = client_answer(&client, false);
        assert_int_equal(answer.status, 200);
        assert_string_equal(answer_text(&answer), expected);
        answer_free(&answer);
    }
    assert_int_equal(http_server_statistics(trial->server).connections, 1);
    WAIT_FOR(trial, trial_requests(trial) == 500);
    client_close(&client);
    WAIT_FOR(trial, http_server_statistics(trial->server).connections == 0);
}

static void pipelined_requests_are_answered_in_order(void **state) {
    Trial *trial = *state;
    Buffer all = {0};
    start(trial);
    Client client = client_connect(trial);
    for (int i = 0; i < 200; i++)
        buffer_printf(&all, "GET /%d HTTP/1.1\r\nHost: here\r\n\r\n", i);
    client_send_bytes(&client, all.data, all.length);
    for (int i = 0; i < 200; i++) {
        char expected[32];
        snprintf(expected, sizeof expected, "GET /%d ", i);
        Answer answer = client_answer(&client, false);
        assert_string_equal(answer_text(&answer), expected);
        answer_free(&answer);
    }
    buffer_free(&all);
    client_close(&client);
}

static void hold(Trial *trial, HttpRequest *request) {
    trial_hold(trial, request);
}

static void an_answer_may_come_later(void **state) {
    Trial *trial = *state;
    start(trial);
    trial->handle = hold;
    Client clients[2] = {client_connect(trial), client_connect(trial)};
    for (int i = 0; i < 2; i++) {
        client_send(&clients[i], "GET / HTTP/1.1\r\nHost: here\r\n\r\n");
        WAIT_FOR(trial, trial->held_count == (size_t)i + 1);
    }
    assert_int_equal(http_server_statistics(trial->server).requests_open, 2);
    trial_answer(trial->held[1], 200, "second");
    trial_answer(trial->held[0], 404, "first");
    Answer second = client_answer(&clients[1], false), first = client_answer(&clients[0], false);
    assert_int_equal(first.status, 404);
    assert_string_equal(answer_text(&first), "first");
    assert_string_equal(answer_text(&second), "second");
    answer_free(&first);
    answer_free(&second);
    // The connections are as good as before.
    trial->handle = trial_echo;
    client_send(&clients[0], "GET /again HTTP/1.1\r\nHost: here\r\n\r\n");
    first = client_answer(&clients[0], false);
    assert_string_equal(answer_text(&first), "GET /again ");
    answer_free(&first);
    client_close(&clients[0]);
    client_close(&clients[1]);
}

static void pipelined_requests_wait_for_a_late_answer(void **state) {
    Trial *trial = *state;
    start(trial);
    trial->handle = hold;
    Client client = client_connect(trial);
    client_send(&client,
                "GET /1 HTTP/1.1\r\nHost: here\r\n\r\nGET /2 HTTP/1.1\r\nHost: here\r\n\r\n");
    WAIT_FOR(trial, trial->held_count == 1);
    trial_pass(trial, 20);
    assert_int_equal(trial->held_count, 1);
    trial_answer(trial->held[0], 200, "one");
    WAIT_FOR(trial, trial->held_count == 2);
    trial_answer(trial->held[1], 200, "two");
    Answer one = client_answer(&client, false), two = client_answer(&client, false);
    assert_string_equal(answer_text(&one), "one");
    assert_string_equal(answer_text(&two), "two");
    answer_free(&one);
    answer_free(&two);
    client_close(&client);
}

// One whose client half-closed was once taken for one whose client had left.
static void a_client_that_has_said_all_is_still_answered(void **state) {
    Trial *trial = *state;
    start(trial);
    for (int late = 0; late < 2; late++) {
        trial->handle = late ? hold : trial_echo;
        Client client = client_connect(trial);
        client_send(&client, "GET /half HTTP/1.1\r\nHost: here\r\n\r\n");
        shutdown(client.socket, SHUT_WR);
        if (late) {
            WAIT_FOR(trial, trial->held_count == 1);
            trial_pass(trial, 20);
            trial_answer(trial->held[0], 200, "late");
        }
        Answer answer = client_answer(&client, false);
        assert_int_equal(answer.status, 200);
        assert_string_equal(answer_text(&answer), late ? "late" : "GET /half ");
        client_expect_end(&client);
        answer_free(&answer);
        client_close(&client);
    }
}

static void a_client_may_leave_while_its_answer_is_worked_out(void **state) {
    Trial *trial = *state;
    start(trial);
    trial->handle = hold;
    for (int i = 0; i < 3; i++) {
        Client client = client_connect(trial);
        client_send(&client, "GET /gone HTTP/1.1\r\nHost: here\r\n\r\n");
        WAIT_FOR(trial, trial->held_count == (size_t)i + 1);
        client_close(&client);
    }
    trial_pass(trial, 20);
    for (int i = 0; i < 3; i++) {
        // It lives until it is answered.
        assert_string_equal(http_request_path(trial->held[i]), "/gone");
        trial_answer(trial->held[i], 200, "nobody");
    }
    WAIT_FOR(trial, http_server_statistics(trial->server).connections == 0);
    assert_int_equal(http_server_statistics(trial->server).requests_open, 0);
}

static void what_is_put_at_a_request_is_released_with_it(void **state) {
    Trial *trial = *state;
    start(trial);
    trial->handle = hold;
    Client client = client_connect(trial);
    client_send(&client, "GET / HTTP/1.1\r\nHost: here\r\n\r\n");
    WAIT_FOR(trial, trial->held_count == 1);
    http_request_put(trial->held[0], memory_copy_string("replaced"), free);
    http_request_put(trial->held[0], memory_copy_string("kept"), free); // a leak fails the test
    http_request_name_user(trial->held[0], "zhang");
    trial_answer(trial->held[0], 200, "");
    WAIT_FOR(trial, trial->line_count == 1);
    assert_string_equal(trial->lines[0].user, "zhang");
    client_close(&client);
}

static void a_body_comes_whole_in_one_piece_or_many(void **state) {
    Trial *trial = *state;
    start(trial);
    Client client = client_connect(trial);
    Buffer body = {0}, text = {0};
    for (int i = 0; i < 20000; i++)
        buffer_printf(&body, "%05d", i);
    buffer_printf(&text, "PUT /x HTTP/1.1\r\nHost: here\r\nContent-Length: %zu\r\n\r\n",
                  body.length);
    buffer_append(&text, body.data, body.length);
    client_send_bytes(&client, text.data, text.length);
    Answer answer = client_answer(&client, false);
    assert_int_equal(answer.body.length, body.length + 7);
    assert_memory_equal(answer.body.data + 7, body.data, body.length);
    answer_free(&answer);

    buffer_clear(&text);
    buffer_text(&text, "PUT /x HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (size_t at = 0; at < body.length; at += 1000) {
        buffer_text(&text, "3e8;name=value\r\n");
        buffer_append(&text, body.data + at, 1000);
        buffer_text(&text, "\r\n");
    }
    buffer_text(&text, "0\r\nTrailer: is-passed-over\r\n\r\n");
    client_send_bytes(&client, text.data, text.length);
    answer = client_answer(&client, false);
    assert_int_equal(answer.status, 200);
    assert_int_equal(answer.body.length, body.length + 7);
    assert_memory_equal(answer.body.data + 7, body.data, body.length);
    answer_free(&answer);
    buffer_free(&body);
    buffer_free(&text);
    client_close(&client);
}

static void a_head_is_a_get_without_its_body(void **state) {
    Trial *trial = *state;
    char value[256];
    start(trial);
    Client client = client_connect(trial);
    client_send(&client, "HEAD /h HTTP/1.1\r\nHost: here\r\n\r\n");
    Answer answer = client_answer(&client, true);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer_header(&answer, "Content-Length", value), "7"); // "GET /h "
    client_send(&client, "GET /h HTTP/1.1\r\nHost: here\r\n\r\n");
    answer = client_answer(&client, false);
    assert_string_equal(answer_text(&answer), "GET /h ");
    assert_string_equal(trial->lines[0].method, "HEAD");
    assert_int_equal(trial->lines[0].sent, 0);
    answer_free(&answer);
    client_close(&client);
}

static void a_connection_is_closed_when_asked_or_when_the_client_is_old(void **state) {
    Trial *trial = *state;
    static const char *const last[] = {
        "GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
    };
    start(trial);
    for (size_t i = 0; i < 2; i++) {
        Client client = client_connect(trial);
        char value[256];
        client_send(&client, last[i]);
        Answer answer = client_answer(&client, false);
        assert_int_equal(answer.status, 200);
        assert_string_equal(answer_header(&answer, "Connection", value), "close");
        client_expect_end(&client);
        answer_free(&answer);
        client_close(&client);
    }
}

// ---- streams -----------------------------------------------------------------------------------

static void stream_closed(HttpStream *stream, void *context) {
    Trial *trial = context;
    assert_ptr_equal(stream, trial->stream);
    trial->stream = NULL;
    trial->streams_closed++;
}

static void open_stream(Trial *trial, HttpRequest *request) {
    HttpAnswer answer = {.status = 200, .type = "text/event-stream"};
    http_answer_header(&answer, "Cache-Control", "no-store");
    trial->stream = http_stream_open(request, &answer, stream_closed, trial);
}

static Client open_one(Trial *trial) {
    trial->handle = open_stream;
    Client client = client_connect(trial);
    client_send(&client, "GET /events HTTP/1.1\r\nHost: here\r\n\r\n");
    CLIENT_WAIT(&client, client.in.length && strstr(client.in.data, "\r\n\r\n"));
    assert_non_null(strstr(client.in.data, "Content-Type: text/event-stream\r\n"));
    assert_non_null(strstr(client.in.data, "Cache-Control: no-store\r\n"));
    assert_non_null(strstr(client.in.data, "Transfer-Encoding: chunked\r\n"));
    buffer_clear(&client.in);
    return client;
}

static void a_stream_brings_what_is_sent_when_it_is_sent(void **state) {
    Trial *trial = *state;
    start(trial);
    Client client = open_one(trial);
    for (int i = 0; i < 100; i++) {
        char text[32], expected[64];
        snprintf(text, sizeof text, "data: %d\n\n", i);
        snprintf(expected, sizeof expected, "%zX\r\n%s\r\n", strlen(text), text);
        assert_true(http_stream_send(trial->stream, text, strlen(text)));
        CLIENT_WAIT(&client, client.in.length == strlen(expected));
        assert_string_equal(client.in.data, expected);
        buffer_clear(&client.in);
    }
    assert_int_equal(http_server_statistics(trial->server).streams, 1);
    http_stream_close(trial->stream);
    CLIENT_WAIT(&client, client.in.length == 5);
    assert_string_equal(client.in.data, "0\r\n\r\n");
    WAIT_FOR(trial, trial->streams_closed == 1);
    assert_int_equal(http_server_statistics(trial->server).streams, 0);
    client_close(&client);
}

static void a_stream_ends_when_its_client_leaves(void **state) {
    Trial *trial = *state;
    start(trial);
    Client client = open_one(trial);
    assert_true(http_stream_send(trial->stream, "x", 1));
    CLIENT_WAIT(&client, client.in.length == 6);
    client_close(&client); // seen without anything being sent
    WAIT_FOR(trial, trial->streams_closed == 1);
    WAIT_FOR(trial, http_server_statistics(trial->server).connections == 0);
}

static void a_stream_ends_when_its_reader_is_too_slow(void **state) {
    Trial *trial = *state;
    char piece[10000];
    memset(piece, 'x', sizeof piece);
    start(trial);
    Client client = open_one(trial);
    int sent = 0;
    while (sent < 10000 && http_stream_send(trial->stream, piece, sizeof piece)) {
        sent++;
        trial_turn(trial);
    }
    assert_in_range(sent, 25, 9999); // at least what may wait; the kernel takes some more
    WAIT_FOR(trial, trial->streams_closed == 1);
    WAIT_FOR(trial, http_server_statistics(trial->server).connections == 0);
    client_close(&client);
}

// ---- drain -------------------------------------------------------------------------------------

static void note_drained(void *context) {
    Trial *trial = context;
    assert_false(trial->drained);
    trial->drained = true;
}

static void a_drain_waits_for_answers_and_ends_the_rest(void **state) {
    Trial *trial = *state;
    char value[256];
    start(trial);
    Client idle = client_connect(trial), streaming = open_one(trial);
    trial->handle = hold;
    Client waiting = client_connect(trial), halfway = client_connect(trial);
    client_send(&waiting, "GET / HTTP/1.1\r\nHost: here\r\n\r\n");
    client_send(&halfway, "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\n\r\nab");
    WAIT_FOR(trial,
             trial->held_count == 1 && http_server_statistics(trial->server).connections == 4);
    int port = http_server_port(trial->server);
    http_server_drain(trial->server, TRIAL_LIMIT_MS, note_drained, trial);
    assert_false(trial->drained);

    client_expect_end(&idle);
    CLIENT_WAIT(&streaming, streaming.at_end);
    assert_string_equal(streaming.in.data, "0\r\n\r\n");
    assert_int_equal(trial->streams_closed, 1);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int late = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(late, (struct sockaddr *)&address, sizeof address), -1);
    close(late);

    trial_pass(trial, 30);
    assert_false(trial->drained);
    trial_answer(trial->held[0], 200, "in time");
    Answer answer = client_answer(&waiting, false);
    assert_string_equal(answer_text(&answer), "in time");
    assert_string_equal(answer_header(&answer, "Connection", value), "close");
    answer_free(&answer);
    client_expect_end(&waiting);

    client_send(&halfway, "cd");
    WAIT_FOR(trial, trial->held_count == 2);
    assert_false(trial->drained);
    trial_answer(trial->held[1], 200, "also");
    answer = client_answer(&halfway, false);
    assert_string_equal(answer_text(&answer), "also");
    answer_free(&answer);
    WAIT_FOR(trial, trial->drained);
    client_close(&idle);
    client_close(&streaming);
    client_close(&waiting);
    client_close(&halfway);
}

static void a_drain_cuts_off_what_takes_too_long(void **state) {
    Trial *trial = *state;
    start(trial);
    trial->handle = hold;
    Client client = client_connect(trial);
    client_send(&client, "GET / HTTP/1.1\r\nHost: here\r\n\r\n");
    WAIT_FOR(trial, trial->held_count == 1);
    http_server_drain(trial->server, 50, note_drained, trial);
    WAIT_FOR(trial, trial->drained);
    client_expect_end(&client);
    http_server_free(trial->server);
    trial->server = NULL;
    // Who works on it still holds it, and may answer.
    assert_string_equal(http_request_path(trial->held[0]), "/");
    trial_answer(trial->held[0], 200, "too late");
    client_close(&client);
}

static void a_server_without_requests_drains_at_once(void **state) {
    Trial *trial = *state;
    start(trial);
    http_server_drain(trial->server, TRIAL_LIMIT_MS, note_drained, trial);
    WAIT_FOR(trial, trial->drained);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HTTP_TEST(a_request_is_answered),
        HTTP_TEST(a_connection_serves_hundreds_of_requests),
        HTTP_TEST(pipelined_requests_are_answered_in_order),
        HTTP_TEST(an_answer_may_come_later),
        HTTP_TEST(pipelined_requests_wait_for_a_late_answer),
        HTTP_TEST(a_client_that_has_said_all_is_still_answered),
        HTTP_TEST(a_client_may_leave_while_its_answer_is_worked_out),
        HTTP_TEST(what_is_put_at_a_request_is_released_with_it),
        HTTP_TEST(a_body_comes_whole_in_one_piece_or_many),
        HTTP_TEST(a_head_is_a_get_without_its_body),
        HTTP_TEST(a_connection_is_closed_when_asked_or_when_the_client_is_old),
        HTTP_TEST(a_stream_brings_what_is_sent_when_it_is_sent),
        HTTP_TEST(a_stream_ends_when_its_client_leaves),
        HTTP_TEST(a_stream_ends_when_its_reader_is_too_slow),
        HTTP_TEST(a_drain_waits_for_answers_and_ends_the_rest),
        HTTP_TEST(a_drain_cuts_off_what_takes_too_long),
        HTTP_TEST(a_server_without_requests_drains_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
