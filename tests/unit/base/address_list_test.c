// Which addresses are trusted, and where a port stands behind one.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/address_list.h"

static void addresses_and_networks_are_found(void **state) {
    (void)state;
    AddressList list = {0};
    assert_false(address_list_has(&list, "10.0.0.7"));
    assert_true(address_list_read(&list, "10.0.0.7,192.168.4.0/22,2001:db8::/33"));
    assert_true(address_list_has(&list, "10.0.0.7"));
    assert_true(address_list_has(&list, "::ffff:10.0.0.7"));
    assert_false(address_list_has(&list, "10.0.0.8"));
    assert_true(address_list_has(&list, "192.168.7.255"));
    assert_false(address_list_has(&list, "192.168.8.0"));
    assert_true(address_list_has(&list, "2001:db8:7fff::1"));
    assert_false(address_list_has(&list, "2001:db8:8000::1"));
    assert_false(address_list_has(&list, "local"));
    assert_true(address_list_read(&list, "0.0.0.0/0"));
    assert_true(address_list_has(&list, "8.8.8.8"));
    assert_false(address_list_has(&list, "::1"));
}

static void what_is_no_address_is_refused_whole(void **state) {
    (void)state;
    AddressList list = {0};
    static const char *const bad[] = {"",           "localhost",         "10.0.0.7,", "10.0.0.7:80",
                                      "10.0.0.7/8", "10.0.0.0/33",       "10.0.0.0/", "10.0.0.0/-1",
                                      "fd00::/129", "10.0.0.1, 10.0.0.2"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(address_list_read(&list, bad[i]));
    assert_int_equal(list.count, 0);
    for (int i = 0; i < ADDRESS_LIST_MOST; i++)
        assert_true(address_list_read(&list, "10.0.0.1"));
    assert_false(address_list_read(&list, "10.0.0.1"));
}

// X-Forwarded-For with a port was taken for no address, and the proxy's own stood in the log.
static void a_port_behind_an_address_is_cut_off(void **state) {
    (void)state;
    static const char *const good[][2] = {
        {"10.1.2.3", "10.1.2.3"},         {"10.1.2.3:5555", "10.1.2.3"},
        {" \t10.1.2.3 ", "10.1.2.3"},     {"2001:DB8::1", "2001:db8::1"},
        {"[2001:db8::1]", "2001:db8::1"}, {"[2001:db8::1]:443", "2001:db8::1"}};
    static const char *const bad[] = {
        "", "unknown", "10.1.2.3:", "10.1.2.3:http", "[2001:db8::1", "[::1]x", "_hidden", "10.1.2"};
    char out[ADDRESS_TEXT_SIZE];
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(address_without_port(good[i][0], out));
        assert_string_equal(out, good[i][1]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(address_without_port(bad[i], out));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_and_networks_are_found),
        cmocka_unit_test(what_is_no_address_is_refused_whole),
        cmocka_unit_test(a_port_behind_an_address_is_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
