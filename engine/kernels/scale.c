#include "kernels/scale.h"
#include "base/parallel.h"

void scale_plain(real *x, real factor, size_t n)
{
    for (size_t i = 0; i < n; i++) x[i] *= factor;
}

/* --- fast: the definition on chunks -------------------------------------------------------------- */

enum { SCALE_CHUNK = 1 << 14 };

typedef struct ScaleJob {
    real *x;
    real factor;
} ScaleJob;

static void scale_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const ScaleJob *job = context;
    scale_plain(job->x + begin, job->factor, end - begin);
}

void scale_fast(real *x, real factor, size_t n)
{
    ScaleJob job = {.x = x, .factor = factor};
    parallel_for(n, SCALE_CHUNK, scale_piece, &job);
}
