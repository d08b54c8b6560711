#include "statistics/permutation.h"

#include <math.h>

#include "base/parallel.h"
#include "base/rng.h"

enum { SEED = 2018, CHUNK = 16 };

typedef struct Work {
    const PermutationTask *task;
    bool exact;
    double *first, *second; /* [threads][n_examples] */
    bool *swapped;          /* [threads][n_examples] */
    double *difference;     /* [n swaps] */
} Work;

/* All swaps in turn as bits of their number, or one at random; the first is none. */
static void draw_swap(bool *swapped, const Work *work, size_t swap)
{
    const PermutationTask *task = work->task;
    RngKey key = rng_key_site(rng_key(SEED, RNG_PERMUTATION, swap), task->site);
    for (int i = 0; i < task->n_examples; i++) {
        bool random = swap > 0 && rng_u32(key, (uint64_t)i) >> 31;
        swapped[i] = work->exact ? swap >> i & 1 : random;
    }
}

static void swap_many(void *context, size_t begin, size_t end, int thread)
{
    const Work *work = context;
    const PermutationTask *task = work->task;
    size_t n = (size_t)task->n_examples, lane = (size_t)thread * n;
    double *first = work->first + lane, *second = work->second + lane;
    bool *swapped = work->swapped + lane, degenerate;
    for (size_t swap = begin; swap < end; swap++) {
        double sum = 0;
        draw_swap(swapped, work, swap);
        for (int s = 0; s < task->n_seeds; s++) {
            for (size_t i = 0; i < n; i++) {
                first[i] = (swapped[i] ? task->second : task->first)[s][i];
                second[i] = (swapped[i] ? task->first : task->second)[s][i];
            }
            sum += task->score(task->truth, first, (int)n, &degenerate) -
                   task->score(task->truth, second, (int)n, &degenerate);
        }
        work->difference[swap] = fabs(sum);
    }
}

/* The first swap is none: the difference as it was found, which counts as one of them. Rounding must not
 * tell apart what is equal. */
bool permutation_p(double *p, const PermutationTask *task, Arena *scratch, Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    bool exact = task->n_examples <= PERMUTATION_EXACT;
    size_t n = exact ? (size_t)1 << task->n_examples : PERMUTATION_DRAWS + 1, as_large = 0;
    size_t size = (size_t)parallel_threads() * (size_t)task->n_examples;
    Work work = {.task = task,
                 .exact = exact,
                 .first = arena_alloc(scratch, size, sizeof(double), err),
                 .second = arena_alloc(scratch, size, sizeof(double), err),
                 .swapped = arena_alloc(scratch, size, sizeof(bool), err),
                 .difference = arena_alloc(scratch, n, sizeof(double), err)};
    if (!work.first || !work.second || !work.swapped || !work.difference) return false;
    parallel_for(n, CHUNK, swap_many, &work);
    for (size_t i = 0; i < n; i++) as_large += work.difference[i] >= work.difference[0] - 1e-12;
    *p = (double)as_large / (double)n;
    arena_reset(scratch, mark);
    return true;
}
