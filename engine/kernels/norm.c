#include "kernels/norm.h"
#include <string.h>
#include "base/parallel.h"
#include "kernels/wide.h"

double norm_squared_plain(const real *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += (double)x[i] * (double)x[i];
    return sum;
}

/* --- fast: partial sums of chunks, a batch of chunks at a time, added in order -------------------------- */

enum { NORM_CHUNK = 16384, NORM_CHUNKS_AT_ONCE = 512 };
enum { NORM_LANES = 4, NORM_SUMS = 4, NORM_STEP = NORM_LANES * NORM_SUMS };

typedef double NormLanes __attribute__((vector_size(NORM_LANES * sizeof(double))));
typedef real NormReals __attribute__((vector_size(NORM_LANES * sizeof(real))));

typedef struct NormJob {
    const real *x;
    double sum[NORM_CHUNKS_AT_ONCE];
} NormJob;

WIDE static void norm_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    NormJob *job = context;
    NormLanes lanes[NORM_SUMS] = {0};
    double sum = 0;
    size_t i = begin;
    for (; i + NORM_STEP <= end; i += NORM_STEP)
        for (size_t part = 0; part < NORM_SUMS; part++) {
            NormReals x;
            memcpy(&x, job->x + i + part * NORM_LANES, sizeof x);
            NormLanes wide = __builtin_convertvector(x, NormLanes);
            lanes[part] += wide * wide;
        }
    for (; i < end; i++) sum += (double)job->x[i] * (double)job->x[i];
    NormLanes all = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
    job->sum[begin / NORM_CHUNK] = ((all[0] + all[1]) + (all[2] + all[3])) + sum;
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
