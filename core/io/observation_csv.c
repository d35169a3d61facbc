// Checks observation rows cell by cell: see observation_csv.h.
#include "core/io/observation_csv.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/language.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/io/csv_sheet.h"

enum {
    SUGGESTIONS_KEPT =
        50, // distinct misspellings looked up; a nation's villages make each one slow
    YEAR_DIGITS_MAX = 4,
};

typedef enum Column {
    COLUMN_REGION,
    COLUMN_INDICATOR,
    COLUMN_YEAR,
    COLUMN_VALUE,
    COLUMN_BREAKDOWN,
    COLUMN_KIND,
    COLUMN_SOURCE,
    COLUMN_NOTE,
    COLUMN_COUNT,
} Column;

static const CsvColumn columns[COLUMN_COUNT] = {
    [COLUMN_REGION] = {.names = {"region", "行政区划代码", "地区"}, .required = true},
    [COLUMN_INDICATOR] = {.names = {"indicator", "指标"}, .required = true},
    [COLUMN_YEAR] = {.names = {"year", "年份"}, .required = true},
    [COLUMN_VALUE] = {.names = {"value", "数值"}, .required = true},
    [COLUMN_BREAKDOWN] = {.names = {"breakdown", "分组"}},
    [COLUMN_KIND] = {.names = {"kind", "性质"}},
    [COLUMN_SOURCE] = {.names = {"source", "来源"}, .has_lines = true},
    [COLUMN_NOTE] = {.names = {"note", "说明"}, .has_lines = true},
};

static const struct {
    const char *kind, *chinese;
} kinds[] = {
    {"reported", "上报"},  {"stated", "公布"}, {"derived", "推算"},
    {"estimated", "估计"}, {"sample", "样例"},
};

typedef struct Suggestions {
    Map known; // misspelt text to its place in `names`
    const char *names[SUGGESTIONS_KEPT];
    size_t count;
} Suggestions;

typedef struct Import {
    CsvSheet sheet;
    const ImportVocabulary *vocabulary;
    const char *default_kind;
    ObservationCsv *out;
    Map first_lines; // key of a figure to the line that first gave it
    Suggestions suggestions[COLUMN_COUNT];
} Import;

// One row as far as it is understood.
typedef struct Draft {
    StoreObservation row;
    size_t region, indicator, breakdown; // places in the vocabulary
} Draft;

const char *observation_kind(const char *name) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(name, kinds[i].kind) == 0 || strcmp(name, kinds[i].chinese) == 0)
            return kinds[i].kind;
    return NULL;
}

// False when the field cannot be shown; the problem was added.
static bool take_field(const Import *import, const CsvRow *row, Column column, const char **text) {
    return csv_sheet_plain_field(&import->sheet, row, column, text);
}

// ---- names -------------------------------------------------------------------------------------

static const char *suggest(Import *import, Column column, const NameIndex *index,
                           const char *text) {
    Suggestions *suggestions = &import->suggestions[column];
    int64_t known = map_get(&suggestions->known, text);
    if (known != MAP_MISSING) return suggestions->names[known];
    if (suggestions->count == SUGGESTIONS_KEPT || import->sheet.problems->dropped > 0) return NULL;
    const char *nearest = name_index_nearest(index, text);
    map_put(&suggestions->known, text, (int64_t)suggestions->count);
    suggestions->names[suggestions->count++] = nearest;
    return nearest;
}

static bool refuse_derived(Import *import, const CsvRow *row, const char *text) {
    char excerpt[CSV_EXCERPT_SIZE];
    csv_sheet_problem(&import->sheet, row, COLUMN_INDICATOR, ERROR_INPUT,
                      T("\"%s\" is given by a formula of the pack", "“%s”由评估包的公式推算得出"),
                      csv_sheet_excerpt(text, excerpt));
    problems_hint(import->sheet.problems,
                  T("Import the figures the formula is made from, and leave this row out.",
                    "请导入公式所用的数据，并删去本行。"));
    return false;
}

