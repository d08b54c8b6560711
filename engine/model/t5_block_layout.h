/* The order of the tensors of a stack of a t5 in its tables: t5_block_tables.c builds them in it, t5_block.c finds by
 * it. */
#ifndef MODEL_T5_BLOCK_LAYOUT_H
#define MODEL_T5_BLOCK_LAYOUT_H

/* clang-format off */

/* Relative positions: T5's buckets, and the distance from which on all are in the last. */
enum { BUCKETS = 32, DISTANCE = 128, BIASES = 2 * DISTANCE + 1 };

/* Weights: the table of a stack's buckets, its blocks, its last norm. Of a block those of a source come last, and a
 * block without one ends before them. Both kinds of attention have the same. */
enum AttentionWeight { NORM_GAIN, QUERY_WEIGHT, KEY_VALUE_WEIGHT, PROJECTION_WEIGHT, N_ATTENTION_WEIGHTS };
enum BlockWeight {
    OWN_WEIGHTS,
    MLP_NORM_GAIN = N_ATTENTION_WEIGHTS, WIDEN_WEIGHT, NARROW_WEIGHT,
    N_BLOCK_WEIGHTS,
    SOURCE_WEIGHTS = N_BLOCK_WEIGHTS,
    N_SOURCE_BLOCK_WEIGHTS = SOURCE_WEIGHTS + N_ATTENTION_WEIGHTS
};

/* Activations, shared ones first: BRANCH is the output of a residual branch, used at once; LAST the state
 * that leaves the last block, TOP the states behind the last norm. BIAS is not one of rows. */
enum SharedActivation { BRANCH, LAST, LAST_RSTD, TOP, N_SHARED_ROWS, BIAS = N_SHARED_ROWS, N_SHARED_ACTIVATIONS };

/* Then those of each block, kept for backward: INPUT is the state that enters the block, MIDDLE that behind its own
 * attention, SOURCE_MIDDLE that behind a look at the source. WIDE is behind ReLU and dropout. A source's KEY_VALUE
 * has a row for each of the source. */
enum AttentionActivation { RSTD, NORMED, QUERY, KEY_VALUE, LSE, ATTENDED, N_ATTENTION_ACTIVATIONS };
enum BlockActivation {
    INPUT, OWN_ACTIVATIONS,
    MIDDLE = OWN_ACTIVATIONS + N_ATTENTION_ACTIVATIONS, MLP_RSTD, MLP_NORMED, WIDE,
    N_BLOCK_ACTIVATIONS,
    SOURCE_ACTIVATIONS = N_BLOCK_ACTIVATIONS,
    SOURCE_MIDDLE = SOURCE_ACTIVATIONS + N_ATTENTION_ACTIVATIONS,
    N_SOURCE_BLOCK_ACTIVATIONS
};

/* Work: gradients of activations, used again by every block. D_WIDE also serves as that of KEY_VALUE, D_BRANCH as
 * that of QUERY. */
enum Work { D_STATE, D_SUM, D_BRANCH, D_WIDE, N_WORK_ROWS, D_BIAS = N_WORK_ROWS, N_WORK };

/* clang-format on */

#endif
