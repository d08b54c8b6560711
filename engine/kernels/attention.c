#include "kernels/attention.h"
#include <tgmath.h>
#include "base/elementary.h"
#include "base/parallel.h"
#include "kernels/dropout_mask.h"
#include "kernels/gemm.h"
#include "kernels/lanes.h"

/* One head of one sequence: rows of q, k and v are `stride` = 3C apart. */
typedef struct Head {
    const real *q, *k, *v;
    size_t stride, D;
    real scale;
} Head;

static Head attention_head(const real *qkv, size_t first_row, size_t h, size_t C, size_t H)
{
    const size_t D = C / H;
    const real *q = qkv + first_row * 3 * C + h * D;
    return (Head){
        .q = q, .k = q + C, .v = q + 2 * C, .stride = 3 * C, .D = D, .scale = 1 / sqrt((real)D)};
}

/* T of the header: the longest sequence, rounded up to 8. */
static size_t attention_mask_stride(const int *start, int S)
{
    int longest = 0;
    for (int s = 0; s < S; s++)
        if (start[s + 1] - start[s] > longest) longest = start[s + 1] - start[s];
    return ((size_t)longest + 7) / 8 * 8;
}

/* --- plain ------------------------------------------------------------------------------------- */

static real attention_dot(const real *a, const real *b, size_t D)
{
    real sum = 0;
    for (size_t d = 0; d < D; d++) sum += a[d] * b[d];
    return sum;
}

static real attention_score(const Head *head, size_t i, size_t j)
{
    return head->scale *
           attention_dot(head->q + i * head->stride, head->k + j * head->stride, head->D);
}

/* Scores are made again in each of three passes (maximum, sum, weighted values): no memory to keep
 * them in, and nothing to get wrong. */
static void attention_forward_row(real *y, real *lse, const Head *head, size_t i, double rate,
                                  RngKey key, size_t mask)
{
    real top = -INFINITY, sum = 0;
    for (size_t j = 0; j <= i; j++) top = fmax(top, attention_score(head, i, j));
    for (size_t j = 0; j <= i; j++) sum += exp(attention_score(head, i, j) - top);
    *lse = top + log(sum);
    for (size_t d = 0; d < head->D; d++) y[d] = 0;
    for (size_t j = 0; j <= i; j++) {
        real p = exp(attention_score(head, i, j) - *lse) * dropout_mask_factor(rate, key, mask + j);
        for (size_t d = 0; d < head->D; d++) y[d] += p * head->v[j * head->stride + d];
    }
}

void attention_forward_plain(real *y, real *lse, const real *qkv, const int *start, double rate,
                             RngKey key, int n_rows, int S, int n_channels, int n_heads)
{
    const size_t N = (size_t)n_rows, C = (size_t)n_channels, H = (size_t)n_heads;
    const size_t T = attention_mask_stride(start, S);
    for (int s = 0; s < S; s++)
        for (size_t h = 0; h < H; h++) {
            const size_t first = (size_t)start[s], end = (size_t)start[s + 1];
            const Head head = attention_head(qkv, first, h, C, H);
            for (size_t row = first; row < end; row++)
                attention_forward_row(y + row * C + h * head.D, lse + row * H + h, &head,
                                      row - first, rate, key, (h * N + row) * T);
        }
}

/* P = exp(s - lse), m the dropout factor:  dP = m dy v^T;  dS = P (dP - sum_j P dP), and that sum is
 * dy . y;  dq += scale dS k;  dk += scale dS^T q;  dv += (m P)^T dy */
static void attention_backward_row(real *dq, real *dk, real *dv, const real *dy, const real *y,
                                   real lse, const Head *head, size_t i, double rate, RngKey key,
                                   size_t mask)
{
    const real inner = attention_dot(dy, y, head->D);
    for (size_t j = 0; j <= i; j++) {
        const size_t at = j * head->stride;
        const real p = exp(attention_score(head, i, j) - lse);
        const real m = dropout_mask_factor(rate, key, mask + j);
        const real ds = head->scale * p * (m * attention_dot(dy, head->v + at, head->D) - inner);
        for (size_t d = 0; d < head->D; d++) {
            dq[d] += ds * head->k[at + d];
            dk[at + d] += ds * head->q[i * head->stride + d];
            dv[at + d] += m * p * dy[d];
        }
    }
}

