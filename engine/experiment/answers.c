#include "experiment/answers.h"

#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "experiment/plan_check.h"
#include "experiment/selection.h"
#include "question/experiment_asked.h"

/* --- runs ------------------------------------------------------------------------------------------ */

/* Walks over the (cell, seed) that are chosen. */
typedef struct Walk {
    const Plan *plan;
    int task;
    AnswersChoice choice;
    int cell, seed; /* the next one */
} Walk;

static Walk walk_begin(const Plan *plan, int task, AnswersChoice choice)
{
    return (Walk){plan, task, choice, 0, 0};
}

/* What a run is made of; NULL: it is not planned yet. */
typedef struct WalkStages {
    const Stage *finetune, *evaluate;
} WalkStages;

/* False: there is none left. */
static bool walk_next(Walk *walk, AnswersRun *run, WalkStages *stages)
{
    const Plan *plan = walk->plan;
    const int n_seeds = (int)plan->experiment->seeds.n;
    for (; walk->cell < plan->n_cells; walk->cell++, walk->seed = 0) {
        const PlanCell *cell = &plan->cells[walk->cell];
        if (walk->choice.cell && cell != walk->choice.cell) continue;
        if (walk->choice.seed > walk->seed) walk->seed = walk->choice.seed;
        if (walk->seed >= n_seeds || (walk->choice.seed >= 0 && walk->seed > walk->choice.seed))
            continue;
        *run = (AnswersRun){.cell = cell->name, .seed = plan->experiment->seeds.items[walk->seed]};
        const PlanCell *chosen = selection_cell(cell, walk->task);
        const int at = walk->task * n_seeds + walk->seed;
        *stages = (WalkStages){chosen->finetune[at], chosen->evaluate[at]};
        walk->seed++;
        return true;
    }
    return false;
}

static bool is_done(const Stage *stage)
{
    return stage && stage->done;
}

bool answers_check(const Plan *plan, int task, AnswersChoice choice, Error *err)
{
    const Experiment *experiment = plan->experiment;
    WalkStages stages;
    AnswersRun run;
    for (Walk walk = walk_begin(plan, task, choice); walk_next(&walk, &run, &stages);) {
        if (is_done(stages.finetune) && is_done(stages.evaluate)) {
            if (!plan_check_stage(plan, stages.finetune, err) ||
                !plan_check_stage(plan, stages.evaluate, err))
                return false;
            continue;
        }
        error_set(err, "task '%s' of cell '%s' is not done", plan->tasks[task].name, run.cell);
        return experiment_asked_hint(err, experiment->name, experiment->scale, "");
    }
    return true;
}

static bool same_rows(const Answers *answers, const EvaluateSplit *test)
{
    if (test->examples != answers->n) return false;
    for (int e = 0; e < answers->n; e++)
        if (strcmp(test->id.text[e], answers->id[e]) != 0) return false;
    return true;
}

static bool read_run(Answers *answers, AnswersRun *run, const Stage *evaluate, Arena *arena,
                     Error *err)
{
    EvaluateScores scores;
    if (!stage_evaluate_read(&scores, evaluate, answers->task, arena, err)) return false;
    const EvaluateSplit *test = &scores.test;
    if (answers->n_runs == 0) {
        answers->n = (int)test->examples;
        answers->id = test->id.text;
        answers->truth = test->truth.items;
    }
    if (!same_rows(answers, test))
        return error_set(err, "task '%s': runs were scored on different test examples",
                         answers->task->name);
    run->predicted = test->predicted.items;
    return stage_evaluate_probabilities(&run->probabilities, test, evaluate, answers->task, arena,
                                        err);
}

bool answers_read(Answers *answers, const Plan *plan, int task, AnswersChoice choice, Arena *arena,
                  Error *err)
{
    const size_t most = (size_t)plan->n_cells * plan->experiment->seeds.n;
    WalkStages stages;
    AnswersRun run;
    *answers = (Answers){.task = &plan->tasks[task]};
    answers->runs = arena_alloc(arena, most, sizeof *answers->runs, err);
    if (!answers->runs || !answers_check(plan, task, choice, err)) return false;
    for (Walk walk = walk_begin(plan, task, choice); walk_next(&walk, &run, &stages);) {
        if (!read_run(answers, &run, stages.evaluate, arena, err)) return false;
        answers->runs[answers->n_runs++] = run;
    }
    return true;
}

double answers_of_truth(const Answers *answers, const AnswersRun *run, int example)
{
    const EvaluateProbabilities *probabilities = &run->probabilities;
    const double truth = answers->truth[example];
    if (!probabilities->first) return fabs(run->predicted[example] - truth);
    return probabilities->of[probabilities->first[example] + (int)truth];
}

/* --- texts ----------------------------------------------------------------------------------------- */

static bool same_examples(const Examples *examples, const Answers *answers)
{
    if (examples->n != (size_t)answers->n) return false;
    for (size_t e = 0; e < examples->n; e++)
        if (strcmp(examples->items[e].id, answers->id[e]) != 0) return false;
    return true;
}

bool answers_texts(AnswersTexts *texts, const Answers *answers, Arena *arena, Error *err)
{
    const StageTask *task = answers->task;
    Examples examples;
    *texts = (AnswersTexts){0};
    if (!dataset_is_here(task->dataset, arena)) return true;
    if (!dataset_examples(&examples, task->dataset, SPLIT_TEST, arena, err)) return false;
    if (!same_examples(&examples, answers))
        return error_set(err, "data set '%s': its test rows are not those that were scored",
                         task->name);
    texts->of = examples.items;
    for (size_t e = 0; e < examples.n; e++)
        if (examples.items[e].n_texts > texts->most) texts->most = examples.items[e].n_texts;
    return true;
}

const char *answers_text_name(const Answers *answers, int place, Arena *arena, Error *err)
{
    const bool choice = answers->task->info->form == DATASET_MULTIPLE_CHOICE;
    if (place == 0) return "text";
    return choice ? arena_format(arena, err, "answer_%d", place - 1)
                  : arena_format(arena, err, "text_%d", place + 1);
}

/* --- fields ---------------------------------------------------------------------------------------- */

bool answers_text_heads(Buffer *csv, const Answers *answers, const AnswersTexts *texts, Error *err)
{
    for (int k = 0; k < texts->most; k++) {
        const char *name = answers_text_name(answers, k, csv->arena, err);
        if (!name || !csv_text(csv, name, err)) return false;
    }
    return true;
}

bool answers_text_fields(Buffer *csv, const AnswersTexts *texts, int example, Error *err)
{
    for (int k = 0; k < texts->most; k++) {
        const Example *row = &texts->of[example];
        if (!csv_text(csv, k < row->n_texts ? row->text[k] : "", err)) return false;
    }
    return true;
}

bool answers_value(Buffer *csv, const Answers *answers, double value, Error *err)
{
    const DatasetInfo *info = answers->task->info;
    const bool named = info->label_names && info->form != DATASET_MULTIPLE_CHOICE &&
                       info->form != DATASET_REGRESSION;
    return named ? csv_text(csv, info->label_names[(int)value], err) : csv_number(csv, value, err);
}
