#include "model/top.h"
#include "model/weights.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "model/weights_values.h"

enum {
    ALIGN_BYTES = 64,
    PIECE = 4096, /* values converted at a time */
    MAX_KEY = 192,
};

static bool make_key(char key[MAX_KEY], const char *prefix, const char *name, Error *err)
{
    if (snprintf(key, MAX_KEY, "%s%s", prefix, name) < MAX_KEY) return true;
    return error_set(err, "the name '%s%s' is too long for a tensor", prefix, name);
}

/* --- saving --------------------------------------------------------------------------------- */

static bool add_integer(Json *list, size_t value, Arena *arena, Error *err)
{
    return json_add(list, json_new_integer((int64_t)value, arena, err), err);
}

static Json *describe_tensor(const TensorInfo *tensor, size_t begin_bytes, Arena *arena, Error *err)
{
    Json *entry = json_new_object(arena, err);
    Json *shape = json_new_list(arena, err);
    Json *offsets = json_new_list(arena, err);
    if (!entry || !shape || !offsets) return NULL;
    for (int d = 0; d < tensor->rank; d++)
        if (!add_integer(shape, tensor->dim[d], arena, err)) return NULL;
    const size_t end_bytes = begin_bytes + tensor->n * sizeof(float);
    if (!add_integer(offsets, begin_bytes, arena, err) ||
        !add_integer(offsets, end_bytes, arena, err))
        return NULL;
    bool complete = json_set(entry, "dtype", json_new_text("F32", arena, err), err) &&
                    json_set(entry, "shape", shape, err) &&
                    json_set(entry, "data_offsets", offsets, err);
    return complete ? entry : NULL;
}

static Json *describe_file(const TensorTable *table, const WeightsBlock *blocks, int n_blocks,
                           const Json *metadata, Arena *arena, Error *err)
{
    Json *header = json_new_object(arena, err);
    if (!header) return NULL;
    if (metadata && !json_set(header, SAFETENSORS_METADATA, json_clone(metadata, arena, err), err))
        return NULL;
    size_t begin_bytes = 0;
    for (int b = 0; b < n_blocks; b++)
        for (int i = 0; i < table->n; i++) {
            const TensorInfo *tensor = &table->items[i];
            char key[MAX_KEY];
            if (!make_key(key, blocks[b].prefix, tensor->name, err)) return NULL;
            Json *entry = describe_tensor(tensor, begin_bytes, arena, err);
            if (!json_set(header, key, entry, err)) return NULL;
            begin_bytes += tensor->n * sizeof(float);
        }
    return header;
}

/* The length and the header, padded with spaces so that the data begins on 64 bytes. */
static bool write_header(FileWriter *writer, const Json *header, Arena *arena, Error *err)
{
    static const char spaces[ALIGN_BYTES + 1] =
        "                                                                ";
    const char *text = json_canonical(header, arena, err);
    if (!text) return false;
    const size_t text_bytes = strlen(text);
    const size_t padding =
        (ALIGN_BYTES - (SAFETENSORS_LENGTH_BYTES + text_bytes) % ALIGN_BYTES) % ALIGN_BYTES;
    const uint64_t length = text_bytes + padding;
    return file_writer_add(writer, &length, sizeof length, err) &&
           file_writer_add(writer, text, text_bytes, err) &&
           file_writer_add(writer, spaces, padding, err);
}

static bool write_values(FileWriter *writer, const Memory *memory, const real *block, size_t n,
                         Error *err)
{
    real values[PIECE];
    float piece[PIECE];
    for (size_t begin = 0; begin < n; begin += PIECE) {
        const size_t count = n - begin < PIECE ? n - begin : PIECE;
        memory->copy_out(values, block + begin, count);
        for (size_t i = 0; i < count; i++) piece[i] = (float)values[i];
        if (!file_writer_add(writer, piece, count * sizeof *piece, err)) return false;
    }
    return true;
}

/* What is stored is handed on and believed, so it must be numbers. */
static bool check_finite(const TensorTable *table, const WeightsBlock *block, Error *err)
{
    const TensorInfo *tensor = tensors_not_finite(table, block->block);
    return !tensor || error_set(err, "tensor '%s%s' holds a value that is not a finite number",
                                block->prefix, tensor->name);
}

