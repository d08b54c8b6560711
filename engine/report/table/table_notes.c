#include "report/table/table_notes.h"

/* `text` may be NULL after an error, which is passed on. */
static bool add_note(Table *table, const char *text)
{
    if (!text) return false;
    table->notes.text[table->notes.n++] = text;
    return true;
}

size_t table_notes_most(const Draft *draft)
{
    enum { OTHER_NOTES = 6 };
    return draft->numbers->tasks.n + OTHER_NOTES;
}

static bool note_method(Table *table, const Draft *draft, Error *err)
{
    size_t n_seeds = draft->outcome->plan->experiment->seeds.n;
    if (n_seeds == 1)
        return add_note(
            table,
            "Test scores × 100 of one seed [95 % bootstrap interval over test examples only]: "
            "other seeds may differ by more than the intervals say.");
    return add_note(
        table,
        arena_format(draft->arena, err,
                     "Test scores × 100, mean over %zu fine-tuning seeds [95 %% bootstrap interval "
                     "over seeds and test examples]; differences are paired by seed and example.",
                     n_seeds));
}

static bool note_tests(Table *table, const Draft *draft, Error *err)
{
    const Plan *plan = draft->outcome->plan;
    const NumbersTask *task = draft->numbers->tasks.items;
    for (int t = 0; t < plan->n_tasks; t++) {
        const DatasetInfo *info = plan->tasks[t].info;
        if (!add_note(table,
                      arena_format(draft->arena, err, "%s: %lld test examples; %s.",
                                   plan->tasks[t].name, (long long)task[t].test_examples,
                                   info->test_note ? info->test_note : "the published test set")))
            return false;
    }
    return true;
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

static bool note_limits(Table *table, const Draft *draft)
{
    const Plan *plan = draft->outcome->plan;
    bool generated = false;
    for (int t = 0; t < plan->n_tasks; t++) generated |= plan->tasks[t].info->generated;
    return (!has_degenerate(table) ||
            add_note(table,
                     "† Some runs gave every test example the same answer; their score says no "
                     "more than that, and their interval is too narrow.")) &&
           (draft->numbers->pretrains.n == 0 ||
            add_note(
                table,
                "Each model was pre-trained once: intervals do not cover how another pre-training "
                "would differ.")) &&
           (!has_kind(table, TABLE_PAPER) ||
            add_note(
                table,
                "In italics the paper's own numbers: its GPT has 117 M parameters and read 7,000 "
                "books, and its scores are those of the benchmarks' own test sets (GPT-1, tables 2 "
                "to 5). Its mean is over the tasks shown.")) &&
           (!generated ||
            add_note(table,
                     "The story world is generated: these scores teach and test, and are not the "
                     "paper's results."));
}

bool table_notes(Table *table, const Draft *draft, Error *err)
{
    if (draft->numbers->tasks.n == 0) return true;
    return note_method(table, draft, err) && note_tests(table, draft, err) &&
           note_limits(table, draft);
}
