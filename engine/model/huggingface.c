#include "model/huggingface.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "model/gpt.h"
#include "model/huggingface_names.h"
#include "model/huggingface_shards.h"
#include "model/weights.h"
#include "model/weights_values.h"

#define OUTPUT_MATRIX "lm_head.weight"

/* --- what is there, against what should be -------------------------------------------------- */

static const char *without_prefix(const char *name)
{
    static const char prefix[] = HUGGINGFACE_NAMES_PREFIX;
    return strncmp(name, prefix, sizeof prefix - 1) == 0 ? name + sizeof prefix - 1 : name;
}

/* A tensor by its name with the prefix; in the file it may stand without it. */
static const SafetensorsTensor *find(const SafetensorsFile **file, const HuggingfaceModel *model,
                                     const char *name)
{
    for (size_t f = 0; f < model->n_files; f++) {
        *file = &model->files[f];
        const SafetensorsTensor *found = safetensors_find(*file, name);
        if (!found) found = safetensors_find(*file, without_prefix(name));
        if (found) return found;
    }
    return NULL;
}

static bool same_shape(const SafetensorsTensor *stored, const TensorInfo *tensor)
{
    bool same = stored->rank == tensor->rank;
    for (int d = 0; same && d < tensor->rank; d++) same = stored->dim[d] == tensor->dim[d];
    return same;
}

static void check_tensor(const HuggingfaceModel *model, const TensorInfo *tensor, Error *err)
{
    const SafetensorsFile *file;
    const SafetensorsTensor *stored = find(&file, model, tensor->name);
    if (!stored) {
        error_set(err, "%s: there is no tensor '%s'", model->folder, tensor->name);
        return;
    }
    const size_t value_bytes = safetensors_value_bytes(stored->dtype);
    const size_t found_bytes = stored->end_bytes - stored->begin_bytes;
    if (value_bytes == 0)
        error_set(err, "%s: tensor '%s' holds %s values, not F32, F16 or BF16", file->path,
                  stored->name, stored->dtype);
    else if (!same_shape(stored, tensor)) {
        char found[TENSORS_SHAPE_BYTES], wanted[TENSORS_SHAPE_BYTES];
        tensors_format_shape(found, stored->rank, stored->dim);
        tensors_format_shape(wanted, tensor->rank, tensor->dim);
        error_set(err, "%s: tensor '%s' has shape %s, but by " HUGGINGFACE_CONFIG_FILE " it is %s",
                  file->path, stored->name, found, wanted);
    } else if (found_bytes != tensor->n * value_bytes)
        error_set(err, "%s: tensor '%s' has %zu bytes of data, but its shape needs %zu", file->path,
                  stored->name, found_bytes, tensor->n * value_bytes);
}

/* "h.I.attn.bias": the triangle of the causal mask, which old files hold. */
static bool is_mask(const char *name)
{
    int block, length = 0;
    return sscanf(name, "h.%d.attn.bias%n", &block, &length) == 1 && length > 0 &&
           name[length] == '\0';
}

/* Tied, the output matrix is the token table; both are then the same bytes. */
static bool is_token_table(const HuggingfaceModel *model, const SafetensorsFile *file,
                           const SafetensorsTensor *output)
{
    const SafetensorsFile *table_file;
    const SafetensorsTensor *table =
        find(&table_file, model, HUGGINGFACE_NAMES_PREFIX "tokens_embed.weight");
    const size_t n_bytes = output->end_bytes - output->begin_bytes;
    return table && strcmp(table->dtype, output->dtype) == 0 &&
           table->end_bytes - table->begin_bytes == n_bytes &&
           memcmp(file->data + output->begin_bytes, table_file->data + table->begin_bytes,
                  n_bytes) == 0;
}

