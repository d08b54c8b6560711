#include "model/encoder.h"

#include "model/gpt.h"
#include "model/gpt_pass.h"

/* As gpt's, but that a query meets all T keys, twice. */
static double encoder_flops(const void *value, int T)
{
    const GptSpec *spec = value;
    const double C = (double)spec->n_channel, tokens = T;
    return (double)spec->n_layer * (24.0 * C * C * tokens + 4.0 * C * tokens * tokens);
}

static const SpecTable encoder_table = {"encoder", sizeof(GptSpec), gpt_fields, gpt_check};

const Architecture encoder = {
    .entry = {"encoder", "bidirectional Transformer (Devlin et al. 2019)", &encoder_table},
    .mask = ATTENTION_BIDIRECTIONAL,
    .shape = gpt_shape,
    .weights = gpt_weights,
    .activations = gpt_activations,
    .work = gpt_work,
    .forward = gpt_pass_forward,
    .backward = gpt_pass_backward,
    .states = gpt_pass_states,
    .state_gradients = gpt_pass_state_gradients,
    .flops = encoder_flops,
    .steps = gpt_steps,
};
