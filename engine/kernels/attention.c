#include "kernels/attention.h"
#include <string.h>
#include <tgmath.h>
#include "base/elementary.h"
#include "base/parallel.h"
#include "kernels/dropout_mask.h"
#include "kernels/lanes.h"
#include "kernels/wide.h"

/* One head of one sequence: its first rows of q, k and v. */
typedef struct Head {
    const real *q, *k, *v;
    size_t query_stride, key_stride, D;
    size_t n_queries, n_keys;
    real scale;
    AttentionMask mask;
    const Products *products;
} Head;

static Head attention_head(const Products *products, const real *q, const real *k, const real *v,
                           const AttentionShape *shape, size_t s, size_t h)
{
    const size_t D = (size_t)(shape->C / shape->H);
    const size_t query = (size_t)shape->query_start[s], key = (size_t)shape->key_start[s];
    const size_t query_stride = (size_t)shape->query_stride, key_stride = (size_t)shape->key_stride;
    return (Head){.q = q + query * query_stride + h * D,
                  .k = k + key * key_stride + h * D,
                  .v = v + key * key_stride + h * D,
                  .query_stride = query_stride,
                  .key_stride = key_stride,
                  .D = D,
                  .n_queries = (size_t)shape->query_start[s + 1] - query,
                  .n_keys = (size_t)shape->key_start[s + 1] - key,
                  .scale = 1 / sqrt((real)D),
                  .mask = shape->mask,
                  .products = products};
}

/* Keys before this one are shown to query i. */
static size_t attention_shown(const Head *head, size_t i)
{
    return head->mask == ATTENTION_CAUSAL ? i + 1 : head->n_keys;
}

/* A row's channels of a head become zeros: n rows from x on, a stride apart. */
static void attention_clear(real *x, size_t n, size_t stride, size_t D)
{
    for (size_t i = 0; i < n; i++) memset(x + i * stride, 0, D * sizeof *x);
}

/* T of the header: the longest sequence of keys, rounded up to 8. */
static size_t attention_mask_stride(const AttentionShape *shape)
{
    int longest = 0;
    for (int s = 0; s < shape->S; s++) {
        const int length = shape->key_start[s + 1] - shape->key_start[s];
        if (length > longest) longest = length;
    }
    return ((size_t)longest + 7) / 8 * 8;
}

/* --- plain ------------------------------------------------------------------------------------- */

static real attention_dot(const real *a, const real *b, size_t D)
{
    real sum = 0;
    for (size_t d = 0; d < D; d++) sum += a[d] * b[d];
    return sum;
}

/* The same of two operands of the products. */
static real attention_product(const Head *head, const real *a, const real *b)
{
    real sum = 0;
    for (size_t d = 0; d < head->D; d++)
        sum += head->products->operand(a[d]) * head->products->operand(b[d]);
    return sum;
}

/* y += factor x, of operands */
static void attention_add(const Head *head, real *y, real factor, const real *x)
{
    factor = head->products->operand(factor);
    for (size_t d = 0; d < head->D; d++) y[d] += factor * head->products->operand(x[d]);
}

static real attention_score(const Head *head, size_t i, size_t j)
{
    return head->scale * attention_product(head, head->q + i * head->query_stride,
                                           head->k + j * head->key_stride);
}

/* Scores are made again in each of three passes (maximum, sum, weighted values): no memory to keep
 * them in, and nothing to get wrong. */
static void attention_forward_row(real *y, real *lse, const Head *head, size_t i, double rate,
                                  RngKey key, size_t mask)
{
    const size_t shown = attention_shown(head, i);
    real top = -INFINITY, sum = 0;
    for (size_t j = 0; j < shown; j++) top = fmax(top, attention_score(head, i, j));
    for (size_t j = 0; j < shown; j++) sum += exp(attention_score(head, i, j) - top);
    *lse = top + log(sum);
    for (size_t d = 0; d < head->D; d++) y[d] = 0;
    for (size_t j = 0; j < shown; j++) {
        real p = exp(attention_score(head, i, j) - *lse) * dropout_mask_factor(rate, key, mask + j);
        attention_add(head, y, p, head->v + j * head->key_stride);
    }
}

void attention_forward_plain(const Products *products, real *y, real *lse, const real *q,
                             const real *k, const real *v, const AttentionShape *shape)
{
    const size_t C = (size_t)shape->C, H = (size_t)shape->H, T = attention_mask_stride(shape);
    const size_t S = (size_t)shape->S, N = (size_t)shape->query_start[S];
    for (size_t s = 0; s < S; s++)
        for (size_t h = 0; h < H; h++) {
            const Head head = attention_head(products, q, k, v, shape, s, h);
            const size_t first = (size_t)shape->query_start[s];
            for (size_t i = 0; i < head.n_queries; i++)
                attention_forward_row(y + (first + i) * C + h * head.D, lse + (first + i) * H + h,
                                      &head, i, shape->rate, shape->key, (h * N + first + i) * T);
        }
}

