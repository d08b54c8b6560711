#include "kernels/gemm_fp32.h"
#include "far_kernels.h"

#include <criterion/criterion.h>
#include <sys/mman.h>

enum { FAR_BYTES = 1 << 26, ALIGN_BYTES = 64 };

static char *far;
static size_t used_bytes;
static int depth; /* of calls under way */

void far_kernels_begin(void)
{
    far = mmap(NULL, FAR_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    cr_assert_neq((void *)far, MAP_FAILED);
    used_bytes = 0;
    depth = 0;
}

void far_kernels_end(void)
{
    munmap(far, FAR_BYTES);
}

static void reach(void)
{
    if (depth++ == 0) cr_assert_eq(mprotect(far, FAR_BYTES, PROT_READ | PROT_WRITE), 0);
}

static void leave(void)
{
    if (--depth == 0) cr_assert_eq(mprotect(far, FAR_BYTES, PROT_NONE), 0);
}

static bool take(real **block, size_t n, Needs *needs, Error *err)
{
    real *unused;
    if (!needs_add(needs, &unused, 0, sizeof(real), err)) return false;
    size_t bytes = (n * sizeof(real) + ALIGN_BYTES - 1) / ALIGN_BYTES * ALIGN_BYTES;
    needs->bytes += bytes;
    if (!needs->arena) return true;
    cr_assert_leq(used_bytes + bytes, FAR_BYTES);
    *block = (real *)(void *)(far + used_bytes);
    used_bytes += bytes;
    return true;
}

static real *clear(real *x, size_t n)
{
    reach();
    kernels_fast.memory.clear(x, n);
    leave();
    return x;
}

static double norm_squared(const real *x, size_t n)
{
    reach();
    double sum = kernels_fast.norm_squared(x, n);
    leave();
    return sum;
}

#define FAR(name, kernel, parameters, arguments)                                                   \
    static void name parameters                                                                    \
    {                                                                                              \
        reach();                                                                                   \
        kernels_fast.kernel arguments;                                                             \
        leave();                                                                                   \
    }

FAR(copy, memory.copy, (real * to, const real *from, size_t n), (to, from, n))
FAR(accumulate, accumulate, (real * to, const real *from, size_t n), (to, from, n))
FAR(scale, scale, (real * x, real factor, size_t n), (x, factor, n))
FAR(whole, products.whole, (real * c, const real *a, const real *b, GemmShape shape),
    (c, a, b, shape))
FAR(tile, products.tile, (real * c, const real *a, const real *b, GemmShape shape),
    (c, a, b, shape))
FAR(pack, products.pack, (real * packed, const real *b, GemmShape shape), (packed, b, shape))
FAR(embedding_forward, embedding_forward,
    (real * y, const int *token, const int *position, const int *segment, const real *E,
     const real *P, const real *S, int N, int C),
    (y, token, position, segment, E, P, S, N, C))
FAR(embedding_backward, embedding_backward,
    (real * dE, real *dP, real *dS, const real *dy, const int *token, const int *position,
     const int *segment, int N, int C),
    (dE, dP, dS, dy, token, position, segment, N, C))
FAR(layernorm_forward, layernorm_forward,
    (real * y, real *mean, real *rstd, const real *x, const real *gain, const real *bias, int N,
     int C, real epsilon),
    (y, mean, rstd, x, gain, bias, N, C, epsilon))
FAR(layernorm_backward, layernorm_backward,
    (real * dx, real *dgain, real *dbias, const real *dy, const real *x, const real *gain,
     const real *mean, const real *rstd, int N, int C),
    (dx, dgain, dbias, dy, x, gain, mean, rstd, N, C))
FAR(rms_norm_forward, rms_norm_forward,
    (real * y, real *rstd, const real *x, const real *gain, int N, int C, real epsilon),
    (y, rstd, x, gain, N, C, epsilon))
FAR(rms_norm_backward, rms_norm_backward,
    (real * dx, real *dgain, const real *dy, const real *x, const real *gain, const real *rstd,
     int N, int C),
    (dx, dgain, dy, x, gain, rstd, N, C))
FAR(linear_forward, linear_forward,
    (const Products *p, real *y, const real *x, const real *W, const real *b, int N, int I, int O),
    (p, y, x, W, b, N, I, O))
FAR(linear_backward, linear_backward,
    (const Products *p, real *dx, real *dW, real *db, const real *dy, const real *x, const real *W,
     int N, int I, int O, bool add_dx),
    (p, dx, dW, db, dy, x, W, N, I, O, add_dx))
FAR(gelu_forward, gelu_forward, (real * y, const real *x, size_t n), (y, x, n))
FAR(gelu_backward, gelu_backward, (real * dx, const real *dy, const real *x, size_t n),
    (dx, dy, x, n))
FAR(gelu_erf_forward, gelu_erf_forward, (real * y, const real *x, size_t n), (y, x, n))
FAR(gelu_erf_backward, gelu_erf_backward, (real * dx, const real *dy, const real *x, size_t n),
    (dx, dy, x, n))
FAR(relu_forward, relu_forward, (real * y, const real *x, size_t n), (y, x, n))
FAR(relu_backward, relu_backward, (real * dx, const real *dy, const real *x, size_t n),
    (dx, dy, x, n))
FAR(tanh_forward, tanh_forward, (real * y, const real *x, size_t n), (y, x, n))
FAR(tanh_backward, tanh_backward, (real * dx, const real *dy, const real *y, size_t n),
    (dx, dy, y, n))
FAR(attention_forward, attention_forward,
    (const Products *p, real *y, real *lse, const real *q, const real *k, const real *v,
     const AttentionShape *shape),
    (p, y, lse, q, k, v, shape))
FAR(attention_backward, attention_backward,
    (const Products *p, real *dq, real *dk, real *dv, real *dbias, const real *dy, const real *q,
     const real *k, const real *v, const real *y, const real *lse, const AttentionShape *shape),
    (p, dq, dk, dv, dbias, dy, q, k, v, y, lse, shape))
FAR(relative_bias_forward, relative_bias_forward,
    (real * bias, const real *table, RelativeBuckets buckets, int R, int H),
    (bias, table, buckets, R, H))
FAR(relative_bias_backward, relative_bias_backward,
    (real * dtable, const real *dbias, RelativeBuckets buckets, int R, int H),
    (dtable, dbias, buckets, R, H))
FAR(lstm_layer_forward, lstm_layer_forward,
    (const Products *p, real *y, real *cell, real *gate, const real *x, const real *W,
     const real *U, const real *b, const int *start, real *scratch, int N, int S, int I, int H),
    (p, y, cell, gate, x, W, U, b, start, scratch, N, S, I, H))
FAR(lstm_layer_backward, lstm_layer_backward,
    (const Products *p, real *dx, real *dW, real *dU, real *db, const real *dy, const real *x,
     const real *W, const real *U, const real *y, const real *cell, const real *gate,
     const int *start, real *scratch, int N, int S, int I, int H),
    (p, dx, dW, dU, db, dy, x, W, U, y, cell, gate, start, scratch, N, S, I, H))
FAR(dropout_forward, dropout_forward, (real * y, const real *x, double rate, RngKey key, size_t n),
    (y, x, rate, key, n))
FAR(dropout_backward, dropout_backward,
    (real * dx, const real *dy, double rate, RngKey key, size_t n), (dx, dy, rate, key, n))
FAR(dropout_add_forward, dropout_add_forward,
    (real * y, const real *x, const real *r, double rate, RngKey key, size_t n),
    (y, x, r, rate, key, n))
FAR(cross_entropy_tied, cross_entropy_tied,
    (const Products *p, real *loss, real *dx, real *dE, real *dbias, const real *x, const real *E,
     const real *bias, const int *target, const real *weight, real *scratch, int N, int C, int V),
    (p, loss, dx, dE, dbias, x, E, bias, target, weight, scratch, N, C, V))
FAR(cross_entropy_rows, cross_entropy_rows,
    (real * loss, real *dz, const real *z, const int *target, const real *weight, int N, int V),
    (loss, dz, z, target, weight, N, V))
FAR(cross_entropy_soft, cross_entropy_soft,
    (real * loss, real *dz, const real *z, const real *target, const real *weight, int N, int V),
    (loss, dz, z, target, weight, N, V))
FAR(squared_error_rows, squared_error_rows,
    (real * loss, real *dz, const real *z, const real *target, const real *weight, int N),
    (loss, dz, z, target, weight, N))
FAR(logits, logits, (real * z, const real *x, const real *E, const real *bias, int N, int C, int V),
    (z, x, E, bias, N, C, V))
FAR(logits_largest, logits_largest,
    (bool *is_largest, const real *x, const real *E, const real *bias, const int *target, int N,
     int C, int V),
    (is_largest, x, E, bias, target, N, C, V))
FAR(pool_forward, pool_forward, (real * y, const real *x, const int *row, int G, int k, int C),
    (y, x, row, G, k, C))
FAR(pool_backward, pool_backward, (real * dx, const real *dy, const int *row, int G, int k, int C),
    (dx, dy, row, G, k, C))
FAR(adam_update, adam_update,
    (real * weight, real *m, real *v, const real *gradient, AdamStep step, size_t n),
    (weight, m, v, gradient, step, n))
FAR(adafactor_update, adafactor_update,
    (real * weight, real *v, const real *gradient, AdafactorStep step, size_t R, size_t C),
    (weight, v, gradient, step, R, C))

/* Written out whole: a kernel that is left out here is missing and is not taken from elsewhere. */
const Kernels far_kernels = {
    .name = "far",
    .start = gemm_fp32_start,
    .start_bytes = gemm_memory_bytes,
    .memory = {take, clear, copy, copy, copy},
    .products = {whole, tile, pack, gemm_fp32_operand},
    .embedding_forward = embedding_forward,
    .embedding_backward = embedding_backward,
    .layernorm_forward = layernorm_forward,
    .layernorm_backward = layernorm_backward,
    .rms_norm_forward = rms_norm_forward,
    .rms_norm_backward = rms_norm_backward,
    .linear_forward = linear_forward,
    .linear_backward = linear_backward,
    .gelu_forward = gelu_forward,
    .gelu_backward = gelu_backward,
    .gelu_erf_forward = gelu_erf_forward,
    .gelu_erf_backward = gelu_erf_backward,
    .relu_forward = relu_forward,
    .relu_backward = relu_backward,
    .tanh_forward = tanh_forward,
    .tanh_backward = tanh_backward,
    .attention_forward = attention_forward,
    .attention_backward = attention_backward,
    .relative_bias_forward = relative_bias_forward,
    .relative_bias_backward = relative_bias_backward,
    .lstm_layer_forward = lstm_layer_forward,
    .lstm_layer_backward = lstm_layer_backward,
    .dropout_forward = dropout_forward,
    .dropout_backward = dropout_backward,
    .dropout_add_forward = dropout_add_forward,
    .cross_entropy_tied = cross_entropy_tied,
    .cross_entropy_rows = cross_entropy_rows,
    .cross_entropy_soft = cross_entropy_soft,
    .squared_error_rows = squared_error_rows,
    .logits = logits,
    .logits_largest = logits_largest,
    .pool_forward = pool_forward,
    .pool_backward = pool_backward,
    .accumulate = accumulate,
    .scale = scale,
    .norm_squared = norm_squared,
    .adam_update = adam_update,
    .adafactor_update = adafactor_update,
};
