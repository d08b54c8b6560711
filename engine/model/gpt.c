#include "model/gpt.h"

#include <stdio.h>

#include "model/block.h"
#include "model/embed.h"

/* --- spec ----------------------------------------------------------------------------------- */

const SpecField gpt_fields[] = {GPT_FIELDS, SPEC_END};

void gpt_check(const void *value, const SpecReader *reader, const char *json_path)
{
    const GptSpec *spec = value;
    if (spec->n_head < 1 || spec->n_channel % spec->n_head == 0) return;

    char path[512];
    snprintf(path, sizeof path, "%s.n_head", json_path);
    spec_error(reader, path, "%lld does not divide n_channel = %lld", (long long)spec->n_head,
               (long long)spec->n_channel);
    char divisors[512] = "1";
    size_t length = 1;
    for (int n = 2; n <= GPT_MAX_HEADS && length < sizeof divisors - 8; n++)
        if (spec->n_channel % n == 0)
            length += (size_t)snprintf(divisors + length, sizeof divisors - length, ", %d", n);
    error_hint(reader->err, "one of %s", divisors);
}

static const SpecTable gpt_table = {"gpt", sizeof(GptSpec), gpt_fields, gpt_check};

ModelShape gpt_shape(const void *value)
{
    const GptSpec *spec = value;
    return (ModelShape){.n_channel = (int)spec->n_channel,
                        .n_context = (int)spec->n_context,
                        .n_layer = (int)spec->n_layer};
}

/* --- tables --------------------------------------------------------------------------------- */

enum { TOKEN_EMBEDDING, POSITION_EMBEDDING, N_EMBEDDINGS };
enum { EMBEDDING = TENSOR_DECAY | TENSOR_INIT_NORMAL };

/* The tables need no mask. */
static BlockStack stack_of(const void *spec, AttentionMask mask)
{
    return (BlockStack){.spec = spec, .mask = mask, .epsilon = (real)1e-5, .weights = N_EMBEDDINGS};
}

bool gpt_weights(TensorTable *table, const void *value, int n_vocab, Error *err)
{
    const GptSpec *spec = value;
    const size_t C = (size_t)spec->n_channel;
    const BlockStack stack = stack_of(spec, 0);
    return tensors_add(table, err, EMBEDDING | TENSOR_BY_TOKEN, TENSOR_LAYER_EMBEDDING, 2,
                       (size_t)n_vocab, C, TENSORS_TOKEN_TABLE) >= 0 &&
           tensors_add(table, err, EMBEDDING, TENSOR_LAYER_EMBEDDING, 2, (size_t)spec->n_context, C,
                       "position_embedding.weight") >= 0 &&
           block_weights(table, &stack, err);
}

bool gpt_activations(TensorTable *table, const void *value, int N, int S, Error *err)
{
    (void)S;
    const BlockStack stack = stack_of(value, 0);
    return block_activations(table, &stack, N, err);
}

bool gpt_work(TensorTable *table, const void *value, int N, int S, Error *err)
{
    (void)S;
    const BlockStack stack = stack_of(value, 0);
    return block_work(table, &stack, N, err);
}

/* --- passes: in the order of the paper's figure 1, left --------------------------------------- */

static Embed embed_of(const ModelPass *pass)
{
    return (Embed){.pass = pass,
                   .stream = &pass->batch->target,
                   .token_table = TOKEN_EMBEDDING,
                   .position_table = POSITION_EMBEDDING,
                   .segment_table = -1,
                   .dropout = ((const GptSpec *)pass->spec)->dropout};
}

void gpt_forward(const ModelPass *pass)
{
    const BlockStack stack = stack_of(pass->spec, pass->mask);
    const BlockPass blocks = {.pass = pass, .stack = &stack, .stream = &pass->batch->target};
    const Embed embed = embed_of(pass);
    embed_forward(block_input(&blocks), &embed);
    block_forward(&blocks);
}

void gpt_backward(const ModelPass *pass)
{
    const BlockStack stack = stack_of(pass->spec, pass->mask);
    const BlockPass blocks = {.pass = pass, .stack = &stack, .stream = &pass->batch->target};
    const Embed embed = embed_of(pass);
    block_backward(&blocks);
    embed_backward(block_spare(&blocks), block_state_gradients(&blocks), &embed);
}

real *gpt_states(const ModelPass *pass)
{
    const BlockStack stack = stack_of(pass->spec, pass->mask);
    return block_states(&(BlockPass){.pass = pass, .stack = &stack});
}

real *gpt_state_gradients(const ModelPass *pass)
{
    const BlockStack stack = stack_of(pass->spec, pass->mask);
    return block_state_gradients(&(BlockPass){.pass = pass, .stack = &stack});
}

/* --- the row of the registry ---------------------------------------------------------------- */

/* A query at position t meets t + 1 keys. */
static double gpt_flops(const void *value, int T, int n_source)
{
    (void)n_source;
    const GptSpec *spec = value;
    const double tokens = T;
    return (double)spec->n_layer * block_flops(spec, tokens, tokens * (tokens + 1.0) / 2);
}

double gpt_steps(const void *value, int T)
{
    (void)T; /* all positions of a layer are computed at once */
    return (double)((const GptSpec *)value)->n_layer;
}

const Architecture gpt = {
    .entry = {"gpt", "decoder-only Transformer (Radford et al. 2018)", &gpt_table},
    .mask = ATTENTION_CAUSAL,
    .flops = gpt_flops,
    GPT_MEMBERS,
};
