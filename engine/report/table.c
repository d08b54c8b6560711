#include "report/table.h"

#include <math.h>
#include <string.h>

static const NumbersTask *task_at(const Numbers *numbers, size_t t)
{
    return (const NumbersTask *)numbers->tasks.items + t;
}

static TableField *field_at(const Table *table, size_t row, size_t column)
{
    return &table->field[row * table->n_columns + column];
}

/* What scores stand for in column c: a task, behind them all tasks, NULL in the perplexity column. */
static const char *column_task(const Numbers *numbers, size_t c)
{
    if (c < numbers->tasks.n) return task_at(numbers, c)->name;
    return c == numbers->tasks.n && numbers->tasks.n > 1 ? NUMBERS_ALL_TASKS : NULL;
}

static bool make_columns(Table *table, const Draft *draft, Error *err)
{
    const Numbers *numbers = draft->numbers;
    size_t n = numbers->tasks.n;
    table->n_columns = n + (n > 1) + (numbers->pretrains.n > 0);
    table->column = arena_alloc(draft->arena, table->n_columns, sizeof(TableColumn), err);
    if (!table->column) return false;
    for (size_t c = 0; c < table->n_columns; c++) {
        const char *task = column_task(numbers, c);
        TableColumn *column = &table->column[c];
        if (c < n) *column = (TableColumn){task, draft->outcome->plan->tasks[c].metric->title};
        else if (task) *column = (TableColumn){task, "mean"};
        else *column = (TableColumn){"held-out perplexity", "language model"};
    }
    return true;
}

static void fill_cell(Table *table, size_t row, const char *cell, const Numbers *numbers)
{
    table->row[row] = cell;
    for (size_t c = 0; c < table->n_columns; c++) {
        const char *task = column_task(numbers, c);
        const NumbersScore *score = task ? numbers_score(numbers, cell, task) : NULL;
        if (!score) continue;
        *field_at(table, row, c) = (TableField){.kind = TABLE_SCORE,
                                                .value = score->mean,
                                                .low = score->low,
                                                .high = score->high,
                                                .degenerate = score->degenerate > 0};
    }
    const NumbersPretrain *pretrain = numbers->pretrains.items;
    for (size_t i = 0; i < numbers->pretrains.n; i++)
        for (size_t k = 0; k < pretrain[i].cells.n; k++)
            if (!strcmp(pretrain[i].cells.text[k], cell))
                *field_at(table, row, table->n_columns - 1) = (TableField){
                    .kind = TABLE_PERPLEXITY, .value = pretrain[i].held_out_perplexity};
}

static void mark_best(Table *table, size_t n_cells)
{
    for (size_t c = 0; n_cells > 1 && c < table->n_columns; c++) {
        double best = -INFINITY;
        for (size_t r = 0; r < n_cells; r++) {
            TableField *field = field_at(table, r, c);
            if (field->kind == TABLE_SCORE && field->value > best) best = field->value;
        }
        for (size_t r = 0; r < n_cells; r++) {
            TableField *field = field_at(table, r, c);
            field->best = field->kind == TABLE_SCORE && field->value == best;
        }
    }
}

static bool fill_effect(Table *table, size_t row, const NumbersEffect *named, const Draft *draft,
                        Error *err)
{
    table->row[row] = arena_format(draft->arena, err, "%s − %s", named->better, named->worse);
    for (size_t c = 0; c < table->n_columns; c++) {
        const char *task = column_task(draft->numbers, c);
        const NumbersEffect *effect =
            task ? numbers_effect(draft->numbers, named->better, named->worse, task) : NULL;
        if (effect)
            *field_at(table, row, c) = (TableField){.kind = TABLE_EFFECT,
                                                    .value = effect->mean,
                                                    .low = effect->low,
                                                    .high = effect->high};
    }
    return table->row[row] != NULL;
}

static bool has_paper_score(const Plan *plan, int task)
{
    return isfinite(plan->tasks[task].info->paper_score);
}

