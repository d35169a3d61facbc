// The server behind TLS: certificates, their reload, and what differs from a plain connection.
#include "tests/unit/http/trial.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <time.h>

typedef struct Secure {
    Trial *trial;
    Client client;
    gnutls_session_t session;
    gnutls_certificate_credentials_t credentials;
    Buffer in;
    bool at_end;
} Secure;

static void good(int result) {
    if (result < 0) fail_msg("%s", gnutls_strerror(result));
}

// ---- certificates ------------------------------------------------------------------------------

static void write_file(const char *path, const gnutls_datum_t *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text->data, 1, text->size, file), text->size);
    assert_int_equal(fclose(file), 0);
}

// "NAME.crt" and "NAME.key" in the trial's folder, for a server called `name`.
static void make_dated_certificate(const Trial *trial, const char *name, time_t begins,
                                   time_t ends) {
    gnutls_x509_privkey_t key;
    gnutls_x509_crt_t certificate;
    gnutls_datum_t text;
    char path[128];
    good(gnutls_x509_privkey_init(&key));
    good(gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA,
                                      GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0));
    good(gnutls_x509_crt_init(&certificate));
    good(gnutls_x509_crt_set_version(certificate, 3));
    good(gnutls_x509_crt_set_serial(certificate, "\x01", 1));
    good(gnutls_x509_crt_set_activation_time(certificate, begins));
    good(gnutls_x509_crt_set_expiration_time(certificate, ends));
    good(gnutls_x509_crt_set_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                       (unsigned)strlen(name)));
    good(gnutls_x509_crt_set_key(certificate, key));
    good(gnutls_x509_crt_sign2(certificate, certificate, key, GNUTLS_DIG_SHA256, 0));
    good(gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &text));
    snprintf(path, sizeof path, "%s/%s.crt", trial->folder, name);
    write_file(path, &text);
    gnutls_free(text.data);
    good(gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &text));
    snprintf(path, sizeof path, "%s/%s.key", trial->folder, name);
    write_file(path, &text);
    gnutls_free(text.data);
    gnutls_x509_crt_deinit(certificate);
    gnutls_x509_privkey_deinit(key);
}

static void make_certificate(const Trial *trial, const char *name) {
    make_dated_certificate(trial, name, time(NULL) - 3600, time(NULL) + 3600);
}

static const char *path_of(const Trial *trial, const char *name, char out[128]) {
    snprintf(out, 128, "%s/%s", trial->folder, name);
    return out;
}

static void copy_file(const Trial *trial, const char *from, const char *to) {
    char command[300];
    snprintf(command, sizeof command, "cp '%s/%s' '%s/%s'", trial->folder, from, trial->folder, to);
    assert_int_equal(system(command), 0);
}

// ---- a client ----------------------------------------------------------------------------------

static Secure secure_connect(Trial *trial) {
    Secure secure = {.trial = trial, .client = client_connect(trial)};
    good(gnutls_init(&secure.session, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL));
    good(gnutls_set_default_priority(secure.session));
    good(gnutls_certificate_allocate_credentials(&secure.credentials));
    good(gnutls_credentials_set(secure.session, GNUTLS_CRD_CERTIFICATE, secure.credentials));
    gnutls_transport_set_int(secure.session, secure.client.socket);
    int result = 0;
    WAIT_FOR(trial, (result = gnutls_handshake(secure.session)) != GNUTLS_E_AGAIN);
    good(result);
    return secure;
}

static void secure_close(Secure *secure) {
    gnutls_deinit(secure->session);
    gnutls_certificate_free_credentials(secure->credentials);
    buffer_free(&secure->in);
    client_close(&secure->client);
}

// The name in the certificate that the server showed.
static void assert_name(const Secure *secure, const char *name) {
    unsigned count;
    char got[64];
    size_t size = sizeof got;
    const gnutls_datum_t *list = gnutls_certificate_get_peers(secure->session, &count);
    gnutls_x509_crt_t certificate;
    assert_non_null(list);
    good(gnutls_x509_crt_init(&certificate));
    good(gnutls_x509_crt_import(certificate, &list[0], GNUTLS_X509_FMT_DER));
    good(gnutls_x509_crt_get_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, 0, got, &size));
    gnutls_x509_crt_deinit(certificate);
    assert_string_equal(got, name);
}

