#include "model/huggingface_names.h"

#include <stdio.h>
#include <string.h>

enum { MAX_NAME = 96 };

/* clang-format off */
static const struct { const char *ours, *theirs; } names[] = {
    {TENSORS_TOKEN_TABLE,           "tokens_embed.weight"},
    {"position_embedding.weight",   "positions_embed.weight"},
    /* within a block */
    {"attention.qkv.weight",        "attn.c_attn.weight"},
    {"attention.qkv.bias",          "attn.c_attn.bias"},
    {"attention.projection.weight", "attn.c_proj.weight"},
    {"attention.projection.bias",   "attn.c_proj.bias"},
    {"attention_norm.gain",         "ln_1.weight"},
    {"attention_norm.bias",         "ln_1.bias"},
    {"mlp.widen.weight",            "mlp.c_fc.weight"},
    {"mlp.widen.bias",              "mlp.c_fc.bias"},
    {"mlp.narrow.weight",           "mlp.c_proj.weight"},
    {"mlp.narrow.bias",             "mlp.c_proj.bias"},
    {"mlp_norm.gain",               "ln_2.weight"},
    {"mlp_norm.bias",               "ln_2.bias"},
};
/* clang-format on */

static const char *find(const char *ours)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i].ours, ours)) return names[i].theirs;
    return NULL;
}

/* "block.3.mlp_norm.gain" is "h.3.ln_2.weight". */
static bool translate(char theirs[MAX_NAME], const char *ours, Error *err)
{
    int block = 0, length = 0;
    const bool in_block = sscanf(ours, "block.%d.%n", &block, &length) == 1 && length > 0;
    const char *name = find(ours + length);
    if (!name) return error_set(err, "tensor '%s' has no name in the library", ours);
    if (in_block) snprintf(theirs, MAX_NAME, HUGGINGFACE_NAMES_PREFIX "h.%d.%s", block, name);
    else snprintf(theirs, MAX_NAME, HUGGINGFACE_NAMES_PREFIX "%s", name);
    return true;
}

bool huggingface_names_table(TensorTable *theirs, const TensorTable *ours, Arena *arena, Error *err)
{
    *theirs = *ours;
    theirs->n = 0;
    theirs->arena = arena;
    theirs->items = arena_alloc(arena, (size_t)ours->n, sizeof *theirs->items, err);
    if (!theirs->items) return false;
    theirs->capacity = ours->n;
    for (int i = 0; i < ours->n; i++) {
        char name[MAX_NAME];
        if (ours->items[i].layer == TENSOR_LAYER_HEAD) continue;
        TensorInfo *tensor = &theirs->items[theirs->n++];
        *tensor = ours->items[i];
        if (!translate(name, tensor->name, err)) return false;
        tensor->name = arena_text(arena, name, err);
        if (!tensor->name) return false;
    }
    return true;
}
