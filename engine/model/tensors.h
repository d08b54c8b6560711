/* Tables of tensors: the only statement of what a block of memory holds (STYLE, section 5).
 *
 * Weights, gradients and the moments of an optimizer share one table, so a tensor has one offset in all of them.
 * The code that builds a table runs before memory exists, so the size printed in a plan is the size
 * that is used. Tensors start on 64 bytes. */
#ifndef MODEL_TENSORS_H
#define MODEL_TENSORS_H

#include "base/arena.h"
#include "base/real.h"
#include "base/rng.h"
#include "kernels/memory.h"

enum TensorFlags {
    TENSOR_DECAY = 1,       /* weight decay applies: rank above 1 */
    TENSOR_INIT_NORMAL = 2, /* N(0, deviation), 0.02 unless said otherwise (GPT-1, section 4.1) */
    TENSOR_INIT_ONE = 4,    /* gains */
    TENSOR_INIT_FAN_IN = 8, /* N(0, 1/sqrt(dim 0)): no flag of these: zero */
    TENSOR_BY_TOKEN = 16,   /* a row a token: a larger vocabulary adds rows at the end */
};

/* The name of the table of token embeddings in every architecture. */
#define TENSORS_TOKEN_TABLE "token_embedding.weight"

/* Which layer a weight belongs to, for layer transfer: TENSOR_LAYER_EMBEDDING, 1..L for blocks,
 * TENSOR_LAYER_TOP (model/top.h) or TENSOR_LAYER_HEAD. Other tables leave it 0. */
enum { TENSOR_LAYER_EMBEDDING = 0, TENSOR_LAYER_TOP = (1 << 20) - 1, TENSOR_LAYER_HEAD = 1 << 20 };

typedef struct TensorInfo {
    const char *name; /* "block.3.attention.qkv.weight"; also the key in checkpoints */
    int rank;
    size_t dim[4];   /* unused trailing dimensions are 1 */
    size_t offset;   /* in elements from the start of the block */
    size_t n;        /* elements */
    size_t n_frozen; /* of them, from the first on, so many are left as they are in training */
    unsigned flags;
    double deviation; /* of TENSOR_INIT_NORMAL */
    int layer;
} TensorInfo;

typedef struct TensorTable {
    TensorInfo *items;
    int n;
    int capacity;
    size_t n_elements;    /* of the whole block, gaps included */
    size_t n_parameters;  /* without the gaps */
    Arena *arena;         /* of the table itself */
    const Memory *memory; /* of its blocks; borrowed */
} TensorTable;

TensorTable tensors_create(const Memory *memory, Arena *arena);

/* Adds one tensor of rank 1 (dim1 is ignored) or 2; the name is copied and must be new to the table.
 * Returns its index, -1 on failure. */
int tensors_add(TensorTable *table, Error *err, unsigned flags, int layer, int rank, size_t dim0,
                size_t dim1, const char *name_format, ...) PRINTF_LIKE(8, 9);

int tensors_find(const TensorTable *table, const char *name);                /* -1: none */
const TensorInfo *tensors_named(const TensorTable *table, const char *name); /* which it has */

/* The highest layer that is no top and no head. */
int tensors_deepest(const TensorTable *table);

/* "[4,16]" of a tensor or of what is to become one. */
enum { TENSORS_SHAPE_BYTES = 96 };
void tensors_format_shape(char text[TENSORS_SHAPE_BYTES], int rank, const size_t dim[4]);

/* The first tensor of a block that holds something else than finite numbers; NULL: none does. */
const TensorInfo *tensors_not_finite(const TensorTable *table, const real *block);

/* A zeroed block for the table (float or double `real`s). */
real *tensors_allocate(const TensorTable *table, Arena *arena, Error *err) MUST_USE;

/* Freezes the layers 0..n_layers: the first n_token_rows rows of what has a row a token, and every other
 * tensor whole. */
void tensors_freeze(TensorTable *table, int n_layers, size_t n_token_rows);

/* Sets what is frozen to 0 in a block of gradients. */
void tensors_zero_frozen(const TensorTable *table, real *gradients);

/* Initial values by the flags: tensor i draws from site i of rng_key(seed, RNG_INIT, 0). They are made in
 * the host's memory, so they are the same whatever computes with them. */
void tensors_initialize(const TensorTable *table, real *block, uint64_t seed);

#endif
