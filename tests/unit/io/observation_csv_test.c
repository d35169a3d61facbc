// Observations from CSV: what is taken, and every reason for which a row is not.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/language.h"
#include "core/base/plain_text.h"
#include "core/io/observation_csv.h"
#include "core/io/text_decode.h"

static ImportVocabulary vocabulary;

typedef struct Reading {
    CsvTable table;
    ObservationCsv observations;
    ProblemList problems;
    bool good;
} Reading;

static int build_vocabulary(void **state) {
    (void)state;
    import_vocabulary_init(&vocabulary, 2010, 2030);
    import_vocabulary_add_region(&vocabulary, "000000", "全国", NULL);
    import_vocabulary_add_region(&vocabulary, "150802", "临河区", "000000");
    import_vocabulary_add_region(&vocabulary, "110105", "朝阳区", "000000");
    import_vocabulary_add_region(&vocabulary, "220104", "朝阳区", "000000");
    import_vocabulary_add_indicator(&vocabulary, "maternal_mortality", "孕产妇死亡率");
    import_vocabulary_add_indicator(&vocabulary, "enrolment", "毛入园率");
    import_vocabulary_add_breakdown(&vocabulary, "female", "女");
    import_vocabulary_add_breakdown(&vocabulary, "urban", "城镇");
    return 0;
}

static int free_vocabulary(void **state) {
    (void)state;
    import_vocabulary_free(&vocabulary);
    return 0;
}

static int speak_english(void **state) {
    (void)state;
    language_set(LANGUAGE_ENGLISH);
    return 0;
}

static void read_length(Reading *reading, const char *text, size_t length, const char *kind) {
    *reading = (Reading){0};
    Error error = {0};
    if (!csv_table_read(text, length, "f.csv", &reading->table, &error))
        fail_msg("%s", error.message);
    ObservationCsvOptions options = {
        .vocabulary = &vocabulary, .file = "f.csv", .default_kind = kind};
    reading->good =
        observation_csv_read(&reading->table, &options, &reading->observations, &reading->problems);
}

static void read_text(Reading *reading, const char *text) {
    read_length(reading, text, strlen(text), NULL);
}

static void reading_free(Reading *reading) {
    csv_table_free(&reading->table);
    observation_csv_free(&reading->observations);
    problems_free(&reading->problems);
}

static void assert_problem(const Reading *reading, size_t which, int line, int column,
                           const char *message, const char *hint) {
    assert_in_range(which, 0, reading->problems.count - 1);
    const Error *problem = &reading->problems.items[which];
    assert_string_equal(problem->message, message);
    assert_string_equal(problem->hint, hint);
    assert_int_equal(problem->line, line);
    assert_int_equal(problem->column, column);
    assert_string_equal(problem->file, "f.csv");
}

static void assert_observation(const StoreObservation *row, const char *region,
                               const char *indicator, const char *breakdown, int year,
                               const char *value_text, const char *kind) {
    assert_string_equal(row->region, region);
    assert_string_equal(row->indicator, indicator);
    assert_string_equal(row->breakdown, breakdown);
    assert_int_equal(row->year, year);
    assert_string_equal(row->value_text, value_text);
    assert_string_equal(row->kind, kind);
}

// ---- good files --------------------------------------------------------------------------------

static void english_columns_and_ids(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "region,indicator,breakdown,year,value,kind,source,note\n"
                        "150802,maternal_mortality,total,2020,16.90,stated,yearbook,\"a, b\"\n"
                        "000000,enrolment,female,2021,-1e2,,,\n");
    assert_true(reading.good);
    assert_int_equal(reading.problems.count, 0);
    assert_int_equal(reading.observations.rows_read, 2);
    assert_int_equal(reading.observations.count, 2);
    const StoreObservation *rows = reading.observations.rows;
    assert_observation(&rows[0], "150802", "maternal_mortality", "total", 2020, "16.90", "stated");
    assert_true(rows[0].value == 16.9);
    assert_string_equal(rows[0].source, "yearbook");
    assert_string_equal(rows[0].note, "a, b");
    assert_observation(&rows[1], "000000", "enrolment", "female", 2021, "-1e2", "reported");
    assert_true(rows[1].value == -100);
    assert_null(rows[1].source);
    assert_null(rows[1].note);
    reading_free(&reading);
}

