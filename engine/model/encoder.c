#include "model/encoder.h"

#include "model/block.h"
#include "model/gpt.h"

double encoder_flops(const void *value, int T, int n_source)
{
    (void)n_source;
    const GptSpec *spec = value;
    const double tokens = T;
    return (double)spec->n_layer * block_flops(spec, tokens, tokens * tokens);
}

static const SpecTable encoder_table = {"encoder", sizeof(GptSpec), gpt_fields, gpt_check};

const Architecture encoder = {
    .entry = {"encoder", "bidirectional Transformer (Devlin et al. 2019)", &encoder_table},
    .mask = ATTENTION_BIDIRECTIONAL,
    .flops = encoder_flops,
    GPT_MEMBERS,
};