static void secure_send(Secure *secure, const char *text) {
    size_t length = strlen(text);
    while (length) {
        ssize_t sent = gnutls_record_send(secure->session, text, length);
        if (sent > 0) {
            text += sent;
            length -= (size_t)sent;
        }
        trial_turn(secure->trial);
    }
}

static void secure_read(Secure *secure) {
    char piece[16384];
    ssize_t got = gnutls_record_recv(secure->session, piece, sizeof piece);
    if (got > 0) buffer_append(&secure->in, piece, (size_t)got);
    if (got == 0 || (got < 0 && gnutls_error_is_fatal((int)got))) secure->at_end = true;
}

static void secure_expect(Secure *secure, const char *beginning, const char *end) {
    WAIT_FOR(
        secure->trial,
        (secure_read(secure),
         secure->at_end || (secure->in.length >= strlen(end) &&
                            strcmp(secure->in.data + secure->in.length - strlen(end), end) == 0)));
    assert_true(secure->in.length >= strlen(beginning));
    assert_memory_equal(secure->in.data, beginning, strlen(beginning));
    assert_string_equal(secure->in.data + secure->in.length - strlen(end), end);
    buffer_clear(&secure->in);
}

static void start(Trial *trial, HttpOptions *options) {
    char certificate[128], key[128];
    make_certificate(trial, "server");
    options->certificate = path_of(trial, "server.crt", certificate);
    options->key = path_of(trial, "server.key", key);
    trial_start(trial, options);
}

// ---- tests -------------------------------------------------------------------------------------

static void requests_are_answered_over_tls(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    start(trial, &options);
    Secure secure = secure_connect(trial);
    assert_int_equal(gnutls_protocol_get_version(secure.session), GNUTLS_TLS1_3);
    assert_name(&secure, "server");
    for (int i = 0; i < 50; i++) {
        secure_send(&secure, "POST /a HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\n\r\nabc");
        secure_expect(&secure, "HTTP/1.1 200 OK\r\n", "\r\n\r\nPOST /a abc");
    }
    secure_close(&secure);
    WAIT_FOR(trial, http_server_statistics(trial->server).connections == 0);
}

static void hold(Trial *trial, HttpRequest *request) {
    assert_true(http_request_peer(request)->secure);
    assert_false(http_request_peer(request)->local);
    trial_hold(trial, request);
}

static void late_answers_come_over_tls_too(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    start(trial, &options);
    trial->handle = hold;
    Secure secure = secure_connect(trial);
    secure_send(&secure,
                "GET /1 HTTP/1.1\r\nHost: here\r\n\r\nGET /2 HTTP/1.1\r\nHost: here\r\n\r\n");
    for (size_t i = 0; i < 2; i++) {
        WAIT_FOR(trial, trial->held_count == i + 1);
        trial_answer(trial->held[i], 200, "late");
        secure_expect(&secure, "HTTP/1.1 200 OK\r\n", "\r\n\r\nlate");
    }
    secure_close(&secure);
}

enum { LARGE = 4 << 20 };

static void answer_large(Trial *trial, HttpRequest *request) {
    (void)trial;
    HttpAnswer answer = {.status = 200, .type = "application/octet-stream"};
    size_t length;
    const char *body = http_request_body(request, &length);
    while (answer.bytes.length < LARGE)
        buffer_append(&answer.bytes, body, length);
    http_answer(request, &answer);
}

static void large_bodies_go_both_ways(void **state) {
    Trial *trial = *state;
    Buffer text = {0};
    HttpOptions options = trial_options(trial);
    start(trial, &options);
    trial->handle = answer_large;
    Secure secure = secure_connect(trial);
    buffer_text(&text, "PUT / HTTP/1.1\r\nHost: here\r\nContent-Length: 524288\r\n\r\n");
    size_t head = text.length;
    for (int i = 0; i < 524288 / 8; i++)
        buffer_printf(&text, "%08d", i);
    secure_send(&secure, text.data);
    WAIT_FOR(trial, (secure_read(&secure), secure.at_end || secure.in.length > LARGE));
    size_t first = (size_t)(strstr(secure.in.data, "\r\n\r\n") + 4 - secure.in.data);
    WAIT_FOR(trial, (secure_read(&secure), secure.at_end || secure.in.length == first + LARGE));
    for (size_t at = 0; at < LARGE; at += 524288)
        assert_memory_equal(secure.in.data + first + at, text.data + head, 524288);
    buffer_free(&text);
    secure_close(&secure);
}

