// Where a server listens: addresses, ports, and the Unix socket with who is at its other end.
#include "tests/unit/http/trial.h"

#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#define GET "GET / HTTP/1.1\r\nHost: here\r\n\r\n"

// In place of libc's: a kernel without IPv6 where the test says so.
static bool has_ipv6 = true;

int socket(int family, int type, int protocol) {
    if (family == AF_INET6 && !has_ipv6) {
        errno = EAFNOSUPPORT;
        return -1;
    }
    return (int)syscall(SYS_socket, family, type, protocol);
}

static Client connect_local(Trial *trial, const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int socket_fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_true(socket_fd >= 0);
    assert_int_equal(connect(socket_fd, (struct sockaddr *)&address, sizeof address), 0);
    return client_of_socket(trial, socket_fd);
}

static void tell_peer(Trial *trial, HttpRequest *request) {
    (void)trial;
    const HttpPeer *peer = http_request_peer(request);
    HttpAnswer answer = {.status = 200, .type = "text/plain"};
    buffer_printf(&answer.bytes, "%s %d %d %u", peer->address, peer->secure, peer->local,
                  peer->local ? peer->user : 0);
    http_answer(request, &answer);
}

static void the_socket_says_who_asks(void **state) {
    Trial *trial = *state;
    char path[128], expected[64];
    struct stat about;
    HttpOptions options = trial_options(trial);
    snprintf(path, sizeof path, "%s/socket", trial->folder);
    options.socket_path = path;
    trial_start(trial, &options);
    trial->handle = tell_peer;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0600);

    Client local = connect_local(trial, path), wide = client_connect(trial);
    snprintf(expected, sizeof expected, "local 1 1 %u", getuid());
    for (int i = 0; i < 20; i++) {
        client_send(&local, GET);
        Answer answer = client_answer(&local, false);
        assert_string_equal(answer_text(&answer), expected);
        answer_free(&answer);
    }
    client_send(&wide, GET);
    Answer answer = client_answer(&wide, false);
    assert_string_equal(answer_text(&answer), "127.0.0.1 0 0 0");
    answer_free(&answer);
    client_close(&local);
    client_close(&wide);

    http_server_free(trial->server);
    trial->server = NULL;
    assert_int_equal(stat(path, &about), -1); // it takes its socket with it
}

static void a_server_may_have_a_socket_alone(void **state) {
    Trial *trial = *state;
    char path[100];
    HttpOptions options = trial_options(trial);
    snprintf(path, sizeof path, "%s/socket", trial->folder);
    options.address = NULL;
    options.socket_path = path;
    trial_start(trial, &options);
    assert_int_equal(http_server_port(trial->server), 0);
    Client client = connect_local(trial, path);
    client_send(&client, "GARBAGE\r\n\r\n");
    Answer answer = client_answer(&client, false);
    assert_int_equal(answer.status, 400);
    answer_free(&answer);
    client_close(&client);
}

static void large_bodies_go_over_the_socket_both_ways(void **state) {
    Trial *trial = *state;
    char path[100];
    Buffer text = {0};
    HttpOptions options = trial_options(trial);
    snprintf(path, sizeof path, "%s/socket", trial->folder);
    options.socket_path = path;
    options.answer_ms = 200;
    trial_start(trial, &options);
    Client client = connect_local(trial, path);
    buffer_text(&text, "PUT /x HTTP/1.1\r\nHost: here\r\nContent-Length: 1000000\r\n\r\n");
    size_t head = text.length;
    for (int i = 0; i < 100000; i++)
        buffer_printf(&text, "%010d", i);
    client_send_bytes(&client, text.data, text.length);
    Answer answer = client_answer(&client, true);
    while (answer.body.length < 1000007) { // slowly, but always some
        trial_pass(trial, 5);
        CLIENT_WAIT(&client, client.in.length);
        buffer_append(&answer.body, client.in.data, client.in.length);
        buffer_clear(&client.in);
    }
    assert_int_equal(answer.body.length, 1000007);
    assert_memory_equal(answer.body.data + 7, text.data + head, 1000000);
    answer_free(&answer);
    buffer_free(&text);
    client_close(&client);
}

static bool starts(Trial *trial, const HttpOptions *options, Error *error) {
    HttpServer *server = NULL;
    if (!http_server_start(&trial->loop, options, &server, error)) return false;
    http_server_free(server);
    return true;
}

static void a_socket_left_behind_is_replaced_and_a_live_one_is_not(void **state) {
    Trial *trial = *state;
    char path[100];
    Error error = {0};
    HttpOptions options = trial_options(trial);
    snprintf(path, sizeof path, "%s/socket", trial->folder);
    options.address = NULL;
    options.socket_path = path;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int left = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(left, (struct sockaddr *)&address, sizeof address), 0);
    close(left);

    trial_start(trial, &options);
    assert_false(starts(trial, &options, &error));
    assert_int_equal(error.code, ERROR_SYSTEM);
    assert_non_null(strstr(error.message, path));
    assert_non_null(strstr(error.hint, "runs on this workspace already"));
    Client client = connect_local(trial, path); // the first one still has it
    client_send(&client, GET);
    Answer answer = client_answer(&client, false);
    assert_int_equal(answer.status, 200);
    answer_free(&answer);
    client_close(&client);
}

