/* Scores of a block of queries and a block of keys, of one head of one sequence: the products that make and use
 * them, and the bias of their distances. The walk over blocks, with its running softmax, is attention.c's.
 *
 * A block's scores, and what has their shape, lie on the stack of who walks: [ATTENTION_BLOCK_QUERIES,
 * ATTENTION_BLOCK_KEYS], of which `rows` and `columns` are used. */
#ifndef KERNELS_ATTENTION_BLOCK_H
#define KERNELS_ATTENTION_BLOCK_H

#include <stdbool.h>
#include "kernels/attention_head.h"

/* KEYS is a multiple of QUERIES and of DROPOUT_MASK_STEP. */
enum { ATTENTION_BLOCK_QUERIES = 64 };
enum { ATTENTION_BLOCK_KEYS = 128 };
enum { ATTENTION_BLOCK_SCORES = ATTENTION_BLOCK_QUERIES * ATTENTION_BLOCK_KEYS };

/* Queries i..i+rows, keys j..j+columns, counted within the sequence. */
typedef struct AttentionBlock {
    AttentionHead head;
    real *dbias;     /* the gradient of head.bias, as that; NULL: not wanted */
    size_t h, first; /* which head; the sequence's first query in the batch */
    size_t i, j, rows, columns;
} AttentionBlock;

/* Keys that query r of the block is shown, among the block's columns: one at least, because with a
 * causal mask a block of keys begins where a block of queries does. */
static inline size_t attention_block_visible(const AttentionBlock *block, size_t r)
{
    const size_t shown = attention_head_shown(&block->head, block->i + r) - block->j;
    return shown < block->columns ? shown : block->columns;
}

/* score = q k^T, times the scale and with the bias added where there is one: then attention_block_scale, by which
 * scores are still to be multiplied, is 1. */
void attention_block_scores(real *score, const AttentionBlock *block);
static inline real attention_block_scale(const AttentionBlock *block)
{
    return block->head.bias ? 1 : block->head.scale;
}

/* score = a b^T, a with a row for each query and b with one for each key, which is key_stride from the next. */
void attention_block_meet(real *score, const real *a, size_t stride_a, const real *b,
                          const AttentionBlock *block);

/* c += score b: what queries take from keys or values; add == false overwrites. */
void attention_block_take(real *c, size_t stride_c, bool add, const real *score, const real *b,
                          const AttentionBlock *block);

/* c += score^T a: what keys or values are given by queries or outputs. */
void attention_block_give(real *c, const real *score, const real *a, size_t stride_a,
                          const AttentionBlock *block);

/* Adds to dbias what ds says, the gradient of the scores times the scale, 0 where they are masked: first the rows of
 * the block onto each other for each distance, then these. */
void attention_block_bias(const real *ds, const AttentionBlock *block);

#endif
