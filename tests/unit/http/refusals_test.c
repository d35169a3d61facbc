// What is wrong with a request itself, and what is said to it.
#include "tests/unit/http/trial.h"

// Ends of a request that would otherwise be good.
#define HOST "Host: here\r\n"
#define END "\r\n"

typedef struct Wrong {
    const char *text;
    int status;
    const char *code; // NULL: refused by the library, in its own words
    bool closes;
} Wrong;

static void start(Trial *trial) {
    HttpOptions options = trial_options(trial);
    options.largest_body = 1000;
    trial_start(trial, &options);
}

static void assert_refused(Trial *trial, const Wrong *wrong) {
    char expected[100], value[256];
    Client client = client_connect(trial);
    client_send(&client, wrong->text);
    Answer answer = client_answer(&client, false);
    if (answer.status != wrong->status)
        fail_msg("%d instead of %d for:\n%s\n%s", answer.status, wrong->status, wrong->text,
                 answer_text(&answer));
    if (wrong->code) {
        snprintf(expected, sizeof expected, "{\"code\":\"%s\"", wrong->code);
        if (strncmp(answer_text(&answer), expected, strlen(expected)) != 0)
            fail_msg("not %s but %s for:\n%s", wrong->code, answer_text(&answer), wrong->text);
        assert_string_equal(answer_header(&answer, "Content-Type", value), "application/json");
    }
    assert_int_equal(answer_header(&answer, "Connection", value) != NULL, wrong->closes);
    if (wrong->closes) CLIENT_WAIT(&client, client.at_end);
    answer_free(&answer);
    client_close(&client);
}

static void assert_all_refused(Trial *trial, const Wrong *list, size_t count) {
    start(trial);
    for (size_t i = 0; i < count; i++) {
        assert_refused(trial, &list[i]);
        WAIT_FOR(trial, trial->line_count == i + 1);
        // Of a line that could not be read no more than that is known.
        assert_int_equal(trial->lines[i].status, list[i].status == 505 ? 400 : list[i].status);
    }
    assert_int_equal(trial->handled, 0);
    assert_int_equal(http_server_statistics(trial->server).refused, count);
    // The server is as well as before.
    assert_int_equal(status_of(trial, "GET / HTTP/1.1\r\n" HOST END), 200);
}

#define ASSERT_ALL_REFUSED(trial, list)                                                            \
    assert_all_refused(trial, list, sizeof(list) / sizeof *(list))

static void a_malformed_line_is_refused(void **state) {
    static const Wrong list[] = {
        {"GARBAGE\r\n\r\n", 400, "bad_request", true},
        {"\x16\x03\x01\x02\x01\x01\xfc\x03\x03\n\n", 400, "bad_request", true}, // TLS
        {"GET /\r\n\r\n", 400, NULL, true},
        {"GET / HTTP/1\r\n" HOST END, 400, NULL, true},
        {"GET / http/1.1\r\n" HOST END, 400, NULL, true},
        {"GET / HTTP/2.0\r\n" HOST END, 505, NULL, true},
        {"GET / HTTP/0.9\r\n" HOST END, 505, NULL, true},
        {"GET  / HTTP/1.1\r\n" HOST END, 400, "bad_request", true},
        {"GET /a b HTTP/1.1\r\n" HOST END, 400, "bad_request", true},
        {"GET /  HTTP/1.1\r\n" HOST END, 400, "bad_request", true},
        {"GET / HTTP/1.1 \r\n" HOST END, 400, NULL, true},
        {"GET / HTTP/1.1\n" HOST END, 400, "bad_request", true},
        {"get / HTTP/1.1\r\n" HOST END, 400, "bad_request", true},
        {"G@T / HTTP/1.1\r\n" HOST END, 400, "bad_request", true},
        {"ABCDEFGHIJKLMNOPQ / HTTP/1.1\r\n" HOST END, 400, "bad_request", true},
        {" GET / HTTP/1.1\r\n" HOST END, 400, "bad_request", true},
    };
    ASSERT_ALL_REFUSED(*state, list);
}

