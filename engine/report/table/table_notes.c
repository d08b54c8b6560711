#include "report/table/table_notes.h"

#include <string.h>

/* `text` may be NULL after an error, which is passed on. */
static bool add_note(Table *table, const char *text)
{
    if (text) table_add_note(table, text, text);
    return text != NULL;
}

static bool add_note_in(Table *table, const char *typeset, const char *plain)
{
    table_add_note(table, typeset, plain);
    return true;
}

size_t table_notes_most(const Result *result)
{
    enum { OTHER_NOTES = 8 };
    return result->numbers->tasks.n + OTHER_NOTES;
}

static bool note_method(Table *table, const Result *result, Error *err)
{
    size_t n_seeds = result->experiment->seeds.n;
    if (n_seeds == 1)
        return add_note(
            table,
            "Test scores × 100 of one seed [95 % bootstrap interval over test examples only]: "
            "other seeds may differ by more than the intervals say.");
    return add_note(
        table,
        arena_format(result->arena, err,
                     "Test scores × 100, mean over %zu fine-tuning seeds [95 %% bootstrap interval "
                     "over seeds and test examples]; differences are paired by seed and example.",
                     n_seeds));
}

static const char *test_note(const Result *result, const NumbersTask *task)
{
    const ProvenanceData *data = provenance_data(&result->provenance, task->name);
    return data && data->test_note ? data->test_note : "where they come from is not stated";
}

static bool same_test(const Result *result, const NumbersTask *a, const NumbersTask *b)
{
    return a->test_examples == b->test_examples &&
           !strcmp(test_note(result, a), test_note(result, b));
}

/* Tasks whose test sets are alike are told of together. */
static bool note_tests(Table *table, const Result *result, Error *err)
{
    const NumbersTask *task = result->numbers->tasks.items;
    const size_t n = result->numbers->tasks.n;
    for (size_t t = 0; t < n; t++) {
        Buffer names = buffer_create(result->arena);
        size_t n_alike = 0, first = 0;
        while (!same_test(result, &task[first], &task[t])) first++;
        for (size_t k = t; k < n && first == t; k++)
            if (same_test(result, &task[k], &task[t]) &&
                !buffer_format(&names, err, "%s%s", n_alike++ ? ", " : "", task[k].name))
                return false;
        if (n_alike &&
            !add_note(table, arena_format(result->arena, err, "%s: %lld test examples%s; %s.",
                                          names.data, (long long)task[t].test_examples,
                                          n_alike > 1 ? " each" : "", test_note(result, &task[t]))))
            return false;
    }
    return true;
}

static bool note_best(Table *table)
{
    bool any = false;
    for (size_t i = 0; i < table->n_rows * table->n_columns; i++)
        any |= table->field[i].best != TABLE_BEST_NOT;
#define APART "best of its column, with an interval apart from all others'; "
    return !any || add_note_in(table, "Bold: " APART "underlined: best, but not apart.",
                               "** " APART "* best, but not apart.");
#undef APART
}

static bool has_kind(const Table *table, TableKind kind)
{
    for (size_t i = 0; i < table->n_rows * table->n_columns; i++)
        if (table->field[i].kind == kind) return true;
    return false;
}

static bool has_degenerate(const Table *table)
{
    for (size_t i = 0; i < table->n_rows * table->n_columns; i++)
        if (table->field[i].degenerate) return true;
    return false;
}

#define ORIGINAL                                                                                   \
    "the paper's own numbers: its GPT has 117 M parameters and read 7,000 books, and its scores "  \
    "are those of the benchmarks' own test sets (GPT-1, tables 2 to 5). Its mean is over the "     \
    "tasks shown."

static bool note_limits(Table *table, const Result *result)
{
    const NumbersTask *task = result->numbers->tasks.items;
    bool generated = false;
    for (size_t t = 0; t < result->numbers->tasks.n; t++) {
        const ProvenanceData *data = provenance_data(&result->provenance, task[t].name);
        generated |= data && data->generated;
    }
    return (!has_degenerate(table) ||
            add_note(table,
                     "† Some runs gave every test example the same answer; their score says no "
                     "more than that, and their interval is too narrow.")) &&
           (result->numbers->pretrains.n == 0 ||
            add_note(
                table,
                "Each model was pre-trained once: intervals do not cover how another pre-training "
                "would differ.")) &&
           (!has_kind(table, TABLE_PAPER) ||
            add_note_in(table, "In italics " ORIGINAL, "In brackets " ORIGINAL)) &&
           (!generated ||
            add_note(table,
                     "The story world is generated: these scores teach and test, and are not the "
                     "paper's results."));
}

bool table_notes(Table *table, const Result *result, Error *err)
{
    if (result->numbers->tasks.n == 0) return true;
    return note_method(table, result, err) && note_best(table) && note_tests(table, result, err) &&
           note_limits(table, result);
}
