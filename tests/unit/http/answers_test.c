// What an answer is made into: headers, compression, entity tags; and what a request says.
#include "tests/unit/http/trial.h"

#include <signal.h>
#include <sys/wait.h>
#include <zlib.h>

static void start(Trial *trial) {
    HttpOptions options = trial_options(trial);
    trial_start(trial, &options);
}

static Answer ask(Trial *trial, const char *line, const char *headers) {
    Client client = client_connect(trial);
    Buffer text = {0};
    buffer_printf(&text, "%s HTTP/1.1\r\nHost: here\r\n%s\r\n", line, headers);
    client_send_bytes(&client, text.data, text.length);
    Answer answer = client_answer(&client, strncmp(line, "HEAD", 4) == 0);
    buffer_free(&text);
    client_close(&client);
    return answer;
}

// ---- compression -------------------------------------------------------------------------------

// "/text" … "/bytes", "/short"; the body is lines of figures.
static void answer_figures(Trial *trial, HttpRequest *request) {
    (void)trial;
    const char *path = http_request_path(request);
    HttpAnswer answer = {.status = 200, .type = "application/json; charset=utf-8"};
    if (strcmp(path, "/bytes") == 0) answer.type = "application/octet-stream";
    snprintf(answer.etag, sizeof answer.etag, "v1");
    for (int i = 0; i < (strcmp(path, "/short") == 0 ? 10 : 10000); i++)
        buffer_printf(&answer.bytes, "%d\n", i);
    http_answer(request, &answer);
}

static void assert_figures(const char *text, size_t length) {
    Buffer expected = {0};
    for (int i = 0; i < 10000; i++)
        buffer_printf(&expected, "%d\n", i);
    assert_int_equal(length, expected.length);
    assert_memory_equal(text, expected.data, length);
    buffer_free(&expected);
}

static void assert_packed_figures(const Answer *answer) {
    static char out[100000];
    z_stream stream = {.next_in = (Bytef *)answer->body.data,
                       .avail_in = (uInt)answer->body.length,
                       .next_out = (Bytef *)out,
                       .avail_out = sizeof out};
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_figures(out, stream.total_out);
    inflateEnd(&stream);
}

static void text_is_compressed_for_who_takes_it(void **state) {
    Trial *trial = *state;
    char value[256];
    static const struct {
        const char *line, *accepts;
        bool is_packed, varies;
    } trials[] = {
        {"GET /text", "Accept-Encoding: gzip, deflate, br\r\n", true, true},
        {"GET /text", "Accept-Encoding: br;q=1.0, GZIP ;q=0.5\r\n", true, true},
        {"GET /text", "Accept-Encoding: *\r\n", true, true},
        {"GET /text", "Accept-Encoding: gzip;q=0, *\r\n", false, true},
        {"GET /text", "Accept-Encoding: gzip; q=0.000\r\n", false, true},
        {"GET /text", "Accept-Encoding: br\r\n", false, true},
        {"GET /text", "", false, true},
        {"GET /bytes", "Accept-Encoding: gzip\r\n", false, false},
        {"GET /short", "Accept-Encoding: gzip\r\n", false, false},
        {"HEAD /text", "Accept-Encoding: gzip\r\n", true, true},
    };
    start(trial);
    trial->handle = answer_figures;
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        Answer answer = ask(trial, trials[i].line, trials[i].accepts);
        assert_int_equal(answer.status, 200);
        assert_int_equal(answer_header(&answer, "Content-Encoding", value) != NULL,
                         trials[i].is_packed);
        assert_int_equal(answer_header(&answer, "Vary", value) != NULL, trials[i].varies);
        if (trials[i].varies) assert_string_equal(value, "Accept-Encoding");
        // The two are not the same bytes, so they have not the same strong tag.
        assert_string_equal(answer_header(&answer, "ETag", value),
                            trials[i].is_packed ? "W/\"v1\"" : "\"v1\"");
        if (strcmp(trials[i].line, "GET /text") == 0) {
            if (trials[i].is_packed)
                assert_packed_figures(&answer);
            else
                assert_figures(answer.body.data, answer.body.length);
        }
        answer_free(&answer);
    }
}

static HttpBody *shared;

static void answer_shared(Trial *trial, HttpRequest *request) {
    (void)trial;
    HttpAnswer answer = {.status = 200, .type = "text/css", .body = http_body_share(shared)};
    http_answer(request, &answer);
}

