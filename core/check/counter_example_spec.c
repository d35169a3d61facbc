// Counter-examples as specs: see counter_example.h.
#include <math.h>
#include <string.h>

#include "core/check/counter_example.h"

static void number(Buffer *out, double value) {
    char text[DECIMAL_TEXT_SIZE];
    decimal_shortest(value, text);
    buffer_text(out, text);
}

enum { EARLIEST_YEAR = 1900 };

// ---- the data ----------------------------------------------------------------------------------

static void write_key(const Space *space, int column, Buffer *out) {
    char name[200];
    space_column_name(space, column, name, sizeof name);
    buffer_printf(out, strchr(name, '.') ? "[\"%s\"] = " : "%s = ", name);
}

// This year's figure alone stands for itself; with those of other years it is a table by year.
static void write_column(const Space *space, const World *world, int column, int place, int year,
                         Buffer *out) {
    int now = world_find(world, column, place, year), count = 0, written = 0;
    for (size_t i = 0; i < world->count; i++)
        count += world->items[i].column == column && world->items[i].place == place;
    write_key(space, column, out);
    if (count == 1 && now >= 0) {
        number(out, world->items[now].value);
        return;
    }
    buffer_text(out, "{ ");
    for (int y = EARLIEST_YEAR; y <= year; y++) {
        int found = world_find(world, column, place, y);
        if (found < 0) continue;
        buffer_printf(out, "%s[%d] = ", written++ ? ", " : "", y);
        number(out, world->items[found].value);
    }
    buffer_text(out, " }");
}

static bool is_first_of_column(const World *world, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (world->items[i].column == world->items[index].column &&
            world->items[i].place == world->items[index].place)
            return false;
    return true;
}

static void write_observations(const Space *space, const World *world, int place, int year,
                               Buffer *out) {
    bool any = false;
    buffer_text(out, "observations = {");
    for (size_t i = 0; i < world->count; i++) {
        if (world->items[i].place != place || !is_first_of_column(world, i)) continue;
        buffer_text(out, any ? ", " : " ");
        write_column(space, world, world->items[i].column, place, year, out);
        any = true;
    }
    buffer_text(out, any ? " }" : "}");
}

static bool is_there(const World *world, int place) {
    if (place == world->subject) return true;
    for (size_t i = 0; i < world->count; i++)
        if (world->items[i].place == place) return true;
    return false;
}

static void write_evaluate(const CheckReport *report, const World *world, int year,
                           const char *name, Buffer *out) {
    const Space *space = &report->space;
    bool any = false;
    buffer_printf(out, "  local %s = evaluate { year = %d, ", name, year);
    write_observations(space, world, PLACE_OWN, year, out);
    for (int place = PLACE_CHILD; place < (int)space->place_count; place++) {
        if (!is_there(world, place)) continue;
        buffer_printf(out, "%s[\"%s\"] = { ", any ? ", " : ", regions = { ", space->codes[place]);
        write_observations(space, world, place, year, out);
        buffer_text(out, " }");
        any = true;
    }
    buffer_text(out, any ? " } }\n" : " }\n");
}

static void write_world(const CheckReport *report, const CounterExample *example, double value,
                        const char *name, Buffer *out) {
    World world = world_copy(&example->common);
    Observation varied = example->varied;
    varied.value = value;
    if (varied.column >= 0 && !isnan(value)) world_add(&world, varied);
    write_evaluate(report, &world, example->year, name, out);
    world_free(&world);
}

// ---- what is expected --------------------------------------------------------------------------

// The subject's results: worse.regions["150801"].
static void write_result(const CheckReport *report, const CounterExample *example, const char *name,
                         Buffer *out) {
    buffer_text(out, name);
    if (example->common.subject != PLACE_OWN)
        buffer_printf(out, ".regions[\"%s\"]", report->space.codes[example->common.subject]);
}

static void write_figure(const CheckReport *report, const CounterExample *example, const char *name,
                         Buffer *out) {
    const Description *description = report->space.description;
    const About *about = &example->finding.about;
    write_result(report, example, name, out);
    if (about->kind == ABOUT_ATTAINMENT) {
        const Plan *plan = &description->plans[about->plan];
        buffer_printf(out, ".plans.%s", plan->id);
        if (about->domain >= 0) buffer_printf(out, ".domains.%s", plan->domains[about->domain].id);
        buffer_text(out, ".attainment");
        return;
    }
    const Assessment *assessment = &description->assessments[about->assessment];
    buffer_printf(out, ".assessments.%s", assessment->id);
    if (about->unit >= 0) buffer_printf(out, ".units.%s", description->units[about->unit].id);
    if (about->kind == ABOUT_VETO)
        buffer_text(out, ".veto");
    else if (about->item >= 0)
        buffer_printf(out, ".items.%s.score", assessment->items[about->item].id);
    else
        buffer_text(out, ".total");
}