static void chinese_columns_and_names_in_any_order(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "说明,数值,性质,年份,指标,分组,地区\r\n"
                        "见年报,98.5,公布,2022,毛入园率,女,临河区\r\n"
                        ",14.3,推算,2024,孕产妇死亡率,合计,全国\r\n"
                        ",1,上报,2024,孕产妇死亡率,城镇,全国\r\n"
                        ",1,估计,2023,孕产妇死亡率,,全国\r\n"
                        ",1,样例,2022,孕产妇死亡率,,全国\r\n");
    assert_true(reading.good);
    const StoreObservation *rows = reading.observations.rows;
    assert_observation(&rows[0], "150802", "enrolment", "female", 2022, "98.5", "stated");
    assert_string_equal(rows[0].note, "见年报");
    assert_observation(&rows[1], "000000", "maternal_mortality", "total", 2024, "14.3", "derived");
    assert_observation(&rows[2], "000000", "maternal_mortality", "urban", 2024, "1", "reported");
    assert_string_equal(rows[3].kind, "estimated");
    assert_string_equal(rows[4].kind, "sample");
    reading_free(&reading);
}

static void the_caller_may_set_the_kind(void **state) {
    (void)state;
    const char *text = "行政区划代码,指标,年份,数值,KIND\n150802,enrolment,2020,1,\n"
                       "150802,enrolment,2021,1,derived\n";
    Reading reading;
    read_length(&reading, text, strlen(text), observation_kind("样例"));
    assert_true(reading.good);
    assert_string_equal(reading.observations.rows[0].kind, "sample");
    assert_string_equal(reading.observations.rows[1].kind, "derived");
    assert_null(observation_kind("guess"));
    reading_free(&reading);
}

static void withdrawing_is_said_in_words(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "region,indicator,year,value\n150802,enrolment,2020,withdrawn\n"
                        "150802,enrolment,2021,撤回\n");
    assert_true(reading.good);
    for (int i = 0; i < 2; i++) {
        assert_true(isnan(reading.observations.rows[i].value));
        assert_string_equal(reading.observations.rows[i].value_text, "");
    }
    reading_free(&reading);
}

static void rows_outlive_the_table(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "region,indicator,year,value,note\n150802,enrolment,2020,5,why\n");
    csv_table_free(&reading.table);
    assert_string_equal(reading.observations.rows[0].value_text, "5");
    assert_string_equal(reading.observations.rows[0].note, "why");
    reading_free(&reading);
}

static void empty_fields_at_the_end_may_be_left_out(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "region,indicator,year,value,source,note\n150802,enrolment,2020,5\n"
                        "150802,enrolment,2021,5,,,,\n");
    assert_true(reading.good);
    assert_int_equal(reading.observations.count, 2);
    assert_null(reading.observations.rows[0].note);
    reading_free(&reading);
}

static void a_gb18030_file_from_excel_is_read(void **state) {
    (void)state;
    const char bytes[] = "\xB5\xD8\xC7\xF8,\xD6\xB8\xB1\xEA,\xC4\xEA\xB7\xDD,\xCA\xFD\xD6\xB5\r\n"
                         "\xC1\xD9\xBA\xD3\xC7\xF8,\xC3\xAB\xC8\xEB\xD4\xB0\xC2\xCA,2020,98\r\n";
    Buffer text = {0};
    TextEncoding encoding;
    assert_true(text_decode(bytes, sizeof bytes - 1, NULL, &text, &encoding, NULL));
    assert_int_equal(encoding, TEXT_GB18030);
    Reading reading;
    read_length(&reading, text.data, text.length, NULL);
    assert_true(reading.good);
    assert_observation(&reading.observations.rows[0], "150802", "enrolment", "total", 2020, "98",
                       "reported");
    reading_free(&reading);
    buffer_free(&text);
}

