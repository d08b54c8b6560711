#include "kernels/cross_entropy.h"
#include <string.h>
#include <tgmath.h>
#include "base/elementary.h"
#include "base/parallel.h"
#include "kernels/lanes.h"
#include "kernels/wide.h"

/* log sum exp of one row. */
static real cross_entropy_log_sum(const real *z, int V)
{
    real top = z[0], sum = 0;
    for (int v = 1; v < V; v++) top = fmax(top, z[v]);
    for (int v = 0; v < V; v++) sum += exp(z[v] - top);
    return top + log(sum);
}

void cross_entropy_rows_plain(real *loss, real *dz, const real *z, const int *target,
                              const real *weight, int N, int V)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        loss[n] = 0;
        if (target[n] < 0) continue;
        const real *row = z + n * V;
        real log_sum = cross_entropy_log_sum(row, V);
        loss[n] = log_sum - row[target[n]];
        if (!dz) continue;
        for (int v = 0; v < V; v++)
            dz[n * V + v] += weight[n] * (exp(row[v] - log_sum) - (v == target[n] ? 1 : 0));
    }
}

void cross_entropy_soft_plain(real *loss, real *dz, const real *z, const real *target,
                              const real *weight, int N, int V)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        const real *row = z + n * V, *wanted = target + n * V;
        const real log_sum = cross_entropy_log_sum(row, V);
        loss[n] = log_sum;
        for (int v = 0; v < V; v++) loss[n] -= wanted[v] * row[v];
        if (!dz) continue;
        for (int v = 0; v < V; v++)
            dz[n * V + v] += weight[n] * (exp(row[v] - log_sum) - wanted[v]);
    }
}

/* Logits from row to row: so that values of a column do not all fall to one place of the caches, as they would at
 * a stride of 32 KiB. */
static size_t cross_entropy_stride(size_t V)
{
    enum { LINE = 64 / sizeof(real) };
    return (V + LINE - 1) / LINE * LINE + LINE;
}

/* Rows of a chunk: its logits take 32 MiB at most. They are whole blocks, so that where chunks end changes no bit of
 * products that add over rows (kernels/gemm_bf16.h). */
static size_t cross_entropy_rows(size_t N, size_t V)
{
    enum { LOGITS_AT_ONCE = 8 << 20 };
    const size_t most = LOGITS_AT_ONCE / cross_entropy_stride(V) / GEMM_BLOCK * GEMM_BLOCK;
    size_t rows = most < CROSS_ENTROPY_CHUNK ? most : CROSS_ENTROPY_CHUNK;
    if (rows < GEMM_BLOCK) rows = GEMM_BLOCK;
    return N < rows ? N : rows;
}

size_t cross_entropy_scratch(int N, int C, int V)
{
    return cross_entropy_rows((size_t)N, (size_t)V) *
           (cross_entropy_stride((size_t)V) + 2 * (size_t)C);
}

/* The definition works row by row; one row of scratch is enough for it. */
void cross_entropy_tied_plain(const Products *products, real *loss, real *dx, real *dE, real *dbias,
                              const real *x, const real *E, const real *bias, const int *target,
                              const real *weight, real *scratch, int N, int C, int V)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        loss[n] = 0;
        if (target[n] < 0) continue;
        const real *row = x + n * C;
        products->whole(scratch, row, E, (GemmShape){.M = 1, .N = V, .K = C, .transpose_b = true});
        for (int v = 0; bias && v < V; v++) scratch[v] += bias[v];
        real log_sum = cross_entropy_log_sum(scratch, V);
        loss[n] = log_sum - scratch[target[n]];
        if (!dx) continue;
        for (int v = 0; v < V; v++)
            scratch[v] = weight[n] * (exp(scratch[v] - log_sum) - (v == target[n] ? 1 : 0));
        for (int v = 0; dbias && v < V; v++) dbias[v] += scratch[v];
        products->whole(dx + n * C, scratch, E, (GemmShape){.M = 1, .N = C, .K = V, .add = true});
        products->whole(dE, scratch, row, (GemmShape){.M = V, .N = C, .K = 1, .add = true});
    }
}

