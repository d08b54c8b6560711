/* The order of the tensors in gpt's tables: gpt.c builds the tables in it, gpt_pass.c finds by it. */
#ifndef MODEL_GPT_LAYOUT_H
#define MODEL_GPT_LAYOUT_H

/* clang-format off */

/* Weights: the embeddings, then those of each block. */
enum { TOKEN_EMBEDDING, POSITION_EMBEDDING, N_EMBEDDINGS };
enum BlockWeight {
    QKV_WEIGHT, QKV_BIAS, PROJECTION_WEIGHT, PROJECTION_BIAS, ATTENTION_NORM_GAIN, ATTENTION_NORM_BIAS,
    WIDEN_WEIGHT, WIDEN_BIAS, NARROW_WEIGHT, NARROW_BIAS, MLP_NORM_GAIN, MLP_NORM_BIAS,
    N_BLOCK_WEIGHTS
};

/* Activations, shared ones first: BRANCH is the output of a residual branch, used at once; TOP the
 * states that leave the last block. */
enum SharedActivation { BRANCH, TOP, N_SHARED_ACTIVATIONS };

/* Then those of each block, kept for backward: INPUT is the state that enters the block, a RESIDUAL the
 * sum that enters a layer norm, MIDDLE the state between attention and mlp. */
enum BlockActivation {
    INPUT, QKV, LSE, ATTENDED, ATTENTION_RESIDUAL, ATTENTION_MEAN, ATTENTION_RSTD, MIDDLE,
    WIDE, WIDE_GELU, MLP_RESIDUAL, MLP_MEAN, MLP_RSTD,
    N_BLOCK_ACTIVATIONS
};

/* Work: gradients of activations, used again by every block. D_WIDE_GELU also serves as that of QKV. */
enum Work { D_STATE, D_SUM, D_BRANCH, D_WIDE, D_WIDE_GELU, N_WORK };

/* clang-format on */

#endif