static void note_closed(HttpStream *stream, void *context) {
    Trial *trial = context;
    assert_ptr_equal(stream, trial->stream);
    trial->streams_closed++;
}

static void open_stream(Trial *trial, HttpRequest *request) {
    HttpAnswer answer = {.status = 200, .type = "text/event-stream"};
    trial->stream = http_stream_open(request, &answer, note_closed, trial);
}

static void a_stream_goes_on_over_tls(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    start(trial, &options);
    trial->handle = open_stream;
    Secure secure = secure_connect(trial);
    secure_send(&secure, "GET /events HTTP/1.1\r\nHost: here\r\n\r\n");
    secure_expect(&secure, "HTTP/1.1 200 OK\r\n", "\r\n\r\n");
    for (int i = 0; i < 20; i++) {
        assert_true(http_stream_send(trial->stream, "data: x\n\n", 9));
        secure_expect(&secure, "9\r\ndata: x\n\n\r\n", "\r\n");
    }
    secure_close(&secure);
    WAIT_FOR(trial, trial->streams_closed == 1);
}

static void a_slow_request_is_refused_over_tls(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.request_ms = 400; // the handshake must come to its end within
    start(trial, &options);
    Secure secure = secure_connect(trial);
    secure_send(&secure, "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\na");
    secure_expect(&secure, "HTTP/1.1 408 Request Timeout\r\n", "}");
    WAIT_FOR(trial, (secure_read(&secure), secure.at_end));
    secure_close(&secure);
}

static void a_handshake_may_not_take_for_ever(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.idle_ms = 60;
    start(trial, &options);
    Client client = client_connect(trial);
    CLIENT_WAIT(&client, client.at_end);
    client_close(&client);
}

// MHD has itself run without end while it waits for the rest of a handshake; the loop never came
// to the sockets of the others.
static void a_handshake_that_stalls_does_not_stop_the_others(void **state) {
    Trial *trial = *state;
    // The beginning of a ClientHello.
    static const char part[] = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (char)0xfc, 0x03};
    HttpOptions options = trial_options(trial);
    start(trial, &options);
    Client stalled[20];
    for (int i = 0; i < 20; i++) {
        stalled[i] = client_connect(trial);
        client_send_bytes(&stalled[i], part, sizeof part);
    }
    for (int i = 0; i < 3; i++) {
        Secure secure = secure_connect(trial);
        secure_send(&secure, "GET / HTTP/1.1\r\nHost: here\r\n\r\n");
        secure_expect(&secure, "HTTP/1.1 200 OK\r\n", "\r\n\r\nGET / ");
        secure_close(&secure);
    }
    for (int i = 0; i < 20; i++)
        client_close(&stalled[i]);
    WAIT_FOR(trial, http_server_statistics(trial->server).connections == 0);
}

static void plain_http_is_not_answered_where_tls_is_spoken(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    start(trial, &options);
    Client client = client_connect(trial);
    client_send(&client, "GET / HTTP/1.1\r\nHost: here\r\n\r\n");
    CLIENT_WAIT(&client, client.at_end);
    assert_int_equal(trial->handled, 0);
    WAIT_FOR(trial, http_server_statistics(trial->server).handshakes_alone == 1);
    client_close(&client);
}

// Each look of a load balancer, and each client that did not like the certificate, was a line "- -"
// of the log.
static void a_handshake_alone_is_counted_and_not_logged(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    start(trial, &options);
    Secure secure = secure_connect(trial);
    gnutls_bye(secure.session, GNUTLS_SHUT_WR);
    secure_close(&secure);
    WAIT_FOR(trial, http_server_statistics(trial->server).handshakes_alone == 1);
    assert_int_equal(trial->line_count, 0);
}

