#include "analysis/score_draws.h"

#include <string.h>

#include "statistics/bootstrap.h"

const OutcomeRun *score_draws_run(const ScoreDraws *scores, size_t cell, size_t task, size_t seed)
{
    return &scores->outcome->runs[(cell * scores->n_tasks + task) * scores->n_seeds + seed];
}

const double *score_draws_at(const ScoreDraws *scores, size_t cell, size_t task)
{
    return scores->draws + (task * scores->n_cells + cell) * STATISTICS_DRAWS;
}

Quantity score_draws_quantity(const ScoreDraws *scores, size_t cell, size_t task)
{
    double sum = 0;
    for (size_t s = 0; s < scores->n_seeds; s++)
        sum += score_draws_run(scores, cell, task, s)->test.score;
    return (Quantity){.kind = QUANTITY_DRAWN,
                      .value = sum / (double)scores->n_seeds,
                      .n = STATISTICS_DRAWS,
                      .sample = (double *)score_draws_at(scores, cell, task)};
}

static bool draw_task(ScoreDraws *scores, size_t t, Arena *arena, Error *err)
{
    const PlanTask *plan_task = &scores->outcome->plan->tasks[t];
    const OutcomeSplit *first = &score_draws_run(scores, 0, t, 0)->test;
    size_t n_runs = scores->n_cells * scores->n_seeds;
    const double **predicted = arena_alloc(arena, n_runs, sizeof *predicted, err);
    if (!predicted) return false;
    if (first->n == 0) return error_set(err, "task '%s': the test split is empty", plan_task->name);
    for (size_t r = 0; r < n_runs; r++) {
        const OutcomeSplit *test =
            &score_draws_run(scores, r / scores->n_seeds, t, r % scores->n_seeds)->test;
        if (test->n != first->n)
            return error_set(err, "task '%s': runs were scored on %d and on %d test examples",
                             plan_task->name, first->n, test->n);
        predicted[r] = test->predicted;
    }
    BootstrapTask task = {
        .score = plan_task->metric->compute,
        .n_examples = first->n,
        .n_cells = (int)scores->n_cells,
        .n_seeds = (int)scores->n_seeds,
        .truth = first->truth,
        .predicted = predicted,
        .site = (unsigned)(hash_u64(plan_task->name, strlen(plan_task->name)) >> 40),
    };
    double *draws = scores->draws + t * scores->n_cells * STATISTICS_DRAWS;
    return bootstrap_scores(draws, &task, arena, err);
}

bool score_draws_make(ScoreDraws *scores, const Outcome *outcome, Arena *arena, Error *err)
{
    *scores = (ScoreDraws){
        .outcome = outcome,
        .n_cells = outcome->plan->experiment->n_cells,
        .n_tasks = (size_t)outcome->plan->n_tasks,
        .n_seeds = outcome->plan->experiment->seeds.n,
    };
    size_t n = scores->n_tasks * scores->n_cells * STATISTICS_DRAWS;
    scores->draws = arena_alloc(arena, n, sizeof(double), err);
    if (!scores->draws) return false;
    for (size_t t = 0; t < scores->n_tasks; t++)
        if (!draw_task(scores, t, arena, err)) return false;
    return true;
}
