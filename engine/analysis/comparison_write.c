/* A comparison for programs. */
#include <math.h>

#include "analysis/changes.h"
#include "analysis/comparison.h"
#include "base/xml.h"
#include "result/verdict.h"

bool comparison_summary(Buffer *text, const Comparison *comparison, Error *err)
{
    const size_t *count = comparison->count;
    if (comparison->same_numbers) return buffer_add_text(text, "identical, bit for bit", err);
    if (comparison->n_compared == 0) return buffer_add_text(text, "nothing can be compared", err);
    if (comparison->n_compared == count[COMPARISON_IDENTICAL])
        return buffer_format(text, err, "identical in the %zu number%s compared, not in everything",
                             comparison->n_compared, comparison->n_compared == 1 ? "" : "s");
    return buffer_format(text, err,
                         "B is worse than A in %zu of %zu numbers, better in %zu, within noise in "
                         "%zu, identical in %zu",
                         count[COMPARISON_WORSE], comparison->n_compared, count[COMPARISON_BETTER],
                         count[COMPARISON_NOISE], count[COMPARISON_IDENTICAL]);
}

/* --- JSON ------------------------------------------------------------------------------------------- */

static Json *side_json(const ComparisonSide *side, Arena *arena, Error *err)
{
    const Experiment *experiment = side->result->experiment;
    Json *object = json_new_object(arena, err);
    return object && json_set_text_or_null(object, "name", side->name, arena, err) &&
                   json_set_text_or_null(object, "place", side->place, arena, err) &&
                   json_set_text_or_null(object, "experiment", experiment->name, arena, err) &&
                   json_set_text_or_null(object, "scale", experiment->scale, arena, err) &&
                   json_set_text_or_null(object, "version", side->result->version, arena, err) &&
                   json_set_text_or_null(object, "numbers_sha256", side->result->numbers_hash.text,
                                         arena, err)
               ? object
               : NULL;
}

static Json *row_json(const ComparisonRow *row, Arena *arena, Error *err)
{
    Json *object = json_new_object(arena, err);
    return object && json_set_text_or_null(object, "measure", row->measure->title, arena, err) &&
                   json_set_text_or_null(object, "cell", row->cell, arena, err) &&
                   json_set_text_or_null(object, "what", row->what, arena, err) &&
                   json_set_number(object, "a", row->before, arena, err) &&
                   json_set_number(object, "b", row->after, arena, err) &&
                   json_set_number(object, "difference", row->after - row->before, arena, err) &&
                   json_set_number(object, "low", row->low, arena, err) &&
                   json_set_number(object, "high", row->high, arena, err) &&
                   json_set_text_or_null(object, "shared",
                                         row->why ? NULL : comparison_shared_words[row->shared],
                                         arena, err) &&
                   json_set_text_or_null(object, "verdict", comparison_verdict_words[row->verdict],
                                         arena, err) &&
                   (!row->why || json_set_text_or_null(object, "why", row->why, arena, err))
               ? object
               : NULL;
}

static bool set_rows(Json *object, const Comparison *comparison, Arena *arena, Error *err)
{
    Json *list = json_new_list(arena, err);
    for (size_t i = 0; list && i < comparison->n; i++)
        if (!json_add(list, row_json(&comparison->rows[i], arena, err), err)) return false;
    return list && json_set(object, "rows", list, err);
}

static bool set_notes(Json *object, const Comparison *comparison, Arena *arena, Error *err)
{
    Json *list = json_new_list(arena, err);
    for (size_t i = 0; list && i < comparison->notes.n; i++)
        if (!json_add(list, json_new_text(comparison->notes.text[i], arena, err), err))
            return false;
    return list && json_set(object, "notes", list, err);
}

static bool set_claims(Json *object, const Comparison *comparison, Arena *arena, Error *err)
{
    const ChangesClaim *claim = comparison->claims.items;
    Json *list = json_new_list(arena, err);
    for (size_t i = 0; list && i < comparison->claims.n; i++) {
        Json *row = json_new_object(arena, err);
        const char *a = claim[i].before < 0 ? NULL : verdict_words[claim[i].before],
                   *b = claim[i].after < 0 ? NULL : verdict_words[claim[i].after];
        if (!row || !json_set_text_or_null(row, "claim", claim[i].id, arena, err) ||
            !json_set_text_or_null(row, "a", a, arena, err) ||
            !json_set_text_or_null(row, "b", b, arena, err) ||
            !json_set_text_or_null(row, "moved", claim[i].words, arena, err) ||
            !json_add(list, row, err))
            return false;
    }
    return list && json_set(object, "claims", list, err);
}