// ---- headers -----------------------------------------------------------------------------------

static void header_mistakes_are_all_told(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "\nregion,indcator,年份,year,colour,,value\n1,2,3,4,5,6,7\n");
    assert_false(reading.good);
    assert_int_equal(reading.observations.count, 0);
    assert_int_equal(reading.observations.rows_read, 1);
    assert_int_equal(reading.problems.count, 5);
    const char *all = "The first row names the columns: region, indicator, year, value, breakdown "
                      "(optional), kind (optional), source (optional), note (optional).";
    assert_problem(&reading, 0, 2, 2, "unknown column \"indcator\"", "Did you mean \"indicator\"?");
    assert_problem(&reading, 1, 2, 4,
                   "column \"year\" is there twice: columns 3 and 4 hold the same",
                   "Delete or rename one of them.");
    assert_problem(&reading, 2, 2, 5, "unknown column \"colour\"", all);
    assert_problem(&reading, 3, 2, 6, "column 6 has no name", all);
    assert_problem(&reading, 4, 2, 0, "the column \"indicator\" (指标) is missing", all);
    reading_free(&reading);
}

static void header_mistakes_in_chinese(void **state) {
    (void)state;
    language_set(LANGUAGE_CHINESE);
    Reading reading;
    read_text(&reading, "地区,指标,年分,数值\n");
    assert_int_equal(reading.problems.count, 2);
    assert_problem(&reading, 0, 1, 3, "不认识的列“年分”", "是否为“年份”\uff1f");
    assert_string_equal(reading.problems.items[1].message, "缺少列“年份”\uff08year\uff09");
    reading_free(&reading);
}

static void an_empty_file_is_told(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "\n\n");
    assert_false(reading.good);
    assert_int_equal(reading.problems.count, 1);
    assert_string_equal(reading.problems.items[0].message, "the file is empty");
    reading_free(&reading);
}

static void a_header_without_rows_is_good(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "region,indicator,year,value\n");
    assert_true(reading.good);
    assert_int_equal(reading.observations.rows_read, 0);
    reading_free(&reading);
}

// ---- rows --------------------------------------------------------------------------------------

static void unknown_names_get_a_suggestion(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "region,indicator,breakdown,year,value,kind\n"
                        "临河,enrolment,total,2020,1,\n"
                        "150802,孕产妇死忘率,total,2020,1,\n"
                        "150802,enrolment,femal,2020,1,\n"
                        "150802,enrolment,total,2020,1,guessed\n"
                        "某某开发区,人均可支配收入,total,2020,1,\n");
    assert_false(reading.good);
    assert_int_equal(reading.observations.count, 0);
    assert_int_equal(reading.problems.count, 6);
    assert_problem(&reading, 0, 2, 1, "unknown region \"临河\"", "Did you mean \"临河区\"?");
    assert_problem(&reading, 1, 3, 2, "unknown indicator \"孕产妇死忘率\"",
                   "Did you mean \"孕产妇死亡率\"?");
    assert_problem(&reading, 2, 4, 3, "unknown breakdown \"femal\"", "Did you mean \"female\"?");
    assert_problem(&reading, 3, 5, 6, "unknown kind \"guessed\"",
                   "Write reported, stated, derived, estimated or sample.");
    assert_problem(&reading, 4, 6, 1, "unknown region \"某某开发区\"",
                   "Import the region first, or correct its code or name.");
    assert_problem(&reading, 5, 6, 2, "unknown indicator \"人均可支配收入\"",
                   "Use an id or a title that an active pack declares.");
    reading_free(&reading);
}

