#include "model/encoder_decoder.h"

#include "model/block.h"
#include "model/embed.h"
#include "model/gpt.h"

static const SpecTable encoder_decoder_table = {"encoder-decoder", sizeof(GptSpec), gpt_fields,
                                                gpt_check};

static ModelShape encoder_decoder_shape(const void *spec)
{
    ModelShape shape = gpt_shape(spec);
    shape.n_layer *= 2;
    return shape;
}

/* --- tables --------------------------------------------------------------------------------- */

/* The work of one stack serves the other: the decoder's backward ends before the encoder's begins. Before it
 * stands the gradient of what the decoder looked at. */
enum { TOKEN_EMBEDDING, ENCODER_POSITIONS, DECODER_POSITIONS, N_EMBEDDINGS };
enum { D_SOURCE_STATES, N_OWN_WORK };

typedef struct Stacks {
    BlockStack encoder, decoder;
} Stacks;

static Stacks stacks_of(const void *value)
{
    const GptSpec *spec = value;
    Stacks stacks = {
        .encoder = {.spec = spec,
                    .mask = ATTENTION_BIDIRECTIONAL,
                    .weights = N_EMBEDDINGS,
                    .work = N_OWN_WORK},
        .decoder = {.spec = spec,
                    .mask = ATTENTION_CAUSAL,
                    .looks_at_source = true,
                    .layer = (int)spec->n_layer,
                    .work = N_OWN_WORK},
    };
    stacks.decoder.weights = N_EMBEDDINGS + block_n_weights(&stacks.encoder);
    stacks.decoder.activations = block_n_activations(&stacks.encoder);
    return stacks;
}

static bool encoder_decoder_weights(TensorTable *table, const void *value, int n_vocab, Error *err)
{
    const GptSpec *spec = value;
    const Stacks stacks = stacks_of(spec);
    const size_t C = (size_t)spec->n_channel, T = (size_t)spec->n_context;
    const unsigned flags = TENSOR_DECAY | TENSOR_INIT_NORMAL;
    return tensors_add(table, err, flags | TENSOR_BY_TOKEN, TENSOR_LAYER_EMBEDDING, 2,
                       (size_t)n_vocab, C, TENSORS_TOKEN_TABLE) >= 0 &&
           tensors_add(table, err, flags, TENSOR_LAYER_EMBEDDING, 2, T, C,
                       "encoder.position_embedding.weight") >= 0 &&
           tensors_add(table, err, flags, TENSOR_LAYER_EMBEDDING, 2, T, C,
                       "decoder.position_embedding.weight") >= 0 &&
           block_weights(table, &stacks.encoder, "encoder.", err) &&
           block_weights(table, &stacks.decoder, "decoder.", err);
}

static bool encoder_decoder_activations(TensorTable *table, const void *spec, int N, int S,
                                        Error *err)
{
    (void)S;
    const Stacks stacks = stacks_of(spec);
    return block_activations(table, &stacks.encoder, N, "encoder.", err) &&
           block_activations(table, &stacks.decoder, N, "decoder.", err);
}

static bool encoder_decoder_work(TensorTable *table, const void *value, int N, int S, Error *err)
{
    (void)S;
    const Stacks stacks = stacks_of(value);
    return tensors_add(table, err, 0, 0, 2, (size_t)N, (size_t)stacks.encoder.spec->n_channel,
                       "d_source_states") >= 0 &&
           block_work(table, &stacks.encoder, N, err);
}

/* --- passes --------------------------------------------------------------------------------- */

/* Both halves of a pass; `half` borrows from `stacks`. */
typedef struct Half {
    Embed embed;
    BlockPass blocks;
} Half;

static Half encoder_of(const ModelPass *pass, const Stacks *stacks)
{
    const Stream *source = &pass->batch->source;
    return (Half){
        .embed = {.pass = pass,
                  .stream = source,
                  .token_table = TOKEN_EMBEDDING,
                  .position_table = ENCODER_POSITIONS,
                  .dropout = stacks->encoder.spec->dropout},
        .blocks = {.pass = pass, .stack = &stacks->encoder, .stream = source},
    };
}