/* P = exp(s - lse), m the dropout factor:  dP = m dy v^T;  dS = P (dP - sum_j P dP), and that sum is
 * dy . y;  dq += scale dS k;  dk += scale dS^T q;  dv += (m P)^T dy */
static void attention_backward_row(real *dq, real *dk, real *dv, const real *dy, const real *y,
                                   real lse, const Head *head, size_t i, double rate, RngKey key,
                                   size_t mask)
{
    const real inner = attention_dot(dy, y, head->D);
    const size_t shown = attention_shown(head, i);
    for (size_t j = 0; j < shown; j++) {
        const size_t at = j * head->key_stride;
        const real p = exp(attention_score(head, i, j) - lse);
        const real m = dropout_mask_factor(rate, key, mask + j);
        const real ds = head->scale * p * (m * attention_product(head, dy, head->v + at) - inner);
        attention_add(head, dq, ds, head->k + at);
        attention_add(head, dk + at, ds, head->q + i * head->query_stride);
        attention_add(head, dv + at, m * p, dy);
    }
}

void attention_backward_plain(const Products *products, real *dq, real *dk, real *dv,
                              const real *dy, const real *q, const real *k, const real *v,
                              const real *y, const real *lse, const AttentionShape *shape)
{
    const size_t C = (size_t)shape->C, H = (size_t)shape->H, T = attention_mask_stride(shape);
    const size_t S = (size_t)shape->S, N = (size_t)shape->query_start[S];
    for (size_t s = 0; s < S; s++)
        for (size_t h = 0; h < H; h++) {
            const Head head = attention_head(products, q, k, v, shape, s, h);
            const size_t first = (size_t)shape->query_start[s];
            real *dq_head = dq + (head.q - q), *dk_head = dk + (head.k - k);
            real *dv_head = dv + (head.v - v);
            attention_clear(dq_head, head.n_queries, head.query_stride, head.D);
            attention_clear(dk_head, head.n_keys, head.key_stride, head.D);
            attention_clear(dv_head, head.n_keys, head.key_stride, head.D);
            for (size_t i = 0; i < head.n_queries; i++) {
                const size_t row = first + i, at = row * C + h * head.D;
                attention_backward_row(dq_head + i * head.query_stride, dk_head, dv_head, dy + at,
                                       y + at, lse[row * H + h], &head, i, shape->rate, shape->key,
                                       (h * N + row) * T);
            }
        }
}

/* --- fast: blocks of scores on the stack, heads and sequences in parallel ------------------------ */

/* Of one block. KEYS is a multiple of QUERIES and of DROPOUT_MASK_STEP. */
enum { QUERIES = 64 };
enum { KEYS = 128 };

typedef struct AttentionJob {
    const Products *products;
    const AttentionShape *shape;
    const real *q, *k, *v;
    real *y, *lse;      /* forward */
    real *dq, *dk, *dv; /* backward */
    const real *dy, *saved_y, *saved_lse;
    size_t N, C, H, mask_stride;
} AttentionJob;

static AttentionJob attention_job(const Products *products, const real *q, const real *k,
                                  const real *v, const AttentionShape *shape)
{
    return (AttentionJob){.products = products,
                          .shape = shape,
                          .q = q,
                          .k = k,
                          .v = v,
                          .N = (size_t)shape->query_start[shape->S],
                          .C = (size_t)shape->C,
                          .H = (size_t)shape->H,
                          .mask_stride = attention_mask_stride(shape)};
}

/* One block of one head: queries i..i+rows, keys j..j+columns, counted within the sequence. */
typedef struct AttentionBlock {
    Head head;
    size_t h, first; /* which head; the sequence's first query in the batch */
    size_t i, j, rows, columns;
} AttentionBlock;

static size_t attention_smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Keys that query r of the block is shown, among the block's columns: one at least, because with a
 * causal mask a block of keys begins where a block of queries does. */
static size_t attention_visible(const AttentionBlock *block, size_t r)
{
    return attention_smaller(attention_shown(&block->head, block->i + r) - block->j,
                             block->columns);
}