static void malformed_headers_are_refused(void **state) {
    static const Wrong list[] = {
        {"GET / HTTP/1.1\r\n" HOST "no colon\r\n" END, 400, NULL, true},
        {"GET / HTTP/1.1\r\n" HOST "Blank : x\r\n" END, 400, "bad_request", true},
        {"GET / HTTP/1.1\r\n" HOST ": x\r\n" END, 400, "bad_request", true},
        {"GET / HTTP/1.1\r\n" HOST "A(b): x\r\n" END, 400, "bad_request", true},
        {"GET / HTTP/1.1\r\n" HOST "A: b\x01\r\n" END, 400, "bad_request", true},
        {"GET / HTTP/1.1\r\n" HOST "A: b\rc\r\n" END, 400, "bad_request", true},
        {"GET / HTTP/1.1\r\n" HOST "A: b\n" END, 400, "bad_request", true},
        {"GET / HTTP/1.1\r\n" HOST "A: b\r\n\n", 400, "bad_request", true},
        // A line that goes on in the next one.
        {"GET / HTTP/1.1\r\n" HOST "A: b\r\n c\r\n" END, 400, "bad_request", true},
        {"GET / HTTP/1.1\r\n" HOST "A: b\r\n\tc\r\n" END, 400, "bad_request", true},
        {"GET / HTTP/1.1\r\n Host: here\r\n" END, 400, "bad_request", true},
    };
    ASSERT_ALL_REFUSED(*state, list);
}

static void a_nul_in_the_head_is_refused(void **state) {
    Trial *trial = *state;
    static const char lines[][64] = {
        "GET /a\0b HTTP/1.1\r\nHost: here\r\n\r\n____________________",
        "GET / HTTP/1.1\r\nHost: here\0there\r\n\r\n____________________",
        "GET / HTTP/1.1\r\nHost: here\r\nA: b\0\r\n\r\n____________________",
        "GET / HTTP/1.1\r\nHost: here\r\nA\0: b\r\n\r\n____________________",
    };
    start(trial);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const char *end = memmem(lines[i], sizeof lines[i], "\r\n\r\n", 4);
        Client client = client_connect(trial);
        client_send_bytes(&client, lines[i], (size_t)(end + 4 - lines[i]));
        Answer answer = client_answer(&client, false);
        assert_int_equal(answer.status, 400);
        answer_free(&answer);
        client_close(&client);
    }
    assert_int_equal(trial->handled, 0);
}

static void a_host_is_needed_once(void **state) {
    static const Wrong list[] = {
        {"GET / HTTP/1.1\r\n" END, 400, "bad_host", true},
        {"GET / HTTP/1.1\r\nHost:\r\n" END, 400, "bad_host", true},
        {"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n" END, 400, "bad_host", true},
        {"GET / HTTP/1.1\r\nHost: a/b\r\n" END, 400, "bad_host", true},
        {"GET / HTTP/1.1\r\nHost: a, b\r\n" END, 400, "bad_host", true},
        {"GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n" END, 400, "bad_host", true},
    };
    ASSERT_ALL_REFUSED(*state, list);
}

static void the_length_of_a_body_must_be_unambiguous(void **state) {
    static const Wrong list[] = {
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nContent-Length: 1\r\n" END "a", 400,
         "bad_framing", true},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\ncontent-length: 2\r\n" END "a", 400,
         "bad_framing", true},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n" END
         "0\r\n\r\n",
         400, "bad_framing", true},
        {"POST / HTTP/1.1\r\n" HOST
         "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n" END "0\r\n\r\n",
         400, "bad_framing", true},
        {"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n" END "0\r\n\r\n", 400,
         "bad_framing", true},
        {"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: identity\r\n" END, 400, "bad_framing",
         true},
        {"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: xchunked\r\n" END "0\r\n\r\n", 400,
         "bad_framing", true},
        {"POST / HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n" END "0\r\n\r\n", 400,
         "bad_framing", true},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length : 1\r\n" END "a", 400, "bad_request", true},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n 0\r\n" END "0123456789", 400,
         "bad_request", true},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: x\r\n" END, 400, NULL, true},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: -1\r\n" END, 400, NULL, true},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: +1\r\n" END "a", 400, NULL, true},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: 1, 1\r\n" END "a", 400, NULL, true},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length:\r\n" END, 400, NULL, true},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: 99999999999999999999\r\n" END, 413, NULL,
         true},
        {"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n" END "x\r\n", 400, NULL, true},
        {"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n" END "-1\r\n", 400, NULL, true},
        {"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n" END "1\r\nabc\r\n", 400, NULL,
         true},
        {"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n" END
         "fffffffffffffffffff\r\nabc\r\n",
         413, NULL, true},
    };
    ASSERT_ALL_REFUSED(*state, list);
}

