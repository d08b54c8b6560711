/* The order of the tensors of a stack of blocks in its tables: block_tables.c builds them in it, block.c
 * finds by it. */
#ifndef MODEL_BLOCK_LAYOUT_H
#define MODEL_BLOCK_LAYOUT_H

/* clang-format off */

/* Weights of each block. */
enum BlockWeight {
    QKV_WEIGHT, QKV_BIAS, PROJECTION_WEIGHT, PROJECTION_BIAS, ATTENTION_NORM_GAIN, ATTENTION_NORM_BIAS,
    WIDEN_WEIGHT, WIDEN_BIAS, NARROW_WEIGHT, NARROW_BIAS, MLP_NORM_GAIN, MLP_NORM_BIAS,
    N_BLOCK_WEIGHTS
};

/* Activations, shared ones first: BRANCH is the output of a residual branch, used at once; TOP the
 * states that leave the last block. */
enum SharedActivation { BRANCH, TOP, N_SHARED_ACTIVATIONS };

/* Then those of each block, kept for backward: INPUT is the state that enters the block, a RESIDUAL the
 * sum that enters a layer norm, MIDDLE the state behind attention. */
enum BlockActivation {
    INPUT, QKV, LSE, ATTENDED, ATTENTION_RESIDUAL, ATTENTION_MEAN, ATTENTION_RSTD, MIDDLE,
    WIDE, WIDE_GELU, MLP_RESIDUAL, MLP_MEAN, MLP_RSTD,
    N_BLOCK_ACTIVATIONS
};

/* Work: gradients of activations, used again by every block. D_WIDE also serves as that of QKV. */
enum Work { D_STATE, D_SUM, D_BRANCH, D_WIDE, N_WORK };

/* clang-format on */

#endif
