#include "kernels/linear.h"
#include <stddef.h>
#include "base/parallel.h"
#include "kernels/wide.h"

/* y = x W + b */
void linear_forward_plain(const Products *products, real *y, const real *x, const real *W,
                          const real *b, int N, int I, int O)
{
    products->whole(y, x, W, (GemmShape){.M = N, .N = O, .K = I, .bias = b});
}

/* dx = dy W^T, or added to it;  dW += x^T dy */
static void linear_backward_products(const Products *products, real *dx, real *dW, const real *dy,
                                     const real *x, const real *W, int N, int I, int O, bool add_dx)
{
    const GemmShape to_x = {.M = N, .N = I, .K = O, .transpose_b = true, .add = add_dx};
    const GemmShape to_W = {.M = I, .N = O, .K = N, .transpose_a = true, .add = true};
    if (dx) products->whole(dx, dy, W, to_x);
    if (dW) products->whole(dW, x, dy, to_W);
}

/* and db += sum of the rows of dy */
void linear_backward_plain(const Products *products, real *dx, real *dW, real *db, const real *dy,
                           const real *x, const real *W, int N, int I, int O, bool add_dx)
{
    linear_backward_products(products, dx, dW, dy, x, W, N, I, O, add_dx);
    for (size_t n = 0; db && n < (size_t)N; n++)
        for (int o = 0; o < O; o++) db[o] += dy[n * O + o];
}

/* --- fast ---------------------------------------------------------------------------------------- */

enum { LINEAR_COLUMNS = 32 }; /* of db for a thread at once */

typedef struct LinearJob {
    real *db;
    const real *dy;
    size_t N, O;
} LinearJob;

/* Inlined with a constant `columns`, so that the sums stay in registers. */
static inline void linear_sum_columns(const LinearJob *job, size_t begin, size_t columns)
{
    real sum[LINEAR_COLUMNS] = {0};
    for (size_t n = 0; n < job->N; n++)
        for (size_t o = 0; o < columns; o++) sum[o] += job->dy[n * job->O + begin + o];
    for (size_t o = 0; o < columns; o++) job->db[begin + o] += sum[o];
}

WIDE static void linear_sum_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    if (end - begin == LINEAR_COLUMNS) linear_sum_columns(context, begin, LINEAR_COLUMNS);
    else linear_sum_columns(context, begin, end - begin);
}

void linear_backward_fast(const Products *products, real *dx, real *dW, real *db, const real *dy,
                          const real *x, const real *W, int N, int I, int O, bool add_dx)
{
    linear_backward_products(products, dx, dW, dy, x, W, N, I, O, add_dx);
    LinearJob job = {.db = db, .dy = dy, .N = (size_t)N, .O = (size_t)O};
    if (db) parallel_for((size_t)O, LINEAR_COLUMNS, linear_sum_piece, &job);
}
