#include "kernels/attention.h"
#include <string.h>
#include <tgmath.h>
#include "base/elementary.h"
#include "base/parallel.h"
#include "kernels/attention_block.h"
#include "kernels/attention_head.h"
#include "kernels/dropout_mask.h"
#include "kernels/lanes.h"
#include "kernels/wide.h"

/* A row's channels of a head become zeros: n rows from x on, a stride apart. */
static void attention_clear(real *x, size_t n, size_t stride, size_t D)
{
    for (size_t i = 0; i < n; i++) memset(x + i * stride, 0, D * sizeof *x);
}

double attention_scale(int D)
{
    return (double)(1 / sqrt((real)D));
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
static real attention_product(const AttentionHead *head, const real *a, const real *b)
{
    real sum = 0;
    for (size_t d = 0; d < head->D; d++)
        sum += head->products->operand(a[d]) * head->products->operand(b[d]);
    return sum;
}

/* y += factor x, of operands */
static void attention_add(const AttentionHead *head, real *y, real factor, const real *x)
{
    factor = head->products->operand(factor);
    for (size_t d = 0; d < head->D; d++) y[d] += factor * head->products->operand(x[d]);
}

/* Which bias query i and key j have. */
static ptrdiff_t attention_distance(const AttentionHead *head, size_t i, size_t j)
{
    return attention_head_reached(head, (ptrdiff_t)j - (ptrdiff_t)i);
}

static real attention_score(const AttentionHead *head, size_t i, size_t j)
{
    const real score = head->scale * attention_product(head, head->q + i * head->query_stride,
                                                       head->k + j * head->key_stride);
    return head->bias ? score + head->bias[attention_distance(head, i, j)] : score;
}

/* Scores are made again in each of three passes (maximum, sum, weighted values): no memory to keep
 * them in, and nothing to get wrong. */
static void attention_forward_row(real *y, real *lse, const AttentionHead *head, size_t i,
                                  double rate, RngKey key, size_t mask)
{
    const size_t shown = attention_head_shown(head, i);
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
            const AttentionHead head = attention_head(products, q, k, v, shape, s, h);
            const size_t first = (size_t)shape->query_start[s];
            for (size_t i = 0; i < head.n_queries; i++)
                attention_forward_row(y + (first + i) * C + h * head.D, lse + (first + i) * H + h,
                                      &head, i, shape->rate, shape->key, (h * N + first + i) * T);
        }
}

/* P = exp(s - lse), m the dropout factor:  dP = m dy v^T;  dS = P (dP - sum_j P dP), and that sum is
 * dy . y;  dq += scale dS k;  dk += scale dS^T q;  dv += (m P)^T dy;  dbias += dS, each at its distance */
static void attention_backward_row(real *dq, real *dk, real *dv, real *dbias, const real *dy,
                                   const real *y, real lse, const AttentionHead *head, size_t i,
                                   double rate, RngKey key, size_t mask)
{
    const real inner = attention_dot(dy, y, head->D);
    const size_t shown = attention_head_shown(head, i);
    for (size_t j = 0; j < shown; j++) {
        const size_t at = j * head->key_stride;
        const real p = exp(attention_score(head, i, j) - lse);
        const real m = dropout_mask_factor(rate, key, mask + j);
        const real dp = m * attention_product(head, dy, head->v + at) - inner;
        const real ds = head->scale * p * dp;
        if (dbias) dbias[attention_distance(head, i, j)] += p * dp;
        attention_add(head, dq, ds, head->k + at);
        attention_add(head, dk + at, ds, head->q + i * head->query_stride);
        attention_add(head, dv + at, m * p, dy);
    }
}

