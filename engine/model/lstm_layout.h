/* The order of the tensors in lstm's tables: lstm.c builds the tables in it, lstm_pass.c finds by it. */
#ifndef MODEL_LSTM_LAYOUT_H
#define MODEL_LSTM_LAYOUT_H

#include <stdbool.h>

#include "model/lstm_spec.h"

/* clang-format off */

/* Weights: the embedding, those of each layer, then the projection if there is one. */
enum { TOKEN_EMBEDDING, N_EMBEDDINGS };
enum LayerWeight { INPUT_WEIGHT, RECURRENT_WEIGHT, BIAS, N_LAYER_WEIGHTS };
enum Projection { PROJECTION_WEIGHT, PROJECTION_BIAS };

/* Activations, shared ones first: TOP the states that leave the model; LAST what the last layer gives the
 * projection, empty where there is none; FORWARD_SCRATCH a layer's, while it runs. */
enum SharedActivation { TOP, LAST, FORWARD_SCRATCH, N_SHARED_ACTIVATIONS };

/* Then those of each layer, kept for backward; HIDDEN is its output before dropout. */
enum LayerActivation { INPUT, HIDDEN, CELL, GATES, N_LAYER_ACTIVATIONS };

/* Work: gradients of activations, used again by every layer. D_UP is that of what a layer gives to the
 * next one or to the projection. */
enum Work { D_STATE, D_EMBEDDED, D_UP, D_HIDDEN, LAYER_SCRATCH, N_WORK };

/* clang-format on */

static inline bool lstm_layout_projects(const LstmSpec *spec)
{
    return spec->n_hidden != spec->n_channel;
}

static inline int lstm_layout_inputs(const LstmSpec *spec, int layer)
{
    return (int)(layer == 0 ? spec->n_channel : spec->n_hidden);
}

#endif
