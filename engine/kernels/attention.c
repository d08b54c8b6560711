#include "kernels/attention.h"
#include <stddef.h>
#include <tgmath.h>
#include "base/elementary.h"
#include "base/parallel.h"
#include "kernels/dropout_mask.h"
#include "kernels/gemm.h"
#include "kernels/lanes.h"

/* What one (sequence, head) needs to find its rows and its dropout draws. */
typedef struct Head {
    const real *q, *k, *v; /* first row of the sequence; rows are 3C apart */
    size_t stride;
    int D;
    real scale;
} Head;

static real attention_dot(const real *a, const real *b, int D)
{
    real sum = 0;
    for (int d = 0; d < D; d++) sum += a[d] * b[d];
    return sum;
}

/* T of the header: the longest sequence, rounded up to 8. */
static size_t attention_mask_stride(const int *start, int S)
{
    int longest = 0;
    for (int s = 0; s < S; s++)
        if (start[s + 1] - start[s] > longest) longest = start[s + 1] - start[s];
    return ((size_t)longest + 7) / 8 * 8;
}

static Head attention_head(const real *qkv, int first, int head, int C, int H)
{
    int D = C / H;
    const real *q = qkv + (size_t)first * 3 * C + (size_t)head * (size_t)D;
    return (Head){
        .q = q, .k = q + C, .v = q + 2 * C, .stride = 3 * C, .D = D, .scale = 1 / sqrt((real)D)};
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
    for (int d = 0; d < head->D; d++) y[d] = 0;
    for (size_t j = 0; j <= i; j++) {
        real p = exp(attention_score(head, i, j) - *lse) * dropout_factor(rate, key, mask + j);
        for (int d = 0; d < head->D; d++) y[d] += p * head->v[j * head->stride + (size_t)d];
    }
}

void attention_forward_plain(real *y, real *lse, const real *qkv, const int *start, double rate,
                             RngKey key, int N, int S, int C, int H)
{
    size_t T = attention_mask_stride(start, S);
    for (int s = 0; s < S; s++)
        for (int h = 0; h < H; h++) {
            Head head = attention_head(qkv, start[s], h, C, H);
            for (int row = start[s]; row < start[s + 1]; row++)
                attention_forward_row(y + (size_t)row * C + h * head.D, lse + (size_t)row * H + h,
                                      &head, (size_t)(row - start[s]), rate, key,
                                      ((size_t)h * (size_t)N + (size_t)row) * T);
        }
}

/* P = exp(s - lse), m the dropout factor:  dP = m dy v^T;  dS = P (dP - sum_j P dP), and that sum is
 * dy . y;  dq += scale dS k;  dk += scale dS^T q;  dv += (m P)^T dy */
static void attention_backward_row(real *dq, real *dk, real *dv, const real *dy, const real *y,
                                   real lse, const Head *head, size_t i, double rate, RngKey key,
                                   size_t mask)
{
    real inner = attention_dot(dy, y, head->D);
    for (size_t j = 0; j <= i; j++) {
        size_t at = j * head->stride;
        real p = exp(attention_score(head, i, j) - lse);
        real m = dropout_factor(rate, key, mask + j);
        real ds = head->scale * p * (m * attention_dot(dy, head->v + at, head->D) - inner);
        for (size_t d = 0; d < (size_t)head->D; d++) {
            dq[d] += ds * head->k[at + d];
            dk[at + d] += ds * head->q[i * head->stride + d];
            dv[at + d] += m * p * dy[d];
        }
    }
}

void attention_backward_plain(real *dqkv, const real *dy, const real *qkv, const real *y,
                              const real *lse, const int *start, double rate, RngKey key, int N,
                              int S, int C, int H)
{
    size_t T = attention_mask_stride(start, S);
    for (int s = 0; s < S; s++)
        for (int h = 0; h < H; h++) {
            Head head = attention_head(qkv, start[s], h, C, H);
            real *dq = dqkv + (head.q - qkv), *dk = dqkv + (head.k - qkv),
                 *dv = dqkv + (head.v - qkv);
            for (int row = start[s]; row < start[s + 1]; row++) {
                size_t at = (size_t)row * C + (size_t)(h * head.D), i = (size_t)(row - start[s]);
                attention_backward_row(dq + i * head.stride, dk, dv, dy + at, y + at,
                                       lse[(size_t)row * H + h], &head, i, rate, key,
                                       ((size_t)h * (size_t)N + (size_t)row) * T);
            }
        }
}

/* --- fast: blocks of queries and keys on the stack, heads and sequences in parallel ------------------ */