static void a_shared_body_outlives_its_answers(void **state) {
    Trial *trial = *state;
    Buffer bytes = {0};
    size_t length;
    for (int i = 0; i < 10000; i++)
        buffer_printf(&bytes, "%d\n", i);
    shared = http_body_new(&bytes);
    assert_null(bytes.data);
    start(trial);
    trial->handle = answer_shared;
    for (int i = 0; i < 6; i++) {
        Answer answer = ask(trial, "GET /", i % 2 ? "Accept-Encoding: gzip\r\n" : "");
        if (i % 2)
            assert_packed_figures(&answer);
        else
            assert_figures(answer.body.data, answer.body.length);
        answer_free(&answer);
    }
    const char *text = http_body_bytes(shared, &length);
    assert_figures(text, length);
    http_body_release(shared);
    http_body_release(NULL);
}

// ---- entity tags -------------------------------------------------------------------------------

static void what_the_client_has_is_not_sent_again(void **state) {
    Trial *trial = *state;
    char value[256];
    static const struct {
        const char *line, *header;
        int status;
    } trials[] = {
        {"GET /text", "If-None-Match: \"v1\"\r\n", 304},
        {"GET /text", "If-None-Match: W/\"v1\"\r\n", 304},
        {"GET /text", "If-None-Match: \"v0\", W/\"v1\"\r\n", 304},
        {"GET /text", "If-None-Match: *\r\n", 304},
        {"HEAD /text", "If-None-Match: \"v1\"\r\n", 304},
        {"GET /text", "If-None-Match: \"v2\"\r\n", 200},
        {"GET /text", "If-None-Match: \"v\"\r\n", 200},
        {"GET /text", "If-None-Match: \"v1\r\n", 200},
        {"GET /text", "If-None-Match: v1\r\n", 200},
        {"POST /text", "If-None-Match: \"v1\"\r\nContent-Length: 0\r\n", 200},
    };
    start(trial);
    trial->handle = answer_figures;
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        Answer answer = ask(trial, trials[i].line, trials[i].header);
        assert_int_equal(answer.status, trials[i].status);
        assert_string_equal(answer_header(&answer, "ETag", value), "\"v1\"");
        assert_string_equal(answer_header(&answer, "Vary", value), "Accept-Encoding");
        if (answer.status == 304) assert_int_equal(answer.body.length, 0);
        answer_free(&answer);
    }
}

// ---- headers -----------------------------------------------------------------------------------

static const char *given_value;

static void answer_with_header(Trial *trial, HttpRequest *request) {
    (void)trial;
    HttpAnswer answer = {.status = 201};
    char value[100];
    snprintf(value, sizeof value, "%s", given_value);
    http_answer_header(&answer, "Location", value);
    memset(value, 'x', sizeof value); // it was copied
    http_answer_header(&answer, "Set-Cookie", "a=1");
    http_answer_header(&answer, "Set-Cookie", "b=2");
    http_answer(request, &answer);
}

static void an_answer_has_the_headers_it_was_given(void **state) {
    Trial *trial = *state;
    char value[256];
    start(trial);
    trial->handle = answer_with_header;
    given_value = "/api/v1/packs/临河";
    Answer answer = ask(trial, "POST /", "");
    assert_int_equal(answer.status, 201);
    assert_string_equal(answer_header(&answer, "Location", value), given_value);
    assert_non_null(strstr(answer.head, "Set-Cookie: a=1\r\n"));
    assert_non_null(strstr(answer.head, "Set-Cookie: b=2\r\n"));
    assert_string_equal(answer_header(&answer, "Content-Length", value), "0");
    assert_null(answer_header(&answer, "Content-Type", value));
    answer_free(&answer);
}

static bool aborts_with(const char *name, const char *value) {
    pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        close(2);
        HttpAnswer answer = {.status = 200};
        http_answer_header(&answer, name, value);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status);
}

static void a_header_cannot_bring_another_one_in(void **state) {
    (void)state;
    assert_true(aborts_with("Location", "/a\r\nSet-Cookie: evil=1"));
    assert_true(aborts_with("Location", "/a\nb"));
    assert_true(aborts_with("Location", "/a\x7f"));
    assert_true(aborts_with("Bad name", "a"));
    assert_true(aborts_with("Bad:name", "a"));
    assert_false(aborts_with("Location", "/a"));
}

