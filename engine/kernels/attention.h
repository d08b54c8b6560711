/* Multi-head attention over packed sequences (Vaswani et al. 2017; GPT-1, section 3.1), with T5's bias by relative
 * position where there is one (Raffel et al. 2020, section 2.1).
 *
 * Queries and keys are two streams of rows, each with its own offsets; sequence s of the queries looks at
 * sequence s of the keys and at no other. In self-attention both streams are the same rows; in
 * cross-attention the keys and values come from another one.
 *
 * Within each sequence and head:  P = softmax(scale Q K^T + bias) over the keys that the mask shows;
 *                                 y = dropout(P) V
 *
 * D is C/H. The scale is attention_scale(D), and T5's is 1. To the score of query i and key j of head h, both
 * counted within their sequences, is added  bias[h][clamp(j - i, -bias_reach, bias_reach) + bias_reach].
 *
 * Blocks of queries and keys are processed with a running softmax; the matrix of scores is never stored.
 * Backward rebuilds P from the saved log-sum-exp.
 *
 * Shapes  q, dq [N,C], rows query_stride apart; k, v, dk, dv [M,C], rows key_stride apart; heads side by
 *         side within a row; y, dy [N,C]; lse [N,H], the log of the softmax denominator with scale and
 *         bias folded in; bias, dbias [H, 2 * bias_reach + 1]; rows of sequence s are
 *         start[s]..start[s+1] of its stream, start[0] = 0, query_start[S] = N, key_start[S] = M
 * Dropout value (query row i of the batch, key position j within its sequence, head h) has index
 *         ((h * N + i) * T + j) of stream `key`, T the longest sequence of keys rounded up to 8, with the
 *         rule of kernels/dropout.h
 * Writes  forward overwrites y, lse; backward overwrites dq, dk, dv and ADDS to dbias (NULL: not wanted)
 * Order   in which the fast backward adds to a value of dbias: in a block of 64 queries and 128 keys query by
 *         query; the sums of a sequence's blocks keys first, then queries; those of sequences one by one
 * Saved   backward needs the q, k, v, y and lse of the forward call
 * Needs   H divides C; scale > 0; a sequence with queries has a key at least, with a causal mask as many as
 *         queries; dq, dk, dv do not overlap, though they may lie side by side in one row; dbias is NULL
 *         where bias is, and 2 * bias_reach + 1 <= ATTENTION_MOST_BIASES */
#ifndef KERNELS_ATTENTION_H
#define KERNELS_ATTENTION_H

#include "kernels/attention_shape.h"
#include "kernels/gemm.h"

enum { ATTENTION_MOST_BIASES = 32768 }; /* of a head: backward keeps that many sums on its stack */

double attention_scale(int D); /* 1 / sqrt(D), rounded as a real is */

typedef void AttentionForward(const Products *products, real *y, real *lse, const real *q,
                              const real *k, const real *v, const AttentionShape *shape);
typedef void AttentionBackward(const Products *products, real *dq, real *dk, real *dv, real *dbias,
                               const real *dy, const real *q, const real *k, const real *v,
                               const real *y, const real *lse, const AttentionShape *shape);

AttentionForward attention_forward_plain, attention_forward_fast;
AttentionBackward attention_backward_plain, attention_backward_fast;

#endif
