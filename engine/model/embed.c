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

void embed_forward(real *y, const Embed *embed)
{
    const ModelPass *pass = embed->pass;
    const Stream *stream = embed->stream;
    const TensorInfo *tokens = table_at(embed, embed->token_table);
    const real *positions = embed->position_table < 0
                                ? NULL
                                : pass->weights + table_at(embed, embed->position_table)->offset;
    pass->kernels->embedding_forward(y, stream->token, stream->position, NULL,
                                     pass->weights + tokens->offset, positions, NULL, stream->N,
                                     (int)tokens->dim[1]);
    pass->kernels->dropout_forward(y, y, rate_of(embed), key_of(embed), size_of_states(embed));
}

void embed_backward(real *dx, const real *dy, const Embed *embed)
{
    const ModelPass *pass = embed->pass;
    const Stream *stream = embed->stream;
    const size_t n = size_of_states(embed);
    const TensorInfo *tokens = table_at(embed, embed->token_table);
    const TensorInfo *positions =
        embed->position_table < 0 ? NULL : table_at(embed, embed->position_table);
    pass->kernels->dropout_backward(dx, dy, rate_of(embed), key_of(embed), n);
    pass->kernels->embedding_backward(
        pass->gradients + tokens->offset, positions ? pass->gradients + positions->offset : NULL,
        NULL, dx, stream->token, stream->position, NULL, stream->N, (int)tokens->dim[1]);
}
