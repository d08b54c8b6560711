#include "kernels/logits.h"
#include <stddef.h>
#include "base/parallel.h"

static double logits_dot(const real *a, const real *b, size_t C)
{
    double sum = 0;
    for (size_t c = 0; c < C; c++) sum += (double)a[c] * (double)b[c];
    return sum;
}

static inline double logits_biased(double z, const real *bias, size_t v)
{
    return bias ? z + (double)bias[v] : z;
}

void logits_plain(real *z, const real *x, const real *E, const real *bias, int n_rows,
                  int n_channels, int n_tokens)
{
    const size_t N = (size_t)n_rows, C = (size_t)n_channels, V = (size_t)n_tokens;
    for (size_t n = 0; n < N; n++)
        for (size_t v = 0; v < V; v++)
            z[n * V + v] = (real)logits_biased(logits_dot(x + n * C, E + v * C, C), bias, v);
}

void logits_largest_plain(bool *is_largest, const real *x, const real *E, const real *bias,
                          const int *target, int n_rows, int n_channels, int n_tokens)
{
    const size_t N = (size_t)n_rows, C = (size_t)n_channels, V = (size_t)n_tokens;
    for (size_t n = 0; n < N; n++) {
        size_t best = 0;
        double largest = logits_biased(logits_dot(x + n * C, E, C), bias, 0);
        for (size_t v = 1; v < V; v++) {
            const double z = logits_biased(logits_dot(x + n * C, E + v * C, C), bias, v);
            if (z > largest) largest = z, best = v;
        }
        is_largest[n] = best == (size_t)target[n];
    }
}

/* --- fast ---------------------------------------------------------------------------------------- */

enum { LOGITS_TOKENS = 64 }; /* for a thread at once */

typedef struct LogitsJob {
    real *z;
    bool *is_largest;
    const real *x, *E, *bias;
    const int *target;
    size_t N, C, V;
} LogitsJob;

/* To compare: eight sums side by side, added in one order, so that it becomes vector code. */
static double logits_dot_fast(const real *a, const real *b, size_t C)
{
    enum { SUMS = 8 };
    double sum[SUMS] = {0};
    size_t c = 0;
    for (; c + SUMS <= C; c += SUMS)
        for (size_t i = 0; i < SUMS; i++) sum[i] += (double)a[c + i] * (double)b[c + i];
    for (; c < C; c++) sum[0] += (double)a[c] * (double)b[c];
    return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

/* To sample, which is seldom: the definition, tokens shared out. */
static void logits_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const LogitsJob *job = context;
    const size_t C = job->C;
    for (size_t n = 0; n < job->N; n++)
        for (size_t v = begin; v < end; v++)
            job->z[n * job->V + v] =
                (real)logits_biased(logits_dot(job->x + n * C, job->E + v * C, C), job->bias, v);
}

/* Looks for a token that is likelier than the target and stops at the first: few predictions are right,
 * so this costs little beside the softmax. */
static void logits_largest_row(void *context, size_t begin, size_t end, int thread)
{
    (void)thread, (void)end;
    const LogitsJob *job = context;
    const size_t n = begin, C = job->C, target = (size_t)job->target[n];
    const real *x = job->x + n * C;
    const double right =
        logits_biased(logits_dot_fast(x, job->E + target * C, C), job->bias, target);
    size_t v = 0;
    for (; v < job->V; v++) {
        const double other = logits_biased(logits_dot_fast(x, job->E + v * C, C), job->bias, v);
        if (v != target && (v < target ? other >= right : other > right)) break;
    }
    job->is_largest[n] = v == job->V;
}

void logits_fast(real *z, const real *x, const real *E, const real *bias, int N, int C, int V)
{
    LogitsJob job = {
        .z = z, .x = x, .E = E, .bias = bias, .N = (size_t)N, .C = (size_t)C, .V = (size_t)V};
    parallel_for(job.V, LOGITS_TOKENS, logits_piece, &job);
}

void logits_largest_fast(bool *is_largest, const real *x, const real *E, const real *bias,
                         const int *target, int N, int C, int V)
{
    LogitsJob job = {.is_largest = is_largest,
                     .x = x,
                     .E = E,
                     .bias = bias,
                     .target = target,
                     .C = (size_t)C,
                     .V = (size_t)V};
    parallel_for((size_t)N, 1, logits_largest_row, &job);
}
