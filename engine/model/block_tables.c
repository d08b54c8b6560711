#include <stdio.h>

#include "model/block.h"
#include "model/block_layout.h"
#include "model/row_widths.h"

/* clang-format off */
enum { MATRIX = TENSOR_DECAY | TENSOR_INIT_NORMAL, GAIN = TENSOR_INIT_ONE, BIAS = 0 };

/* Rows and columns count in units of n_channel; no columns: a vector. */
static const struct { const char *name; unsigned flags; int rows, columns; } block_rows[] = {
    [QKV_WEIGHT]               = {"attention.qkv.weight",        MATRIX, 1, 3},
    [QKV_BIAS]                 = {"attention.qkv.bias",          BIAS,   3, 0},
    [PROJECTION_WEIGHT]        = {"attention.projection.weight", MATRIX, 1, 1},
    [PROJECTION_BIAS]          = {"attention.projection.bias",   BIAS,   1, 0},
    [ATTENTION_NORM_GAIN]      = {"attention_norm.gain",         GAIN,   1, 0},
    [ATTENTION_NORM_BIAS]      = {"attention_norm.bias",         BIAS,   1, 0},
    [WIDEN_WEIGHT]             = {"mlp.widen.weight",            MATRIX, 1, 4},
    [WIDEN_BIAS]               = {"mlp.widen.bias",              BIAS,   4, 0},
    [NARROW_WEIGHT]            = {"mlp.narrow.weight",           MATRIX, 4, 1},
    [NARROW_BIAS]              = {"mlp.narrow.bias",             BIAS,   1, 0},
    [MLP_NORM_GAIN]            = {"mlp_norm.gain",               GAIN,   1, 0},
    [MLP_NORM_BIAS]            = {"mlp_norm.bias",               BIAS,   1, 0},
};

static const RowWidth block_row_widths[] = {
    [INPUT]              = {"input",              1, 0, 0},
    [QKV]                = {"qkv",                3, 0, 0},
    [LSE]                = {"lse",                0, 1, 0},
    [ATTENDED]           = {"attended",           1, 0, 0},
    [ATTENTION_RESIDUAL] = {"attention_residual", 1, 0, 0},
    [ATTENTION_MEAN]     = {"attention_mean",     0, 0, 1},
    [ATTENTION_RSTD]     = {"attention_rstd",     0, 0, 1},
    [MIDDLE]             = {"middle",             1, 0, 0},
    [WIDE]               = {"wide",               4, 0, 0},
    [WIDE_GELU]          = {"wide_gelu",          4, 0, 0},
    [MLP_RESIDUAL]       = {"mlp_residual",       1, 0, 0},
    [MLP_MEAN]           = {"mlp_mean",           0, 0, 1},
    [MLP_RSTD]           = {"mlp_rstd",           0, 0, 1},
};

static const RowWidth shared_row_widths[] = {
    [BRANCH] = {"branch", 1, 0, 0},
    [TOP]    = {"top",    1, 0, 0},
};

static const RowWidth work_row_widths[] = {
    [D_STATE]     = {"d_state",     1, 0, 0},
    [D_SUM]       = {"d_sum",       1, 0, 0},
    [D_BRANCH]    = {"d_branch",    1, 0, 0},
    [D_WIDE]      = {"d_wide",      4, 0, 0},
};
/* clang-format on */

bool block_weights(TensorTable *table, const BlockStack *stack, Error *err)
{
    const size_t C = (size_t)stack->spec->n_channel;
    for (int layer = 0; layer < stack->spec->n_layer; layer++)
        for (int i = 0; i < N_BLOCK_WEIGHTS; i++) {
            const int rank = block_rows[i].columns ? 2 : 1;
            if (tensors_add(table, err, block_rows[i].flags, layer + 1, rank,
                            (size_t)block_rows[i].rows * C, (size_t)block_rows[i].columns * C,
                            "block.%d.%s", layer, block_rows[i].name) < 0)
                return false;
        }
    return true;
}

static bool add_rows(TensorTable *table, const RowWidth *rows, int n, int N, const GptSpec *spec,
                     const char *prefix, Error *err)
{
    return row_widths_add(table, rows, n, N, spec->n_channel, spec->n_head, prefix, err);
}

bool block_activations(TensorTable *table, const BlockStack *stack, int N, Error *err)
{
    const GptSpec *spec = stack->spec;
    if (!add_rows(table, shared_row_widths, N_SHARED_ACTIVATIONS, N, spec, "", err)) return false;
    for (int layer = 0; layer < spec->n_layer; layer++) {
        char prefix[64];
        snprintf(prefix, sizeof prefix, "block.%d.", layer);
        if (!add_rows(table, block_row_widths, N_BLOCK_ACTIVATIONS, N, spec, prefix, err))
            return false;
    }
    return true;
}

bool block_work(TensorTable *table, const BlockStack *stack, int N, Error *err)
{
    return add_rows(table, work_row_widths, N_WORK, N, stack->spec, "", err);
}