static bool refuse_unknown(Import *import, const CsvRow *row, Column column, const NameIndex *index,
                           const char *text) {
    char excerpt[CSV_EXCERPT_SIZE];
    size_t place;
    ProblemList *problems = import->sheet.problems;
    if (column == COLUMN_INDICATOR &&
        name_index_find(&import->vocabulary->derived, text, &place) != NAME_UNKNOWN)
        return refuse_derived(import, row, text);
    const char *what = csv_sheet_column_name(&import->sheet, column);
    csv_sheet_problem(&import->sheet, row, column, ERROR_INPUT,
                      T("unknown %s \"%s\"", "%s“%s”不存在"), what,
                      csv_sheet_excerpt(text, excerpt));
    const char *nearest = suggest(import, column, index, text);
    if (nearest) {
        problems_hint(problems, T("Did you mean \"%s\"?", "是否为“%s”？"), nearest);
    } else if (column == COLUMN_REGION) {
        problems_hint(problems, T("Import the region first, or correct its code or name.",
                                  "请先导入该行政区划，或更正代码或名称。"));
    } else {
        problems_hint(problems, T("Use an id or a title that an active pack declares.",
                                  "请使用已启用评估包中声明的标识或名称。"));
    }
    return false;
}

static bool find_name(Import *import, const CsvRow *row, Column column, const NameIndex *index,
                      size_t *place) {
    const char *text;
    char excerpt[CSV_EXCERPT_SIZE];
    if (!take_field(import, row, column, &text)) return false;
    if (!*text)
        return csv_sheet_problem(&import->sheet, row, column, ERROR_INPUT,
                                 T("the %s is empty", "%s为空"),
                                 csv_sheet_column_name(&import->sheet, column));
    switch (name_index_find(index, text, place)) {
        case NAME_FOUND: return true;
        case NAME_UNKNOWN: return refuse_unknown(import, row, column, index, text);
        case NAME_AMBIGUOUS: break;
    }
    csv_sheet_problem(&import->sheet, row, column, ERROR_INPUT,
                      T("several are called \"%s\", %s among them", "“%s”不止一个，%s 是其中之一"),
                      csv_sheet_excerpt(text, excerpt), index->ids[*place]);
    problems_hint(import->sheet.problems,
                  T("Give the code or id instead of the name.", "请改填代码或标识，不要填名称。"));
    return false;
}

static bool read_breakdown(Import *import, const CsvRow *row, Draft *draft) {
    draft->breakdown = 0; // STORE_NO_BREAKDOWN comes first
    if (!*csv_sheet_field(&import->sheet, row, COLUMN_BREAKDOWN)) return true;
    return find_name(import, row, COLUMN_BREAKDOWN, &import->vocabulary->breakdowns,
                     &draft->breakdown);
}

static bool read_kind(Import *import, const CsvRow *row, Draft *draft) {
    const char *text;
    if (!take_field(import, row, COLUMN_KIND, &text)) return false;
    draft->row.kind = *text ? observation_kind(text) : import->default_kind;
    if (draft->row.kind) return true;
    char excerpt[CSV_EXCERPT_SIZE];
    csv_sheet_problem(&import->sheet, row, COLUMN_KIND, ERROR_INPUT,
                      T("unknown kind \"%s\"", "不认识的性质“%s”"),
                      csv_sheet_excerpt(text, excerpt));
    problems_hint(import->sheet.problems, T("Write reported, stated, derived, estimated or sample.",
                                            "请填写：上报、公布、推算、估计或样例。"));
    return false;
}

// ---- figures -----------------------------------------------------------------------------------

static bool is_full_width(uint32_t character) {
    return character >= 0xFF01 && character <= 0xFF5E;
}

static bool has_full_width(const char *text) {
    while (*text) {
        uint32_t character;
        text = utf8_next(text, &character);
        if (is_full_width(character)) return true;
    }
    return false;
}