static void a_name_of_several_regions_is_refused(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "region,indicator,year,value\n朝阳区,enrolment,2020,1\n"
                        "220104,enrolment,2020,1\n");
    assert_int_equal(reading.observations.count, 1);
    assert_int_equal(reading.problems.count, 1);
    assert_problem(&reading, 0, 2, 1, "several are called \"朝阳区\", 110105 among them",
                   "Give the code or id instead of the name.");
    reading_free(&reading);
}

static void years_are_whole_and_in_range(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "region,indicator,year,value\n150802,enrolment,2020年,1\n"
                        "150802,enrolment,2020.0,1\n150802,enrolment,,1\n"
                        "150802,enrolment,2009,1\n150802,enrolment,2031,1\n"
                        "150802,enrolment,99999999999999999999,1\n"
                        "150802,enrolment,2010,1\n150802,enrolment,2030,1\n");
    assert_int_equal(reading.observations.count, 2);
    assert_int_equal(reading.problems.count, 6);
    const char *hint = "Write four half-width digits and nothing else, such as 2030.";
    assert_problem(&reading, 0, 2, 3, "the year \"2020年\" is not a whole number", hint);
    assert_problem(&reading, 1, 3, 3, "the year \"2020.0\" is not a whole number", hint);
    assert_problem(&reading, 2, 4, 3, "the year \"\" is not a whole number", hint);
    assert_problem(&reading, 3, 5, 3, "the year 2009 is not between 2010 and 2030", "");
    assert_problem(&reading, 4, 6, 3, "the year 2031 is not between 2010 and 2030", "");
    assert_problem(&reading, 5, 7, 3, "the year 99999999999999999999 is not between 2010 and 2030",
                   "");
    reading_free(&reading);
}

static void a_missing_value_says_to_leave_the_row_out(void **state) {
    (void)state;
    static const char *const missing[] = {"", "-", "…", "——", "/", "N/A", "无"};
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        char text[128];
        snprintf(text, sizeof text,
                 "region,indicator,year,value,note\n150802,enrolment,2020,%s,x\n", missing[i]);
        Reading reading;
        read_text(&reading, text);
        assert_int_equal(reading.problems.count, 1);
        assert_int_equal(reading.problems.items[0].column, 4);
        assert_non_null(strstr(reading.problems.items[0].hint, "Leave the row out"));
        assert_non_null(strstr(reading.problems.items[0].hint, "withdrawn"));
        reading_free(&reading);
    }
}

static void a_value_that_is_no_number_gets_fitting_advice(void **state) {
    (void)state;
    static const struct {
        const char *value, *advice;
    } cases[] = {
        {"98.5%", "Leave the sign out"},
        {"98.5\uff05", "Leave the sign out"},
        {"\uff11\uff12.\uff13", "half-width"},
        {"\"12,345\"", "separators"},
        {"1.2.3", "1e15"},
        {"2e15", "1e15"},
        {"12人", "without a unit"},
        {"0x1F", "without a unit"},
        {"nan", "without a unit"},
        {"inf", "without a unit"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[128];
        snprintf(text, sizeof text, "region,indicator,year,value\n150802,enrolment,2020,%s\n",
                 cases[i].value);
        Reading reading;
        read_text(&reading, text);
        assert_int_equal(reading.observations.count, 0);
        assert_int_equal(reading.problems.count, 1);
        assert_int_equal(reading.problems.items[0].line, 2);
        assert_int_equal(reading.problems.items[0].column, 4);
        assert_non_null(strstr(reading.problems.items[0].message, "is not a number"));
        assert_non_null(strstr(reading.problems.items[0].hint, cases[i].advice));
        reading_free(&reading);
    }
}

static void doubled_rows_name_the_first_line(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "region,indicator,breakdown,year,value,note\n"
                        "150802,enrolment,,2020,1,\"two\nlines\"\n"
                        "150802,enrolment,female,2020,1,\n"
                        "临河区,毛入园率,合计,2020,2,\n"
                        "临河区,毛入园率,合计,2021,x,\n"
                        "临河区,毛入园率,合计,2021,2,\n");
    assert_int_equal(reading.observations.count, 2);
    assert_int_equal(reading.problems.count, 3);
    assert_problem(&reading, 0, 5, 0, "the same region, indicator, breakdown and year as in line 2",
                   "Delete the row that is wrong.");
    assert_int_equal(reading.problems.items[0].code, ERROR_CONFLICT);
    assert_int_equal(reading.problems.items[1].line, 6);
    assert_problem(&reading, 2, 7, 0, "the same region, indicator, breakdown and year as in line 6",
                   "Delete the row that is wrong.");
    reading_free(&reading);
}