static Half decoder_of(const ModelPass *pass, const Stacks *stacks)
{
    const Stream *target = &pass->batch->target;
    const BlockPass encoder = encoder_of(pass, stacks).blocks;
    return (Half){
        .embed = {.pass = pass,
                  .stream = target,
                  .token_table = TOKEN_EMBEDDING,
                  .position_table = DECODER_POSITIONS,
                  .dropout = stacks->decoder.spec->dropout,
                  .site = 1},
        .blocks = {.pass = pass,
                   .stack = &stacks->decoder,
                   .stream = target,
                   .source = encoder.stream,
                   .source_states = block_states(&encoder)},
    };
}

static void half_forward(const Half *half)
{
    embed_forward(block_input(&half->blocks), &half->embed);
    block_forward(&half->blocks);
}

static void half_backward(const Half *half)
{
    block_backward(&half->blocks);
    embed_backward(block_spare(&half->blocks), block_state_gradients(&half->blocks), &half->embed);
}

static void encoder_decoder_forward(const ModelPass *pass)
{
    const Stacks stacks = stacks_of(pass->spec);
    const Half encoder = encoder_of(pass, &stacks), decoder = decoder_of(pass, &stacks);
    half_forward(&encoder);
    half_forward(&decoder);
}

static void encoder_decoder_backward(const ModelPass *pass)
{
    const Stacks stacks = stacks_of(pass->spec);
    const Memory *memory = &pass->kernels->memory;
    const Half encoder = encoder_of(pass, &stacks);
    Half decoder = decoder_of(pass, &stacks);
    const size_t n = (size_t)pass->batch->source.N * (size_t)stacks.encoder.spec->n_channel;
    real *d_source_states = pass->work + pass->work_table->items[D_SOURCE_STATES].offset;
    decoder.blocks.d_source_states = memory->clear(d_source_states, n);
    half_backward(&decoder);
    memory->copy(block_state_gradients(&encoder.blocks), d_source_states, n);
    half_backward(&encoder);
}

static real *encoder_decoder_states(const ModelPass *pass)
{
    const Stacks stacks = stacks_of(pass->spec);
    return block_states(&(BlockPass){.pass = pass, .stack = &stacks.decoder});
}

static real *encoder_decoder_state_gradients(const ModelPass *pass)
{
    const Stacks stacks = stacks_of(pass->spec);
    return block_state_gradients(&(BlockPass){.pass = pass, .stack = &stacks.decoder});
}

/* --- the row of the registry ---------------------------------------------------------------- */

/* Of T tokens in each stream. */
static double encoder_decoder_flops(const void *value, int T)
{
    const GptSpec *spec = value;
    const double tokens = T;
    return (double)spec->n_layer * (block_flops(spec, tokens, tokens * tokens) +
                                    block_flops(spec, tokens, tokens * (tokens + 1.0) / 2) +
                                    block_source_flops(spec, tokens, tokens));
}

static double encoder_decoder_steps(const void *value, int T)
{
    return 2.0 * gpt_steps(value, T);
}

const Architecture encoder_decoder = {
    .entry = {"encoder-decoder", "Transformer of two streams (Vaswani et al. 2017)",
              &encoder_decoder_table},
    .mask = ATTENTION_CAUSAL,
    .reads_source = true,
    .shape = encoder_decoder_shape,
    .weights = encoder_decoder_weights,
    .activations = encoder_decoder_activations,
    .work = encoder_decoder_work,
    .forward = encoder_decoder_forward,
    .backward = encoder_decoder_backward,
    .states = encoder_decoder_states,
    .state_gradients = encoder_decoder_state_gradients,
    .flops = encoder_decoder_flops,
    .steps = encoder_decoder_steps,
};