enum {
    QUERIES = 32,
    KEYS = 128
}; /* of one block; KEYS is a multiple of QUERIES and of DROPOUT_MASK_STEP */

typedef struct AttentionJob {
    real *y, *lse; /* forward */
    real *dqkv;    /* backward */
    const real *qkv, *dy, *saved_y, *saved_lse;
    const int *start;
    double rate;
    RngKey key;
    int N, C, H;
    size_t mask_stride;
} AttentionJob;

/* One block of one head: queries i..i+rows, keys j..j+columns, counted within the sequence. */
typedef struct AttentionBlock {
    Head head;
    int first; /* row of the batch where the sequence begins */
    int h, i, j, rows, columns;
} AttentionBlock;

/* Keys that query row r of the block may look at, among the block's columns: one at least, because
 * blocks of keys begin where a block of queries does. */
static int attention_visible(const AttentionBlock *block, int r)
{
    const int visible = block->i + r - block->j + 1;
    return visible < block->columns ? visible : block->columns;
}

static void attention_block_mask(real *factor, const AttentionJob *job, const AttentionBlock *block,
                                 int r, int n)
{
    size_t row = (size_t)block->h * job->N + (size_t)(block->first + block->i + r);
    dropout_mask(factor, job->rate, job->key, row * job->mask_stride + (size_t)block->j, (size_t)n);
}

static void attention_block_scores(real *score, const AttentionBlock *block)
{
    const Head *head = &block->head;
    gemm_tile(score, head->q + (size_t)block->i * head->stride,
              head->k + (size_t)block->j * head->stride,
              (GemmShape){.M = block->rows,
                          .N = block->columns,
                          .K = head->D,
                          .transpose_b = true,
                          .lda = (int)head->stride,
                          .ldb = (int)head->stride,
                          .ldc = KEYS});
}

/* Scores become exp(scale score - top), zero where masked; raises `top` first. Returns the sum. */
static real attention_soften(real *row, real *top, real scale, int visible, int columns)
{
    const real largest = scale * lanes_largest_of(row, (size_t)visible);
    const real raised = *top = largest > *top ? largest : *top;
    for (int j = 0; j < visible; j++) row[j] = elementary_exp(scale * row[j] - raised);
    for (int j = visible; j < columns; j++) row[j] = 0;
    return lanes_sum_of(row, (size_t)visible);
}

/* All keys of one block of queries, with a running maximum `top` and sum `total` for each row. */
static void attention_forward_queries(const AttentionJob *job, AttentionBlock block)
{
    real score[QUERIES * KEYS], factor[KEYS], top[QUERIES], total[QUERIES];
    const int end = block.i + block.rows, D = block.head.D;
    const size_t row = (size_t)(block.first + block.i);
    real *y = job->y + row * job->C + (size_t)block.h * D;
    for (int r = 0; r < block.rows; r++) top[r] = -INFINITY, total[r] = 0;
    for (block.j = 0; block.j < end; block.j += KEYS) {
        block.columns = end - block.j < KEYS ? end - block.j : KEYS;
        attention_block_scores(score, &block);
        for (int r = 0; r < block.rows; r++) {
            real *p = score + r * KEYS, before = top[r];
            int visible = attention_visible(&block, r);
            real sum = attention_soften(p, &top[r], block.head.scale, visible, block.columns);
            real shrink = elementary_exp(before - top[r]);
            total[r] = total[r] * shrink + sum;
            for (int d = 0; block.j > 0 && d < D; d++) y[(size_t)r * job->C + d] *= shrink;
            if (job->rate > 0) {
                attention_block_mask(factor, job, &block, r, visible);
                for (int j = 0; j < visible; j++) p[j] *= factor[j];
            }
        }
        gemm_tile(y, score, block.head.v + (size_t)block.j * block.head.stride,
                  (GemmShape){.M = block.rows,
                              .N = D,
                              .K = block.columns,
                              .add = block.j > 0,
                              .lda = KEYS,
                              .ldb = (int)block.head.stride,
                              .ldc = job->C});
    }
    for (int r = 0; r < block.rows; r++) {
        job->lse[(row + r) * job->H + block.h] = top[r] + elementary_log(total[r]);
        for (int d = 0; d < D; d++) y[(size_t)r * job->C + d] /= total[r];
    }
}

static AttentionBlock attention_sequence(const AttentionJob *job, size_t piece)
{
    const int s = (int)(piece / job->H), h = (int)(piece % job->H);
    return (AttentionBlock){.head = attention_head(job->qkv, job->start[s], h, job->C, job->H),
                            .first = job->start[s],
                            .h = h};
}

