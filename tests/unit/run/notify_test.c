// What the service manager hears, and that nobody else hears anything.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "core/base/utf8.h"
#include "core/run/notify.h"

typedef struct Manager {
    char name[64]; // as in $NOTIFY_SOCKET
    int socket;
    uv_loop_t loop;
    uv_poll_t ear;
    size_t heard;
    char last[512];
} Manager;

static int set_up(void **state) {
    Manager *manager = memory_new(1, sizeof *manager);
    *state = manager;
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
    manager->socket = socket(AF_UNIX, SOCK_DGRAM, 0);
    return uv_loop_init(&manager->loop) != 0 || manager->socket < 0;
}

static int tear_down(void **state) {
    Manager *manager = *state;
    uv_run(&manager->loop, UV_RUN_DEFAULT);
    int busy = uv_loop_close(&manager->loop);
    close(manager->socket);
    if (manager->name[0] == '/') unlink(manager->name);
    free(manager);
    return busy;
}

// Listens at "/…", or behind "@" in the abstract namespace, and says so in the environment.
static void listen_at(Manager *manager, char kind) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(manager->name, sizeof manager->name, "%ctmp/biaochi_notify_%d", kind, (int)getpid());
    memcpy(address.sun_path, manager->name, strlen(manager->name));
    if (kind == '@') address.sun_path[0] = '\0';
    size_t length = offsetof(struct sockaddr_un, sun_path) + strlen(manager->name);
    assert_int_equal(bind(manager->socket, (const struct sockaddr *)&address, (socklen_t)length),
                     0);
    setenv("NOTIFY_SOCKET", manager->name, 1);
}

static const char *hear(Manager *manager) {
    struct pollfd waiting = {.fd = manager->socket, .events = POLLIN};
    assert_int_equal(poll(&waiting, 1, 10000), 1);
    ssize_t length = recv(manager->socket, manager->last, sizeof manager->last - 1, 0);
    assert_true(length > 0);
    manager->last[length] = '\0';
    return manager->last;
}

static void says_how_it_is_doing(Manager *manager) {
    Notifier *notifier = notify_open(&manager->loop);
    notify_status(notifier, "evaluating %d packs", 7);
    assert_string_equal(hear(manager), "STATUS=evaluating 7 packs");
    notify_ready(notifier);
    assert_string_equal(hear(manager), "READY=1");
    notify_reloading(notifier);
    assert_memory_equal(hear(manager), "RELOADING=1\nMONOTONIC_USEC=", 27);
    assert_true(strtoll(manager->last + 27, NULL, 10) > 0);
    notify_stopping(notifier);
    assert_string_equal(hear(manager), "STOPPING=1");
    notify_close(notifier);
}

static void a_socket_with_a_path_is_told(void **state) {
    listen_at(*state, '/');
    says_how_it_is_doing(*state);
}

static void an_abstract_socket_is_told(void **state) {
    listen_at(*state, '@');
    says_how_it_is_doing(*state);
}

static void a_status_cannot_say_another_line(void **state) {
    listen_at(*state, '@');
    Notifier *notifier = notify_open(&((Manager *)*state)->loop);
    notify_status(notifier, "%s", "all\nREADY=1\n");
    assert_string_equal(hear(*state), "STATUS=all READY=1 ");
    notify_close(notifier);
}

// The manager throws a status away that is no UTF-8.
static void a_long_status_is_cut_between_characters(void **state) {
    char text[1000];
    size_t bad;
    listen_at(*state, '@');
    Notifier *notifier = notify_open(&((Manager *)*state)->loop);
    for (size_t before = 0; before < 3; before++) { // wherever the limit is in one
        memset(text, 'x', before);
        for (size_t i = before; i + 3 < sizeof text; i += 3)
            memcpy(text + i, "标", 4);
        notify_status(notifier, "%s", text);
        const char *heard = hear(*state);
        assert_in_range(strlen(heard), 253, 255);
        assert_true(utf8_valid(heard, strlen(heard), &bad));
    }
    notify_close(notifier);
}

static void take_sign_of_life(uv_poll_t *ear, int status, int events) {
    (void)status, (void)events;
    Manager *manager = ear->data;
    assert_string_equal(hear(manager), "WATCHDOG=1");
    if (++manager->heard == 3) uv_stop(&manager->loop);
}

static void the_loop_gives_signs_of_life(void **state) {
    Manager *manager = *state;
    listen_at(manager, '@');
    setenv("WATCHDOG_USEC", "20000", 1);
    Notifier *notifier = notify_open(&manager->loop);
    uv_poll_init(&manager->loop, &manager->ear, manager->socket);
    manager->ear.data = manager;
    uv_poll_start(&manager->ear, UV_READABLE, take_sign_of_life);
    uint64_t began = uv_now(&manager->loop);
    uv_run(&manager->loop, UV_RUN_DEFAULT);
    assert_int_equal(manager->heard, 3);
    assert_true(uv_now(&manager->loop) - began >= 20); // the first at once, then every 10 ms
    uv_close((uv_handle_t *)&manager->ear, NULL);
    notify_close(notifier);
}

// Whether a timer keeps the loop going.
static bool gives_signs_of_life(Manager *manager) {
    Notifier *notifier = notify_open(&manager->loop);
    bool alive = uv_loop_alive(&manager->loop);
    notify_close(notifier);
    uv_run(&manager->loop, UV_RUN_DEFAULT);
    return alive;
}

static void a_watchdog_of_another_process_or_of_none_is_not_ours(void **state) {
    char number[32];
    listen_at(*state, '@');
    assert_false(gives_signs_of_life(*state));
    setenv("WATCHDOG_USEC", "20000", 1);
    setenv("WATCHDOG_PID", "1", 1);
    assert_false(gives_signs_of_life(*state));
    snprintf(number, sizeof number, "%d", (int)getpid());
    setenv("WATCHDOG_PID", number, 1);
    assert_true(gives_signs_of_life(*state));
    setenv("WATCHDOG_USEC", "soon", 1);
    assert_false(gives_signs_of_life(*state));
    setenv("WATCHDOG_USEC", "0", 1);
    assert_false(gives_signs_of_life(*state));
}

static void without_a_manager_nothing_is_said(void **state) {
    static const char *const nobody[] = {"", "@", "tmp/relative", "/tmp/there is no such socket"};
    Manager *manager = *state;
    setenv("WATCHDOG_USEC", "20000", 1);
    assert_false(gives_signs_of_life(manager));
    for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++) {
        setenv("NOTIFY_SOCKET", nobody[i], 1);
        Notifier *notifier = notify_open(&manager->loop);
        notify_ready(notifier);
        notify_status(notifier, "nobody hears this");
        assert_false(uv_loop_alive(&manager->loop));
        notify_close(notifier);
        uv_run(&manager->loop, UV_RUN_DEFAULT);
    }
    notify_close(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_socket_with_a_path_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_abstract_socket_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_status_cannot_say_another_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_status_is_cut_between_characters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_loop_gives_signs_of_life, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_watchdog_of_another_process_or_of_none_is_not_ours,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_manager_nothing_is_said, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
