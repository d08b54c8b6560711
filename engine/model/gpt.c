#include "model/gpt.h"

#include <stdio.h>

#include "model/gpt_layout.h"
#include "model/gpt_pass.h"

/* --- spec ----------------------------------------------------------------------------------- */

enum { MAX_HEADS = 128 };

const SpecField gpt_fields[] = {
    SPEC_INT(GptSpec, n_layer, SPEC_REQUIRED, 1, 128, "Transformer blocks"),
    SPEC_INT(GptSpec, n_head, SPEC_REQUIRED, 1, MAX_HEADS,
             "attention heads; must divide n_channel"),
    SPEC_INT(GptSpec, n_channel, SPEC_REQUIRED, 1, 16384, "width of the states"),
    SPEC_INT(GptSpec, n_context, SPEC_REQUIRED, 2, 8192, "longest sequence, in tokens"),
    SPEC_REAL(GptSpec, dropout, 0.1, 0.0, 0.9,
              "drop probability on embeddings and residual branches (GPT-1, section 4.1)"),
    SPEC_REAL(GptSpec, attention_dropout, 0.1, 0.0, 0.9,
              "drop probability on attention probabilities (GPT-1, section 4.1)"),
    SPEC_END,
};

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
    for (int n = 2; n <= MAX_HEADS && length < sizeof divisors - 8; n++)
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

/* clang-format off */
enum { MATRIX = TENSOR_DECAY | TENSOR_INIT_NORMAL, GAIN = TENSOR_INIT_ONE, BIAS = 0 };

/* Rows and columns count in units of n_channel; no columns: a vector. */
static const struct { const char *name; unsigned flags; int rows, columns; } block_weights[] = {
    [QKV_WEIGHT]          = {"attention.qkv.weight",        MATRIX, 1, 3},
    [QKV_BIAS]            = {"attention.qkv.bias",          BIAS,   3, 0},
    [PROJECTION_WEIGHT]   = {"attention.projection.weight", MATRIX, 1, 1},
    [PROJECTION_BIAS]     = {"attention.projection.bias",   BIAS,   1, 0},
    [ATTENTION_NORM_GAIN] = {"attention_norm.gain",         GAIN,   1, 0},
    [ATTENTION_NORM_BIAS] = {"attention_norm.bias",         BIAS,   1, 0},
    [WIDEN_WEIGHT]        = {"mlp.widen.weight",            MATRIX, 1, 4},
    [WIDEN_BIAS]          = {"mlp.widen.bias",              BIAS,   4, 0},
    [NARROW_WEIGHT]       = {"mlp.narrow.weight",           MATRIX, 4, 1},
    [NARROW_BIAS]         = {"mlp.narrow.bias",             BIAS,   1, 0},
    [MLP_NORM_GAIN]       = {"mlp_norm.gain",               GAIN,   1, 0},
    [MLP_NORM_BIAS]       = {"mlp_norm.bias",               BIAS,   1, 0},
};

/* One row of an activation has channels * C + heads * H + singles values. */
typedef struct RowWidth { const char *name; int channels, heads, singles; } RowWidth;

static const RowWidth block_activations[] = {
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

static const RowWidth shared_activations[] = {
    [BRANCH] = {"branch", 1, 0, 0},
    [TOP]    = {"top",    1, 0, 0},
};

static const RowWidth work_rows[] = {
    [D_STATE]     = {"d_state",     1, 0, 0},
    [D_SUM]       = {"d_sum",       1, 0, 0},
    [D_BRANCH]    = {"d_branch",    1, 0, 0},
    [D_WIDE]      = {"d_wide",      4, 0, 0},
    [D_WIDE_GELU] = {"d_wide_gelu", 4, 0, 0},
};
/* clang-format on */

bool gpt_weights(TensorTable *table, const void *value, int n_vocab, Error *err)
{
    const GptSpec *spec = value;
    const size_t C = (size_t)spec->n_channel;
    if (tensors_add(table, err, MATRIX | TENSOR_BY_TOKEN, TENSOR_LAYER_EMBEDDING, 2,
                    (size_t)n_vocab, C, TENSORS_TOKEN_TABLE) < 0 ||
        tensors_add(table, err, MATRIX, TENSOR_LAYER_EMBEDDING, 2, (size_t)spec->n_context, C,
                    "position_embedding.weight") < 0)
        return false;
    for (int layer = 0; layer < spec->n_layer; layer++)
        for (int i = 0; i < N_BLOCK_WEIGHTS; i++) {
            const int rank = block_weights[i].columns ? 2 : 1;
            if (tensors_add(table, err, block_weights[i].flags, layer + 1, rank,
                            (size_t)block_weights[i].rows * C, (size_t)block_weights[i].columns * C,
                            "block.%d.%s", layer, block_weights[i].name) < 0)
                return false;
        }
    return true;
}

static bool add_rows(TensorTable *table, const GptSpec *spec, int N, const char *prefix,
                     const RowWidth *rows, int n, Error *err)
{
    for (int i = 0; i < n; i++) {
        const size_t width = (size_t)rows[i].channels * (size_t)spec->n_channel +
                             (size_t)rows[i].heads * (size_t)spec->n_head + (size_t)rows[i].singles;
        if (tensors_add(table, err, 0, 0, 2, (size_t)N, width, "%s%s", prefix, rows[i].name) < 0)
            return false;
    }
    return true;
}

bool gpt_activations(TensorTable *table, const void *value, int N, int S, Error *err)
{
    (void)S;
    const GptSpec *spec = value;
    if (!add_rows(table, spec, N, "", shared_activations, N_SHARED_ACTIVATIONS, err)) return false;
    for (int layer = 0; layer < spec->n_layer; layer++) {
        char prefix[32];
        snprintf(prefix, sizeof prefix, "block.%d.", layer);
        if (!add_rows(table, spec, N, prefix, block_activations, N_BLOCK_ACTIVATIONS, err))
            return false;
    }
    return true;
}

bool gpt_work(TensorTable *table, const void *value, int N, int S, Error *err)
{
    (void)S;
    return add_rows(table, value, N, "", work_rows, N_WORK, err);
}

/* --- the row of the registry ---------------------------------------------------------------- */

/* A block's products take 2 * 12 C^2 operations a token; a query at position t meets t + 1 keys, twice. */
static double gpt_flops(const void *value, int T)
{
    const GptSpec *spec = value;
    const double C = (double)spec->n_channel, tokens = T;
    return (double)spec->n_layer * (24.0 * C * C * tokens + 2.0 * C * tokens * (tokens + 1.0));
}

double gpt_steps(const void *value, int T)
{
    (void)T; /* all positions of a layer are computed at once */
    return (double)((const GptSpec *)value)->n_layer;
}

const Architecture gpt = {
    .entry = {"gpt", "decoder-only Transformer (Radford et al. 2018)", &gpt_table},
    .mask = ATTENTION_CAUSAL,
    .shape = gpt_shape,
    .weights = gpt_weights,
    .activations = gpt_activations,
    .work = gpt_work,
    .forward = gpt_pass_forward,
    .backward = gpt_pass_backward,
    .states = gpt_pass_states,
    .state_gradients = gpt_pass_state_gradients,
    .flops = gpt_flops,
    .steps = gpt_steps,
};
