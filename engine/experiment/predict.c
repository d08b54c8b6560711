#include "experiment/predict.h"

#include <string.h>

#include "base/log.h"
#include "stages/scoring.h"

/* --- which models --------------------------------------------------------------------------------- */

/* NULL: there are several, or none. */
static const char *only_task(const Plan *plan, Error *err)
{
    if (plan->n_tasks == 1) return plan->tasks[0].name;
    const char *experiment = plan->experiment->name;
    if (plan->n_tasks == 0) {
        error_usage(err, "experiment '%s' fine-tunes nothing", experiment);
        error_hint(err, "an experiment with tasks");
        return NULL;
    }
    const char **names = arena_alloc(plan->arena, (size_t)plan->n_tasks, sizeof *names, err);
    if (!names) return NULL;
    for (int t = 0; t < plan->n_tasks; t++) names[t] = plan->tasks[t].name;
    error_usage(err, "experiment '%s' has %d tasks: --task says whose model is to answer",
                experiment, plan->n_tasks);
    (void)spec_suggest_hint(&(SpecReader){"command line", plan->arena, err}, "", names,
                            (size_t)plan->n_tasks);
    return NULL;
}

bool predict_find(PredictModels *models, const Plan *plan, const PlanModelChoice *choice,
                  Arena *arena, Error *err)
{
    PlanModelChoice one = *choice;
    const IntList *seeds = &plan->experiment->seeds;
    const bool all = choice->seed < 0;
    if (!one.task) one.task = only_task(plan, err);
    *models = (PredictModels){.n = all ? seeds->n : 1};
    models->model = arena_alloc(arena, models->n, sizeof *models->model, err);
    if (!one.task || !models->model) return false;
    for (size_t s = 0; s < models->n; s++) {
        if (all) one.seed = seeds->items[s];
        if (!plan_model_find(&models->model[s], plan, &one, err) ||
            !plan_model_check(&models->model[s], err))
            return false;
    }
    models->cell = models->model[0].cell;
    models->task = models->model[0].task;
    return true;
}

/* --- answers -------------------------------------------------------------------------------------- */

static bool is_number(const PredictModels *models)
{
    return models->task->info->form == DATASET_REGRESSION;
}

/* As many probabilities as scores have outputs. */
static bool allocate(PredictAnswers *answers, const PredictModels *models, const Scores *scores,
                     Arena *arena, Error *err)
{
    const size_t n = (size_t)scores->n;
    answers->first = arena_alloc(arena, n + 1, sizeof *answers->first, err);
    answers->predicted = arena_alloc(arena, n, sizeof *answers->predicted, err);
    if (!answers->first || !answers->predicted) return false;
    if (!is_number(models)) memcpy(answers->first, scores->first, (n + 1) * sizeof(int));
    answers->probability = arena_alloc(arena, (size_t)answers->first[n], sizeof(double), err);
    return answers->probability != NULL;
}

/* Sums over the models. */
static bool add(PredictAnswers *answers, const Scores *scores, Arena *scratch, Error *err)
{
    const size_t n_all = (size_t)answers->first[scores->n];
    double *probability = arena_alloc(scratch, n_all, sizeof *probability, err);
    if (!probability) return false;
    for (int e = 0; e < scores->n; e++) {
        const int first = answers->first[e], n = answers->first[e + 1] - first;
        if (n > 0) score_probabilities(probability + first, scores->output + first, n);
        else answers->predicted[e] += scores->predicted[e];
    }
    for (size_t k = 0; k < n_all; k++) answers->probability[k] += probability[k];
    return true;
}

static bool ask(PredictAnswers *answers, const PredictModels *models, size_t number, Arena *arena,
                Arena *scratch, Error *err)
{
    const PlanModel *model = &models->model[number];
    const ScoringModel asked = {model->task->dataset, model->plan->kernels, model->stage,
                                model->cell->tokenizer};
    Scoring scoring;
    Scores scores;
    if (!scoring_open_examples(&scoring, &asked, answers->examples, scratch, err) ||
        !scoring_run(&scores, &scoring, 0, scratch, err))
        return false;
    const Sequences *sequences = &scoring.split[0];
    if (number == 0 && sequences->n_truncated)
        log_warning("%d of %d sequences were longer than the context of %d tokens and cut",
                    sequences->n_truncated, sequences->n_sequences,
                    scoring.learner.shape.n_context);
    return (number > 0 || allocate(answers, models, &scores, arena, err)) &&
           add(answers, &scores, scratch, err);
}

/* Sums become means, and of probabilities the largest is the answer, of equals the first. */
static void conclude(PredictAnswers *answers, const PredictModels *models)
{
    for (size_t e = 0; e < answers->examples->n; e++) {
        double *probability = answers->probability + answers->first[e];
        const int n = answers->first[e + 1] - answers->first[e];
        int largest = 0;
        answers->predicted[e] /= (double)models->n;
        for (int k = 0; k < n; k++) {
            probability[k] /= (double)models->n;
            if (probability[k] > probability[largest]) largest = k;
        }
        if (n > 0) answers->predicted[e] = largest;
    }
}

bool predict_examples(PredictAnswers *answers, const PredictModels *models,
                      const Examples *examples, Arena *arena, Error *err)
{
    *answers = (PredictAnswers){.examples = examples};
    Arena *scratch = arena_create("prediction", err);
    bool ok = scratch != NULL;
    for (size_t s = 0; ok && s < models->n; s++) {
        const ArenaMark mark = arena_mark(scratch);
        ok = ask(answers, models, s, arena, scratch, err);
        arena_reset(scratch, mark);
    }
    arena_destroy(scratch);
    if (ok) conclude(answers, models);
    return ok;
}