static void headers_that_count_once_may_not_be_repeated(void **state) {
    static const Wrong list[] = {
        {"GET / HTTP/1.1\r\n" HOST "Authorization: a\r\nauthorization: b\r\n" END, 400,
         "repeated_header", true},
        {"GET / HTTP/1.1\r\n" HOST "Cookie: a=1\r\nCookie: a=2\r\n" END, 400, "repeated_header",
         true},
        {"GET / HTTP/1.1\r\n" HOST "Content-Type: a/b\r\nContent-Type: c/d\r\n" END, 400,
         "repeated_header", true},
    };
    ASSERT_ALL_REFUSED(*state, list);
}

static void a_malformed_address_is_refused(void **state) {
    static const Wrong list[] = {
        {"GET a HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"OPTIONS * HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"CONNECT a:1 HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET ftp://a/b HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET http:///b HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /a#b HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /% HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /%4 HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /%zz HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /%00 HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /a%0ab HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /%7f HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /%c2%9b HTTP/1.1\r\n" HOST END, 400, "bad_target", false}, // a C1 control
        {"GET /%ff HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /%c0%af HTTP/1.1\r\n" HOST END, 400, "bad_target", false}, // an overlong slash
        {"GET /a%2fb HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /.. HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /a/../b HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /a/%2e%2E/b HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /a/. HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /a//b HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET // HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /?a=1&a=2 HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /?a&%61 HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /?a=%f HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /?a=%00 HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
        {"GET /?%ff=1 HTTP/1.1\r\n" HOST END, 400, "bad_target", false},
    };
    ASSERT_ALL_REFUSED(*state, list);
}

// After a refusal that leaves no doubt where the next request begins, the connection is kept.
static void a_refusal_need_not_end_a_connection(void **state) {
    Trial *trial = *state;
    start(trial);
    Client client = client_connect(trial);
    for (int i = 0; i < 3; i++) {
        client_send(&client, "POST /.. HTTP/1.1\r\n" HOST "Content-Length: 5\r\n" END "abcde");
        Answer answer = client_answer(&client, false);
        assert_int_equal(answer.status, 400);
        answer_free(&answer);
        client_send(&client, "GET /good HTTP/1.1\r\n" HOST END);
        answer = client_answer(&client, false);
        assert_string_equal(answer_text(&answer), "GET /good ");
        answer_free(&answer);
    }
    client_close(&client);
}

static void a_second_request_that_cannot_be_read_is_logged_too(void **state) {
    Trial *trial = *state;
    start(trial);
    Client client = client_connect(trial);
    client_send(&client, "GET /good HTTP/1.1\r\n" HOST END "GARBAGE\r\n\r\n");
    Answer good = client_answer(&client, false), bad = client_answer(&client, false);
    assert_int_equal(good.status, 200);
    assert_int_equal(bad.status, 400);
    client_expect_end(&client);
    assert_int_equal(trial->line_count, 2);
    assert_string_equal(trial->lines[1].method, "-");
    assert_string_equal(trial->lines[1].path, "-");
    assert_string_equal(trial->lines[1].address, "127.0.0.1");
    assert_int_equal(trial->lines[1].status, 400);
    answer_free(&good);
    answer_free(&bad);
    client_close(&client);
}

static void a_connection_without_a_word_is_no_request(void **state) {
    Trial *trial = *state;
    start(trial);
    Client client = client_connect(trial);
    WAIT_FOR(trial, http_server_statistics(trial->server).connections == 1);
    client_close(&client);
    WAIT_FOR(trial, http_server_statistics(trial->server).connections == 0);
    assert_int_equal(trial->line_count, 0);
    assert_int_equal(trial_requests(trial), 0);
}

static void a_refusal_is_in_the_language_that_is_read(void **state) {
    Trial *trial = *state;
    static const struct {
        const char *accepted;
        bool is_chinese;
    } trials[] = {
        {"", false},
        {"Accept-Language: zh-CN,zh;q=0.9,en;q=0.8\r\n", true},
        {"Accept-Language: en-GB, zh;q=0.9\r\n", false},
        {"Accept-Language: en;q=0.5, ZH-hans;q=0.6\r\n", true},
        {"Accept-Language: zh, en\r\n", true},
        {"Accept-Language: en, zh\r\n", false},
        {"Accept-Language: zh;q=0\r\n", false},
        {"Accept-Language: de, fr\r\n", false},
        {"Accept-Language: zhx\r\n", false},
    };
    start(trial);
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        char text[256];
        snprintf(text, sizeof text, "GET /.. HTTP/1.1\r\n" HOST "%s" END, trials[i].accepted);
        Client client = client_connect(trial);
        client_send(&client, text);
        Answer answer = client_answer(&client, false);
        assert_non_null(strstr(answer_text(&answer), trials[i].is_chinese
                                                         ? "请求的地址格式不正确"
                                                         : "the request's address is malformed"));
        answer_free(&answer);
        client_close(&client);
    }
}

