#include "kernels/dropout.h"
#include "base/parallel.h"
#include "kernels/dropout_mask.h"
#include "kernels/wide.h"

enum { DROPOUT_CHUNK = 16384 }; /* values a thread takes at once */
enum { DROPOUT_RUN = 512 };     /* factors drawn at once; a multiple of DROPOUT_MASK_STEP */

/* --- plain ------------------------------------------------------------------------------------- */

void dropout_forward_plain(real *y, const real *x, double rate, RngKey key, size_t n)
{
    for (size_t i = 0; i < n; i++) y[i] = dropout_mask_factor(rate, key, i) * x[i];
}

void dropout_backward_plain(real *dx, const real *dy, double rate, RngKey key, size_t n)
{
    dropout_forward_plain(dx, dy, rate, key, n);
}

void dropout_add_forward_plain(real *y, const real *x, const real *r, double rate, RngKey key,
                               size_t n)
{
    for (size_t i = 0; i < n; i++) y[i] = x[i] + dropout_mask_factor(rate, key, i) * r[i];
}

/* --- fast: the same values, factors drawn by the run -------------------------------------------- */

typedef struct DropoutJob {
    real *out;
    const real *in, *residual; /* NULL: none */
    double rate;
    RngKey key;
} DropoutJob;

WIDE static void dropout_forward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const DropoutJob *job = context;
    for (size_t i = begin; i < end; i += DROPOUT_RUN) {
        real factor[DROPOUT_RUN];
        size_t n = end - i < DROPOUT_RUN ? end - i : DROPOUT_RUN;
        dropout_mask(factor, job->rate, job->key, i, n);
        if (job->residual)
            for (size_t j = 0; j < n; j++)
                job->out[i + j] = job->residual[i + j] + factor[j] * job->in[i + j];
        else
            for (size_t j = 0; j < n; j++) job->out[i + j] = factor[j] * job->in[i + j];
    }
}

void dropout_forward_fast(real *y, const real *x, double rate, RngKey key, size_t n)
{
    DropoutJob job = {.out = y, .in = x, .rate = rate, .key = key};
    parallel_for(n, DROPOUT_CHUNK, dropout_forward_piece, &job);
}

void dropout_backward_fast(real *dx, const real *dy, double rate, RngKey key, size_t n)
{
    dropout_forward_fast(dx, dy, rate, key, n);
}

void dropout_add_forward_fast(real *y, const real *x, const real *r, double rate, RngKey key,
                              size_t n)
{
    DropoutJob job = {.out = y, .in = r, .residual = x, .rate = rate, .key = key};
    parallel_for(n, DROPOUT_CHUNK, dropout_forward_piece, &job);
}