static bool read_year(Import *import, const CsvRow *row, Draft *draft) {
    const char *text;
    const ImportVocabulary *vocabulary = import->vocabulary;
    if (!take_field(import, row, COLUMN_YEAR, &text)) return false;
    size_t digits = strspn(text, "0123456789");
    char excerpt[CSV_EXCERPT_SIZE];
    if (digits == 0 || text[digits]) {
        csv_sheet_problem(&import->sheet, row, COLUMN_YEAR, ERROR_INPUT,
                          T("the year \"%s\" is not a whole number", "年份“%s”不是整数"),
                          csv_sheet_excerpt(text, excerpt));
        problems_hint(import->sheet.problems,
                      T("Write four half-width digits and nothing else, such as %d.",
                        "请只填四位半角数字，如 %d，不带“年”字。"),
                      vocabulary->last_year);
        return false;
    }
    draft->row.year = digits <= YEAR_DIGITS_MAX ? atoi(text) : INT_MAX;
    if (draft->row.year >= vocabulary->first_year && draft->row.year <= vocabulary->last_year)
        return true;
    return csv_sheet_problem(
        &import->sheet, row, COLUMN_YEAR, ERROR_INPUT,
        T("the year %s is not between %d and %d", "年份 %s 不在 %d 至 %d 之间"),
        csv_sheet_excerpt(text, excerpt), vocabulary->first_year, vocabulary->last_year);
}

static bool is_one_of(const char *text, const char *const *words) {
    for (; *words; words++)
        if (strcmp(text, *words) == 0) return true;
    return false;
}

static const char *value_advice(const char *text) {
    if (text_ends_with(text, "%") || text_ends_with(text, "％") || text_ends_with(text, "‰"))
        return T("Leave the sign out: the indicator's unit says that it is a percentage.",
                 "请去掉百分号等符号：单位由指标规定。");
    if (has_full_width(text))
        return T("Write the number in half-width digits (12.3, not １２.３).",
                 "请用半角数字填写（12.3，而不是 １２.３）。");
    if (strchr(text, ','))
        return T("Write the number without separators: 12345, not 12,345.",
                 "请不要用千位分隔符：写 12345，不写 12,345。");
    if (strspn(text, "0123456789+-.eE") == strlen(text))
        return T("Write it as 12.3 or 1e3, not beyond ±1e15.",
                 "请写成 12.3 或 1e3，不超过 ±1e15。");
    return T("Write a plain number without a unit; remarks go into the column \"note\".",
             "请只填数字，不带单位；说明文字请填入“说明”列。");
}

static bool refuse_missing_value(Import *import, const CsvRow *row, const char *text) {
    if (*text)
        csv_sheet_problem(&import->sheet, row, COLUMN_VALUE, ERROR_INPUT,
                          T("\"%s\" is not a value", "“%s”不是数值"), text);
    else
        csv_sheet_problem(&import->sheet, row, COLUMN_VALUE, ERROR_INPUT,
                          T("the value is empty", "数值为空"));
    problems_hint(import->sheet.problems,
                  T("Leave the row out when there is no figure. To withdraw one entered earlier, "
                    "write \"withdrawn\".",
                    "没有数据时请删去此行；要撤回以前填报的数据，请填“撤回”。"));
    return false;
}

static bool read_value(Import *import, const CsvRow *row, Draft *draft) {
    static const char *const missing[] = {"",    "-", "--", "—",  "——", "–",  "…",   "……",
                                          "...", "/", "－", "无", "缺", "NA", "N/A", NULL};
    static const char *const withdrawn[] = {"withdrawn", "撤回", NULL};
    const char *text;
    if (!take_field(import, row, COLUMN_VALUE, &text)) return false;
    if (is_one_of(text, missing)) return refuse_missing_value(import, row, text);
    draft->row.value = NAN;
    draft->row.value_text = "";
    if (is_one_of(text, withdrawn)) return true;
    draft->row.value_text = text;
    if (decimal_parse(text, &draft->row.value)) return true;
    char excerpt[CSV_EXCERPT_SIZE];
    csv_sheet_problem(&import->sheet, row, COLUMN_VALUE, ERROR_INPUT,
                      T("the value \"%s\" is not a number", "数值“%s”不是数字"),
                      csv_sheet_excerpt(text, excerpt));
    problems_hint(import->sheet.problems, "%s", value_advice(text));
    return false;
}

// ---- rows --------------------------------------------------------------------------------------

