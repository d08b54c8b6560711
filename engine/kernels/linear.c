#include "kernels/linear.h"
#include "kernels/gemm.h"

static void linear_add_bias(real *y, const real *b, int N, int O)
{
    for (size_t n = 0; n < (size_t)N; n++)
        for (int o = 0; o < O; o++) y[n * O + o] += b[o];
}

static void linear_sum_rows(real *db, const real *dy, int N, int O)
{
    for (size_t n = 0; n < (size_t)N; n++)
        for (int o = 0; o < O; o++) db[o] += dy[n * O + o];
}

/* y = x W + b */
void linear_forward_plain(real *y, const real *x, const real *W, const real *b, int N, int I, int O)
{
    gemm_plain(y, x, W, (GemmShape){.M = N, .N = O, .K = I});
    if (b) linear_add_bias(y, b, N, O);
}

/* dx += dy W^T;  dW += x^T dy;  db += sum of the rows of dy */
void linear_backward_plain(real *dx, real *dW, real *db, const real *dy, const real *x, const real *W,
                           int N, int I, int O)
{
    if (dx) gemm_plain(dx, dy, W, (GemmShape){.M = N, .N = I, .K = O, .transpose_b = true, .add = true});
    gemm_plain(dW, x, dy, (GemmShape){.M = I, .N = O, .K = N, .transpose_a = true, .add = true});
    if (db) linear_sum_rows(db, dy, N, O);
}

void linear_forward_fast(real *y, const real *x, const real *W, const real *b, int N, int I, int O)
{
    gemm_fast(y, x, W, (GemmShape){.M = N, .N = O, .K = I});
    if (b) linear_add_bias(y, b, N, O);
}

void linear_backward_fast(real *dx, real *dW, real *db, const real *dy, const real *x, const real *W,
                          int N, int I, int O)
{
    if (dx) gemm_fast(dx, dy, W, (GemmShape){.M = N, .N = I, .K = O, .transpose_b = true, .add = true});
    gemm_fast(dW, x, dy, (GemmShape){.M = I, .N = O, .K = N, .transpose_a = true, .add = true});
    if (db) linear_sum_rows(db, dy, N, O);
}