static void attention_forward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread, (void)end;
    const AttentionJob *job = context;
    AttentionBlock block = attention_sequence(job, begin);
    const int length = job->start[begin / job->H + 1] - block.first;
    for (; block.i < length; block.i += QUERIES) {
        block.rows = length - block.i < QUERIES ? length - block.i : QUERIES;
        attention_forward_queries(job, block);
    }
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
                        .N = N,
                        .C = C,
                        .H = H,
                        .mask_stride = attention_mask_stride(start, S)};
    parallel_for((size_t)S * H, 1, attention_forward_piece, &job);
}

/* Scores p become m P and products dp = dy v^T become dS, row by row, where masked zero. */
static void attention_backward_rows(real *p, real *dp, const real *inner, const AttentionJob *job,
                                    const AttentionBlock *block)
{
    const real scale = block->head.scale;
    real factor[KEYS];
    for (int j = 0; j < KEYS; j++) factor[j] = 1;
    for (int r = 0; r < block->rows; r++, p += KEYS, dp += KEYS) {
        const int visible = attention_visible(block, r);
        const real lse = job->saved_lse[(size_t)(block->first + block->i + r) * job->H + block->h];
        if (job->rate > 0) attention_block_mask(factor, job, block, r, visible);
        for (int j = 0; j < visible; j++) {
            real probability = elementary_exp(scale * p[j] - lse);
            p[j] = factor[j] * probability;
            dp[j] = scale * probability * (factor[j] * dp[j] - inner[r]);
        }
        for (int j = visible; j < block->columns; j++) p[j] = dp[j] = 0;
    }
}

static void attention_backward_queries(const AttentionJob *job, AttentionBlock block)
{
    real p[QUERIES * KEYS], dp[QUERIES * KEYS], inner[QUERIES];
    const Head *head = &block.head;
    const int end = block.i + block.rows, D = head->D, C = job->C, wide = (int)head->stride;
    const size_t at = (size_t)(block.first + block.i) * C + (size_t)block.h * D;
    const real *dy = job->dy + at, *q = head->q + (size_t)block.i * head->stride;
    for (int r = 0; r < block.rows; r++)
        inner[r] = lanes_dot_of(dy + (size_t)r * C, job->saved_y + at + (size_t)r * C, (size_t)D);
    for (block.j = 0; block.j < end; block.j += KEYS) {
        const int rows = block.rows,
                  columns = block.columns = end - block.j < KEYS ? end - block.j : KEYS;
        const real *k = head->k + (size_t)block.j * head->stride,
                   *v = head->v + (size_t)block.j * head->stride;
        real *dq = job->dqkv + (q - job->qkv), *dk = job->dqkv + (k - job->qkv),
             *dv = job->dqkv + (v - job->qkv);
        attention_block_scores(p, &block);
        gemm_tile(dp, dy, v,
                  (GemmShape){.M = rows,
                              .N = columns,
                              .K = D,
                              .transpose_b = true,
                              .lda = C,
                              .ldb = wide,
                              .ldc = KEYS});
        attention_backward_rows(p, dp, inner, job, &block);
        gemm_tile(dv, p, dy,
                  (GemmShape){.M = columns,
                              .N = D,
                              .K = rows,
                              .transpose_a = true,
                              .add = true,
                              .lda = KEYS,
                              .ldb = C,
                              .ldc = wide});
        gemm_tile(dq, dp, k,
                  (GemmShape){.M = rows,
                              .N = D,
                              .K = columns,
                              .add = true,
                              .lda = KEYS,
                              .ldb = wide,
                              .ldc = wide});
        gemm_tile(dk, dp, q,
                  (GemmShape){.M = columns,
                              .N = D,
                              .K = rows,
                              .transpose_a = true,
                              .add = true,
                              .lda = KEYS,
                              .ldb = wide,
                              .ldc = wide});
    }
}

static void attention_backward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread, (void)end;
    const AttentionJob *job = context;
    AttentionBlock block = attention_sequence(job, begin);
    const int length = job->start[begin / job->H + 1] - block.first;
    for (; block.i < length; block.i += QUERIES) {
        block.rows = length - block.i < QUERIES ? length - block.i : QUERIES;
        attention_backward_queries(job, block);
    }
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
                        .N = N,
                        .C = C,
                        .H = H,
                        .mask_stride = attention_mask_stride(start, S)};
    parallel_for((size_t)S * H, 1, attention_backward_piece, &job);
}
