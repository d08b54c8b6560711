/* One stack of a t5 over a stream of a batch (Raffel et al. 2020, section 2.1): pre-norm blocks without a single bias,
 * and a norm behind the last.
 *
 *   h = h + dropout(attention(norm(h)))                 scores: q k + b[bucket of j - i], without a factor
 *   h = h + dropout(attention(norm(h), source))         of a decoder; scores: q k
 *   h = h + dropout(dropout(relu(norm(h) W)) W')
 *   states = dropout(norm(h))                           behind the last block
 *
 * norm(x) = gain x / sqrt(mean(x^2) + 1e-6). An encoder's attention sees the whole sequence, and its 32 buckets tell
 * both ways apart; a decoder's sees what is before. One table of buckets serves all blocks of a stack.
 *
 * Weights of a stack, in order (W [in,out], as the kernels multiply)
 *   relative_position.weight [32,H]
 *   block.B.attention_norm.gain [C]
 *   block.B.attention.query.weight [C,C]       .key_value.weight [C,2C]     .projection.weight [C,C]
 *   block.B.mlp_norm.gain [C]
 *   block.B.mlp.widen.weight [C,4C]            block.B.mlp.narrow.weight [4C,C]
 *   block.B.source_norm.gain, block.B.source.*                             of a decoder, as those of attention
 *   final_norm.gain [C] */
#ifndef MODEL_T5_BLOCK_H
#define MODEL_T5_BLOCK_H

#include "model/architecture.h"
#include "model/t5_spec.h"

/* Which stack, and which tensors are its own. */
typedef struct T5Stack {
    const T5Spec *spec;
    bool is_decoder;                /* causal, and its blocks look at a source */
    int layer;                      /* number in the model of its first block, from 0 */
    int weights, activations, work; /* its first tensor in each table */
} T5Stack;

/* Adds its tensors at the end of a table, named behind the prefix; how many there are before it is what the
 * stack says. N: the most rows of any stream. */
bool t5_block_weights(TensorTable *table, const T5Stack *stack, const char *prefix,
                      Error *err) MUST_USE;
bool t5_block_activations(TensorTable *table, const T5Stack *stack, int N, const char *prefix,
                          Error *err) MUST_USE;
bool t5_block_work(TensorTable *table, const T5Stack *stack, int N, Error *err) MUST_USE;

/* How many these are. */
int t5_block_n_weights(const T5Stack *stack);
int t5_block_n_activations(const T5Stack *stack);

/* One pass of a stack over a stream. */
typedef struct T5Pass {
    const ModelPass *pass;
    const T5Stack *stack;
    const Stream *stream;
    int final_site; /* of the dropout behind the last norm */
    /* What a decoder looks at; backward ADDS to the gradient. */
    const Stream *source;
    const real *source_states; /* [M,C] */
    real *d_source_states;
} T5Pass;

/* All [N,C]: what enters the first block, which the caller fills before forward; the states; the gradient of
 * these, which the caller fills before backward, which makes it that of what entered; a place that is free
 * between forward and backward of a stack, and behind both. */
real *t5_block_input(const T5Pass *blocks);
real *t5_block_states(const T5Pass *blocks);
real *t5_block_state_gradients(const T5Pass *blocks);
real *t5_block_spare(const T5Pass *blocks);

void t5_block_forward(const T5Pass *blocks);
void t5_block_backward(const T5Pass *blocks);

/* Operations, forward, of one block over `rows` rows whose queries meet `pairs` keys in all; and what looking
 * at a source of so many rows adds. */
double t5_block_flops(const T5Spec *spec, double rows, double pairs);
double t5_block_source_flops(const T5Spec *spec, double rows, double source_rows);

#endif
