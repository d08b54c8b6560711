#include <math.h>
#include <stdio.h>

#include "model/t5_block.h"
#include "model/row_widths.h"
#include "model/t5_block_layout.h"

/* clang-format off */
enum {
    MATRIX = TENSOR_DECAY | TENSOR_INIT_FAN_IN, QUERIES = TENSOR_DECAY | TENSOR_INIT_NORMAL,
    GAIN = TENSOR_INIT_ONE
};

/* Rows and columns count in units of n_channel; no columns: a vector. */
static const struct { const char *name; unsigned flags; int rows, columns; } block_rows[] = {
    [OWN_WEIGHTS + NORM_GAIN]            = {"attention_norm.gain",         GAIN,    1, 0},
    [OWN_WEIGHTS + QUERY_WEIGHT]         = {"attention.query.weight",      QUERIES, 1, 1},
    [OWN_WEIGHTS + KEY_VALUE_WEIGHT]     = {"attention.key_value.weight",  MATRIX,  1, 2},
    [OWN_WEIGHTS + PROJECTION_WEIGHT]    = {"attention.projection.weight", MATRIX,  1, 1},
    [MLP_NORM_GAIN]                      = {"mlp_norm.gain",               GAIN,    1, 0},
    [WIDEN_WEIGHT]                       = {"mlp.widen.weight",            MATRIX,  1, 4},
    [NARROW_WEIGHT]                      = {"mlp.narrow.weight",           MATRIX,  4, 1},
    [SOURCE_WEIGHTS + NORM_GAIN]         = {"source_norm.gain",            GAIN,    1, 0},
    [SOURCE_WEIGHTS + QUERY_WEIGHT]      = {"source.query.weight",         QUERIES, 1, 1},
    [SOURCE_WEIGHTS + KEY_VALUE_WEIGHT]  = {"source.key_value.weight",     MATRIX,  1, 2},
    [SOURCE_WEIGHTS + PROJECTION_WEIGHT] = {"source.projection.weight",    MATRIX,  1, 1},
};

static const RowWidth block_row_widths[] = {
    [INPUT]                          = {"input",            1, 0, 0},
    [OWN_ACTIVATIONS + RSTD]         = {"attention_rstd",   0, 0, 1},
    [OWN_ACTIVATIONS + NORMED]       = {"attention_normed", 1, 0, 0},
    [OWN_ACTIVATIONS + QUERY]        = {"query",            1, 0, 0},
    [OWN_ACTIVATIONS + KEY_VALUE]    = {"key_value",        2, 0, 0},
    [OWN_ACTIVATIONS + LSE]          = {"lse",              0, 1, 0},
    [OWN_ACTIVATIONS + ATTENDED]     = {"attended",         1, 0, 0},
    [MIDDLE]                         = {"middle",           1, 0, 0},
    [MLP_RSTD]                       = {"mlp_rstd",         0, 0, 1},
    [MLP_NORMED]                     = {"mlp_normed",       1, 0, 0},
    [WIDE]                           = {"wide",             4, 0, 0},
    [SOURCE_ACTIVATIONS + RSTD]      = {"source_rstd",      0, 0, 1},
    [SOURCE_ACTIVATIONS + NORMED]    = {"source_normed",    1, 0, 0},
    [SOURCE_ACTIVATIONS + QUERY]     = {"source_query",     1, 0, 0},
    [SOURCE_ACTIVATIONS + KEY_VALUE] = {"source_key_value", 2, 0, 0},
    [SOURCE_ACTIVATIONS + LSE]       = {"source_lse",       0, 1, 0},
    [SOURCE_ACTIVATIONS + ATTENDED]  = {"source_attended",  1, 0, 0},
    [SOURCE_MIDDLE]                  = {"source_middle",    1, 0, 0},
};

static const RowWidth shared_row_widths[] = {
    [BRANCH]    = {"branch",    1, 0, 0},
    [LAST]      = {"last",      1, 0, 0},
    [LAST_RSTD] = {"last_rstd", 0, 0, 1},
    [TOP]       = {"top",       1, 0, 0},
};