static void answers_over_tls_ask_for_tls_alone(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    start(trial, &options);
    Secure secure = secure_connect(trial);
    secure_send(&secure, "GET / HTTP/1.1\r\nHost: here\r\n\r\n");
    WAIT_FOR(trial, (secure_read(&secure), secure.in.length && strstr(secure.in.data, "GET /")));
    assert_non_null(strstr(secure.in.data, "\r\nStrict-Transport-Security: max-age=604800\r\n"));
    secure_close(&secure);
}

static void an_old_protocol_is_not_spoken(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    start(trial, &options);
    Secure secure = {.trial = trial, .client = client_connect(trial)};
    good(gnutls_init(&secure.session, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL));
    good(gnutls_priority_set_direct(secure.session, "NORMAL:-VERS-ALL:+VERS-TLS1.1:%COMPAT", NULL));
    good(gnutls_certificate_allocate_credentials(&secure.credentials));
    good(gnutls_credentials_set(secure.session, GNUTLS_CRD_CERTIFICATE, secure.credentials));
    gnutls_transport_set_int(secure.session, secure.client.socket);
    int result = 0;
    WAIT_FOR(trial, (result = gnutls_handshake(secure.session)) != GNUTLS_E_AGAIN);
    assert_true(result < 0);
    secure_close(&secure);
}

static void a_certificate_is_read_again_for_connections_to_come(void **state) {
    Trial *trial = *state;
    Error error = {0};
    HttpOptions options = trial_options(trial);
    start(trial, &options);
    Secure before = secure_connect(trial);
    assert_name(&before, "server");
    make_certificate(trial, "renewed");
    copy_file(trial, "renewed.crt", "server.crt");

    // The new certificate with the old key: the old pair stays.
    assert_false(http_server_reload_tls(trial->server, &error));
    assert_int_equal(error.code, ERROR_SYSTEM);
    Secure still = secure_connect(trial);
    assert_name(&still, "server");

    copy_file(trial, "renewed.key", "server.key");
    assert_true(http_server_reload_tls(trial->server, &error));
    Secure after = secure_connect(trial);
    assert_name(&after, "renewed");
    Secure *const all[] = {&before, &still, &after};
    for (size_t i = 0; i < 3; i++) {
        secure_send(all[i], "GET / HTTP/1.1\r\nHost: here\r\n\r\n");
        secure_expect(all[i], "HTTP/1.1 200 OK\r\n", "\r\n\r\nGET / ");
        secure_close(all[i]);
    }
}

// SIGHUP put a certificate of 2020 in the place of a good one without a word.
static void a_certificate_that_is_over_replaces_no_good_one(void **state) {
    Trial *trial = *state;
    Error error = {0};
    HttpCertificate dates;
    const time_t now = time(NULL);
    HttpOptions options = trial_options(trial);
    start(trial, &options);
    make_dated_certificate(trial, "over", now - 7200, now - 3600);
    make_dated_certificate(trial, "early", now + 3600, now + 7200);
    const char *const bad[] = {"over", "early"};
    for (size_t i = 0; i < 2; i++) {
        char name[32];
        error = (Error){0};
        snprintf(name, sizeof name, "%s.crt", bad[i]);
        copy_file(trial, name, "server.crt");
        snprintf(name, sizeof name, "%s.key", bad[i]);
        copy_file(trial, name, "server.key");
        assert_false(http_server_reload_tls(trial->server, &error));
        assert_int_equal(error.code, ERROR_CONFLICT);
        assert_true(http_server_certificate(trial->server, &dates));
        assert_true(dates.not_after_us > (int64_t)now * 1000000 && //
                    dates.not_before_us <= (int64_t)now * 1000000);
    }
    Secure still = secure_connect(trial);
    assert_name(&still, "server");
    secure_close(&still);
}