static void too_many_or_too_few_fields(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "region,indicator,year,value,note\n150802,enrolment,2020,1,a,b\n"
                        "150802,enrolment,2021\n150802,enrolment,2022,1\n");
    assert_int_equal(reading.observations.count, 1);
    assert_int_equal(reading.problems.count, 2);
    assert_problem(&reading, 0, 2, 6, "the row has 6 fields, the header 5",
                   "Put a text that holds commas in quotation marks.");
    assert_problem(&reading, 1, 3, 3,
                   "the row has 3 fields, the header 5: column \"value\" is missing",
                   "Write one field for each column of the header.");
    reading_free(&reading);
}

static void all_mistakes_of_a_row_are_told_at_once(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "region,indicator,breakdown,year,value,kind\nx,,y,z,%,w\n");
    assert_int_equal(reading.problems.count, 6);
    reading_free(&reading);
}

static void long_and_strange_texts_are_quoted_in_part(void **state) {
    (void)state;
    Buffer text = {0};
    buffer_text(&text, "region,indicator,year,value,\"");
    for (int i = 0; i < 5000; i++)
        buffer_text(&text, "中\x1b\n\u202e");
    buffer_text(&text, "\"\n");
    Reading reading;
    read_text(&reading, text.data);
    assert_int_equal(reading.problems.count, 1);
    const char *message = reading.problems.items[0].message;
    assert_true(plain_text_line(message, strlen(message)));
    assert_non_null(strstr(message, "中     中"));
    assert_non_null(strstr(message, "…\""));
    assert_in_range(strlen(message), 60, 160);
    reading_free(&reading);
    buffer_free(&text);
}

static void a_note_that_steers_the_terminal_is_refused(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "region,indicator,year,value,source,note\n"
                        "临河区,enrolment,2020,90,,\x1b[2J\n"
                        "临河区,enrolment,2021,91,\u202e报年鉴统,\xc2\x9b"
                        "2J\n"
                        "临\x07河区,enrolment,2022,92,年鉴,\"两\n行\"\n"
                        "临河区,enrolment,2023,93,年鉴,\"两\n行\"\n");
    assert_false(reading.good);
    assert_int_equal(reading.observations.count, 1);
    assert_int_equal(reading.problems.count, 4);
    const char *advice = "Type the cell anew: what is pasted may hold characters that do not show.";
    assert_problem(&reading, 0, 2, 6, "the note holds control characters", advice);
    assert_problem(&reading, 1, 3, 5, "the source holds control characters", advice);
    assert_problem(&reading, 2, 3, 6, "the note holds control characters", advice);
    assert_problem(&reading, 3, 4, 1, "the region holds control characters", advice);
    reading_free(&reading);
}

