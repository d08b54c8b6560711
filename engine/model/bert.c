#include "model/bert.h"

#include "model/bert_pooler.h"
#include "model/bert_readout.h"
#include "model/bert_spec.h"
#include "model/block.h"
#include "model/embed.h"
#include "model/encoder.h"
#include "model/gpt.h"

/* --- spec ----------------------------------------------------------------------------------- */

static const char *const gelu_words[] = {"tanh", "erf", NULL}; /* in the order of GptGelu */

static const SpecField bert_fields[] = {
    GPT_FIELDS,
    SPEC_CHOICE(
        GptSpec, gelu, gelu_words, GPT_GELU_ERF,
        "GELU by the error function, or its approximation by tanh, as later releases of BERT"),
    SPEC_END,
};
static const SpecTable bert_table = {"bert", sizeof(GptSpec), bert_fields, gpt_check};

/* --- tables --------------------------------------------------------------------------------- */

enum { TOKEN_EMBEDDING, POSITION_EMBEDDING, SEGMENT_EMBEDDING, NORM_GAIN, NORM_BIAS, N_WEIGHTS };
enum { EMBEDDING_SUM, NORM_MEAN, NORM_RSTD, N_ACTIVATIONS };
enum { EMBEDDING = TENSOR_DECAY | TENSOR_INIT_NORMAL };

static BlockStack stack_of(const void *spec)
{
    return (BlockStack){.spec = spec,
                        .mask = ATTENTION_BIDIRECTIONAL,
                        .epsilon = BERT_EPSILON,
                        .weights = N_WEIGHTS,
                        .activations = N_ACTIVATIONS};
}

static bool bert_weights(TensorTable *table, const void *value, int n_vocab, Error *err)
{
    const GptSpec *spec = value;
    const size_t C = (size_t)spec->n_channel, T = (size_t)spec->n_context;
    const BlockStack stack = stack_of(spec);
    return tensors_add(table, err, EMBEDDING | TENSOR_BY_TOKEN, TENSOR_LAYER_EMBEDDING, 2,
                       (size_t)n_vocab, C, TENSORS_TOKEN_TABLE) >= 0 &&
           tensors_add(table, err, EMBEDDING, TENSOR_LAYER_EMBEDDING, 2, T, C,
                       "position_embedding.weight") >= 0 &&
           tensors_add(table, err, EMBEDDING, TENSOR_LAYER_EMBEDDING, 2, BERT_SEGMENTS, C,
                       "segment_embedding.weight") >= 0 &&
           tensors_add(table, err, TENSOR_INIT_ONE, TENSOR_LAYER_EMBEDDING, 1, C, 1,
                       "embedding_norm.gain") >= 0 &&
           tensors_add(table, err, 0, TENSOR_LAYER_EMBEDDING, 1, C, 1, "embedding_norm.bias") >=
               0 &&
           block_weights(table, &stack, err);
}

static bool bert_activations(TensorTable *table, const void *value, int N, int S, Error *err)
{
    (void)S;
    const GptSpec *spec = value;
    const size_t rows = (size_t)N;
    const BlockStack stack = stack_of(spec);
    return tensors_add(table, err, 0, 0, 2, rows, (size_t)spec->n_channel, "embedding_sum") >= 0 &&
           tensors_add(table, err, 0, 0, 1, rows, 1, "embedding_mean") >= 0 &&
           tensors_add(table, err, 0, 0, 1, rows, 1, "embedding_rstd") >= 0 &&
           block_activations(table, &stack, N, err);
}

/* --- passes --------------------------------------------------------------------------------- */

/* Dropout comes behind the layer norm, not here. */
static Embed embed_of(const ModelPass *pass)
{
    return (Embed){.pass = pass,
                   .stream = &pass->batch->target,
                   .token_table = TOKEN_EMBEDDING,
                   .position_table = POSITION_EMBEDDING,
                   .segment_table = SEGMENT_EMBEDDING};
}

static real *activation(const ModelPass *pass, int i)
{
    return pass->activations + pass->activations_table->items[i].offset;
}

static const real *weight(const ModelPass *pass, int i)
{
    return pass->weights + pass->weights_table->items[i].offset;
}

static real *gradient(const ModelPass *pass, int i)
{
    return pass->gradients + pass->weights_table->items[i].offset;
}

static double rate_of(const ModelPass *pass)
{
    return pass->training ? ((const GptSpec *)pass->spec)->dropout : 0.0;
}

static size_t size_of_states(const ModelPass *pass)
{
    return (size_t)pass->batch->target.N * (size_t)((const GptSpec *)pass->spec)->n_channel;
}

static void bert_forward(const ModelPass *pass)
{
    const Kernels *kernels = pass->kernels;
    const BlockStack stack = stack_of(pass->spec);
    const BlockPass blocks = {.pass = pass, .stack = &stack, .stream = &pass->batch->target};
    const Embed embed = embed_of(pass);
    const int C = (int)stack.spec->n_channel;
    real *sum = activation(pass, EMBEDDING_SUM), *input = block_input(&blocks);
    embed_forward(sum, &embed);
    kernels->layernorm_forward(input, activation(pass, NORM_MEAN), activation(pass, NORM_RSTD), sum,
                               weight(pass, NORM_GAIN), weight(pass, NORM_BIAS),
                               pass->batch->target.N, C, BERT_EPSILON);
    kernels->dropout_forward(input, input, rate_of(pass), rng_key_site(pass->dropout_key, 0),
                             size_of_states(pass));
    block_forward(&blocks);
}

static void bert_backward(const ModelPass *pass)
{
    const Kernels *kernels = pass->kernels;
    const BlockStack stack = stack_of(pass->spec);
    const BlockPass blocks = {.pass = pass, .stack = &stack, .stream = &pass->batch->target};
    const Embed embed = embed_of(pass);
    const int C = (int)stack.spec->n_channel;
    real *d_input = block_state_gradients(&blocks);
    block_backward(&blocks);
    kernels->dropout_backward(d_input, d_input, rate_of(pass), rng_key_site(pass->dropout_key, 0),
                              size_of_states(pass));
    kernels->layernorm_backward(d_input, gradient(pass, NORM_GAIN), gradient(pass, NORM_BIAS),
                                d_input, activation(pass, EMBEDDING_SUM), weight(pass, NORM_GAIN),
                                activation(pass, NORM_MEAN), activation(pass, NORM_RSTD),
                                pass->batch->target.N, C);
    embed_backward(block_spare(&blocks), d_input, &embed);
}

static real *bert_states(const ModelPass *pass)
{
    const BlockStack stack = stack_of(pass->spec);
    return block_states(&(BlockPass){.pass = pass, .stack = &stack});
}

/* --- the row of the registry ---------------------------------------------------------------- */

const Architecture bert = {
    .entry = {"bert", "bidirectional encoder (Devlin et al. 2019)", &bert_table},
    .mask = ATTENTION_BIDIRECTIONAL,
    .n_segment = BERT_SEGMENTS,
    .readout = &bert_readout,
    .pooler = &bert_pooler,
    .shape = gpt_shape,
    .weights = bert_weights,
    .activations = bert_activations,
    .work = gpt_work,
    .forward = bert_forward,
    .backward = bert_backward,
    .states = bert_states,
    .state_gradients = gpt_state_gradients,
    .flops = encoder_flops,
    .steps = gpt_steps,
};