static const RowWidth work_row_widths[] = {
    [D_STATE]  = {"d_state",  1, 0, 0},
    [D_SUM]    = {"d_sum",    1, 0, 0},
    [D_BRANCH] = {"d_branch", 1, 0, 0},
    [D_WIDE]   = {"d_wide",   4, 0, 0},
};
/* clang-format on */

static int weights_of_one(const T5Stack *stack)
{
    return stack->is_decoder ? N_SOURCE_BLOCK_WEIGHTS : N_BLOCK_WEIGHTS;
}

static int activations_of_one(const T5Stack *stack)
{
    return stack->is_decoder ? N_SOURCE_BLOCK_ACTIVATIONS : N_BLOCK_ACTIVATIONS;
}

int t5_block_n_weights(const T5Stack *stack)
{
    return 1 + (int)stack->spec->n_layer * weights_of_one(stack) + 1; /* buckets, blocks, norm */
}

int t5_block_n_activations(const T5Stack *stack)
{
    return N_SHARED_ACTIVATIONS + (int)stack->spec->n_layer * activations_of_one(stack);
}

static bool add_block(TensorTable *table, const T5Stack *stack, int layer, const char *prefix,
                      Error *err)
{
    const double D = (double)stack->spec->n_channel / (double)stack->spec->n_head;
    const size_t C = (size_t)stack->spec->n_channel;
    for (int i = 0; i < weights_of_one(stack); i++) {
        const int rank = block_rows[i].columns ? 2 : 1;
        const int at =
            tensors_add(table, err, block_rows[i].flags, stack->layer + layer + 1, rank,
                        (size_t)block_rows[i].rows * C, (size_t)block_rows[i].columns * C,
                        "%sblock.%d.%s", prefix, layer, block_rows[i].name);
        if (at < 0) return false;
        table->items[at].deviation = 1 / sqrt((double)C * D); /* of queries, which have the flag */
    }
    return true;
}

bool t5_block_weights(TensorTable *table, const T5Stack *stack, const char *prefix, Error *err)
{
    const T5Spec *spec = stack->spec;
    const size_t C = (size_t)spec->n_channel;
    const int buckets =
        tensors_add(table, err, TENSOR_DECAY | TENSOR_INIT_NORMAL, TENSOR_LAYER_EMBEDDING, 2,
                    BUCKETS, (size_t)spec->n_head, "%srelative_position.weight", prefix);
    if (buckets < 0) return false;
    table->items[buckets].deviation = 1 / sqrt((double)C);
    for (int layer = 0; layer < spec->n_layer; layer++)
        if (!add_block(table, stack, layer, prefix, err)) return false;
    return tensors_add(table, err, TENSOR_INIT_ONE, stack->layer + (int)spec->n_layer, 1, C, 0,
                       "%sfinal_norm.gain", prefix) >= 0;
}

static bool add_rows(TensorTable *table, const RowWidth *rows, int n, int N, const T5Spec *spec,
                     const char *prefix, Error *err)
{
    return row_widths_add(table, rows, n, N, spec->n_channel, spec->n_head, prefix, err);
}

static bool add_biases(TensorTable *table, const T5Spec *spec, const char *prefix, const char *name,
                       Error *err)
{
    return tensors_add(table, err, 0, 0, 2, (size_t)spec->n_head, BIASES, "%s%s", prefix, name) >=
           0;
}

bool t5_block_activations(TensorTable *table, const T5Stack *stack, int N, const char *prefix,
                          Error *err)
{
    const T5Spec *spec = stack->spec;
    if (!add_rows(table, shared_row_widths, N_SHARED_ROWS, N, spec, prefix, err) ||
        !add_biases(table, spec, prefix, "bias", err))
        return false;
    for (int layer = 0; layer < spec->n_layer; layer++) {
        char name[64];
        snprintf(name, sizeof name, "%sblock.%d.", prefix, layer);
        if (!add_rows(table, block_row_widths, activations_of_one(stack), N, spec, name, err))
            return false;
    }
    return true;
}

bool t5_block_work(TensorTable *table, const T5Stack *stack, int N, Error *err)
{
    return add_rows(table, work_row_widths, N_WORK_ROWS, N, stack->spec, "", err) &&
           add_biases(table, stack->spec, "", "d_bias", err);
}
