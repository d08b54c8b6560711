#include "report/version/version_facts.h"

#include <stdlib.h>
#include <string.h>

static void *list_make(SpecList *list, int capacity, size_t size, Arena *arena, Error *err)
{
    *list = (SpecList){.items = arena_alloc(arena, (size_t)capacity, size, err)};
    return list->items;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The value that stands most often in the list, of equals the smallest; sorts the list. */
static double commonest(double *value, int n)
{
    int longest = 0;
    double found = 0;
    qsort(value, (size_t)n, sizeof *value, compare);
    for (int begin = 0, end = 0; begin < n; begin = end) {
        while (end < n && value[end] == value[begin]) end++;
        if (end - begin <= longest) continue;
        longest = end - begin;
        found = value[begin];
    }
    return found;
}

/* The score of giving every test example the answer that is right most often. */
static bool commonest_score(double *score, const OutcomeSplit *test, const Metric *metric,
                            Arena *scratch, Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    double *answer = arena_alloc(scratch, (size_t)test->n, sizeof(double), err);
    if (!answer) return false;
    for (int i = 0; i < test->n; i++) answer[i] = test->truth[i];
    double right = commonest(answer, test->n);
    for (int i = 0; i < test->n; i++) answer[i] = right;
    bool degenerate;
    *score = metric->compute(test->truth, answer, test->n, &degenerate);
    arena_reset(scratch, mark);
    return true;
}

static bool copy_tasks(Numbers *numbers, const Outcome *outcome, Arena *arena, Error *err)
{
    const Plan *plan = outcome->plan;
    NumbersTask *task = list_make(&numbers->tasks, plan->n_tasks, sizeof *task, arena, err);
    if (!task) return false;
    for (int t = 0; t < plan->n_tasks; t++, numbers->tasks.n++) {
        const StageTask *source = &plan->tasks[t];
        const OutcomeRun *run = &outcome->runs[(size_t)t * plan->experiment->seeds.n];
        task[t] = (NumbersTask){
            .name = source->name,
            .metric = source->metric->name,
            .validation_examples = run->validation.n,
            .test_examples = run->test.n,
            .paper_score = source->info->paper_score / 100,
        };
        if (!commonest_score(&task[t].baseline, &run->test, source->metric, arena, err))
            return false;
    }
    return true;
}

static bool copy_cells(Numbers *numbers, const Outcome *outcome, Arena *arena, Error *err)
{
    TextList *cells = &numbers->cells;
    cells->text = arena_alloc(arena, (size_t)outcome->n_cells, sizeof(char *), err);
    if (!cells->text) return false;
    for (int c = 0; c < outcome->n_cells; c++)
        cells->text[cells->n++] = outcome->plan->experiment->cells[c].name;
    return true;
}

static bool copy_runs(Numbers *numbers, const Outcome *outcome, Arena *arena, Error *err)
{
    NumbersRun *run = list_make(&numbers->runs, outcome->n_runs, sizeof *run, arena, err);
    if (!run) return false;
    for (int i = 0; i < outcome->n_runs; i++) {
        const OutcomeRun *source = &outcome->runs[i];
        run[numbers->runs.n++] = (NumbersRun){
            .cell = outcome->plan->experiment->cells[source->cell].name,
            .task = outcome->plan->tasks[source->task].name,
            .seed = source->seed,
            .train_examples = source->train_examples,
            .parameters = source->parameters,
            .best_epoch = source->best_epoch + 1,
            .validation_score = source->validation.score,
            .validation_accuracy = source->validation.accuracy,
            .validation_loss = source->validation.loss,
            .test_score = source->test.score,
            .test_accuracy = source->test.accuracy,
            .test_loss = source->test.loss,
            .degenerate = source->test.degenerate,
        };
    }
    return true;
}

/* One row a pre-training, whoever shares it. */
static bool copy_pretrains(Numbers *numbers, const Outcome *outcome, Arena *arena, Error *err)
{
    SpecList *list = &numbers->pretrains;
    NumbersPretrain *row = list_make(list, outcome->n_cells, sizeof *row, arena, err);
    const char **keys = arena_alloc(arena, (size_t)outcome->n_cells, sizeof *keys, err);
    if (!row || !keys) return false;
    for (int c = 0; c < outcome->n_cells; c++) {
        const OutcomePretrain *source = &outcome->pretrains[c];
        if (!source->present) continue;
        size_t i = 0;
        while (i < list->n && strcmp(keys[i], source->key) != 0) i++;
        if (i == list->n) {
            keys[list->n++] = source->key;
            row[i] = (NumbersPretrain){
                .cells.text = arena_alloc(arena, (size_t)outcome->n_cells, sizeof(char *), err),
                .parameters = source->parameters,
                .tokens = source->tokens,
                .updates = source->updates,
                .held_out_perplexity = source->held_out_perplexity,
            };
            if (!row[i].cells.text) return false;
        }
        row[i].cells.text[row[i].cells.n++] = outcome->plan->experiment->cells[c].name;
    }
    return true;
}

static bool copy_selection(NumbersSelection *row, const OutcomeSelection *source, const Plan *plan,
                           Arena *arena, Error *err)
{
    size_t n = (size_t)source->n_candidates;
    *row = (NumbersSelection){
        .cell = plan->experiment->cells[source->cell].name,
        .task = plan->tasks[source->task].name,
        .chosen = source->candidates[source->chosen].label,
        .candidates = {n, arena_alloc(arena, n, sizeof(char *), err)},
        .validation = {n, arena_alloc(arena, n, sizeof(double), err)},
    };
    if (!row->candidates.text || !row->validation.items) return false;
    for (size_t i = 0; i < n; i++) {
        row->candidates.text[i] = source->candidates[i].label;
        row->validation.items[i] = source->mean[i];
    }
    return true;
}

static bool copy_selections(Numbers *numbers, const Outcome *outcome, Arena *arena, Error *err)
{
    SpecList *list = &numbers->selections;
    NumbersSelection *row = list_make(list, outcome->n_selections, sizeof *row, arena, err);
    if (!row) return false;
    for (int i = 0; i < outcome->n_selections; i++)
        if (!copy_selection(&row[list->n++], &outcome->selections[i], outcome->plan, arena, err))
            return false;
    return true;
}

/* All seeds of a cell and task have the same sequences. */
static bool copy_truncations(Numbers *numbers, const Outcome *outcome, Arena *arena, Error *err)
{
    SpecList *list = &numbers->truncations;
    int n_seeds = (int)outcome->plan->experiment->seeds.n;
    NumbersTruncation *row = list_make(list, outcome->n_runs, sizeof *row, arena, err);
    if (!row) return false;
    for (int i = 0; i < outcome->n_runs; i += n_seeds) {
        const OutcomeRun *run = &outcome->runs[i];
        if (!run->train_truncated && !run->validation.truncated && !run->test.truncated) continue;
        row[list->n++] = (NumbersTruncation){
            .cell = outcome->plan->experiment->cells[run->cell].name,
            .task = outcome->plan->tasks[run->task].name,
            .train_sequences = run->train_sequences,
            .train_truncated = run->train_truncated,
            .validation_sequences = run->validation.sequences,
            .validation_truncated = run->validation.truncated,
            .test_sequences = run->test.sequences,
            .test_truncated = run->test.truncated,
        };
    }
    return true;
}

bool version_facts(Numbers *numbers, const Outcome *outcome, Arena *arena, Error *err)
{
    *numbers = (Numbers){0};
    return copy_tasks(numbers, outcome, arena, err) && copy_cells(numbers, outcome, arena, err) &&
           copy_runs(numbers, outcome, arena, err) &&
           copy_pretrains(numbers, outcome, arena, err) &&
           copy_selections(numbers, outcome, arena, err) &&
           copy_truncations(numbers, outcome, arena, err);
}