void attention_backward_plain(const Products *products, real *dq, real *dk, real *dv, real *dbias,
                              const real *dy, const real *q, const real *k, const real *v,
                              const real *y, const real *lse, const AttentionShape *shape)
{
    const size_t C = (size_t)shape->C, H = (size_t)shape->H, T = attention_mask_stride(shape);
    const size_t S = (size_t)shape->S, N = (size_t)shape->query_start[S];
    for (size_t s = 0; s < S; s++)
        for (size_t h = 0; h < H; h++) {
            const AttentionHead head = attention_head(products, q, k, v, shape, s, h);
            const size_t first = (size_t)shape->query_start[s];
            real *dq_head = dq + (head.q - q), *dk_head = dk + (head.k - k);
            real *dv_head = dv + (head.v - v);
            real *dbias_head = dbias ? dbias + attention_head_middle(shape, h) : NULL;
            attention_clear(dq_head, head.n_queries, head.query_stride, head.D);
            attention_clear(dk_head, head.n_keys, head.key_stride, head.D);
            attention_clear(dv_head, head.n_keys, head.key_stride, head.D);
            for (size_t i = 0; i < head.n_queries; i++) {
                const size_t row = first + i, at = row * C + h * head.D;
                attention_backward_row(dq_head + i * head.query_stride, dk_head, dv_head,
                                       dbias_head, dy + at, y + at, lse[row * H + h], &head, i,
                                       shape->rate, shape->key, (h * N + row) * T);
            }
        }
}

/* --- fast: blocks of scores on the stack, heads and sequences in parallel ------------------------ */

enum { QUERIES = ATTENTION_BLOCK_QUERIES, KEYS = ATTENTION_BLOCK_KEYS };