static bool write_file(FileWriter *writer, const TensorTable *table, const WeightsBlock *blocks,
                       int n_blocks, const Json *metadata, Arena *scratch, Error *err)
{
    const Json *header = describe_file(table, blocks, n_blocks, metadata, scratch, err);
    if (!header || !write_header(writer, header, scratch, err)) return false;
    for (int b = 0; b < n_blocks; b++)
        for (int i = 0; i < table->n; i++) {
            const TensorInfo *tensor = &table->items[i];
            if (!write_values(writer, table->memory, blocks[b].block + tensor->offset, tensor->n,
                              err))
                return false;
        }
    return file_writer_commit(writer, err);
}

bool weights_save(const char *path, const TensorTable *table, const WeightsBlock *blocks,
                  int n_blocks, const Json *metadata, Arena *scratch, Error *err)
{
    const ArenaMark mark = arena_mark(scratch);
    for (int b = 0; b < n_blocks; b++)
        if (!check_finite(table, &blocks[b], err))
            return error_wrap(err, "saving weights to '%s'", path);
    FileWriter *writer = file_writer_open(path, scratch, err);
    bool saved = writer && write_file(writer, table, blocks, n_blocks, metadata, scratch, err);
    if (writer) file_writer_abandon(writer);
    arena_reset(scratch, mark);
    return saved || error_wrap(err, "saving weights to '%s'", path);
}

/* --- loading -------------------------------------------------------------------------------- */

/* `fewer_rows`: a stored matrix may have fewer rows than the table's. */
static bool check_stored(const SafetensorsFile *file, const SafetensorsTensor *stored,
                         const TensorInfo *tensor, bool fewer_rows, Error *err)
{
    if (strcmp(stored->dtype, "F32") != 0) {
        error_set(err, "%s: tensor '%s' holds %s values, not F32", file->path, stored->name,
                  stored->dtype);
        return error_hint(err, "convert the file to 32-bit floating point");
    }
    bool fits = stored->rank == tensor->rank;
    for (int d = 0; fits && d < tensor->rank; d++)
        fits = stored->dim[d] == tensor->dim[d] ||
               (d == 0 && fewer_rows && stored->dim[0] < tensor->dim[0]);
    if (!fits) {
        char found[TENSORS_SHAPE_BYTES], wanted[TENSORS_SHAPE_BYTES];
        tensors_format_shape(found, stored->rank, stored->dim);
        tensors_format_shape(wanted, tensor->rank, tensor->dim);
        error_set(err, "%s: tensor '%s' has shape %s, but the model needs %s", file->path,
                  stored->name, found, wanted);
        return error_hint(err,
                          "the file belongs to a model of another size: give the settings it was "
                          "made with");
    }
    size_t n = sizeof(float);
    for (int d = 0; d < stored->rank; d++) n *= stored->dim[d]; /* at most the table's size */
    if (stored->end_bytes - stored->begin_bytes == n) return true;
    error_set(err, "%s: tensor '%s' has %zu bytes of data, but its shape needs %zu", file->path,
              stored->name, stored->end_bytes - stored->begin_bytes, n);
    return safetensors_damaged(err);
}

static bool load_tensor(const SafetensorsFile *file, const char *key, const Memory *memory,
                        const TensorInfo *tensor, real *block, bool fewer_rows, Error *err)
{
    const SafetensorsTensor *stored = safetensors_find(file, key);
    if (!stored) {
        error_set(err, "%s: has no tensor '%s'", file->path, key);
        return error_hint(err,
                          "the file belongs to another model: give the settings it was made with");
    }
    if (!check_stored(file, stored, tensor, fewer_rows, err)) return false;
    return weights_values_read(block + tensor->offset, memory, file, stored, err);
}

static bool begins(const char *name, const char *prefix)
{
    return !strncmp(name, prefix, strlen(prefix));
}

/* A stored name is known when it is a name of the table, by itself or behind a prefix that ends in a dot (another
 * block of the same table, such as "adam.m."). A pooler is for tasks, what stands behind it in pre-training for
 * that alone, and no language model asks for them. */
static bool is_known(const TensorTable *table, const char *name)
{
    if (tensors_find(table, name) >= 0 || begins(name, TOP_POOLER) ||
        begins(name, TOP_NEXT_SENTENCE "."))
        return true;
    for (const char *dot = strchr(name, '.'); dot; dot = strchr(dot + 1, '.'))
        if (tensors_find(table, dot + 1) >= 0) return true;
    return false;
}