/* --- fast: a chunk of rows of logits at a time, of rows that have a target --------------------- */

enum { CROSS_ENTROPY_COLUMNS = 64 }; /* of dbias for a thread at once */

typedef struct CrossEntropyJob {
    const Products *products;
    real *loss, *dx, *dE, *dbias;
    const real *x, *E, *bias;
    const int *target;
    const real *weight; /* NULL: no gradient */
    size_t N, C, V, stride;
    size_t row[CROSS_ENTROPY_CHUNK], n, most; /* the chunk's */
    real *z, *chunk_x, *chunk_dx;             /* scratch */
} CrossEntropyJob;

/* z becomes exp(z - top); returns the sum. By pieces, so that the second loop finds them in cache. */
static inline real cross_entropy_exp(real *z, real top, size_t V)
{
    enum { PIECE = 1024 };
    real sum = 0;
    for (size_t begin = 0; begin < V; begin += PIECE) {
        const size_t end = V - begin < PIECE ? V : begin + PIECE;
        for (size_t v = begin; v < end; v++) z[v] = elementary_exp(z[v] - top);
        sum += lanes_sum_of(z + begin, end - begin);
    }
    return sum;
}

static inline void cross_entropy_add(real *restrict z, const real *restrict bias, size_t V)
{
    for (size_t v = 0; v < V; v++) z[v] += bias[v];
}

WIDE static void cross_entropy_row(void *context, size_t begin, size_t end, int thread)
{
    (void)thread, (void)end;
    const CrossEntropyJob *job = context;
    const size_t n = job->row[begin], V = job->V;
    real *z = job->z + begin * job->stride;
    const int target = job->target[n];
    if (job->bias) cross_entropy_add(z, job->bias, V);
    const real top = lanes_largest_of(z, V), right = z[target];
    const real sum = cross_entropy_exp(z, top, V);
    job->loss[n] = top + elementary_log(sum) - right;
    if (!job->weight) return;
    const real factor = job->weight[n] / sum;
    for (size_t v = 0; v < V; v++) z[v] *= factor;
    z[target] -= job->weight[n];
}

/* Of the chunk's rows, on top of what is there: where chunks end changes no bit of this sum either. Inlined with a
 * constant `columns`, so that the sums stay in registers. */
static inline void cross_entropy_sum_columns(const CrossEntropyJob *job, size_t begin,
                                             size_t columns)
{
    real sum[CROSS_ENTROPY_COLUMNS];
    for (size_t v = 0; v < columns; v++) sum[v] = job->dbias[begin + v];
    for (size_t i = 0; i < job->n; i++)
        for (size_t v = 0; v < columns; v++) sum[v] += job->z[i * job->stride + begin + v];
    for (size_t v = 0; v < columns; v++) job->dbias[begin + v] = sum[v];
}

WIDE static void cross_entropy_bias_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    if (end - begin == CROSS_ENTROPY_COLUMNS)
        cross_entropy_sum_columns(context, begin, CROSS_ENTROPY_COLUMNS);
    else cross_entropy_sum_columns(context, begin, end - begin);
}

/* Rows from `begin` on make a chunk; returns where the next one begins. */
static size_t cross_entropy_choose(CrossEntropyJob *job, size_t begin)
{
    size_t n = begin;
    for (job->n = 0; n < job->N && job->n < job->most; n++)
        if (job->target[n] >= 0) job->row[job->n++] = n;
        else job->loss[n] = 0;
    return n;
}

/* Rows that do not lie side by side are copied to where they do, and back. */
static void cross_entropy_gather(real *chunk, const real *x, const CrossEntropyJob *job)
{
    const size_t C = job->C;
    for (size_t i = 0; i < job->n; i++) memcpy(chunk + i * C, x + job->row[i] * C, C * sizeof *x);
}

static void cross_entropy_scatter(real *x, const real *chunk, const CrossEntropyJob *job)
{
    const size_t C = job->C;
    for (size_t i = 0; i < job->n; i++) memcpy(x + job->row[i] * C, chunk + i * C, C * sizeof *x);
}