static void attention_block_mask(real *factor, const AttentionJob *job, const AttentionBlock *block,
                                 size_t r, size_t n)
{
    const size_t row = block->h * job->N + block->first + block->i + r;
    dropout_mask(factor, job->shape->rate, job->shape->key, row * job->mask_stride + block->j, n);
}

/* The three products of a block. score = a b^T, with a query's or output's rows and keys or values: */
static void attention_score_block(real *score, const real *a, size_t stride_a, const real *b,
                                  const AttentionBlock *block)
{
    const GemmShape shape = {.M = (int)block->rows,
                             .N = (int)block->columns,
                             .K = (int)block->head.D,
                             .lda = (int)stride_a,
                             .ldb = (int)block->head.key_stride,
                             .ldc = KEYS,
                             .transpose_b = true};
    block->head.products->tile(score, a, b, shape);
}

/* c += score b: what queries take from keys or values; add == false overwrites. */
static void attention_take_block(real *c, size_t stride_c, bool add, const real *score,
                                 const real *b, const AttentionBlock *block)
{
    const GemmShape shape = {.M = (int)block->rows,
                             .N = (int)block->head.D,
                             .K = (int)block->columns,
                             .lda = KEYS,
                             .ldb = (int)block->head.key_stride,
                             .ldc = (int)stride_c,
                             .add = add};
    block->head.products->tile(c, score, b, shape);
}

/* c += score^T a: what keys or values are given by queries or outputs. */
static void attention_give_block(real *c, const real *score, const real *a, size_t stride_a,
                                 const AttentionBlock *block)
{
    const GemmShape shape = {.M = (int)block->columns,
                             .N = (int)block->head.D,
                             .K = (int)block->rows,
                             .lda = KEYS,
                             .ldb = (int)stride_a,
                             .ldc = (int)block->head.key_stride,
                             .transpose_a = true,
                             .add = true};
    block->head.products->tile(c, score, a, shape);
}

/* Calls `queries` for each block of queries of one head of one sequence. */
static void attention_each_block(const AttentionJob *job, size_t piece,
                                 void (*queries)(const AttentionJob *, AttentionBlock))
{
    const size_t s = piece / job->H, h = piece % job->H;
    AttentionBlock block = {
        .head = attention_head(job->products, job->q, job->k, job->v, job->shape, s, h),
        .h = h,
        .first = (size_t)job->shape->query_start[s]};
    const size_t length = block.head.n_queries;
    for (; block.i < length; block.i += QUERIES) {
        block.rows = attention_smaller(length - block.i, QUERIES);
        queries(job, block);
    }
}

/* Scores become exp(scale score - top), zero where masked; raises `top` first. Returns the sum. */
WIDE static real attention_soften(real *row, real *top, real scale, size_t visible, size_t columns)
{
    const real largest = scale * lanes_largest_of(row, visible);
    const real raised = *top = largest > *top ? largest : *top;
    for (size_t j = 0; j < visible; j++) row[j] = elementary_exp(scale * row[j] - raised);
    for (size_t j = visible; j < columns; j++) row[j] = 0;
    return lanes_sum_of(row, visible);
}

/* Scores become dropped-out probabilities, up to the factor total[r] that the sequence's other blocks
 * still change; y, summed so far for a smaller maximum, is shrunk to the new one. */
WIDE static void attention_forward_rows(real *y, real *top, real *total, real *score,
                                        const AttentionJob *job, const AttentionBlock *block)
{
    real factor[KEYS];
    for (size_t r = 0; r < block->rows; r++, y += job->C, score += KEYS) {
        const size_t visible = attention_visible(block, r);
        const real before = top[r];
        const real sum =
            attention_soften(score, &top[r], block->head.scale, visible, block->columns);
        const real shrink = elementary_exp(before - top[r]);
        total[r] = total[r] * shrink + sum;
        if (block->j > 0)
            for (size_t d = 0; d < block->head.D; d++) y[d] *= shrink;
        if (job->shape->rate > 0) {
            attention_block_mask(factor, job, block, r, visible);
            for (size_t j = 0; j < visible; j++) score[j] *= factor[j];
        }
    }
}