// A veto that must not be there, or must be there still.
static void write_veto(const CheckReport *report, const CounterExample *example,
                       const char *assertion, const char *name, Buffer *out) {
    buffer_printf(out, "  assert.%s(", assertion);
    write_figure(report, example, name, out);
    buffer_text(out, ")\n");
}

static void write_comparison(const CheckReport *report, const CounterExample *example,
                             const char *low, const char *high, Buffer *out) {
    buffer_text(out, "  assert.is_true(");
    write_figure(report, example, low, out);
    buffer_text(out, " <= ");
    write_figure(report, example, high, out);
    buffer_text(out, ")\n");
}

static void write_cliff(const CheckReport *report, const CounterExample *example, Buffer *out) {
    buffer_text(out, "  assert.near(");
    write_figure(report, example, "before", out);
    buffer_text(out, ", ");
    write_figure(report, example, "after", out);
    buffer_text(out, ", ");
    number(out, decimal_round(example->finding.allowed, 9, ROUNDING_HALF_UP));
    buffer_text(out, ")\n");
}

static void write_no_failures(const CheckReport *report, const CounterExample *example,
                              Buffer *out) {
    buffer_text(out, "  assert.same({}, ");
    write_result(report, example, "result", out);
    buffer_text(out, ".failures)\n");
}

static void write_warning(const CheckReport *report, const CounterExample *example, Buffer *out) {
    const Description *description = report->space.description;
    const About *about = &example->finding.about;
    const Warning *warning = &description->warnings[about->warning];
    const char *subject = warning->on == ON_INDICATOR ? description->indicators[about->subject].id
                          : warning->on == ON_PLAN    ? description->plans[about->subject].id
                                                      : NULL;
    buffer_printf(out,
                  "  local function raised(result)\n"
                  "    for _, warning in ipairs(result.warnings) do\n"
                  "      if warning.id == \"%s\"",
                  warning->id);
    if (subject) buffer_printf(out, " and warning.subject == \"%s\"", subject);
    buffer_text(out, " then return true end\n    end\n    return false\n  end\n"
                     "  assert.is_true(raised(");
    write_result(report, example, "missing", out);
    buffer_text(out, ") or not raised(");
    write_result(report, example, "reported", out);
    buffer_text(out, "))\n");
}

// ---- the whole ---------------------------------------------------------------------------------

static void write_pair(const CheckReport *report, const CounterExample *example, const char *first,
                       const char *second, Buffer *out) {
    write_world(report, example, example->first, first, out);
    write_world(report, example, example->second, second, out);
}

void counter_example_spec(const CheckReport *report, const CounterExample *example, Buffer *out) {
    static const char *const titles[PROPERTY_COUNT] = {
        "no rule fails",         "scores stay within the points",
        "better is not worse",   "a last digit is no cliff",
        "missing does not help", "the same figures give the same results"};
    const About *about = &example->finding.about;
    buffer_printf(out, "it(\"%s\", function()\n", titles[about->property]);
    switch (about->property) {
        case PROPERTY_MONOTONE:
            write_pair(report, example, "worse", "better", out);
            if (about->kind == ABOUT_VETO)
                write_veto(report, example, "is_nil", "better", out);
            else
                write_comparison(report, example, "worse", "better", out);
            break;
        case PROPERTY_CLIFF:
            write_pair(report, example, "before", "after", out);
            write_cliff(report, example, out);
            break;
        case PROPERTY_MISSING:
            write_pair(report, example, "missing", "reported", out);
            if (about->kind == ABOUT_WARNING)
                write_warning(report, example, out);
            else if (about->kind == ABOUT_VETO)
                write_veto(report, example, "is_not_nil", "missing", out);
            else
                write_comparison(report, example, "missing", "reported", out);
            break;
        case PROPERTY_DETERMINISM:
            write_world(report, example, NAN, "result", out);
            write_world(report, example, NAN, "again", out);
            buffer_text(out, "  assert.same(result, again)\n");
            break;
        default:
            write_world(report, example, NAN, "result", out);
            write_no_failures(report, example, out);
            break;
    }
    buffer_text(out, "end)\n");
}
