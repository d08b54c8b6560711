/* The decoder-only Transformer of the paper (GPT-1, sections 3.1 and 4.1): post-LN blocks, learned
 * positions, tied softmax, no final layer norm.
 *
 *   h = dropout(We[token] + Wp[position])
 *   n = LN1(h + dropout(attention(h)));   h = LN2(n + dropout(mlp(n)))
 *
 * Weights, in order (W [in,out], as the kernels multiply; block b is layer b + 1 of a transfer):
 *   token_embedding.weight [V,C]   position_embedding.weight [T,C]
 *   block.B.attention.qkv.weight [C,3C], .bias   block.B.attention.projection.weight [C,C], .bias
 *   block.B.attention_norm.gain, .bias
 *   block.B.mlp.widen.weight [C,4C], .bias       block.B.mlp.narrow.weight [4C,C], .bias
 *   block.B.mlp_norm.gain, .bias
 *
 * 116,534,784 parameters at the paper's size (40,478 tokens). */
#ifndef MODEL_GPT_H
#define MODEL_GPT_H

#include "model/architecture.h"
#include "model/gpt_spec.h"

extern const Architecture gpt;

/* What other architectures of the same blocks share with it; their contracts are Architecture's. */
enum { GPT_MAX_HEADS = 128 };
/* clang-format off */
#define GPT_FIELDS                                                                               \
    SPEC_INT(GptSpec, n_layer, SPEC_REQUIRED, 1, 128, "Transformer blocks"),                     \
    SPEC_INT(GptSpec, n_head, SPEC_REQUIRED, 1, GPT_MAX_HEADS,                                   \
             "attention heads; must divide n_channel"),                                          \
    SPEC_INT(GptSpec, n_channel, SPEC_REQUIRED, 1, 16384, "width of the states"),                \
    SPEC_INT(GptSpec, n_context, SPEC_REQUIRED, 2, 8192, "longest sequence, in tokens"),         \
    SPEC_REAL(GptSpec, dropout, 0.1, 0.0, 0.9,                                                   \
              "drop probability on embeddings and residual branches (GPT-1, section 4.1)",       \
              .share = true),                                                                    \
    SPEC_REAL(GptSpec, attention_dropout, 0.1, 0.0, 0.9,                                         \
              "drop probability on attention probabilities (GPT-1, section 4.1)", .share = true)
/* clang-format on */
extern const SpecField gpt_fields[];
void gpt_check(const void *spec, const SpecReader *reader, const char *json_path);
ModelShape gpt_shape(const void *spec);
bool gpt_weights(TensorTable *table, const void *spec, int n_vocab, Error *err) MUST_USE;
bool gpt_activations(TensorTable *table, const void *spec, int N, int S, Error *err) MUST_USE;
bool gpt_work(TensorTable *table, const void *spec, int N, int S, Error *err) MUST_USE;
void gpt_forward(const ModelPass *pass);
void gpt_backward(const ModelPass *pass);
real *gpt_states(const ModelPass *pass);
real *gpt_state_gradients(const ModelPass *pass);
double gpt_steps(const void *spec, int T);

/* Members of the row of an architecture that is embeddings and one stack of blocks: all but its entry, its
 * mask and its operations. */
/* clang-format off */
#define GPT_MEMBERS                                                                              \
    .shape = gpt_shape, .weights = gpt_weights, .activations = gpt_activations,                  \
    .work = gpt_work, .forward = gpt_forward, .backward = gpt_backward, .states = gpt_states,    \
    .state_gradients = gpt_state_gradients, .steps = gpt_steps
/* clang-format on */

#endif
