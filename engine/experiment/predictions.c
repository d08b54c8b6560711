#include "experiment/predictions.h"

#include "base/csv.h"
#include "base/file.h"
#include "experiment/answers.h"
#include "experiment/plan_find.h"

/* --- TASK.csv -------------------------------------------------------------------------------------- */

typedef struct Table {
    Buffer *csv;
    const Answers *answers;
    const AnswersTexts *texts;
    Error *err;
} Table;

/* Classes have names, answers numbers. */
static bool add_heads_of_probabilities(const Table *table)
{
    const DatasetInfo *info = table->answers->task->info;
    Error *err = table->err;
    if (info->form == DATASET_REGRESSION) return true;
    if (!csv_text(table->csv, "p_truth", err)) return false;
    for (int k = 0; k < info->n_labels; k++) {
        Buffer name = buffer_create(table->csv->arena);
        if (!(info->label_names ? buffer_format(&name, err, "p_%s", info->label_names[k])
                                : buffer_format(&name, err, "p_%d", k)) ||
            !csv_text(table->csv, name.data, err))
            return false;
    }
    return true;
}

static bool add_head(const Table *table)
{
    static const char *const names[] = {"cell", "seed", "row", "id", "truth", "prediction"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!csv_text(table->csv, names[i], table->err)) return false;
    if (!add_heads_of_probabilities(table) ||
        !answers_text_heads(table->csv, table->answers, table->texts, table->err))
        return false;
    csv_end(table->csv);
    return true;
}

/* Questions with fewer answers than others have empty fields. */
static bool add_probabilities(const Table *table, const AnswersRun *run, int e)
{
    const EvaluateProbabilities *probabilities = &run->probabilities;
    if (!probabilities->first) return true;
    if (!csv_number(table->csv, answers_of_truth(table->answers, run, e), table->err)) return false;
    for (int k = 0; k < table->answers->task->info->n_labels; k++) {
        const int at = probabilities->first[e] + k;
        if (!(at < probabilities->first[e + 1]
                  ? csv_number(table->csv, probabilities->of[at], table->err)
                  : csv_text(table->csv, "", table->err)))
            return false;
    }
    return true;
}

static bool add_row(const Table *table, const AnswersRun *run, int e)
{
    const Answers *answers = table->answers;
    Buffer *csv = table->csv;
    Error *err = table->err;
    if (!csv_text(csv, run->cell, err) ||
        !buffer_format(csv, err, "%lld,%d,", (long long)run->seed, e + 1) ||
        !csv_text(csv, answers->id[e], err) ||
        !answers_value(csv, answers, answers->truth[e], err) ||
        !answers_value(csv, answers, run->predicted[e], err) || !add_probabilities(table, run, e) ||
        !answers_text_fields(csv, table->texts, e, err))
        return false;
    csv_end(csv);
    return true;
}

static bool add_rows(const Table *table)
{
    for (int r = 0; r < table->answers->n_runs; r++)
        for (int e = 0; e < table->answers->n; e++)
            if (!add_row(table, &table->answers->runs[r], e)) return false;
    return true;
}

static bool write_table(PredictionsFile *file, const Plan *plan, int task, AnswersChoice choice,
                        Arena *scratch, Error *err)
{
    Answers answers;
    AnswersTexts texts;
    Buffer csv = buffer_create(scratch);
    const Table table = {&csv, &answers, &texts, err};
    if (!answers_read(&answers, plan, task, choice, scratch, err) ||
        !answers_texts(&texts, &answers, scratch, err) || !add_head(&table) || !add_rows(&table))
        return false;
    file->n_examples = answers.n;
    file->n_runs = answers.n_runs;
    file->has_texts = texts.of != NULL;
    return file_write(file->path, csv.data, csv.size, err);
}

/* --- all tasks ------------------------------------------------------------------------------------- */

static bool check_all(const Plan *plan, AnswersChoice choice, const PlanCell *cell, size_t seed,
                      Error *err)
{
    for (int t = 0; t < plan->n_tasks; t++)
        if (!answers_check(plan, t, choice, err) || !submission_check(plan, cell, t, seed, err))
            return error_wrap(err, "exporting predictions of task '%s'", plan->tasks[t].name);
    return true;
}

static bool write_task(PredictionsFile *file, const Plan *plan, int task, AnswersChoice choice,
                       const char *folder, Arena *arena, Error *err)
{
    Arena *scratch = arena_create("predictions", err);
    const char *name = arena_format(arena, err, "%s.csv", plan->tasks[task].name);
    *file = (PredictionsFile){.task = plan->tasks[task].name,
                              .path = name ? file_join(arena, folder, name, err) : NULL};
    bool ok = scratch && file->path && write_table(file, plan, task, choice, scratch, err);
    arena_destroy(scratch);
    return ok;
}

bool predictions_write(PredictionsFile *files, const Plan *plan, const PredictionsChoice *choice,
                       Arena *arena, Error *err)
{
    size_t seed;
    const PlanCell *cell = plan_find_cell(plan, choice->cell, err);
    if (!cell || !plan_find_seed(&seed, plan, choice->seed, err)) return false;
    const AnswersChoice runs = {choice->cell ? cell : NULL, choice->seed < 0 ? -1 : (int)seed};
    if (!check_all(plan, runs, cell, seed, err)) return false;
    for (int t = 0; t < plan->n_tasks; t++)
        if (!write_task(&files[t], plan, t, runs, choice->folder, arena, err) ||
            !submission_write(&files[t].submission, plan, cell, t, seed, choice->folder, arena,
                              err))
            return error_wrap(err, "exporting predictions of task '%s'", plan->tasks[t].name);
    return true;
}
