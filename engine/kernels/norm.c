#include "kernels/norm.h"
#include "base/parallel.h"
#include "kernels/squares.h"
#include "kernels/wide.h"

double norm_squared_plain(const real *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += (double)x[i] * (double)x[i];
    return sum;
}

/* --- fast: partial sums of chunks, a batch of chunks at a time, added in order -------------------------- */

enum { NORM_CHUNK = 16384, NORM_CHUNKS_AT_ONCE = 512 };

typedef struct NormJob {
    const real *x;
    double sum[NORM_CHUNKS_AT_ONCE];
} NormJob;

WIDE static void norm_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    NormJob *job = context;
    job->sum[begin / NORM_CHUNK] = squares_sum(job->x + begin, end - begin);
}

double norm_squared_fast(const real *x, size_t n)
{
    const size_t at_once = (size_t)NORM_CHUNK * NORM_CHUNKS_AT_ONCE;
    double sum = 0;
    for (size_t done = 0; done < n; done += at_once) {
        NormJob job = {.x = x + done};
        size_t count = n - done < at_once ? n - done : at_once;
        parallel_for(count, NORM_CHUNK, norm_piece, &job);
        for (size_t chunk = 0; chunk * NORM_CHUNK < count; chunk++) sum += job.sum[chunk];
    }
    return sum;
}
