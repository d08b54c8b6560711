#include "experiment/submission.h"

#include <math.h>

#include "base/escape.h"
#include "base/file.h"
#include "experiment/plan_check.h"
#include "experiment/selection.h"
#include "question/experiment_asked.h"
#include "stages/scoring.h"

static bool has_rows(const StageTask *task)
{
    return dataset_rows(task->dataset, SPLIT_SUBMISSION) > 0;
}

static const Stage *finetune_of(const Plan *plan, const PlanCell *cell, int task, size_t seed)
{
    return selection_cell(cell, task)->finetune[(size_t)task * plan->experiment->seeds.n + seed];
}

bool submission_check(const Plan *plan, const PlanCell *cell, int task, size_t seed, Error *err)
{
    const Stage *finetune = finetune_of(plan, cell, task, seed);
    if (!has_rows(&plan->tasks[task])) return true;
    if (finetune && finetune->done)
        return plan_check_stage(plan, finetune, err) &&
               plan_check_stage(plan, cell->tokenizer, err);
    error_set(err, "task '%s' of cell '%s' is not done", plan->tasks[task].name, cell->name);
    return experiment_asked_hint(err, plan->experiment->name, plan->experiment->scale, "");
}

static bool add_value(Buffer *text, const DatasetInfo *info, double value, Error *err)
{
    if (info->form == DATASET_REGRESSION)
        return buffer_format(text, err, "%.6g", fmin(fmax(value, info->low), info->high));
    if (info->label_words && info->form != DATASET_MULTIPLE_CHOICE)
        return escape_tsv(text, info->label_words[(int)value], err);
    return buffer_format(text, err, "%d", (int)value);
}

static bool add_rows(Buffer *text, const Scores *scores, const DatasetInfo *info, Error *err)
{
    if (!buffer_add_text(text, "index\tprediction\n", err)) return false;
    for (int e = 0; e < scores->n; e++)
        if (!buffer_format(text, err, "%d\t", e) ||
            !add_value(text, info, scores->predicted[e], err) || !buffer_add_char(text, '\n', err))
            return false;
    return true;
}

bool submission_write(SubmissionFile *file, const Plan *plan, const PlanCell *cell, int task,
                      size_t seed, const char *folder, Arena *arena, Error *err)
{
    static const DatasetSplit split = SPLIT_SUBMISSION;
    const StageTask *of = &plan->tasks[task];
    const ScoringModel model = {of->dataset, plan->kernels, finetune_of(plan, cell, task, seed),
                                cell->tokenizer};
    Buffer text = buffer_create(arena);
    Scoring scoring;
    Scores scores;
    *file = (SubmissionFile){0};
    if (!has_rows(of)) return true;
    const char *name = of->info->submission_file ? of->info->submission_file
                                                 : arena_format(arena, err, "%s.tsv", of->name);
    const char *path = name ? file_join(arena, folder, name, err) : NULL;
    if (!path || !scoring_open(&scoring, &model, &split, 1, arena, err) ||
        !scoring_run(&scores, &scoring, 0, arena, err) || !add_rows(&text, &scores, of->info, err))
        return false;
    *file = (SubmissionFile){path, scores.n};
    return file_write(path, text.data, text.size, err);
}