/* All keys of one block of queries, with a running maximum and sum for each row. */
static void attention_forward_queries(const AttentionJob *job, AttentionBlock block)
{
    real score[QUERIES * KEYS], top[QUERIES], total[QUERIES] = {0};
    const Head *head = &block.head;
    const size_t C = job->C, row = block.first + block.i;
    const size_t end = attention_shown(head, block.i + block.rows - 1);
    const real *q = head->q + block.i * head->query_stride;
    real *y = job->y + row * C + block.h * head->D;
    for (size_t r = 0; r < QUERIES; r++) top[r] = -INFINITY;
    for (block.j = 0; block.j < end; block.j += KEYS) {
        block.columns = attention_smaller(end - block.j, KEYS);
        const size_t at = block.j * head->key_stride;
        attention_score_block(score, q, head->query_stride, head->k + at, &block);
        attention_forward_rows(y, top, total, score, job, &block);
        attention_take_block(y, C, block.j > 0, score, head->v + at, &block);
    }
    for (size_t r = 0; r < block.rows; r++) {
        job->lse[(row + r) * job->H + block.h] = top[r] + elementary_log(total[r]);
        for (size_t d = 0; d < head->D; d++) y[r * C + d] /= total[r];
    }
}

static void attention_forward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread, (void)end;
    attention_each_block(context, begin, attention_forward_queries);
}

void attention_forward_fast(const Products *products, real *y, real *lse, const real *q,
                            const real *k, const real *v, const AttentionShape *shape)
{
    AttentionJob job = attention_job(products, q, k, v, shape);
    job.y = y;
    job.lse = lse;
    parallel_for((size_t)shape->S * job.H, 1, attention_forward_piece, &job);
}

/* Scores p become m P and products dp = dy v^T become dS, row by row, zero where masked. */
WIDE static void attention_backward_rows(real *p, real *dp, const real *inner,
                                         const AttentionJob *job, const AttentionBlock *block)
{
    const real scale = block->head.scale;
    real factor[KEYS];
    for (size_t j = 0; j < KEYS; j++) factor[j] = 1;
    for (size_t r = 0; r < block->rows; r++, p += KEYS, dp += KEYS) {
        const size_t visible = attention_visible(block, r);
        const real lse = job->saved_lse[(block->first + block->i + r) * job->H + block->h];
        if (job->shape->rate > 0) attention_block_mask(factor, job, block, r, visible);
        for (size_t j = 0; j < visible; j++) {
            const real probability = elementary_exp(scale * p[j] - lse);
            p[j] = factor[j] * probability;
            dp[j] = scale * probability * (factor[j] * dp[j] - inner[r]);
        }
        for (size_t j = visible; j < block->columns; j++) p[j] = dp[j] = 0;
    }
}

static void attention_backward_queries(const AttentionJob *job, AttentionBlock block)
{
    real p[QUERIES * KEYS], dp[QUERIES * KEYS], inner[QUERIES];
    const Head *head = &block.head;
    const size_t C = job->C, stride = head->query_stride;
    const size_t end = attention_shown(head, block.i + block.rows - 1);
    const size_t row_at = (block.first + block.i) * C + block.h * head->D;
    const real *dy = job->dy + row_at, *q = head->q + block.i * stride;
    real *dq = job->dq + (q - job->q);
    real *dk = job->dk + (head->k - job->k), *dv = job->dv + (head->v - job->v);
    for (size_t r = 0; r < block.rows; r++)
        inner[r] = lanes_dot_of(dy + r * C, job->saved_y + row_at + r * C, head->D);
    for (block.j = 0; block.j < end; block.j += KEYS) {
        block.columns = attention_smaller(end - block.j, KEYS);
        const size_t at = block.j * head->key_stride;
        attention_score_block(p, q, stride, head->k + at, &block);
        attention_score_block(dp, dy, C, head->v + at, &block);
        attention_backward_rows(p, dp, inner, job, &block);
        attention_take_block(dq, stride, block.j > 0, dp, head->k + at, &block);
        attention_give_block(dk + at, dp, q, stride, &block);
        attention_give_block(dv + at, p, dy, C, &block);
    }
}

static void attention_backward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread, (void)end;
    const AttentionJob *job = context;
    const Head head = attention_head(job->products, job->q, job->k, job->v, job->shape,
                                     begin / job->H, begin % job->H);
    attention_clear(job->dk + (head.k - job->k), head.n_keys, head.key_stride, head.D);
    attention_clear(job->dv + (head.v - job->v), head.n_keys, head.key_stride, head.D);
    attention_each_block(context, begin, attention_backward_queries);
}

void attention_backward_fast(const Products *products, real *dq, real *dk, real *dv, const real *dy,
                             const real *q, const real *k, const real *v, const real *y,
                             const real *lse, const AttentionShape *shape)
{
    AttentionJob job = attention_job(products, q, k, v, shape);
    job.dq = dq;
    job.dk = dk;
    job.dv = dv;
    job.dy = dy;
    job.saved_y = y;
    job.saved_lse = lse;
    parallel_for((size_t)shape->S * job.H, 1, attention_backward_piece, &job);
}
