#include "model/t5.h"

#include <math.h>

#include "model/embed.h"
#include "model/gpt.h"
#include "model/t5_block.h"

/* --- spec ----------------------------------------------------------------------------------- */

static const SpecField t5_fields[] = {
    SPEC_INT(T5Spec, n_layer, SPEC_REQUIRED, 1, 128,
             "Transformer blocks of each stack, encoder and decoder"),
    SPEC_INT(T5Spec, n_head, SPEC_REQUIRED, 1, 128, "attention heads; must divide n_channel"),
    SPEC_INT(T5Spec, n_channel, SPEC_REQUIRED, 1, 16384, "width of the states"),
    SPEC_INT(T5Spec, n_context, SPEC_REQUIRED, 2, 8192, "longest sequence, in tokens"),
    SPEC_REAL(
        T5Spec, dropout, 0.1, 0.0, 0.9,
        "drop probability everywhere, attention probabilities too (T5, sections 2.1 and 3.1.1)",
        .share = true),
    SPEC_END,
};

static void t5_check(const void *value, const SpecReader *reader, const char *json_path)
{
    const T5Spec *spec = value;
    gpt_check(&(GptSpec){.n_head = spec->n_head, .n_channel = spec->n_channel}, reader, json_path);
}

static const SpecTable t5_table = {"t5", sizeof(T5Spec), t5_fields, t5_check};

static ModelShape t5_shape(const void *value)
{
    const T5Spec *spec = value;
    return (ModelShape){.n_channel = (int)spec->n_channel,
                        .n_context = (int)spec->n_context,
                        .n_layer = 2 * (int)spec->n_layer};
}

/* --- tables --------------------------------------------------------------------------------- */

/* The work of one stack serves the other: the decoder's backward ends before the encoder's begins. Before it
 * stands the gradient of what the decoder looked at. */
enum { TOKEN_EMBEDDING, N_EMBEDDINGS };
enum { D_SOURCE_STATES, N_OWN_WORK };

typedef struct Stacks {
    T5Stack encoder, decoder;
} Stacks;

static Stacks stacks_of(const void *value)
{
    const T5Spec *spec = value;
    Stacks stacks = {
        .encoder = {.spec = spec, .weights = N_EMBEDDINGS, .work = N_OWN_WORK},
        .decoder = {.spec = spec,
                    .is_decoder = true,
                    .layer = (int)spec->n_layer,
                    .work = N_OWN_WORK},
    };
    stacks.decoder.weights = N_EMBEDDINGS + t5_block_n_weights(&stacks.encoder);
    stacks.decoder.activations = t5_block_n_activations(&stacks.encoder);
    return stacks;
}

static bool t5_weights(TensorTable *table, const void *value, int n_vocab, Error *err)
{
    const T5Spec *spec = value;
    const Stacks stacks = stacks_of(spec);
    const int tokens = tensors_add(table, err, TENSOR_DECAY | TENSOR_INIT_NORMAL | TENSOR_BY_TOKEN,
                                   TENSOR_LAYER_EMBEDDING, 2, (size_t)n_vocab,
                                   (size_t)spec->n_channel, TENSORS_TOKEN_TABLE);
    if (tokens < 0) return false;
    table->items[tokens].deviation = 1.0;
    return t5_block_weights(table, &stacks.encoder, "encoder.", err) &&
           t5_block_weights(table, &stacks.decoder, "decoder.", err);
}

static bool t5_activations(TensorTable *table, const void *spec, int N, int S, Error *err)
{
    (void)S;
    const Stacks stacks = stacks_of(spec);
    return t5_block_activations(table, &stacks.encoder, N, "encoder.", err) &&
           t5_block_activations(table, &stacks.decoder, N, "decoder.", err);
}

static bool t5_work(TensorTable *table, const void *value, int N, int S, Error *err)
{
    (void)S;
    const Stacks stacks = stacks_of(value);
    return tensors_add(table, err, 0, 0, 2, (size_t)N, (size_t)stacks.encoder.spec->n_channel,
                       "d_source_states") >= 0 &&
           t5_block_work(table, &stacks.encoder, N, err);
}

/* --- passes: in the order of the paper's formula ---------------------------------------------- */

/* Sites of dropout outside of blocks. */
enum { ON_SOURCE_EMBEDDING, ON_EMBEDDING, ON_SOURCE_STATES, ON_STATES };

/* Half of a pass; it borrows from the stacks. */
typedef struct Half {
    Embed embed;
    T5Pass blocks;
} Half;

