/* Post-LN Transformer blocks over one stream of a batch, as gpt, encoder and bert stack them
 * (Vaswani et al. 2017; GPT-1, section 3.1).
 *
 *   n = LN1(h + dropout(attention(h)))
 *   h = LN2(n + dropout(mlp(n)))
 *
 * Weights of a block, in order (W [in,out], as the kernels multiply):
 *   attention.qkv.weight [C,3C], .bias   attention.projection.weight [C,C], .bias
 *   attention_norm.gain, .bias
 *   mlp.widen.weight [C,4C], .bias       mlp.narrow.weight [4C,C], .bias        mlp_norm.gain, .bias */
#ifndef MODEL_BLOCK_H
#define MODEL_BLOCK_H

#include "model/architecture.h"
#include "model/gpt_spec.h"

/* What a stack's blocks are like, and which tensors are theirs. */
typedef struct BlockStack {
    const GptSpec *spec;
    AttentionMask mask; /* of the stream's attention to itself */
    real epsilon;       /* of the layer norms */
    int weights,
        activations; /* its first tensor in these tables; in that of work it is the first */
} BlockStack;

/* Adds its tensors at the end of a table, named "block.N."; how many there are before it is what the stack says.
 * N: the most rows of the stream. */
bool block_weights(TensorTable *table, const BlockStack *stack, Error *err) MUST_USE;
bool block_activations(TensorTable *table, const BlockStack *stack, int N, Error *err) MUST_USE;
bool block_work(TensorTable *table, const BlockStack *stack, int N, Error *err) MUST_USE;

/* One pass of a stack over a stream. */
typedef struct BlockPass {
    const ModelPass *pass;
    const BlockStack *stack;
    const Stream *stream;
} BlockPass;

/* All [N,C]: what enters the first block, which the caller fills before forward; the states that leave the
 * last; the gradient of these, which the caller fills before backward, which makes it that of what entered;
 * a place that is free between forward and backward of a stack, and behind both. */
real *block_input(const BlockPass *blocks);
real *block_states(const BlockPass *blocks);
real *block_state_gradients(const BlockPass *blocks);
real *block_spare(const BlockPass *blocks);

void block_forward(const BlockPass *blocks);
void block_backward(const BlockPass *blocks);

/* The form of GELU that a spec names. */
GeluForward *block_gelu_forward(const GptSpec *spec, const Kernels *kernels);
GeluBackward *block_gelu_backward(const GptSpec *spec, const Kernels *kernels);

/* Operations, forward, of one block over `rows` rows whose queries meet `pairs` keys in all. */
double block_flops(const GptSpec *spec, double rows, double pairs);

#endif