static void check_surplus(const HuggingfaceModel *model, const TensorTable *theirs, Error *err)
{
    for (size_t f = 0; f < model->n_files; f++)
        for (size_t i = 0; i < model->files[f].n_tensors; i++) {
            const SafetensorsFile *file = &model->files[f];
            const SafetensorsTensor *stored = &file->tensors[i];
            const char *name = without_prefix(stored->name);
            char full[192];
            snprintf(full, sizeof full, HUGGINGFACE_NAMES_PREFIX "%s", name);
            if (tensors_find(theirs, full) >= 0 || is_mask(name)) continue;
            if (strcmp(name, OUTPUT_MATRIX) != 0)
                error_set(err, "%s: a gpt has no tensor '%s'", file->path, stored->name);
            else if (!is_token_table(model, file, stored))
                error_set(err,
                          "%s: '%s' is not the token table, but the softmax of a gpt is tied to it",
                          file->path, stored->name);
        }
}

static bool check_tensors(const HuggingfaceModel *model, Arena *arena, Error *err)
{
    static const Memory measured = {0}; /* the table is looked at, no block is made for it */
    TensorTable ours = tensors_create(&measured, arena), theirs;
    if (!gpt_weights(&ours, &model->spec, model->n_vocab, err) ||
        !huggingface_names_table(&theirs, &ours, arena, err))
        return false;
    const int n_before = err->n_errors;
    for (int i = 0; i < theirs.n; i++) check_tensor(model, &theirs.items[i], err);
    check_surplus(model, &theirs, err);
    return err->n_errors == n_before;
}

bool huggingface_open(HuggingfaceModel *model, const char *folder, Arena *arena, Error *err)
{
    HuggingfaceConfig config;
    *model = (HuggingfaceModel){.folder = folder};
    const char *path = file_join(arena, folder, HUGGINGFACE_CONFIG_FILE, err);
    if (!path || !huggingface_config_read(&config, path, arena, err)) return false;
    model->spec = config.spec;
    model->n_vocab = (int)config.n_vocab;
    return (huggingface_shards_open(&model->files, &model->n_files, folder, arena, err) &&
            check_tensors(model, arena, err)) ||
           error_wrap(err, "opening the model in '%s'", folder);
}

/* --- values --------------------------------------------------------------------------------- */

bool huggingface_load(const HuggingfaceModel *model, const TensorTable *table, real *block,
                      Arena *scratch, Error *err)
{
    const ArenaMark mark = arena_mark(scratch);
    TensorTable theirs;
    bool loaded = huggingface_names_table(&theirs, table, scratch, err);
    for (int i = 0; loaded && i < theirs.n; i++) {
        const TensorInfo *tensor = &theirs.items[i];
        const SafetensorsFile *file;
        const SafetensorsTensor *stored = find(&file, model, tensor->name);
        loaded = stored && same_shape(stored, tensor)
                     ? weights_values_read(block + tensor->offset, table->memory, file, stored, err)
                     : error_set(err, "%s: tensor '%s' is not that of the model to be filled",
                                 model->folder, tensor->name);
    }
    arena_reset(scratch, mark);
    return loaded || error_wrap(err, "loading the model in '%s'", model->folder);
}

bool huggingface_is_content(const char *name)
{
    return !strcmp(name, HUGGINGFACE_CONFIG_FILE) || !fnmatch("*.safetensors", name, 0) ||
           !fnmatch("*.safetensors.index.json", name, 0);
}

bool huggingface_save(const char *folder, const HuggingfaceConfig *config,
                      const TensorTable *theirs, real *block, Arena *scratch, Error *err)
{
    const WeightsBlock weights = {"", block};
    const char *config_path = file_join(scratch, folder, HUGGINGFACE_CONFIG_FILE, err);
    const char *path =
        config_path ? file_join(scratch, folder, HUGGINGFACE_WEIGHTS_FILE, err) : NULL;
    Json *metadata = path ? json_new_object(scratch, err) : NULL;
    return metadata && json_set(metadata, "format", json_new_text("pt", scratch, err), err) &&
           weights_save(path, theirs, &weights, 1, metadata, scratch, err) &&
           huggingface_config_write(config_path, config, scratch, err);
}
