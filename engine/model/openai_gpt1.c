#include "model/openai_gpt1.h"

#include <string.h>

#include "base/interrupt.h"
#include "base/json.h"
#include "model/npy.h"
#include "model/weights_values.h"

typedef struct Reading {
    const TensorTable *table;
    real *block;
    const OpenaiGpt1Files *files;
    NpyFile *shards;
    size_t shard, at; /* where the next value is */
    Error *err;
} Reading;

/* --- the shapes ---------------------------------------------------------------------------------- */

/* Whether a shape is the tensor's, sizes of 1 at its beginning aside. */
static bool is_shape_of(const Json *shape, const TensorInfo *tensor)
{
    if (json_type(shape) != JSON_LIST_VALUE) return false;
    const size_t n = json_size(shape);
    const size_t rank = (size_t)tensor->rank;
    if (n < rank) return false;
    for (size_t d = 0; d < n; d++) {
        const Json *size = json_at(shape, d);
        const size_t wanted = d < n - rank ? 1 : tensor->dim[d - (n - rank)];
        if (json_type(size) != JSON_INTEGER_VALUE || json_int(size) < 0 ||
            (size_t)json_int(size) != wanted)
            return false;
    }
    return true;
}

static bool wrong_shape(const Reading *reading, const Json *shape, const TensorInfo *tensor,
                        Arena *scratch)
{
    char wanted[TENSORS_SHAPE_BYTES];
    const char *found = json_canonical(shape, scratch, reading->err);
    if (!found) return false;
    tensors_format_shape(wanted, tensor->rank, tensor->dim);
    error_set(reading->err, "%s: a tensor of shape %s stands where the model has '%s' of %s",
              reading->files->shapes, found, tensor->name, wanted);
    return error_hint(reading->err,
                      "the settings of the model are not those of the published weights");
}

/* Theirs begin with the positions, ours with the tokens. */
static int tensor_at(int place)
{
    return place < 2 ? 1 - place : place;
}

static bool check_shapes(const Reading *reading, const Json *shapes, Arena *scratch)
{
    const TensorTable *table = reading->table;
    if (json_type(shapes) != JSON_LIST_VALUE || json_size(shapes) != (size_t)table->n) {
        error_set(reading->err,
                  "%s: expected a list of %d shapes, one for each tensor of the model",
                  reading->files->shapes, table->n);
        return error_hint(reading->err,
                          "the settings of the model are not those of the published weights");
    }
    for (int i = 0; i < table->n; i++) {
        const TensorInfo *tensor = &table->items[tensor_at(i)];
        const Json *shape = json_at(shapes, (size_t)i);
        if (!is_shape_of(shape, tensor)) return wrong_shape(reading, shape, tensor, scratch);
    }
    return true;
}

/* --- the values ---------------------------------------------------------------------------------- */

static bool open_shards(Reading *reading, Arena *scratch)
{
    size_t n = 0;
    reading->shards =
        arena_alloc(scratch, reading->files->n, sizeof *reading->shards, reading->err);
    if (!reading->shards) return false;
    for (size_t i = 0; i < reading->files->n; i++) {
        if (!npy_open(&reading->shards[i], reading->files->shards[i], scratch, reading->err))
            return false;
        n += reading->shards[i].n;
    }
    if (n == reading->table->n_parameters) return true;
    error_set(reading->err,
              "%s and the shards that follow: hold %zu values, but their shapes need %zu",
              reading->files->n ? reading->files->shards[0] : "no shard", n,
              reading->table->n_parameters);
    return error_hint(reading->err, "all shards are needed, in their order");
}

/* The next values of the long vector, at most `most` and of one shard; how many. */
static size_t next_piece(Reading *reading, float *piece, size_t most)
{
    while (reading->at == reading->shards[reading->shard].n) {
        reading->shard++;
        reading->at = 0;
    }
    const NpyFile *shard = &reading->shards[reading->shard];
    const size_t left = shard->n - reading->at, n = left < most ? left : most;
    memcpy(piece, shard->values + reading->at * sizeof *piece, n * sizeof *piece);
    reading->at += n;
    return n;
}

static bool read_tensor(Reading *reading, const TensorInfo *tensor)
{
    float piece[WEIGHTS_VALUES_PIECE];
    for (size_t done = 0, n, bad; done < tensor->n; done += n) {
        const size_t left = tensor->n - done;
        n = next_piece(reading, piece, left < WEIGHTS_VALUES_PIECE ? left : WEIGHTS_VALUES_PIECE);
        if (!weights_values_put(reading->block + tensor->offset + done, reading->table->memory,
                                piece, n, &bad))
            return error_set(
                reading->err,
                "%s: tensor '%s' holds %g at element %zu, which is not a finite number",
                reading->shards[reading->shard].path, tensor->name, (double)piece[bad], done + bad);
    }
    return true;
}

bool openai_gpt1_load(const TensorTable *table, real *block, const OpenaiGpt1Files *files,
                      Arena *scratch, Error *err)
{
    Reading reading = {.table = table, .block = block, .files = files, .err = err};
    const Json *shapes = json_parse_file(files->shapes, scratch, err);
    if (!shapes || !check_shapes(&reading, shapes, scratch) || !open_shards(&reading, scratch))
        return false;
    for (int i = 0; i < table->n; i++)
        if (!interrupt_check(err) || !read_tensor(&reading, &table->items[tensor_at(i)]))
            return false;
    return true;
}
