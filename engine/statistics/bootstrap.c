#include "statistics/bootstrap.h"

#include "base/parallel.h"
#include "statistics/bootstrap_draw.h"

enum { CHUNK = 16 };

typedef struct Work {
    const BootstrapTask *task;
    double *draws;
    uint32_t *example;         /* [threads][n_examples]: the examples of the draw at hand */
    double *truth, *predicted; /* [threads][n_examples] */
    int *times;                /* [threads][n_seeds]: how often each seed was drawn */
} Work;

/* The seeds take the random numbers after those of the examples. */
static void draw_sample(uint32_t *example, int *times, const BootstrapTask *task, size_t draw)
{
    int n_drawn = task->n_seeds > 1 ? task->n_seeds - 1 : 1;
    RngKey key = bootstrap_draw_key(draw, task->site);
    bootstrap_draw_units(example, task->n_examples, draw, task->site);
    for (int s = 0; s < task->n_seeds; s++) times[s] = 0;
    for (int k = 0; k < n_drawn; k++) {
        uint64_t index = (uint64_t)task->n_examples + (uint64_t)k;
        times[rng_below(key, index, (uint64_t)task->n_seeds)]++;
    }
}

static void draw_many(void *context, size_t begin, size_t end, int thread)
{
    const Work *work = context;
    const BootstrapTask *task = work->task;
    size_t n = (size_t)task->n_examples, n_seeds = (size_t)task->n_seeds, lane = (size_t)thread;
    uint32_t *example = work->example + lane * n;
    double *truth = work->truth + lane * n, *predicted = work->predicted + lane * n;
    int *times = work->times + lane * n_seeds;
    for (size_t draw = begin; draw < end; draw++) {
        draw_sample(example, times, task, draw);
        for (size_t i = 0; i < n; i++) truth[i] = task->truth[example[i]];
        for (size_t c = 0; c < (size_t)task->n_cells; c++) {
            double sum = 0;
            int n_drawn = 0;
            for (size_t s = 0; s < n_seeds; s++) {
                if (!times[s]) continue;
                const double *all = task->predicted[c * n_seeds + s];
                for (size_t i = 0; i < n; i++) predicted[i] = all[example[i]];
                bool degenerate;
                sum += times[s] * task->score(truth, predicted, (int)n, &degenerate);
                n_drawn += times[s];
            }
            work->draws[c * STATISTICS_DRAWS + draw] = sum / n_drawn;
        }
    }
}

bool bootstrap_scores(double *draws, const BootstrapTask *task, Arena *scratch, Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    size_t threads = (size_t)parallel_threads(), n = (size_t)task->n_examples;
    Work work = {
        .task = task,
        .draws = draws,
        .example = arena_alloc(scratch, threads * n, sizeof(uint32_t), err),
        .truth = arena_alloc(scratch, threads * n, sizeof(double), err),
        .predicted = arena_alloc(scratch, threads * n, sizeof(double), err),
        .times = arena_alloc(scratch, threads * (size_t)task->n_seeds, sizeof(int), err),
    };
    bool ok = work.example && work.truth && work.predicted && work.times;
    if (ok) {
        parallel_may_stop();
        parallel_for(STATISTICS_DRAWS, CHUNK, draw_many, &work);
        ok = parallel_whole(err);
    }
    arena_reset(scratch, mark);
    return ok;
}