static Half encoder_of(const ModelPass *pass, const Stacks *stacks)
{
    const Stream *source = &pass->batch->source;
    return (Half){
        .embed = {.pass = pass,
                  .stream = source,
                  .token_table = TOKEN_EMBEDDING,
                  .position_table = -1,
                  .segment_table = -1,
                  .dropout = stacks->encoder.spec->dropout,
                  .site = ON_SOURCE_EMBEDDING},
        .blocks = {.pass = pass,
                   .stack = &stacks->encoder,
                   .stream = source,
                   .final_site = ON_SOURCE_STATES},
    };
}

static Half decoder_of(const ModelPass *pass, const Stacks *stacks)
{
    const Stream *target = &pass->batch->target;
    const T5Pass encoder = encoder_of(pass, stacks).blocks;
    return (Half){
        .embed = {.pass = pass,
                  .stream = target,
                  .token_table = TOKEN_EMBEDDING,
                  .position_table = -1,
                  .segment_table = -1,
                  .dropout = stacks->decoder.spec->dropout,
                  .site = ON_EMBEDDING},
        .blocks = {.pass = pass,
                   .stack = &stacks->decoder,
                   .stream = target,
                   .final_site = ON_STATES,
                   .source = encoder.stream,
                   .source_states = t5_block_states(&encoder)},
    };
}

static void half_forward(const Half *half)
{
    embed_forward(t5_block_input(&half->blocks), &half->embed);
    t5_block_forward(&half->blocks);
}

static void half_backward(const Half *half)
{
    t5_block_backward(&half->blocks);
    embed_backward(t5_block_spare(&half->blocks), t5_block_state_gradients(&half->blocks),
                   &half->embed);
}

/* From a decoder's output to the states, and from the gradient of these to that of the output. */
static void scale(const ModelPass *pass, real *states)
{
    const size_t C = (size_t)((const T5Spec *)pass->spec)->n_channel;
    pass->kernels->scale(states, (real)(1 / sqrt((double)C)), (size_t)pass->batch->target.N * C);
}

static void t5_forward(const ModelPass *pass)
{
    const Stacks stacks = stacks_of(pass->spec);
    const Half encoder = encoder_of(pass, &stacks), decoder = decoder_of(pass, &stacks);
    half_forward(&encoder);
    half_forward(&decoder);
    scale(pass, t5_block_states(&decoder.blocks));
}

static void t5_backward(const ModelPass *pass)
{
    const Stacks stacks = stacks_of(pass->spec);
    const Memory *memory = &pass->kernels->memory;
    const Half encoder = encoder_of(pass, &stacks);
    Half decoder = decoder_of(pass, &stacks);
    const size_t n = (size_t)pass->batch->source.N * (size_t)stacks.encoder.spec->n_channel;
    real *d_source_states = pass->work + pass->work_table->items[D_SOURCE_STATES].offset;
    decoder.blocks.d_source_states = memory->clear(d_source_states, n);
    scale(pass, t5_block_state_gradients(&decoder.blocks));
    half_backward(&decoder);
    memory->copy(t5_block_state_gradients(&encoder.blocks), d_source_states, n);
    half_backward(&encoder);
}

static real *t5_states(const ModelPass *pass)
{
    const Stacks stacks = stacks_of(pass->spec);
    return t5_block_states(&(T5Pass){.pass = pass, .stack = &stacks.decoder});
}

static real *t5_state_gradients(const ModelPass *pass)
{
    const Stacks stacks = stacks_of(pass->spec);
    return t5_block_state_gradients(&(T5Pass){.pass = pass, .stack = &stacks.decoder});
}

/* --- the row of the registry ---------------------------------------------------------------- */

static double t5_flops(const void *value, int T, int n_source)
{
    const T5Spec *spec = value;
    const double target = T, source = n_source;
    return (double)spec->n_layer * (t5_block_flops(spec, source, source * source) +
                                    t5_block_flops(spec, target, target * (target + 1.0) / 2) +
                                    t5_block_source_flops(spec, target, source));
}

static double t5_steps(const void *value, int T)
{
    (void)T; /* all positions of a layer are computed at once */
    return 2.0 * (double)((const T5Spec *)value)->n_layer;
}

const Architecture t5 = {
    .entry = {"t5", "encoder-decoder Transformer (Raffel et al. 2020)", &t5_table},
    .mask = ATTENTION_CAUSAL,
    .reads_source = true,
    .shape = t5_shape,
    .weights = t5_weights,
    .activations = t5_activations,
    .work = t5_work,
    .forward = t5_forward,
    .backward = t5_backward,
    .states = t5_states,
    .state_gradients = t5_state_gradients,
    .flops = t5_flops,
    .steps = t5_steps,
};