static bool check_not_doubled(Import *import, const CsvRow *row, const Draft *draft) {
    char key[96];
    snprintf(key, sizeof key, "%zu %zu %zu %d", draft->region, draft->indicator, draft->breakdown,
             draft->row.year);
    int64_t first = map_get(&import->first_lines, key);
    if (first == MAP_MISSING) {
        map_put(&import->first_lines, key, row->line);
        return true;
    }
    problems_addf(import->sheet.problems, ERROR_CONFLICT, import->sheet.file, row->line, 0,
                  T("the same region, indicator, breakdown and year as in line %d",
                    "与第 %d 行的地区、指标、分组和年份相同"),
                  (int)first);
    problems_hint(import->sheet.problems, T("Delete the row that is wrong.", "请删去错误的一行。"));
    return false;
}

static const char *text_or_null(const char *text) {
    return *text ? text : NULL;
}

static bool read_texts(const Import *import, const CsvRow *row, Draft *draft) {
    const char *source, *note;
    bool good = take_field(import, row, COLUMN_SOURCE, &source);
    good &= take_field(import, row, COLUMN_NOTE, &note);
    draft->row.source = text_or_null(source);
    draft->row.note = text_or_null(note);
    return good;
}

static void keep(Import *import, Draft *draft) {
    ObservationCsv *out = import->out;
    draft->row.region = import->vocabulary->regions.ids[draft->region];
    draft->row.indicator = import->vocabulary->indicators.ids[draft->indicator];
    draft->row.breakdown = import->vocabulary->breakdowns.ids[draft->breakdown];
    draft->row.value_text = arena_string(&out->arena, draft->row.value_text);
    draft->row.source = arena_string(&out->arena, draft->row.source);
    draft->row.note = arena_string(&out->arena, draft->row.note);
    ARRAY_RESERVE(out->rows, out->count, out->capacity);
    out->rows[out->count++] = draft->row;
}

// Every cell is checked also when an earlier one is wrong: all is told in one go.
static void read_row(Import *import, const CsvRow *row) {
    if (!csv_sheet_check_row(&import->sheet, row)) return; // fields may stand in wrong columns
    const ImportVocabulary *vocabulary = import->vocabulary;
    Draft draft = {0};
    bool named = find_name(import, row, COLUMN_REGION, &vocabulary->regions, &draft.region);
    named &= find_name(import, row, COLUMN_INDICATOR, &vocabulary->indicators, &draft.indicator);
    named &= read_year(import, row, &draft);
    bool valued = read_value(import, row, &draft);
    named &= read_breakdown(import, row, &draft);
    valued &= read_kind(import, row, &draft);
    valued &= read_texts(import, row, &draft);
    if (named && check_not_doubled(import, row, &draft) && valued) keep(import, &draft);
}

static CsvSheet sheet_of(const CsvTable *table, const char *file, ProblemList *problems) {
    return (CsvSheet){.table = table,
                      .file = file,
                      .columns = columns,
                      .column_count = COLUMN_COUNT,
                      .problems = problems};
}

bool observation_csv_check_header(const CsvTable *table, const char *file, ProblemList *problems) {
    CsvSheet sheet = sheet_of(table, file, problems);
    return csv_sheet_begin(&sheet);
}

bool observation_csv_read(const CsvTable *table, const ObservationCsvOptions *options,
                          ObservationCsv *out, ProblemList *problems) {
    *out = (ObservationCsv){0};
    Import import = {
        .sheet = sheet_of(table, options->file, problems),
        .vocabulary = options->vocabulary,
        .default_kind = options->default_kind ? options->default_kind : "reported",
        .out = out,
    };
    out->rows_read = table->row_count;
    if (!csv_sheet_begin(&import.sheet)) return false;
    for (size_t i = 0; i < table->row_count; i++)
        read_row(&import, &table->rows[i]);
    map_free(&import.first_lines);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        map_free(&import.suggestions[i].known);
    return out->count == table->row_count;
}

void observation_csv_free(ObservationCsv *observations) {
    free(observations->rows);
    arena_free(&observations->arena);
    *observations = (ObservationCsv){0};
}