static void assert_no_start(Trial *trial, const char *certificate, const char *key,
                            ErrorCode code) {
    Error error = {0};
    char certificate_path[128], key_path[128];
    HttpOptions options = trial_options(trial);
    HttpServer *server = NULL;
    options.certificate = certificate ? path_of(trial, certificate, certificate_path) : NULL;
    options.key = key ? path_of(trial, key, key_path) : NULL;
    assert_false(http_server_start(&trial->loop, &options, &server, &error));
    assert_null(server);
    assert_int_equal(error.code, code);
    assert_true(error.message[0]);
}

// GnuTLS said "The requested data were not available".
static void assert_says(Trial *trial, const char *certificate, const char *key, const char *part) {
    Error error = {0};
    char certificate_path[128], key_path[128];
    HttpOptions options = trial_options(trial);
    HttpServer *server = NULL;
    options.certificate = path_of(trial, certificate, certificate_path);
    options.key = path_of(trial, key, key_path);
    assert_false(http_server_start(&trial->loop, &options, &server, &error));
    if (!strstr(error.message, part) && !strstr(error.hint, part))
        fail_msg("%s: %s", error.message, error.hint);
}

static void a_server_does_not_start_with_files_that_do_not_fit(void **state) {
    Trial *trial = *state;
    const gnutls_datum_t nonsense = {(unsigned char *)"nonsense", 8};
    char path[128];
    make_certificate(trial, "one");
    make_certificate(trial, "two");
    write_file(path_of(trial, "nonsense", path), &nonsense);
    assert_no_start(trial, "one.crt", "two.key", ERROR_SYSTEM);
    assert_no_start(trial, "one.key", "one.crt", ERROR_SYSTEM);
    assert_says(trial, "one.key", "one.crt", "the wrong way round");
    assert_says(trial, "one.crt", "two.key", "two.key is not that of the certificate");
    assert_says(trial, "one.crt", "nonsense", "nonsense holds no private key");
    assert_no_start(trial, "nonsense", "nonsense", ERROR_SYSTEM);
    assert_no_start(trial, "missing", "one.key", ERROR_SYSTEM);
    assert_no_start(trial, "one.crt", "missing", ERROR_SYSTEM);
    assert_no_start(trial, "one.crt", NULL, ERROR_INPUT);
    assert_no_start(trial, NULL, "one.key", ERROR_INPUT);
}

static void note_drained(void *context) {
    ((Trial *)context)->drained = true;
}

static void a_drain_ends_tls_connections(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    start(trial, &options);
    trial->handle = hold;
    Secure idle = secure_connect(trial), waiting = secure_connect(trial);
    secure_send(&waiting, "GET / HTTP/1.1\r\nHost: here\r\n\r\n");
    WAIT_FOR(trial, trial->held_count == 1);
    http_server_drain(trial->server, TRIAL_LIMIT_MS, note_drained, trial);
    WAIT_FOR(trial, (secure_read(&idle), idle.at_end));
    trial_answer(trial->held[0], 200, "last");
    secure_expect(&waiting, "HTTP/1.1 200 OK\r\n", "\r\n\r\nlast");
    WAIT_FOR(trial, trial->drained);
    secure_close(&idle);
    secure_close(&waiting);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HTTP_TEST(requests_are_answered_over_tls),
        HTTP_TEST(late_answers_come_over_tls_too),
        HTTP_TEST(large_bodies_go_both_ways),
        HTTP_TEST(a_stream_goes_on_over_tls),
        HTTP_TEST(a_slow_request_is_refused_over_tls),
        HTTP_TEST(a_handshake_may_not_take_for_ever),
        HTTP_TEST(a_handshake_that_stalls_does_not_stop_the_others),
        HTTP_TEST(plain_http_is_not_answered_where_tls_is_spoken),
        HTTP_TEST(a_handshake_alone_is_counted_and_not_logged),
        HTTP_TEST(answers_over_tls_ask_for_tls_alone),
        HTTP_TEST(a_certificate_that_is_over_replaces_no_good_one),
        HTTP_TEST(an_old_protocol_is_not_spoken),
        HTTP_TEST(a_certificate_is_read_again_for_connections_to_come),
        HTTP_TEST(a_server_does_not_start_with_files_that_do_not_fit),
        HTTP_TEST(a_drain_ends_tls_connections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
