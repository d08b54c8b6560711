#include "model/tensors.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/parallel.h"
#include "base/size.h"

static const double INIT_DEVIATION = 0.02; /* GPT-1, section 4.1 */

enum { ALIGN_BYTES = 64, MAX_NAME = 128, PIECE = 1 << 12 };

TensorTable tensors_create(const Memory *memory, Arena *arena)
{
    return (TensorTable){.memory = memory, .arena = arena};
}

static bool grow(TensorTable *table, Error *err)
{
    int capacity = table->capacity ? 2 * table->capacity : 64;
    TensorInfo *items = arena_alloc(table->arena, (size_t)capacity, sizeof *items, err);
    if (!items) return false;
    if (table->n) memcpy(items, table->items, (size_t)table->n * sizeof *items);
    table->items = items;
    table->capacity = capacity;
    return true;
}

/* Gives the tensor its elements and its place behind those before it. false: sizes overflow. */
static bool place(TensorTable *table, TensorInfo *tensor)
{
    tensor->n = 1;
    for (int d = 0; d < 4; d++)
        if (!size_mul(&tensor->n, tensor->n, tensor->dim[d])) return false;

    const size_t align = ALIGN_BYTES / sizeof(real);
    size_t end, padded, bytes;
    tensor->offset = table->n_elements;
    if (!size_add(&end, tensor->offset, tensor->n)) return false;
    if (!size_add(&padded, end, (align - end % align) % align)) return false;
    if (!size_mul(&bytes, padded, sizeof(real))) return false;
    table->n_elements = padded;
    table->n_parameters += tensor->n;
    return true;
}

int tensors_add(TensorTable *table, Error *err, unsigned flags, int layer, int rank, size_t dim0,
                size_t dim1, const char *name_format, ...)
{
    assert(rank == 1 || rank == 2);
    char name[MAX_NAME];
    va_list arguments;
    va_start(arguments, name_format);
    int length = vsnprintf(name, sizeof name, name_format, arguments);
    va_end(arguments);
    assert(length > 0 && length < MAX_NAME);
    assert(tensors_find(table, name) < 0);

    if (table->n == table->capacity && !grow(table, err)) return -1;
    TensorInfo tensor = {.name = arena_text(table->arena, name, err),
                         .rank = rank,
                         .dim = {dim0, rank > 1 ? dim1 : 1, 1, 1},
                         .flags = flags,
                         .deviation = INIT_DEVIATION,
                         .layer = layer};
    if (!tensor.name) return -1;
    if (!place(table, &tensor)) {
        error_set(err, "tensor '%s' [%zu,%zu] does not fit into the address space", name, dim0,
                  dim1);
        error_hint(err, "a smaller model or a smaller batch");
        return -1;
    }
    table->items[table->n] = tensor;
    return table->n++;
}

int tensors_find(const TensorTable *table, const char *name)
{
    for (int i = 0; i < table->n; i++)
        if (strcmp(table->items[i].name, name) == 0) return i;
    return -1;
}

const TensorInfo *tensors_named(const TensorTable *table, const char *name)
{
    int i = tensors_find(table, name);
    assert(i >= 0);
    return &table->items[i];
}

int tensors_deepest(const TensorTable *table)
{
    int deepest = 0;
    for (int i = 0; i < table->n; i++) {
        const int layer = table->items[i].layer;
        if (layer < TENSOR_LAYER_TOP && layer > deepest) deepest = layer;
    }
    return deepest;
}

void tensors_format_shape(char text[TENSORS_SHAPE_BYTES], int rank, const size_t dim[4])
{
    const size_t most = TENSORS_SHAPE_BYTES;
    size_t length = (size_t)snprintf(text, most, "[");
    for (int d = 0; d < rank; d++)
        length += (size_t)snprintf(text + length, most - length, d ? ",%zu" : "%zu", dim[d]);
    snprintf(text + length, most - length, "]");
}

const TensorInfo *tensors_not_finite(const TensorTable *table, const real *block)
{
    for (int i = 0; i < table->n; i++) {
        const TensorInfo *tensor = &table->items[i];
        for (size_t begin = 0; begin < tensor->n; begin += PIECE) {
            real piece[PIECE];
            const size_t n = tensor->n - begin < PIECE ? tensor->n - begin : PIECE;
            table->memory->copy_out(piece, block + tensor->offset + begin, n);
            for (size_t j = 0; j < n; j++)
                if (!isfinite(piece[j])) return tensor;
        }
    }
    return NULL;
}

real *tensors_allocate(const TensorTable *table, Arena *arena, Error *err)
{
    real *block;
    Needs needs = {.arena = arena};
    return table->memory->take(&block, table->n_elements, &needs, err) ? block : NULL;
}

void tensors_freeze(TensorTable *table, int n_layers, size_t n_token_rows)
{
    for (int i = 0; i < table->n; i++) {
        TensorInfo *tensor = &table->items[i];
        if (tensor->layer > n_layers) continue;
        tensor->n_frozen =
            tensor->flags & TENSOR_BY_TOKEN ? n_token_rows * tensor->dim[1] : tensor->n;
    }
}

void tensors_zero_frozen(const TensorTable *table, real *gradients)
{
    for (int i = 0; i < table->n; i++)
        table->memory->clear(gradients + table->items[i].offset, table->items[i].n_frozen);
}

typedef struct InitialFill {
    const Memory *memory;
    real *values;
    RngKey key;
    double deviation; /* 0: all are `value` */
    real value;
} InitialFill;

static void fill_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const InitialFill *fill = context;
    real piece[PIECE];
    for (size_t i = begin; i < end; i++)
        piece[i - begin] =
            fill->deviation > 0 ? (real)(fill->deviation * rng_normal(fill->key, i)) : fill->value;
    fill->memory->copy_in(fill->values + begin, piece, end - begin);
}

void tensors_initialize(const TensorTable *table, real *block, uint64_t seed)
{
    const RngKey key = rng_key(seed, RNG_INIT, 0);
    for (int i = 0; i < table->n; i++) {
        const TensorInfo *tensor = &table->items[i];
        InitialFill fill = {.memory = table->memory,
                            .values = block + tensor->offset,
                            .key = rng_key_site(key, (uint32_t)i),
                            .value = tensor->flags & TENSOR_INIT_ONE ? 1 : 0};
        if (tensor->flags & TENSOR_INIT_NORMAL) fill.deviation = tensor->deviation;
        else if (tensor->flags & TENSOR_INIT_FAN_IN)
            fill.deviation = 1 / sqrt((double)tensor->dim[0]);
        parallel_for(tensor->n, PIECE, fill_piece, &fill);
    }
}
