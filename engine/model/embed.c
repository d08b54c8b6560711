#include "model/embed.h"

static const TensorInfo *table_at(const Embed *embed, int i)
{
    return &embed->pass->weights_table->items[i];
}

static size_t size_of_states(const Embed *embed)
{
    return (size_t)embed->stream->N * table_at(embed, embed->token_table)->dim[1];
}

static double rate_of(const Embed *embed)
{
    return embed->pass->training ? embed->dropout : 0.0;
}

static RngKey key_of(const Embed *embed)
{
    return rng_key_site(embed->pass->dropout_key, (uint32_t)embed->site);
}

static const real *values_of(const Embed *embed, int table)
{
    return table < 0 ? NULL : embed->pass->weights + table_at(embed, table)->offset;
}

static real *gradients_of(const Embed *embed, int table)
{
    return table < 0 ? NULL : embed->pass->gradients + table_at(embed, table)->offset;
}

static const int *segment_of(const Embed *embed)
{
    return embed->segment_table < 0 ? NULL : embed->stream->segment;
}

void embed_forward(real *y, const Embed *embed)
{
    const ModelPass *pass = embed->pass;
    const Stream *stream = embed->stream;
    pass->kernels->embedding_forward(
        y, stream->token, stream->position, segment_of(embed), values_of(embed, embed->token_table),
        values_of(embed, embed->position_table), values_of(embed, embed->segment_table), stream->N,
        (int)table_at(embed, embed->token_table)->dim[1]);
    pass->kernels->dropout_forward(y, y, rate_of(embed), key_of(embed), size_of_states(embed));
}

void embed_backward(real *dx, const real *dy, const Embed *embed)
{
    const ModelPass *pass = embed->pass;
    const Stream *stream = embed->stream;
    pass->kernels->dropout_backward(dx, dy, rate_of(embed), key_of(embed), size_of_states(embed));
    pass->kernels->embedding_backward(
        gradients_of(embed, embed->token_table), gradients_of(embed, embed->position_table),
        gradients_of(embed, embed->segment_table), dx, stream->token, stream->position,
        segment_of(embed), stream->N, (int)table_at(embed, embed->token_table)->dim[1]);
}