static void answer_status(Trial *trial, HttpRequest *request) {
    (void)trial;
    HttpAnswer answer = {.status = atoi(http_request_query(request, "status"))};
    http_answer(request, &answer);
}

static void every_status_can_be_given(void **state) {
    Trial *trial = *state;
    static const int list[] = {200, 201, 202, 204, 302, 303, 304, 400, 401, 403, 404, 405, 409,
                               410, 412, 415, 422, 423, 428, 429, 500, 501, 502, 503, 504};
    enum { COUNT = sizeof list / sizeof *list };
    start(trial);
    trial->handle = answer_status;
    for (size_t i = 0; i < COUNT; i++) {
        char line[64];
        snprintf(line, sizeof line, "GET /?status=%d", list[i]);
        Answer answer = ask(trial, line, "");
        assert_int_equal(answer.status, list[i]);
        answer_free(&answer);
    }
    WAIT_FOR(trial, trial_requests(trial) == COUNT);
    HttpStatistics statistics = http_server_statistics(trial->server);
    assert_int_equal(statistics.by_status_class[2], 4);
    assert_int_equal(statistics.by_status_class[3], 3);
    assert_int_equal(statistics.by_status_class[4], 13);
    assert_int_equal(statistics.by_status_class[5], 5);
    uint64_t timed = 0;
    for (size_t i = 0; i < 16; i++)
        timed += statistics.latency[i];
    assert_int_equal(timed, COUNT);
    assert_true(statistics.latency_sum_us > 0);
}

// ---- what a request says -----------------------------------------------------------------------

static void list_queries(const char *name, const char *value, void *context) {
    buffer_printf(context, "%s=%s;", name, value);
}

static void or_none(Buffer *out, const char *text) {
    buffer_printf(out, "%s|", text ? text : "none");
}

static void tell_all(Trial *trial, HttpRequest *request) {
    (void)trial;
    HttpAnswer answer = {.status = 200, .type = "text/plain"};
    Buffer *out = &answer.bytes;
    buffer_printf(out, "%s|", http_request_path(request));
    http_request_each_query(request, list_queries, out);
    buffer_text(out, "|");
    or_none(out, http_request_query(request, "年"));
    or_none(out, http_request_query(request, "none"));
    or_none(out, http_request_header(request, "x-custom"));
    or_none(out, http_request_header(request, "X-None"));
    or_none(out, http_request_cookie(request, "session"));
    or_none(out, http_request_cookie(request, "quoted"));
    or_none(out, http_request_cookie(request, "other"));
    http_answer(request, &answer);
}

static void a_request_says_what_it_was_sent_with(void **state) {
    Trial *trial = *state;
    start(trial);
    trial->handle = tell_all;
    Answer answer =
        ask(trial, "GET /a%20b/%E4%B8%B4%E6%B2%B3/c+d/?%E5%B9%B4=2025&x=a+b%2Bc%26d&flag&=e&y=",
            "X-Custom:  spaced \t\r\nCookie: session=a=b; quoted=\"q\" ;flag; =x\r\n");
    assert_string_equal(answer_text(&answer),
                        "/a b/临河/c+d/|年=2025;x=a b+c&d;flag=;=e;y=;|2025|none|"
                        "spaced \t|none|a=b|q|none|");
    answer_free(&answer);
}

static void an_address_may_name_its_host(void **state) {
    Trial *trial = *state;
    start(trial);
    Answer answer = ask(trial, "GET http://here:80/a?b=c", "");
    assert_string_equal(answer_text(&answer), "GET /a ");
    answer_free(&answer);
    answer = ask(trial, "GET /raw/临河", "");
    assert_string_equal(answer_text(&answer), "GET /raw/临河 ");
    answer_free(&answer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HTTP_TEST(text_is_compressed_for_who_takes_it),
        HTTP_TEST(a_shared_body_outlives_its_answers),
        HTTP_TEST(what_the_client_has_is_not_sent_again),
        HTTP_TEST(an_answer_has_the_headers_it_was_given),
        cmocka_unit_test(a_header_cannot_bring_another_one_in),
        HTTP_TEST(every_status_can_be_given),
        HTTP_TEST(a_request_says_what_it_was_sent_with),
        HTTP_TEST(an_address_may_name_its_host),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