// A server that was about to listen had its socket removed as one left behind.
static void a_server_that_begins_is_not_taken_for_one_that_is_gone(void **state) {
    Trial *trial = *state;
    char path[100], lock_path[110];
    struct stat about;
    Error error = {0};
    HttpOptions options = trial_options(trial);
    snprintf(path, sizeof path, "%s/socket", trial->folder);
    snprintf(lock_path, sizeof lock_path, "%s.lock", path);
    options.address = NULL;
    options.socket_path = path;
    // As the other server does it: it has the lock and has bound, and does not listen yet.
    int lock = open(lock_path, O_CREAT | O_RDWR, 0600);
    assert_int_equal(flock(lock, LOCK_EX), 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int other = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(other, (struct sockaddr *)&address, sizeof address), 0);
    assert_false(starts(trial, &options, &error));
    assert_non_null(strstr(error.hint, "runs on this workspace already"));
    assert_int_equal(stat(path, &about), 0);
    close(other); // it was killed
    close(lock);
    assert_true(starts(trial, &options, &error));
    assert_true(starts(trial, &options, &error)); // an end gives the place free
}

// Its socket was taken away from a server that was too busy to answer, or the start hung.
static void a_busy_server_keeps_its_socket(void **state) {
    Trial *trial = *state;
    struct stat about;
    Error error = {0};
    HttpOptions options = trial_options(trial);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", trial->folder);
    options.address = NULL;
    options.socket_path = address.sun_path;
    int busy = socket(AF_UNIX, SOCK_STREAM, 0), waiting = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(busy, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(busy, 0), 0);
    assert_int_equal(connect(waiting, (struct sockaddr *)&address, sizeof address), 0);
    assert_false(starts(trial, &options, &error));
    assert_non_null(strstr(error.hint, "runs on this workspace already"));
    assert_int_equal(stat(address.sun_path, &about), 0);
    close(waiting);
    close(busy);
}

static void a_file_in_the_socket_s_place_is_left_alone(void **state) {
    Trial *trial = *state;
    char path[100];
    struct stat about;
    Error error = {0};
    HttpOptions options = trial_options(trial);
    snprintf(path, sizeof path, "%s/notes", trial->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    options.socket_path = path;
    assert_false(starts(trial, &options, &error));
    assert_int_equal(stat(path, &about), 0);
}

static void a_port_that_is_taken_is_told(void **state) {
    Trial *trial = *state;
    Error error = {0};
    HttpOptions options = trial_options(trial);
    trial_start(trial, &options);
    options.port = http_server_port(trial->server);
    assert_false(starts(trial, &options, &error));
    assert_int_equal(error.code, ERROR_SYSTEM);
    assert_non_null(strstr(error.message, "127.0.0.1:"));
    assert_true(error.hint[0]);
}

static void an_address_that_is_none_is_told(void **state) {
    Trial *trial = *state;
    static const struct {
        const char *address;
        int port;
        ErrorCode code;
    } trials[] = {
        {"localhost", 0, ERROR_INPUT},     {"", 0, ERROR_INPUT},
        {"127.0.0.1", 65536, ERROR_INPUT}, {"127.0.0.1", -1, ERROR_INPUT},
        {"192.0.2.1", 0, ERROR_SYSTEM}, // no machine's own
    };
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        Error error = {0};
        HttpOptions options = trial_options(trial);
        options.address = trials[i].address;
        options.port = trials[i].port;
        assert_false(starts(trial, &options, &error));
        assert_int_equal(error.code, trials[i].code);
    }
    char path[200];
    memset(path, 'a', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    Error error = {0};
    HttpOptions options = trial_options(trial);
    options.socket_path = path;
    assert_false(starts(trial, &options, &error));
    assert_int_equal(error.code, ERROR_INPUT);
}

static void both_families_reach_the_address_for_all(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    options.address = "::";
    trial_start(trial, &options);
    trial->handle = tell_peer;
    Client four = client_connect(trial);
    client_send(&four, GET);
    Answer answer = client_answer(&four, false);
    assert_string_equal(answer_text(&answer), "127.0.0.1 0 0 0");
    answer_free(&answer);
    client_close(&four);

    struct sockaddr_in6 address = {.sin6_family = AF_INET6,
                                   .sin6_port = htons((uint16_t)http_server_port(trial->server)),
                                   .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    int socket_fd = socket(AF_INET6, SOCK_STREAM, 0);
    assert_int_equal(connect(socket_fd, (struct sockaddr *)&address, sizeof address), 0);
    Client six = client_of_socket(trial, socket_fd);
    client_send(&six, GET);
    answer = client_answer(&six, false);
    assert_string_equal(answer_text(&answer), "::1 0 0 0");
    answer_free(&answer);
    client_close(&six);
}

static void all_addresses_are_those_of_ipv4_where_there_is_no_other(void **state) {
    Trial *trial = *state;
    HttpOptions options = trial_options(trial);
    Error error = {0};
    has_ipv6 = false;
    options.address = "::1";
    assert_false(starts(trial, &options, &error));
    options.address = "::";
    trial_start(trial, &options);
    has_ipv6 = true;
    assert_int_equal(status_of(trial, GET), 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HTTP_TEST(the_socket_says_who_asks),
        HTTP_TEST(a_server_may_have_a_socket_alone),
        HTTP_TEST(large_bodies_go_over_the_socket_both_ways),
        HTTP_TEST(a_socket_left_behind_is_replaced_and_a_live_one_is_not),
        HTTP_TEST(a_server_that_begins_is_not_taken_for_one_that_is_gone),
        HTTP_TEST(a_busy_server_keeps_its_socket),
        HTTP_TEST(a_file_in_the_socket_s_place_is_left_alone),
        HTTP_TEST(a_port_that_is_taken_is_told),
        HTTP_TEST(an_address_that_is_none_is_told),
        HTTP_TEST(both_families_reach_the_address_for_all),
        HTTP_TEST(all_addresses_are_those_of_ipv4_where_there_is_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