void attention_backward_plain(real *dqkv, const real *dy, const real *qkv, const real *y,
                              const real *lse, const int *start, double rate, RngKey key,
                              int n_rows, int S, int n_channels, int n_heads)
{
    const size_t N = (size_t)n_rows, C = (size_t)n_channels, H = (size_t)n_heads;
    const size_t T = attention_mask_stride(start, S);
    for (int s = 0; s < S; s++)
        for (size_t h = 0; h < H; h++) {
            const size_t first = (size_t)start[s], end = (size_t)start[s + 1];
            const Head head = attention_head(qkv, first, h, C, H);
            real *dq = dqkv + (head.q - qkv);
            for (size_t row = first; row < end; row++) {
                const size_t at = row * C + h * head.D, i = row - first;
                attention_backward_row(dq + i * head.stride, dq + C, dq + 2 * C, dy + at, y + at,
                                       lse[row * H + h], &head, i, rate, key, (h * N + row) * T);
            }
        }
}

/* --- fast: blocks of scores on the stack, heads and sequences in parallel ------------------------ */

/* Of one block. KEYS is a multiple of QUERIES and of DROPOUT_MASK_STEP. */
enum { QUERIES = 32 };
enum { KEYS = 128 };

typedef struct AttentionJob {
    real *y, *lse; /* forward */
    real *dqkv;    /* backward */
    const real *qkv, *dy, *saved_y, *saved_lse;
    const int *start;
    double rate;
    RngKey key;
    size_t N, C, H, mask_stride;
} AttentionJob;

/* One block of one head: queries i..i+rows, keys j..j+columns, counted within the sequence. */
typedef struct AttentionBlock {
    Head head;
    size_t h, first; /* which head; the sequence's first row in the batch */
    size_t i, j, rows, columns;
} AttentionBlock;

static size_t attention_smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Keys that query r of the block may look at, among the block's columns: one at least, because a
 * block of keys begins where a block of queries does. */
static size_t attention_visible(const AttentionBlock *block, size_t r)
{
    return attention_smaller(block->i + r - block->j + 1, block->columns);
}

static void attention_block_mask(real *factor, const AttentionJob *job, const AttentionBlock *block,
                                 size_t r, size_t n)
{
    const size_t row = block->h * job->N + block->first + block->i + r;
    dropout_mask(factor, job->rate, job->key, row * job->mask_stride + block->j, n);
}

/* The three products of a block. score = a b^T, with a query's or output's rows and keys or values: */
static void attention_score_block(real *score, const real *a, size_t stride_a, const real *b,
                                  const AttentionBlock *block)
{
    const GemmShape shape = {.M = (int)block->rows,
                             .N = (int)block->columns,
                             .K = (int)block->head.D,
                             .lda = (int)stride_a,
                             .ldb = (int)block->head.stride,
                             .ldc = KEYS,
                             .transpose_b = true};
    gemm_tile(score, a, b, shape);
}

/* c += score b: what queries take from keys or values; add == false overwrites. */
static void attention_take_block(real *c, size_t stride_c, bool add, const real *score,
                                 const real *b, const AttentionBlock *block)
{
    const GemmShape shape = {.M = (int)block->rows,
                             .N = (int)block->head.D,
                             .K = (int)block->columns,
                             .lda = KEYS,
                             .ldb = (int)block->head.stride,
                             .ldc = (int)stride_c,
                             .add = add};
    gemm_tile(c, score, b, shape);
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
                             .ldc = (int)block->head.stride,
                             .transpose_a = true,
                             .add = true};
    gemm_tile(c, score, a, shape);
}

/* Calls `queries` for each block of queries of one head of one sequence. */
static void attention_each_block(const AttentionJob *job, size_t piece,
                                 void (*queries)(const AttentionJob *, AttentionBlock))
{
    const size_t s = piece / job->H, h = piece % job->H;
    const size_t first = (size_t)job->start[s], length = (size_t)job->start[s + 1] - first;
    AttentionBlock block = {
        .head = attention_head(job->qkv, first, h, job->C, job->H), .h = h, .first = first};
    for (; block.i < length; block.i += QUERIES) {
        block.rows = attention_smaller(length - block.i, QUERIES);
        queries(job, block);
    }
}

