#include "kernels/accumulate.h"
#include "base/parallel.h"

void accumulate_plain(real *restrict to, const real *restrict from, size_t n)
{
    for (size_t i = 0; i < n; i++) to[i] += from[i];
}

/* --- fast: the definition on chunks -------------------------------------------------------------- */

enum { ACCUMULATE_CHUNK = 1 << 14 };

typedef struct AccumulateJob {
    real *to;
    const real *from;
} AccumulateJob;

static void accumulate_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const AccumulateJob *job = context;
    accumulate_plain(job->to + begin, job->from + begin, end - begin);
}

void accumulate_fast(real *to, const real *from, size_t n)
{
    AccumulateJob job = {.to = to, .from = from};
    parallel_for(n, ACCUMULATE_CHUNK, accumulate_piece, &job);
}