/* Scores without intervals, for comparison. */
static void fill_baseline(Table *table, const Numbers *numbers)
{
    size_t row = table->n_rows++;
    table->row[row] = "commonest answer";
    for (size_t t = 0; t < numbers->tasks.n; t++)
        *field_at(table, row, t) =
            (TableField){.kind = TABLE_PLAIN, .value = task_at(numbers, t)->baseline};
}

static void fill_paper(Table *table, const Plan *plan)
{
    size_t row = table->n_rows;
    for (int t = 0; t < plan->n_tasks; t++) {
        if (!has_paper_score(plan, t)) continue;
        *field_at(table, row, (size_t)t) =
            (TableField){.kind = TABLE_PLAIN, .value = plan->tasks[t].info->paper_score / 100};
        table->row[row] = "the paper's GPT";
    }
    table->n_rows += table->row[row] != NULL;
}

static bool make_rows(Table *table, const Draft *draft, Error *err)
{
    const Numbers *numbers = draft->numbers;
    const NumbersEffect *effect = numbers->effects.items;
    size_t most = numbers->cells.n + numbers->effects.n + 2;
    table->row = arena_alloc(draft->arena, most, sizeof(char *), err);
    table->field = arena_alloc(draft->arena, most * table->n_columns, sizeof(TableField), err);
    if (!table->row || !table->field) return false;
    for (size_t c = 0; c < numbers->cells.n; c++)
        fill_cell(table, table->n_rows++, numbers->cells.text[c], numbers);
    mark_best(table, numbers->cells.n);
    for (size_t i = 0; i < numbers->effects.n; i++)
        if (!strcmp(effect[i].task, column_task(numbers, 0)) &&
            !fill_effect(table, table->n_rows++, &effect[i], draft, err))
            return false;
    fill_baseline(table, numbers);
    fill_paper(table, draft->outcome->plan);
    return true;
}

/* --- notes ---------------------------------------------------------------------------------------- */

static bool add_note(Table *table, const char *note)
{
    if (note) table->notes.text[table->notes.n++] = note;
    return note != NULL;
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
    for (int t = 0; t < plan->n_tasks; t++) {
        const DatasetInfo *info = plan->tasks[t].info;
        int n = (int)task_at(draft->numbers, (size_t)t)->test_examples;
        if (!add_note(table,
                      arena_format(draft->arena, err, "%s: %d test examples; %s.",
                                   plan->tasks[t].name, n,
                                   info->test_note ? info->test_note : "the published test set")))
            return false;
    }
    return true;
}

static bool note_limits(Table *table, const Draft *draft)
{
    const Plan *plan = draft->outcome->plan;
    bool generated = false, paper = false, degenerate = false;
    for (int t = 0; t < plan->n_tasks; t++) {
        generated |= plan->tasks[t].info->generated;
        paper |= has_paper_score(plan, t);
    }
    for (size_t i = 0; i < table->n_rows * table->n_columns; i++)
        degenerate |= table->field[i].degenerate;
    return (!degenerate ||
            add_note(table,
                     "† Some runs gave every test example the same answer; their score says no "
                     "more than that, and their interval is too narrow.")) &&
           (draft->numbers->pretrains.n == 0 ||
            add_note(
                table,
                "Each model was pre-trained once: intervals do not cover how another pre-training "
                "would differ.")) &&
           (!paper ||
            add_note(
                table,
                "The paper's GPT has 117 M parameters and read 7,000 books; its scores are those "
                "of the benchmark's own test sets (GPT-1, tables 2 to 4).")) &&
           (!generated ||
            add_note(table,
                     "The story world is generated: these scores teach and test, and are not the "
                     "paper's results."));
}

bool table_make(Table *table, const Draft *draft, Error *err)
{
    enum { OTHER_NOTES = 5 };
    *table = (Table){0};
    table->notes.text =
        arena_alloc(draft->arena, draft->numbers->tasks.n + OTHER_NOTES, sizeof(char *), err);
    return table->notes.text && make_columns(table, draft, err) && make_rows(table, draft, err) &&
           note_method(table, draft, err) && note_tests(table, draft, err) &&
           note_limits(table, draft);
}