static void an_unknown_expectation_is_refused(void **state) {
    static const Wrong list[] = {
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nExpect: wonders\r\n" END, 417,
         "unknown_expectation", true},
    };
    ASSERT_ALL_REFUSED(*state, list);
}

static void a_client_is_told_to_go_on_with_its_body(void **state) {
    Trial *trial = *state;
    start(trial);
    Client client = client_connect(trial);
    client_send(&client,
                "POST / HTTP/1.1\r\n" HOST "Content-Length: 3\r\nExpect: 100-Continue\r\n" END);
    Answer answer = client_answer(&client, false);
    assert_int_equal(answer.status, 100);
    client_send(&client, "abc");
    answer = client_answer(&client, false);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer_text(&answer), "POST / abc");
    answer_free(&answer);
    client_close(&client);
}

static void a_client_that_waits_to_go_on_is_refused_before_its_body(void **state) {
    static const Wrong list[] = {
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: 1001\r\nExpect: 100-continue\r\n" END, 413,
         "body_too_large", true},
        {"POST /.. HTTP/1.1\r\n" HOST "Content-Length: 3\r\nExpect: 100-continue\r\n" END, 400,
         "bad_target", true},
    };
    ASSERT_ALL_REFUSED(*state, list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HTTP_TEST(a_malformed_line_is_refused),
        HTTP_TEST(malformed_headers_are_refused),
        HTTP_TEST(a_nul_in_the_head_is_refused),
        HTTP_TEST(a_host_is_needed_once),
        HTTP_TEST(the_length_of_a_body_must_be_unambiguous),
        HTTP_TEST(headers_that_count_once_may_not_be_repeated),
        HTTP_TEST(a_malformed_address_is_refused),
        HTTP_TEST(a_refusal_need_not_end_a_connection),
        HTTP_TEST(a_second_request_that_cannot_be_read_is_logged_too),
        HTTP_TEST(a_connection_without_a_word_is_no_request),
        HTTP_TEST(a_refusal_is_in_the_language_that_is_read),
        HTTP_TEST(an_unknown_expectation_is_refused),
        HTTP_TEST(a_client_is_told_to_go_on_with_its_body),
        HTTP_TEST(a_client_that_waits_to_go_on_is_refused_before_its_body),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