static Json *one_json(const Comparison *comparison, Arena *arena, Error *err)
{
    Buffer summary = buffer_create(arena);
    Json *object = json_new_object(arena, err);
    const bool is_empty = comparison->n_compared == 0 && !comparison->same_numbers;
    const char *const overall =
        is_empty ? NULL : comparison_verdict_words[comparison_overall(comparison)];
    return object && json_set(object, "a", side_json(&comparison->side[0], arena, err), err) &&
                   json_set(object, "b", side_json(&comparison->side[1], arena, err), err) &&
                   json_set_text_or_null(object, "verdict", overall, arena, err) &&
                   comparison_summary(&summary, comparison, err) &&
                   json_set_text_or_null(object, "summary", summary.data, arena, err) &&
                   set_rows(object, comparison, arena, err) &&
                   set_claims(object, comparison, arena, err) &&
                   set_notes(object, comparison, arena, err)
               ? object
               : NULL;
}

Json *comparison_json(const Comparison *const *comparisons, size_t n, Arena *arena, Error *err)
{
    Json *object = json_new_object(arena, err), *list = json_new_list(arena, err);
    for (size_t i = 0; list && i < n; i++)
        if (!json_add(list, one_json(comparisons[i], arena, err), err)) return NULL;
    return object && list && json_set(object, "comparisons", list, err) ? object : NULL;
}

/* --- JUnit ------------------------------------------------------------------------------------------ */

/* "81.2 -> 78.0, difference -3.2, 95 % interval -4.9 to -1.4" */
static bool add_difference(Buffer *text, const ComparisonRow *row, Error *err)
{
    const int digits = row->measure->digits;
    const double scale = row->measure->scale;
    return buffer_format(text, err, "%.*f -> %.*f, difference %+.*f", digits, scale * row->before,
                         digits, scale * row->after, digits, scale * (row->after - row->before)) &&
           (isnan(row->low) || buffer_format(text, err, ", 95 %% interval %+.*f to %+.*f", digits,
                                             scale * row->low, digits, scale * row->high));
}

static bool add_case(Buffer *xml, const Comparison *comparison, const ComparisonRow *row,
                     Error *err)
{
    const Experiment *experiment = comparison->side[1].result->experiment;
    Buffer words = buffer_create(xml->arena);
    if (!xml_format(xml, err, "    <testcase classname=\"%s.%s\" name=\"%s\" time=\"0\"",
                    experiment->name, row->cell, row->what))
        return false;
    if (row->why) return xml_format(xml, err, "><skipped message=\"%s\"/></testcase>\n", row->why);
    if (!add_difference(&words, row, err)) return false;
    if (row->verdict == COMPARISON_WORSE)
        return xml_format(xml, err, "><failure type=\"worse\" message=\"%s\"/></testcase>\n",
                          words.data);
    return xml_format(xml, err, "><system-out>%s: %s</system-out></testcase>\n",
                      comparison_verdict_words[row->verdict], words.data);
}

static bool add_suite(Buffer *xml, const Comparison *comparison, Error *err)
{
    if (!xml_format(xml, err,
                    "  <testsuite name=\"A: %s; B: %s\" tests=\"%zu\" failures=\"%zu\" "
                    "errors=\"0\" skipped=\"%zu\" time=\"0\">\n",
                    comparison->side[0].name, comparison->side[1].name, comparison->n,
                    comparison->count[COMPARISON_WORSE], comparison->n - comparison->n_compared))
        return false;
    for (size_t i = 0; i < comparison->n; i++)
        if (!add_case(xml, comparison, &comparison->rows[i], err)) return false;
    return buffer_add_text(xml, "  </testsuite>\n", err);
}

bool comparison_junit(Buffer *xml, const Comparison *const *comparisons, size_t n, Error *err)
{
    size_t tests = 0, failures = 0;
    for (size_t i = 0; i < n; i++) {
        tests += comparisons[i]->n;
        failures += comparisons[i]->count[COMPARISON_WORSE];
    }
    if (!xml_format(xml, err,
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<testsuites name=\"reprise compare\" tests=\"%zu\" failures=\"%zu\" "
                    "errors=\"0\" time=\"0\">\n",
                    tests, failures))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!add_suite(xml, comparisons[i], err)) return false;
    return buffer_add_text(xml, "</testsuites>\n", err);
}
