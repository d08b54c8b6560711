#include "analysis/score_draws.h"

#include <string.h>

#include "statistics/bootstrap.h"

static size_t place_of(const ScoreDraws *scores, size_t cell, size_t task, size_t seed)
{
    return (cell * scores->n_tasks + task) * scores->n_seeds + seed;
}

const NumbersRun *score_draws_run(const ScoreDraws *scores, size_t cell, size_t task, size_t seed)
{
    const NumbersRun *runs = scores->measured.numbers->runs.items;
    return &runs[place_of(scores, cell, task, seed)];
}

const EvidenceRun *score_draws_evidence(const ScoreDraws *scores, size_t cell, size_t task,
                                        size_t seed)
{
    return &scores->measured.evidence->runs[place_of(scores, cell, task, seed)];
}

const double *score_draws_at(const ScoreDraws *scores, size_t cell, size_t task)
{
    return scores->draws + (task * scores->n_cells + cell) * STATISTICS_DRAWS;
}

Quantity score_draws_quantity(const ScoreDraws *scores, size_t cell, size_t task)
{
    double sum = 0;
    for (size_t s = 0; s < scores->n_seeds; s++)
        sum += score_draws_run(scores, cell, task, s)->test_score;
    return (Quantity){.kind = QUANTITY_DRAWN,
                      .value = sum / (double)scores->n_seeds,
                      .n = STATISTICS_DRAWS,
                      .sample = (double *)score_draws_at(scores, cell, task)};
}

unsigned score_draws_site(const char *task)
{
    return (unsigned)(hash_u64(task, strlen(task)) >> 40);
}

static bool draw_task(ScoreDraws *scores, size_t t, Arena *arena, Error *err)
{
    const NumbersTask *named = (const NumbersTask *)scores->measured.numbers->tasks.items + t;
    const EvidenceTask *from = &scores->measured.evidence->tasks[t];
    size_t n_runs = scores->n_cells * scores->n_seeds;
    const double **predicted = arena_alloc(arena, n_runs, sizeof *predicted, err);
    if (!predicted) return false;
    for (size_t r = 0; r < n_runs; r++)
        predicted[r] =
            score_draws_evidence(scores, r / scores->n_seeds, t, r % scores->n_seeds)->predicted;
    BootstrapTask task = {
        .score = from->metric->compute,
        .n_examples = from->n,
        .n_cells = (int)scores->n_cells,
        .n_seeds = (int)scores->n_seeds,
        .truth = from->truth,
        .predicted = predicted,
        .site = score_draws_site(named->name),
    };
    double *draws = scores->draws + t * scores->n_cells * STATISTICS_DRAWS;
    return bootstrap_scores(draws, &task, arena, err);
}

bool score_draws_make(ScoreDraws *scores, const Measured *measured, Arena *arena, Error *err)
{
    *scores = (ScoreDraws){
        .measured = *measured,
        .n_cells = measured->numbers->cells.n,
        .n_tasks = measured->numbers->tasks.n,
        .n_seeds = measured->experiment->seeds.n,
    };
    size_t n = scores->n_tasks * scores->n_cells * STATISTICS_DRAWS;
    scores->draws = arena_alloc(arena, n, sizeof(double), err);
    if (!scores->draws) return false;
    for (size_t t = 0; t < scores->n_tasks; t++)
        if (!draw_task(scores, t, arena, err)) return false;
    return true;
}
