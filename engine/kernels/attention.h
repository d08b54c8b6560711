/* Causal multi-head self-attention over packed sequences (Vaswani et al. 2017; GPT-1, section 3.1).
 *
 * Within each sequence and head:  P = softmax(Q K^T / sqrt(D)) over keys j <= i;  y = dropout(P) V
 *
 * Blocks of queries and keys are processed with a running softmax; the T x T matrix is never stored.
 * Backward rebuilds P from the saved log-sum-exp.
 *
 * Shapes  qkv, dqkv [N,3C] (query, key, value parts, heads side by side within each); y, dy [N,C];
 *         lse [N,H], the log of the softmax denominator with the scale folded in;
 *         start [S+1], rows of sequence s are start[s]..start[s+1], start[0] = 0, start[S] = N
 * Dropout value (query row i of the batch, key position j within its sequence, head h) has index
 *         ((h * N + i) * T + j) of stream `key`, T the longest sequence rounded up to 8, with the rule
 *         of kernels/dropout.h
 * Writes  forward overwrites y, lse; backward ADDS to dqkv
 * Saved   backward needs the qkv, y and lse of the forward call
 * Needs   H divides C */
#ifndef KERNELS_ATTENTION_H
#define KERNELS_ATTENTION_H

#include "base/real.h"
#include "base/rng.h"

typedef void AttentionForward(real *y, real *lse, const real *qkv, const int *start, double rate,
                              RngKey key, int N, int S, int C, int H);
typedef void AttentionBackward(real *dqkv, const real *dy, const real *qkv, const real *y,
                               const real *lse, const int *start, double rate, RngKey key, int N,
                               int S, int C, int H);

AttentionForward attention_forward_plain, attention_forward_fast;
AttentionBackward attention_backward_plain, attention_backward_fast;

#endif