static void cross_entropy_chunk(CrossEntropyJob *job)
{
    const int n = (int)job->n, C = (int)job->C, V = (int)job->V, stride = (int)job->stride;
    const size_t first = job->row[0] * job->C;
    const bool apart = job->row[job->n - 1] - job->row[0] != job->n - 1;
    const real *x = apart ? job->chunk_x : job->x + first;
    if (apart) cross_entropy_gather(job->chunk_x, job->x, job);
    job->products->whole(job->z, x, job->E,
                         (GemmShape){.M = n, .N = V, .K = C, .transpose_b = true, .ldc = stride});
    parallel_for(job->n, 1, cross_entropy_row, job);
    if (!job->weight) return;
    if (job->dbias) parallel_for(job->V, CROSS_ENTROPY_COLUMNS, cross_entropy_bias_piece, job);
    real *dx = apart ? job->chunk_dx : job->dx + first;
    if (apart) cross_entropy_gather(job->chunk_dx, job->dx, job);
    job->products->whole(dx, job->z, job->E,
                         (GemmShape){.M = n, .N = C, .K = V, .lda = stride, .add = true});
    if (apart) cross_entropy_scatter(job->dx, job->chunk_dx, job);
    job->products->whole(
        job->dE, job->z, x,
        (GemmShape){.M = V, .N = C, .K = n, .lda = stride, .transpose_a = true, .add = true});
}

void cross_entropy_tied_fast(const Products *products, real *loss, real *dx, real *dE, real *dbias,
                             const real *x, const real *E, const real *bias, const int *target,
                             const real *weight, real *scratch, int N, int C, int V)
{
    CrossEntropyJob job = {.products = products,
                           .loss = loss,
                           .dx = dx,
                           .dE = dE,
                           .dbias = dbias,
                           .x = x,
                           .E = E,
                           .bias = bias,
                           .target = target,
                           .weight = dx ? weight : NULL,
                           .N = (size_t)N,
                           .C = (size_t)C,
                           .V = (size_t)V,
                           .stride = cross_entropy_stride((size_t)V),
                           .most = cross_entropy_rows((size_t)N, (size_t)V),
                           .z = scratch};
    job.chunk_x = job.z + job.most * job.stride;
    job.chunk_dx = job.chunk_x + job.most * job.C;
    for (size_t begin = 0; begin < job.N;) {
        begin = cross_entropy_choose(&job, begin);
        if (job.n > 0) cross_entropy_chunk(&job);
    }
}

/* A few classes a row: nothing to share out. What matters is that exp and log are our own, for the bits. */
void cross_entropy_rows_fast(real *loss, real *dz, const real *z, const int *target,
                             const real *weight, int N, int V)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        loss[n] = 0;
        if (target[n] < 0) continue;
        const real *row = z + n * V;
        real top = row[0], sum = 0;
        for (int v = 1; v < V; v++) top = fmax(top, row[v]);
        for (int v = 0; v < V; v++) sum += elementary_exp(row[v] - top);
        loss[n] = top + elementary_log(sum) - row[target[n]];
        if (!dz) continue;
        for (int v = 0; v < V; v++) dz[n * V + v] += weight[n] / sum * elementary_exp(row[v] - top);
        dz[n * V + target[n]] -= weight[n];
    }
}

void cross_entropy_soft_fast(real *loss, real *dz, const real *z, const real *target,
                             const real *weight, int N, int V)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        const real *row = z + n * V, *wanted = target + n * V;
        real top = row[0], sum = 0;
        for (int v = 1; v < V; v++) top = fmax(top, row[v]);
        for (int v = 0; v < V; v++) sum += elementary_exp(row[v] - top);
        loss[n] = top + elementary_log(sum);
        for (int v = 0; v < V; v++) loss[n] -= wanted[v] * row[v];
        if (!dz) continue;
        for (int v = 0; v < V; v++)
            dz[n * V + v] += weight[n] * (elementary_exp(row[v] - top) / sum - wanted[v]);
    }
}
