#include "timed_kernels.h"
#include <stdatomic.h>
#include <stdlib.h>
#include "base/clock.h"

enum Account {
    CLEAR,
    EMBEDDING,
    LAYERNORM,
    LINEAR,
    GELU,
    ATTENTION,
    LSTM_LAYER,
    DROPOUT,
    CROSS_ENTROPY,
    NORM,
    ADAM,
    N_ACCOUNTS
};
static const char *const names[N_ACCOUNTS] = {
    "clear",      "embedding", "layernorm",          "linear",       "gelu",       "attention",
    "lstm_layer", "dropout",   "cross_entropy_tied", "norm_squared", "adam_update"};

static const Kernels *inner;
static Kernels table;
static TimedKernel account[N_ACCOUNTS];
static atomic_llong flops; /* of the kernel that runs */

static void whole(real *c, const real *a, const real *b, GemmShape shape)
{
    flops += 2LL * shape.M * shape.N * shape.K;
    inner->products.whole(c, a, b, shape);
}

static void tile(real *c, const real *a, const real *b, GemmShape shape)
{
    flops += 2LL * shape.M * shape.N * shape.K;
    inner->products.tile(c, a, b, shape);
}

static double begin(void)
{
    flops = 0;
    return clock_seconds();
}

/* values: passed over, of real */
static void end(enum Account which, double begun, double values)
{
    account[which].seconds += clock_seconds() - begun;
    account[which].flops += (double)flops;
    account[which].bytes += values * sizeof(real);
}

#define TIMED(which, name, kernel, parameters, arguments, values)                                  \
    static void name parameters                                                                    \
    {                                                                                              \
        const double begun = begin();                                                              \
        inner->kernel arguments;                                                                   \
        end(which, begun, values);                                                                 \
    }

static real *clear(real *x, size_t n)
{
    const double begun = begin();
    inner->memory.clear(x, n);
    end(CLEAR, begun, (double)n);
    return x;
}

static double norm_squared(const real *x, size_t n)
{
    const double begun = begin();
    const double sum = inner->norm_squared(x, n);
    end(NORM, begun, (double)n);
    return sum;
}

/* clang-format off: a table */
TIMED(EMBEDDING, embedding_forward, embedding_forward,
      (real * y, const int *token, const int *position, const int *segment, const real *E,
       const real *P, const real *S, int N, int C),
      (y, token, position, segment, E, P, S, N, C), 3.0 * N * C)
TIMED(EMBEDDING, embedding_backward, embedding_backward,
      (real * dE, real *dP, real *dS, const real *dy, const int *token, const int *position,
       const int *segment, int N, int C),
      (dE, dP, dS, dy, token, position, segment, N, C), 6.0 * N * C)
TIMED(LAYERNORM, layernorm_forward, layernorm_forward,
      (real * y, real *mean, real *rstd, const real *x, const real *gain, const real *bias, int N,
       int C, real epsilon),
      (y, mean, rstd, x, gain, bias, N, C, epsilon), 2.0 * N * C)
TIMED(LAYERNORM, layernorm_backward, layernorm_backward,
      (real * dx, real *dgain, real *dbias, const real *dy, const real *x, const real *gain,
       const real *mean, const real *rstd, int N, int C),
      (dx, dgain, dbias, dy, x, gain, mean, rstd, N, C), 5.0 * N * C)
TIMED(LINEAR, linear_forward, linear_forward,
      (const Products *p, real *y, const real *x, const real *W, const real *b, int N, int in,
       int out),
      (p, y, x, W, b, N, in, out), 0)
TIMED(LINEAR, linear_backward, linear_backward,
      (const Products *p, real *dx, real *dW, real *db, const real *dy, const real *x,
       const real *W, int N, int in, int out, bool add_dx),
      (p, dx, dW, db, dy, x, W, N, in, out, add_dx), db ? (double)N *out : 0)
TIMED(GELU, gelu_forward, gelu_forward, (real * y, const real *x, size_t n), (y, x, n),
      2.0 * (double)n)
TIMED(GELU, gelu_backward, gelu_backward, (real * dx, const real *dy, const real *x, size_t n),
      (dx, dy, x, n), 3.0 * (double)n)
