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

/* The highest bits of rng_u32, a number an example. */
static void draw_random(bool *swapped, const PermutationTask *task, size_t swap)
{
    RngKey key = rng_key_site(rng_key(SEED, RNG_PERMUTATION, swap), task->site);
    uint32_t number[RNG_GROUP];
    for (int i = 0; i < task->n_examples; i++) {
        if (i % RNG_GROUP == 0) rng_u32_group(number, key, (uint64_t)i / RNG_GROUP);
        swapped[i] = number[i % RNG_GROUP] >> 31;
    }
}

/* All swaps in turn as bits of their number, or one at random; the first is none. */
static void draw_swap(bool *swapped, const Work *work, size_t swap)
{
    const int n = work->task->n_examples;
    if (!work->exact && swap > 0) draw_random(swapped, work->task, swap);
    else
        for (int i = 0; i < n; i++) swapped[i] = work->exact && swap >> i & 1;
}

/* Which of the two an example comes from is as often the one as the other: no branch would guess it. */
static void take_swapped(double *first, double *second, const bool *swapped, const double *a,
                         const double *b, size_t n)
{
    const double *const from[] = {a, b};
    for (size_t i = 0; i < n; i++) {
        first[i] = from[swapped[i]][i];
        second[i] = from[!swapped[i]][i];
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
            take_swapped(first, second, swapped, task->first[s], task->second[s], n);
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
    parallel_may_stop();
    parallel_for(n, CHUNK, swap_many, &work);
    if (!parallel_whole(err)) return false;
    for (size_t i = 0; i < n; i++) as_large += work.difference[i] >= work.difference[0] - 1e-12;
    *p = (double)as_large / (double)n;
    arena_reset(scratch, mark);
    return true;
}
