/* What attention is over: kernels/attention.h says what the letters and the bias are. */
#ifndef KERNELS_ATTENTION_SHAPE_H
#define KERNELS_ATTENTION_SHAPE_H

#include "base/real.h"
#include "base/rng.h"

typedef enum AttentionMask {
    ATTENTION_CAUSAL,        /* query i sees the keys 0..i of its sequence */
    ATTENTION_BIDIRECTIONAL, /* every query sees all keys of its sequence */
} AttentionMask;

typedef struct AttentionShape {
    int S, C, H;
    const int *query_start, *key_start; /* [S+1] */
    int query_stride, key_stride;       /* reals from row to row */
    AttentionMask mask;
    double scale;
    const real *bias; /* NULL: none */
    int bias_reach;
    double rate; /* of dropout */
    RngKey key;
} AttentionShape;

#endif