TIMED(ATTENTION, attention_forward, attention_forward,
      (const Products *p, real *y, real *lse, const real *q, const real *k, const real *v,
       const AttentionShape *shape),
      (p, y, lse, q, k, v, shape), 0)
TIMED(ATTENTION, attention_backward, attention_backward,
      (const Products *p, real *dq, real *dk, real *dv, real *dbias, const real *dy, const real *q,
       const real *k, const real *v, const real *y, const real *lse, const AttentionShape *shape),
      (p, dq, dk, dv, dbias, dy, q, k, v, y, lse, shape), 0)
TIMED(LSTM_LAYER, lstm_layer_forward, lstm_layer_forward,
      (const Products *p, real *y, real *cell, real *gate, const real *x, const real *W,
       const real *U, const real *b, const int *start, real *scratch, int N, int S, int in, int H),
      (p, y, cell, gate, x, W, U, b, start, scratch, N, S, in, H), 0)
TIMED(LSTM_LAYER, lstm_layer_backward, lstm_layer_backward,
      (const Products *p, real *dx, real *dW, real *dU, real *db, const real *dy, const real *x,
       const real *W, const real *U, const real *y, const real *cell, const real *gate,
       const int *start, real *scratch, int N, int S, int in, int H),
      (p, dx, dW, dU, db, dy, x, W, U, y, cell, gate, start, scratch, N, S, in, H), 0)
TIMED(DROPOUT, dropout_forward, dropout_forward,
      (real * y, const real *x, double rate, RngKey key, size_t n), (y, x, rate, key, n),
      2.0 * (double)n)
TIMED(DROPOUT, dropout_backward, dropout_backward,
      (real * dx, const real *dy, double rate, RngKey key, size_t n), (dx, dy, rate, key, n),
      2.0 * (double)n)
TIMED(DROPOUT, dropout_add_forward, dropout_add_forward,
      (real * y, const real *x, const real *r, double rate, RngKey key, size_t n),
      (y, x, r, rate, key, n), 3.0 * (double)n)
TIMED(CROSS_ENTROPY, cross_entropy_tied, cross_entropy_tied,
      (const Products *p, real *loss, real *dx, real *dE, real *dbias, const real *x, const real *E,
       const real *bias, const int *target, const real *weight, real *scratch, int N, int C, int V),
      (p, loss, dx, dE, dbias, x, E, bias, target, weight, scratch, N, C, V), 5.0 * N * V)
TIMED(ADAM, adam_update, adam_update,
      (real * weight, real *m, real *v, const real *gradient, AdamStep step, size_t n),
      (weight, m, v, gradient, step, n), 7.0 * (double)n)
/* clang-format on */

const Kernels *timed_kernels(const Kernels *kernels)
{
    inner = kernels;
    for (int i = 0; i < N_ACCOUNTS; i++) account[i] = (TimedKernel){.name = names[i]};
    table = *kernels;
    table.memory.clear = clear;
    table.products.whole = whole;
    table.products.tile = tile;
    table.embedding_forward = embedding_forward;
    table.embedding_backward = embedding_backward;
    table.layernorm_forward = layernorm_forward;
    table.layernorm_backward = layernorm_backward;
    table.linear_forward = linear_forward;
    table.linear_backward = linear_backward;
    table.gelu_forward = gelu_forward;
    table.gelu_backward = gelu_backward;
    table.attention_forward = attention_forward;
    table.attention_backward = attention_backward;
    table.lstm_layer_forward = lstm_layer_forward;
    table.lstm_layer_backward = lstm_layer_backward;
    table.dropout_forward = dropout_forward;
    table.dropout_backward = dropout_backward;
    table.dropout_add_forward = dropout_add_forward;
    table.cross_entropy_tied = cross_entropy_tied;
    table.norm_squared = norm_squared;
    table.adam_update = adam_update;
    return &table;
}

static int by_seconds(const void *a, const void *b)
{
    const TimedKernel *left = a, *right = b;
    return (left->seconds < right->seconds) - (left->seconds > right->seconds);
}

const TimedKernel *timed_kernels_accounts(int *n)
{
    qsort(account, N_ACCOUNTS, sizeof *account, by_seconds);
    *n = N_ACCOUNTS;
    return account;
}