typedef struct AttentionJob {
    const Products *products;
    const AttentionShape *shape;
    const real *q, *k, *v;
    real *y, *lse;      /* forward */
    real *dq, *dk, *dv; /* backward */
    const real *dy, *saved_y, *saved_lse;
    /* Of each piece from first_piece on, as the header has it of each head; NULL: not wanted. */
    real *dbias;
    size_t first_piece;
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

static size_t attention_smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Dropout factors of row r of the block, up to its n-th key. */
static void attention_row_mask(real *factor, const AttentionJob *job, const AttentionBlock *block,
                               size_t r, size_t n)
{
    const size_t row = block->h * job->N + block->first + block->i + r;
    dropout_mask(factor, job->shape->rate, job->shape->key, row * job->mask_stride + block->j, n);
}

/* Calls `queries` for each block of queries of one head of one sequence. */
static void attention_each_block(const AttentionJob *job, size_t piece,
                                 void (*queries)(const AttentionJob *, AttentionBlock))
{
    const size_t s = piece / job->H, h = piece % job->H;
    AttentionBlock block = {
        .head = attention_head(job->products, job->q, job->k, job->v, job->shape, s, h),
        .dbias = job->dbias
                     ? job->dbias + attention_head_middle(job->shape, piece - job->first_piece)
                     : NULL,
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
    const real scale = attention_block_scale(block);
    real factor[KEYS];
    for (size_t r = 0; r < block->rows; r++, y += job->C, score += KEYS) {
        const size_t visible = attention_block_visible(block, r);
        const real before = top[r];
        const real sum = attention_soften(score, &top[r], scale, visible, block->columns);
        const real shrink = elementary_exp(before - top[r]);
        total[r] = total[r] * shrink + sum;
        if (block->j > 0)
            for (size_t d = 0; d < block->head.D; d++) y[d] *= shrink;
        if (job->shape->rate > 0) {
            attention_row_mask(factor, job, block, r, visible);
            for (size_t j = 0; j < visible; j++) score[j] *= factor[j];
        }
    }
}

/* All keys of one block of queries, with a running maximum and sum for each row. */
static void attention_forward_queries(const AttentionJob *job, AttentionBlock block)
{
    real score[ATTENTION_BLOCK_SCORES], top[QUERIES], total[QUERIES] = {0};
    const AttentionHead *head = &block.head;
    const size_t C = job->C, row = block.first + block.i;
    const size_t end = attention_head_shown(head, block.i + block.rows - 1);
    real *y = job->y + row * C + block.h * head->D;
    for (size_t r = 0; r < QUERIES; r++) top[r] = -INFINITY;
    for (block.j = 0; block.j < end; block.j += KEYS) {
        block.columns = attention_smaller(end - block.j, KEYS);
        attention_block_scores(score, &block);
        attention_forward_rows(y, top, total, score, job, &block);
        attention_block_take(y, C, block.j > 0, score, head->v + block.j * head->key_stride,
                             &block);
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

/* Scores p become m P and products dp = dy v^T become scale dS, row by row, zero where masked. */
WIDE static void attention_backward_rows(real *p, real *dp, const real *inner,
                                         const AttentionJob *job, const AttentionBlock *block)
{
    const real scale = block->head.scale, scale_left = attention_block_scale(block);
    real factor[KEYS];
    for (size_t j = 0; j < KEYS; j++) factor[j] = 1;
    for (size_t r = 0; r < block->rows; r++, p += KEYS, dp += KEYS) {
        const size_t visible = attention_block_visible(block, r);
        const real lse = job->saved_lse[(block->first + block->i + r) * job->H + block->h];
        if (job->shape->rate > 0) attention_row_mask(factor, job, block, r, visible);
        for (size_t j = 0; j < visible; j++) {
            const real probability = elementary_exp(scale_left * p[j] - lse);
            p[j] = factor[j] * probability;
            dp[j] = scale * probability * (factor[j] * dp[j] - inner[r]);
        }
        for (size_t j = visible; j < block->columns; j++) p[j] = dp[j] = 0;
    }
}

static void attention_backward_queries(const AttentionJob *job, AttentionBlock block)
{
    real p[ATTENTION_BLOCK_SCORES], dp[ATTENTION_BLOCK_SCORES], inner[QUERIES];
    const AttentionHead *head = &block.head;
    const size_t C = job->C, stride = head->query_stride;
    const size_t end = attention_head_shown(head, block.i + block.rows - 1);
    const size_t row_at = (block.first + block.i) * C + block.h * head->D;
    const real *dy = job->dy + row_at, *q = head->q + block.i * stride;
    real *dq = job->dq + (q - job->q);
    real *dk = job->dk + (head->k - job->k), *dv = job->dv + (head->v - job->v);
    for (size_t r = 0; r < block.rows; r++)
        inner[r] = lanes_dot_of(dy + r * C, job->saved_y + row_at + r * C, head->D);
    for (block.j = 0; block.j < end; block.j += KEYS) {
        block.columns = attention_smaller(end - block.j, KEYS);
        const size_t at = block.j * head->key_stride;
        attention_block_scores(p, &block);
        attention_block_meet(dp, dy, C, head->v + at, &block);
        attention_backward_rows(p, dp, inner, job, &block);
        if (block.dbias) attention_block_bias(dp, &block);
        attention_block_take(dq, stride, block.j > 0, dp, head->k + at, &block);
        attention_block_give(dk + at, dp, q, stride, &block);
        attention_block_give(dv + at, p, dy, C, &block);
    }
}

static void attention_backward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread, (void)end;
    const AttentionJob *job = context;
    const size_t piece = job->first_piece + begin;
    const AttentionHead head = attention_head(job->products, job->q, job->k, job->v, job->shape,
                                              piece / job->H, piece % job->H);
    attention_clear(job->dk + (head.k - job->k), head.n_keys, head.key_stride, head.D);
    attention_clear(job->dv + (head.v - job->v), head.n_keys, head.key_stride, head.D);
    attention_each_block(job, piece, attention_backward_queries);
}

/* The sums of each sequence and head for itself, as many of them at a time as there is room for; then they are
 * added, sequence by sequence. */
static void attention_backward_biased(AttentionJob job, real *dbias, size_t n_pieces)
{
    real sums[ATTENTION_MOST_BIASES];
    const size_t width = 2 * (size_t)job.shape->bias_reach + 1,
                 room = ATTENTION_MOST_BIASES / width;
    job.dbias = sums;
    for (; job.first_piece < n_pieces; job.first_piece += room) {
        const size_t n = attention_smaller(n_pieces - job.first_piece, room);
        memset(sums, 0, n * width * sizeof *sums);
        parallel_for(n, 1, attention_backward_piece, &job);
        for (size_t i = 0; i < n; i++) {
            real *of_head = dbias + (job.first_piece + i) % job.H * width;
            for (size_t d = 0; d < width; d++) of_head[d] += sums[i * width + d];
        }
    }
}

void attention_backward_fast(const Products *products, real *dq, real *dk, real *dv, real *dbias,
                             const real *dy, const real *q, const real *k, const real *v,
                             const real *y, const real *lse, const AttentionShape *shape)
{
    AttentionJob job = attention_job(products, q, k, v, shape);
    const size_t n_pieces = (size_t)shape->S * job.H;
    job.dq = dq;
    job.dk = dk;
    job.dv = dv;
    job.dy = dy;
    job.saved_y = y;
    job.saved_lse = lse;
    if (dbias) attention_backward_biased(job, dbias, n_pieces);
    else parallel_for(n_pieces, 1, attention_backward_piece, &job);
}
