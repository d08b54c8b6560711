#include "model/lstm_pass.h"

#include "model/embed.h"
#include "model/lstm_layout.h"

/* --- places in the blocks of a pass ---------------------------------------------------------- */

static const TensorInfo *weight_info(const ModelPass *pass, int layer, enum LayerWeight which)
{
    return &pass->weights_table->items[N_EMBEDDINGS + layer * N_LAYER_WEIGHTS + (int)which];
}

static const real *weight(const ModelPass *pass, int layer, enum LayerWeight which)
{
    return pass->weights + weight_info(pass, layer, which)->offset;
}

/* NULL: all of it is frozen, and its gradient not wanted. */
static real *gradient(const ModelPass *pass, int layer, enum LayerWeight which)
{
    const TensorInfo *info = weight_info(pass, layer, which);
    return info->n_frozen == info->n ? NULL : pass->gradients + info->offset;
}

static size_t projection_offset(const ModelPass *pass, enum Projection which)
{
    const LstmSpec *spec = pass->spec;
    const int i = N_EMBEDDINGS + (int)spec->n_layer * N_LAYER_WEIGHTS + (int)which;
    return pass->weights_table->items[i].offset;
}

static real *shared(const ModelPass *pass, enum SharedActivation which)
{
    return pass->activations + pass->activations_table->items[which].offset;
}

static real *activation(const ModelPass *pass, int layer, enum LayerActivation which)
{
    const int i = N_SHARED_ACTIVATIONS + layer * N_LAYER_ACTIVATIONS + (int)which;
    return pass->activations + pass->activations_table->items[i].offset;
}

/* Where a layer's output goes: to the next layer, to the projection, or out. */
static real *output(const ModelPass *pass, int layer)
{
    const LstmSpec *spec = pass->spec;
    if (layer + 1 < spec->n_layer) return activation(pass, layer + 1, INPUT);
    return shared(pass, lstm_layout_projects(spec) ? LAST : TOP);
}

static real *work(const ModelPass *pass, enum Work which)
{
    return pass->work + pass->work_table->items[which].offset;
}

real *lstm_pass_states(const ModelPass *pass)
{
    return shared(pass, TOP);
}

real *lstm_pass_state_gradients(const ModelPass *pass)
{
    return work(pass, D_STATE);
}

/* --- dropout -------------------------------------------------------------------------------- */

static RngKey dropout_site(const ModelPass *pass, int layer)
{
    return rng_key_site(pass->dropout_key, (uint32_t)(layer * DROPOUT_SITES_A_LAYER));
}

static double rate_of(const ModelPass *pass)
{
    const LstmSpec *spec = pass->spec;
    return pass->training ? spec->dropout : 0.0;
}

/* --- embedding -------------------------------------------------------------------------------- */

static Embed embed_of(const ModelPass *pass)
{
    return (Embed){.pass = pass,
                   .stream = &pass->batch->target,
                   .token_table = TOKEN_EMBEDDING,
                   .position_table = -1,
                   .segment_table = -1,
                   .dropout = ((const LstmSpec *)pass->spec)->dropout};
}

/* --- forward -------------------------------------------------------------------------------- */

static void layer_forward(const ModelPass *pass, int layer)
{
    const LstmSpec *spec = pass->spec;
    const Batch *batch = pass->batch;
    const int H = (int)spec->n_hidden;
    real *hidden = activation(pass, layer, HIDDEN);
    pass->kernels->lstm_layer_forward(
        &pass->kernels->products, hidden, activation(pass, layer, CELL),
        activation(pass, layer, GATES), activation(pass, layer, INPUT),
        weight(pass, layer, INPUT_WEIGHT), weight(pass, layer, RECURRENT_WEIGHT),
        weight(pass, layer, BIAS), batch->target.start, shared(pass, FORWARD_SCRATCH),
        batch->target.N, batch->S, lstm_layout_inputs(spec, layer), H);
    pass->kernels->dropout_forward(output(pass, layer), hidden, rate_of(pass),
                                   dropout_site(pass, layer + 1),
                                   (size_t)batch->target.N * (size_t)H);
}

void lstm_pass_forward(const ModelPass *pass)
{
    const LstmSpec *spec = pass->spec;
    const Embed embed = embed_of(pass);
    embed_forward(activation(pass, 0, INPUT), &embed);
    for (int layer = 0; layer < spec->n_layer; layer++) layer_forward(pass, layer);
    if (lstm_layout_projects(spec))
        pass->kernels->linear_forward(
            &pass->kernels->products, shared(pass, TOP), shared(pass, LAST),
            pass->weights + projection_offset(pass, PROJECTION_WEIGHT),
            pass->weights + projection_offset(pass, PROJECTION_BIAS), pass->batch->target.N,
            (int)spec->n_hidden, (int)spec->n_channel);
}

/* --- backward ------------------------------------------------------------------------------- */

/* From the gradient of the top states to that of the last layer's output; returns where it is. */
static real *projection_backward(const ModelPass *pass)
{
    const LstmSpec *spec = pass->spec;
    const int N = pass->batch->target.N, H = (int)spec->n_hidden;
    if (!lstm_layout_projects(spec)) return work(pass, D_STATE);
    real *d_up = work(pass, D_UP);
    pass->kernels->linear_backward(&pass->kernels->products, d_up,
                                   pass->gradients + projection_offset(pass, PROJECTION_WEIGHT),
                                   pass->gradients + projection_offset(pass, PROJECTION_BIAS),
                                   work(pass, D_STATE), shared(pass, LAST),
                                   pass->weights + projection_offset(pass, PROJECTION_WEIGHT), N, H,
                                   (int)spec->n_channel, false);
    return d_up;
}

/* From the gradient of a layer's output to that of its input; returns where that is. */
static real *layer_backward(const ModelPass *pass, int layer, const real *d_up)
{
    const LstmSpec *spec = pass->spec;
    const Batch *batch = pass->batch;
    const int I = lstm_layout_inputs(spec, layer), H = (int)spec->n_hidden;
    const size_t N = (size_t)batch->target.N, n = N * (size_t)H;
    real *d_hidden = work(pass, D_HIDDEN);
    pass->kernels->dropout_backward(d_hidden, d_up, rate_of(pass), dropout_site(pass, layer + 1),
                                    n);
    real *d_input = work(pass, layer == 0 ? D_STATE : D_UP);
    pass->kernels->lstm_layer_backward(
        &pass->kernels->products, d_input, gradient(pass, layer, INPUT_WEIGHT),
        gradient(pass, layer, RECURRENT_WEIGHT), gradient(pass, layer, BIAS), d_hidden,
        activation(pass, layer, INPUT), weight(pass, layer, INPUT_WEIGHT),
        weight(pass, layer, RECURRENT_WEIGHT), activation(pass, layer, HIDDEN),
        activation(pass, layer, CELL), activation(pass, layer, GATES), batch->target.start,
        work(pass, LAYER_SCRATCH), batch->target.N, batch->S, I, H);
    return d_input;
}

void lstm_pass_backward(const ModelPass *pass)
{
    const LstmSpec *spec = pass->spec;
    const Embed embed = embed_of(pass);
    const real *d_up = projection_backward(pass);
    for (int layer = (int)spec->n_layer - 1; layer >= 0; layer--)
        d_up = layer_backward(pass, layer, d_up);
    embed_backward(work(pass, D_EMBEDDED), d_up, &embed);
}
