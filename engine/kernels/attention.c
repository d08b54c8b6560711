#include "kernels/attention.h"
#include <stddef.h>
#include <tgmath.h>
#include "kernels/dropout.h"

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
    return (Head){.q = q,
                  .k = q + C,
                  .v = q + 2 * C,
                  .stride = 3 * C,
                  .D = D,
                  .scale = 1 / sqrt((real)D)};
}

static real attention_score(const Head *head, size_t i, size_t j)
{
    return head->scale * attention_dot(head->q + i * head->stride, head->k + j * head->stride, head->D);
}

/* Scores are made again in each of three passes (maximum, sum, weighted values): no memory to keep
 * them in, and nothing to get wrong. */
static void attention_forward_row(real *y, real *lse, const Head *head, size_t i, double rate, RngKey key,
                                  size_t mask)
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

void attention_forward_plain(real *y, real *lse, const real *qkv, const int *start, double rate, RngKey key,
                             int N, int S, int C, int H)
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
static void attention_backward_row(real *dq, real *dk, real *dv, const real *dy, const real *y, real lse,
                                   const Head *head, size_t i, double rate, RngKey key, size_t mask)
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

void attention_backward_plain(real *dqkv, const real *dy, const real *qkv, const real *y, const real *lse,
                              const int *start, double rate, RngKey key, int N, int S, int C, int H)
{
    size_t T = attention_mask_stride(start, S);
    for (int s = 0; s < S; s++)
        for (int h = 0; h < H; h++) {
            Head head = attention_head(qkv, start[s], h, C, H);
            real *dq = dqkv + (head.q - qkv), *dk = dqkv + (head.k - qkv), *dv = dqkv + (head.v - qkv);
            for (int row = start[s]; row < start[s + 1]; row++) {
                size_t at = (size_t)row * C + (size_t)(h * head.D), i = (size_t)(row - start[s]);
                attention_backward_row(dq + i * head.stride, dk, dv, dy + at, y + at,
                                       lse[(size_t)row * H + h], &head, i, rate, key,
                                       ((size_t)h * (size_t)N + (size_t)row) * T);
            }
        }
}