static void one_bad_row_in_a_hundred_thousand(void **state) {
    (void)state;
    ImportVocabulary large;
    import_vocabulary_init(&large, 2010, 2030);
    import_vocabulary_add_indicator(&large, "enrolment", NULL);
    Buffer text = {0};
    buffer_text(&text, "region,indicator,year,value\n");
    for (int region = 0; region < 10000; region++) {
        char code[16];
        snprintf(code, sizeof code, "%06d", 100000 + region);
        import_vocabulary_add_region(&large, code, NULL, NULL);
        for (int year = 2015; year < 2025; year++)
            buffer_printf(&text, "%s,enrolment,%d,%s\n", code, year,
                          region == 7654 && year == 2018 ? "9O.5" : "90.5");
    }
    CsvTable table;
    assert_true(csv_table_read(text.data, text.length, NULL, &table, NULL));
    ObservationCsv observations;
    ProblemList problems = {0};
    ObservationCsvOptions options = {.vocabulary = &large};
    assert_false(observation_csv_read(&table, &options, &observations, &problems));
    assert_int_equal(observations.rows_read, 100000);
    assert_int_equal(observations.count, 99999);
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.items[0].line, 76545);
    assert_int_equal(problems.items[0].column, 4);
    assert_string_equal(problems.items[0].message, "the value \"9O.5\" is not a number");
    observation_csv_free(&observations);
    problems_free(&problems);
    csv_table_free(&table);
    buffer_free(&text);
    import_vocabulary_free(&large);
}

static void every_row_bad_is_counted_beyond_the_limit(void **state) {
    (void)state;
    Buffer text = {0};
    buffer_text(&text, "region,indicator,year,value\n");
    for (int i = 0; i < 5000; i++)
        buffer_printf(&text, "临河%d,enrolment,2020,1\n", i);
    Reading reading = {0};
    assert_true(csv_table_read(text.data, text.length, NULL, &reading.table, NULL));
    reading.problems.limit = 20;
    ObservationCsvOptions options = {.vocabulary = &vocabulary};
    assert_false(
        observation_csv_read(&reading.table, &options, &reading.observations, &reading.problems));
    assert_int_equal(reading.problems.count, 20);
    assert_int_equal(reading.problems.dropped, 4980);
    assert_int_equal(reading.observations.rows_read, 5000);
    assert_string_equal(reading.problems.items[9].hint, "Did you mean \"临河区\"?");
    reading_free(&reading);
    buffer_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english_columns_and_ids),
        cmocka_unit_test(chinese_columns_and_names_in_any_order),
        cmocka_unit_test(the_caller_may_set_the_kind),
        cmocka_unit_test(withdrawing_is_said_in_words),
        cmocka_unit_test(rows_outlive_the_table),
        cmocka_unit_test(empty_fields_at_the_end_may_be_left_out),
        cmocka_unit_test(a_gb18030_file_from_excel_is_read),
        cmocka_unit_test_setup(header_mistakes_are_all_told, speak_english),
        cmocka_unit_test_teardown(header_mistakes_in_chinese, speak_english),
        cmocka_unit_test(an_empty_file_is_told),
        cmocka_unit_test(a_header_without_rows_is_good),
        cmocka_unit_test(unknown_names_get_a_suggestion),
        cmocka_unit_test(a_name_of_several_regions_is_refused),
        cmocka_unit_test(years_are_whole_and_in_range),
        cmocka_unit_test(a_missing_value_says_to_leave_the_row_out),
        cmocka_unit_test(a_value_that_is_no_number_gets_fitting_advice),
        cmocka_unit_test(doubled_rows_name_the_first_line),
        cmocka_unit_test(too_many_or_too_few_fields),
        cmocka_unit_test(all_mistakes_of_a_row_are_told_at_once),
        cmocka_unit_test(long_and_strange_texts_are_quoted_in_part),
        cmocka_unit_test(a_note_that_steers_the_terminal_is_refused),
        cmocka_unit_test(one_bad_row_in_a_hundred_thousand),
        cmocka_unit_test(every_row_bad_is_counted_beyond_the_limit),
    };
    return cmocka_run_group_tests(tests, build_vocabulary, free_vocabulary);
}
