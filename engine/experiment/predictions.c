#include "experiment/predictions.h"

#include <math.h>
#include <string.h>

#include "base/escape.h"
#include "base/file.h"
#include "experiment/outcome.h"
#include "experiment/plan_check.h"
#include "experiment/plan_find.h"
#include "experiment/selection.h"
#include "stages/scoring.h"

/* One (cell, task, seed) whose predictions are asked for. */
typedef struct Source {
    const Plan *plan;
    const PlanCell *cell;
    const StageTask *task;
    const Stage *finetune, *evaluate;
} Source;

static bool check_done(const Source *source, Error *err)
{
    if (source->finetune && source->finetune->done && source->evaluate && source->evaluate->done)
        return plan_check_stage(source->plan, source->finetune, err) &&
               plan_check_stage(source->plan, source->evaluate, err);
    const Experiment *experiment = source->plan->experiment;
    error_set(err, "task '%s' of cell '%s' is not done", source->task->name, source->cell->name);
    return error_hint(err, "reprise run %s --scale %s", experiment->name, experiment->scale);
}

/* A class by its word, an answer by its number from 0, or a number. */
static bool add_value(Buffer *text, const DatasetInfo *info, const char *const *words, double value,
                      Error *err)
{
    if (info->form == DATASET_REGRESSION) return buffer_format(text, err, "%.6g", value);
    if (words && info->form != DATASET_MULTIPLE_CHOICE)
        return escape_tsv(text, words[(int)value], err);
    return buffer_format(text, err, "%d", (int)value);
}

static bool server_rows(Buffer *text, int *n, const Source *source, Arena *arena, Error *err)
{
    static const DatasetSplit split = SPLIT_SUBMISSION;
    const DatasetInfo *info = source->task->info;
    const ScoringModel model = {source->task->dataset, source->plan->kernels, source->finetune,
                                source->cell->tokenizer};
    Scoring scoring;
    Scores scores;
    if (!plan_check_stage(source->plan, model.tokenizer, err) ||
        !scoring_open(&scoring, &model, &split, 1, arena, err) ||
        !scoring_run(&scores, &scoring, 0, arena, err) ||
        !buffer_add_text(text, "index\tprediction\n", err))
        return false;
    for (int e = 0; e < scores.n; e++) {
        double value = scores.predicted[e];
        if (info->form == DATASET_REGRESSION) value = fmin(fmax(value, info->low), info->high);
        if (!buffer_format(text, err, "%d\t", e) ||
            !add_value(text, info, info->label_words, value, err) ||
            !buffer_add_char(text, '\n', err))
            return false;
    }
    *n = scores.n;
    return true;
}

static bool test_rows(Buffer *text, int *n, const Source *source, Arena *arena, Error *err)
{
    const DatasetInfo *info = source->task->info;
    OutcomeRun run;
    if (!outcome_read_run(&run, source->task, source->finetune, source->evaluate, arena, err) ||
        !buffer_add_text(text, "id\tprediction\ttruth\n", err))
        return false;
    const OutcomeSplit *test = &run.test;
    for (int e = 0; e < test->n; e++)
        if (!escape_tsv(text, test->id[e], err) || !buffer_add_char(text, '\t', err) ||
            !add_value(text, info, info->label_names, test->predicted[e], err) ||
            !buffer_add_char(text, '\t', err) ||
            !add_value(text, info, info->label_names, test->truth[e], err) ||
            !buffer_add_char(text, '\n', err))
            return false;
    *n = test->n;
    return true;
}

static bool write_task(PredictionsFile *file, const Source *source, const char *folder,
                       Arena *arena, Error *err)
{
    const StageTask *task = source->task;
    Buffer text = buffer_create(arena);
    char *name = arena_format(arena, err, "%s.tsv", task->name);
    if (!check_done(source, err) || !name) return false;
    file->for_server = dataset_rows(task->dataset, SPLIT_SUBMISSION) > 0;
    file->path = file_join(
        arena, folder,
        file->for_server && task->info->submission_file ? task->info->submission_file : name, err);
    bool ok = file->path && (file->for_server ? server_rows(&text, &file->n, source, arena, err)
                                              : test_rows(&text, &file->n, source, arena, err));
    return ok && file_write(file->path, text.data, text.size, err);
}

bool predictions_write(PredictionsFile *files, const Plan *plan, const PredictionsChoice *choice,
                       Arena *arena, Error *err)
{
    size_t seed, n_seeds = plan->experiment->seeds.n;
    const PlanCell *cell = plan_find_cell(plan, choice->cell, err);
    if (!cell || !plan_find_seed(&seed, plan, choice->seed, err)) return false;
    for (int t = 0; t < plan->n_tasks; t++) {
        size_t run = (size_t)t * n_seeds + seed;
        const Source source = {plan, selection_cell(cell, t), &plan->tasks[t], cell->finetune[run],
                               cell->evaluate[run]};
        if (!write_task(&files[t], &source, choice->folder, arena, err))
            return error_wrap(err, "exporting predictions of task '%s'", plan->tasks[t].name);
    }
    return true;
}