/* Scores become exp(scale score - top), zero where masked; raises `top` first. Returns the sum. */
static real attention_soften(real *row, real *top, real scale, size_t visible, size_t columns)
{
    const real largest = scale * lanes_largest_of(row, visible);
    const real raised = *top = largest > *top ? largest : *top;
    for (size_t j = 0; j < visible; j++) row[j] = elementary_exp(scale * row[j] - raised);
    for (size_t j = visible; j < columns; j++) row[j] = 0;
    return lanes_sum_of(row, visible);
}

/* Scores become dropped-out probabilities, up to the factor total[r] that the sequence's other blocks
 * still change; y, summed so far for a smaller maximum, is shrunk to the new one. */
static void attention_forward_rows(real *y, real *top, real *total, real *score,
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
        if (job->rate > 0) {
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
    const size_t C = job->C, row = block.first + block.i, end = block.i + block.rows;
    const real *q = head->q + block.i * head->stride;
    real *y = job->y + row * C + block.h * head->D;
    for (size_t r = 0; r < QUERIES; r++) top[r] = -INFINITY;
    for (block.j = 0; block.j < end; block.j += KEYS) {
        block.columns = attention_smaller(end - block.j, KEYS);
        const size_t at = block.j * head->stride;
        attention_score_block(score, q, head->stride, head->k + at, &block);
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

void attention_forward_fast(real *y, real *lse, const real *qkv, const int *start, double rate,
                            RngKey key, int N, int S, int C, int H)
{
    AttentionJob job = {.y = y,
                        .lse = lse,
                        .qkv = qkv,
                        .start = start,
                        .rate = rate,
                        .key = key,
                        .N = (size_t)N,
                        .C = (size_t)C,
                        .H = (size_t)H,
                        .mask_stride = attention_mask_stride(start, S)};
    parallel_for((size_t)S * job.H, 1, attention_forward_piece, &job);
}

/* Scores p become m P and products dp = dy v^T become dS, row by row, zero where masked. */
static void attention_backward_rows(real *p, real *dp, const real *inner, const AttentionJob *job,
                                    const AttentionBlock *block)
{
    const real scale = block->head.scale;
    real factor[KEYS];
    for (size_t j = 0; j < KEYS; j++) factor[j] = 1;
    for (size_t r = 0; r < block->rows; r++, p += KEYS, dp += KEYS) {
        const size_t visible = attention_visible(block, r);
        const real lse = job->saved_lse[(block->first + block->i + r) * job->H + block->h];
        if (job->rate > 0) attention_block_mask(factor, job, block, r, visible);
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
    const size_t C = job->C, stride = head->stride, end = block.i + block.rows;
    const size_t row_at = (block.first + block.i) * C + block.h * head->D;
    const real *dy = job->dy + row_at, *q = head->q + block.i * stride;
    real *dqkv = job->dqkv + (head->q - job->qkv); /* as head->q, k = q + C and v = q + 2C lie */
    for (size_t r = 0; r < block.rows; r++)
        inner[r] = lanes_dot_of(dy + r * C, job->saved_y + row_at + r * C, head->D);
    for (block.j = 0; block.j < end; block.j += KEYS) {
        block.columns = attention_smaller(end - block.j, KEYS);
        const size_t at = block.j * stride;
        attention_score_block(p, q, stride, head->k + at, &block);
        attention_score_block(dp, dy, C, head->v + at, &block);
        attention_backward_rows(p, dp, inner, job, &block);
        attention_take_block(dqkv + block.i * stride, stride, true, dp, head->k + at, &block);
        attention_give_block(dqkv + C + at, dp, q, stride, &block);
        attention_give_block(dqkv + 2 * C + at, p, dy, C, &block);
    }
}

static void attention_backward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread, (void)end;
    attention_each_block(context, begin, attention_backward_queries);
}

void attention_backward_fast(real *dqkv, const real *dy, const real *qkv, const real *y,
                             const real *lse, const int *start, double rate, RngKey key, int N,
                             int S, int C, int H)
{
    AttentionJob job = {.dqkv = dqkv,
                        .dy = dy,
                        .qkv = qkv,
                        .saved_y = y,
                        .saved_lse = lse,
                        .start = start,
                        .rate = rate,
                        .key = key,
                        .N = (size_t)N,
                        .C = (size_t)C,
                        .H = (size_t)H,
                        .mask_stride = attention_mask_stride(start, S)};
    parallel_for((size_t)S * job.H, 1, attention_backward_piece, &job);
}