/* A file with more than the model has was made by another model, and half of it is worth nothing. */
static bool check_all_known(const SafetensorsFile *file, const TensorTable *table, Error *err)
{
    for (size_t i = 0; i < file->n_tensors; i++) {
        const char *name = file->tensors[i].name;
        if (is_known(table, name)) continue;
        error_set(err, "%s: the model has no tensor '%s'", file->path, name);
        return error_hint(err,
                          "the file belongs to another model: give the settings it was made with");
    }
    return true;
}

static bool load_all(const char *path, const TensorTable *table, const WeightsBlock *blocks,
                     int n_blocks, Json **metadata, Arena *arena, Arena *scratch, Error *err)
{
    SafetensorsFile file;
    if (!safetensors_open(&file, path, scratch, err)) return false;
    for (int b = 0; b < n_blocks; b++)
        for (int i = 0; i < table->n; i++) {
            char key[MAX_KEY];
            if (!make_key(key, blocks[b].prefix, table->items[i].name, err)) return false;
            if (!load_tensor(&file, key, table->memory, &table->items[i], blocks[b].block, false,
                             err))
                return false;
        }
    if (!check_all_known(&file, table, err)) return false;
    if (!metadata) return true;
    const Json *stored = json_get(file.header, SAFETENSORS_METADATA);
    *metadata = stored ? json_clone(stored, arena, err) : json_new_object(arena, err);
    return *metadata != NULL;
}

bool weights_load(const char *path, const TensorTable *table, const WeightsBlock *blocks,
                  int n_blocks, Json **metadata, Arena *arena, Error *err)
{
    /* An arena of its own: what stays in `arena` is only the metadata. */
    Arena *scratch = arena_create("weights file", err);
    bool loaded = scratch && load_all(path, table, blocks, n_blocks, metadata, arena, scratch, err);
    arena_destroy(scratch);
    return loaded || error_wrap(err, "loading weights from '%s'", path);
}

/* What stands on top of the deepest layer comes with it, if the file's model had it. */
static bool is_transferred(const TensorInfo *tensor, int n_layers, int deepest,
                           const SafetensorsFile *file)
{
    if (tensor->layer != TENSOR_LAYER_TOP) return tensor->layer <= n_layers;
    return n_layers >= deepest && safetensors_find(file, tensor->name);
}

static bool transfer_all(const char *path, const TensorTable *table, real *block, int n_layers,
                         Arena *scratch, Error *err)
{
    SafetensorsFile file;
    const int deepest = tensors_deepest(table);
    if (!safetensors_open(&file, path, scratch, err)) return false;
    for (int i = 0; i < table->n; i++) {
        const TensorInfo *tensor = &table->items[i];
        if (!is_transferred(tensor, n_layers, deepest, &file)) continue;
        const bool fewer_rows = tensor->flags & TENSOR_BY_TOKEN;
        if (!load_tensor(&file, tensor->name, table->memory, tensor, block, fewer_rows, err))
            return false;
    }
    return true;
}

bool weights_transfer(const char *path, const TensorTable *table, real *block, int n_layers,
                      Arena *scratch, Error *err)
{
    const ArenaMark mark = arena_mark(scratch);
    bool transferred = transfer_all(path, table, block, n_layers, scratch, err);
    arena_reset(scratch, mark);
    return transferred || error_wrap(err, "transferring %d layers from '%s'", n_layers, path);
}

static bool freeze_tops(const char *path, TensorTable *table, int n_layers, Arena *scratch,
                        Error *err)
{
    SafetensorsFile file;
    const int deepest = tensors_deepest(table);
    if (n_layers < deepest) return true;
    if (!safetensors_open(&file, path, scratch, err)) return false;
    for (int i = 0; i < table->n; i++) {
        TensorInfo *tensor = &table->items[i];
        if (tensor->layer == TENSOR_LAYER_TOP && is_transferred(tensor, n_layers, deepest, &file))
            tensor->n_frozen = tensor->n;
    }
    return true;
}

bool weights_freeze(const char *path, TensorTable *table, int n_layers, size_t n_token_rows,
                    Arena *scratch, Error *err)
{
    const ArenaMark mark = arena_mark(scratch);
    tensors_freeze(table, n_layers, n_token_rows);
    const bool frozen = freeze_tops(path, table, n_layers, scratch, err);
    arena_reset(scratch, mark);
    return frozen;
}
