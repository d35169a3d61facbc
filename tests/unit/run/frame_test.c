// Frames out of a stream that is cut anywhere.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/run/frame.h"

typedef struct Seen {
    Buffer text; // "type:bytes;" for each frame
    size_t count, refuse_at;
} Seen;

static bool note_frame(uint32_t type, const char *bytes, size_t length, void *context,
                       Error *error) {
    Seen *seen = context;
    assert_int_equal(bytes[length], '\0');
    buffer_printf(&seen->text, "%u:", type);
    buffer_append(&seen->text, bytes, length);
    buffer_text(&seen->text, ";");
    if (++seen->count == seen->refuse_at) return error_set(error, ERROR_WORKER, "refused");
    return true;
}

static void append_sample(Buffer *stream) {
    frame_append(stream, 101, "hello", 5);
    frame_append(stream, 105, "", 0);
    frame_append(stream, 4294967295u, "a\0b", 3);
    frame_append(stream, 0, "\x01\x02\x03\x04\x05\x06\x07\x08\x09", 9);
}

static const char expected[] =
    "101:hello;105:;4294967295:a\0b;0:\x01\x02\x03\x04\x05\x06\x07\x08\x09;";

static void assert_expected(const Seen *seen) {
    assert_int_equal(seen->text.length, sizeof expected - 1);
    assert_memory_equal(seen->text.data, expected, sizeof expected - 1);
}

static bool feed(FrameReader *reader, Seen *seen, const char *bytes, size_t length, Error *error) {
    // A copy of its own, so that a sanitizer sees a read beyond the piece.
    char *piece = memory_new(length, 1);
    memcpy(piece, bytes, length);
    bool good = frame_feed(reader, piece, length, note_frame, seen, error);
    free(piece);
    return good;
}

static void a_stream_may_be_cut_anywhere(void **state) {
    (void)state;
    Buffer stream = {0};
    append_sample(&stream);
    for (size_t first = 0; first <= stream.length; first++) {
        for (size_t second = first; second <= stream.length; second++) {
            FrameReader reader = {.largest = 100};
            Seen seen = {0};
            Error error = {0};
            assert_true(feed(&reader, &seen, stream.data, first, &error));
            assert_true(feed(&reader, &seen, stream.data + first, second - first, &error));
            assert_true(feed(&reader, &seen, stream.data + second, stream.length - second, &error));
            assert_expected(&seen);
            buffer_free(&seen.text);
            frame_reader_free(&reader);
        }
    }
    buffer_free(&stream);
}

static void single_bytes_make_frames_too(void **state) {
    (void)state;
    Buffer stream = {0};
    FrameReader reader = {.largest = 100};
    Seen seen = {0};
    Error error = {0};
    append_sample(&stream);
    for (size_t i = 0; i < stream.length; i++)
        assert_true(feed(&reader, &seen, stream.data + i, 1, &error));
    assert_expected(&seen);
    assert_int_equal(reader.pending.length, 0);
    buffer_free(&seen.text);
    frame_reader_free(&reader);
    buffer_free(&stream);
}

static void the_largest_frame_passes_and_one_byte_more_does_not(void **state) {
    (void)state;
    char body[101] = {0};
    for (size_t length = 100; length <= 101; length++) {
        Buffer stream = {0};
        FrameReader reader = {.largest = 100};
        Seen seen = {0};
        Error error = {0};
        frame_append(&stream, 101, body, length);
        bool good = feed(&reader, &seen, stream.data, stream.length, &error);
        assert_int_equal(good, length == 100);
        assert_int_equal(seen.count, length == 100);
        assert_int_equal(error.code, length == 100 ? ERROR_NONE : ERROR_WORKER);
        buffer_free(&seen.text);
        frame_reader_free(&reader);
        buffer_free(&stream);
    }
}

static void a_claim_is_refused_before_its_bytes_come(void **state) {
    (void)state;
    FrameReader reader = {.largest = 32 * 1024 * 1024};
    Seen seen = {0};
    Error error = {0};
    assert_true(feed(&reader, &seen, "\x65\0\0\0\xff\xff\xff", 7, &error));
    assert_false(feed(&reader, &seen, "\xff", 1, &error));
    assert_string_equal(error.message,
                        "a message of 4294967295 bytes is over the limit of 33554432");
    assert_true(reader.pending.capacity < 1000);
    frame_reader_free(&reader);
}

static void nothing_is_handed_over_after_a_refusal(void **state) {
    (void)state;
    Buffer stream = {0};
    FrameReader reader = {.largest = 100};
    Seen seen = {.refuse_at = 2};
    Error error = {0};
    append_sample(&stream);
    assert_false(feed(&reader, &seen, stream.data, stream.length, &error));
    assert_int_equal(seen.count, 2);
    assert_string_equal(error.message, "refused");
    buffer_free(&seen.text);
    frame_reader_free(&reader);
    buffer_free(&stream);
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stream_may_be_cut_anywhere),
        cmocka_unit_test(single_bytes_make_frames_too),
        cmocka_unit_test(the_largest_frame_passes_and_one_byte_more_does_not),
        cmocka_unit_test(a_claim_is_refused_before_its_bytes_come),
        cmocka_unit_test(nothing_is_handed_over_after_a_refusal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
