#include "model/huggingface.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "kernels/kernels.h"
#include "model/huggingface_names.h"
#include "model/huggingface_shards.h"
#include "model/weights.h"
#include "model/weights_values.h"

enum { MAX_NAME = 192 };

static const char *name_of(const HuggingfaceModel *model)
{
    return model->family->architecture->entry.name;
}

/* --- tensors by name ------------------------------------------------------------------------- */

static const char *without_prefix(const HuggingfaceModel *model, const char *name)
{
    const size_t n = strlen(model->family->prefix);
    return strncmp(name, model->family->prefix, n) == 0 ? name + n : name;
}

/* The name with another ending, if it has the one. */
static bool change_ending(char changed[MAX_NAME], const char *name, const char *ending,
                          const char *other)
{
    const size_t n = strlen(name), n_ending = strlen(ending);
    if (n < n_ending || strcmp(name + n - n_ending, ending) != 0) return false;
    snprintf(changed, MAX_NAME, "%.*s%s", (int)(n - n_ending), name, other);
    return true;
}

static const SafetensorsTensor *find_spelt(const SafetensorsFile **file,
                                           const HuggingfaceModel *model, const char *name)
{
    for (size_t f = 0; f < model->n_files; f++) {
        *file = &model->files[f];
        const SafetensorsTensor *found = safetensors_find(*file, name);
        if (!found) found = safetensors_find(*file, without_prefix(model, name));
        if (found) return found;
    }
    return NULL;
}

/* A tensor by its name with the prefix; in the file it may stand without it, or be spelt as in older ones. */
static const SafetensorsTensor *find(const SafetensorsFile **file, const HuggingfaceModel *model,
                                     const char *name)
{
    const SafetensorsTensor *found = find_spelt(file, model, name);
    for (const HuggingfaceAlias *old = model->family->spellings; !found && old->alias; old++) {
        char spelt[MAX_NAME];
        if (change_ending(spelt, name, old->alias, old->tensor))
            found = find_spelt(file, model, spelt);
    }
    return found;
}

/* The other way round: is it a tensor of the table, by whatever name it stands in the file? */
static bool in_table(const HuggingfaceModel *model, const TensorTable *theirs, const char *name)
{
    char full[MAX_NAME];
    snprintf(full, sizeof full, "%s%s", model->family->prefix, name);
    return tensors_find(theirs, name) >= 0 || tensors_find(theirs, full) >= 0;
}

static bool is_surplus(const HuggingfaceModel *model, const char *name)
{
    const char *const *pattern = model->family->surplus;
    while (*pattern && fnmatch(*pattern, name, 0) != 0) pattern++;
    return *pattern;
}

static bool is_known(const HuggingfaceModel *model, const TensorTable *theirs, const char *name)
{
    bool known = in_table(model, theirs, name);
    for (const HuggingfaceAlias *old = model->family->spellings; !known && old->alias; old++) {
        char spelt[MAX_NAME];
        known =
            change_ending(spelt, name, old->tensor, old->alias) && in_table(model, theirs, spelt);
    }
    return known || is_surplus(model, name);
}

/* --- what is there, against what should be -------------------------------------------------- */

/* `padded`: rows behind those that are needed are let be. */
static bool same_shape(const SafetensorsTensor *stored, const TensorInfo *tensor, bool padded)
{
    bool same = stored->rank == tensor->rank;
    for (int d = 0; same && d < tensor->rank; d++)
        same = stored->dim[d] == tensor->dim[d] ||
               (d == 0 && padded && (tensor->flags & TENSOR_BY_TOKEN) &&
                stored->dim[d] > tensor->dim[d]);
    return same;
}

static void check_tensor(const HuggingfaceModel *model, const TensorInfo *tensor, bool may_lack,
                         Error *err)
{
    const SafetensorsFile *file;
    const SafetensorsTensor *stored = find(&file, model, tensor->name);
    if (!stored) {
        if (!may_lack) error_set(err, "%s: there is no tensor '%s'", model->folder, tensor->name);
        return;
    }
    const size_t value_bytes = safetensors_value_bytes(stored->dtype);
    const size_t found_bytes = stored->end_bytes - stored->begin_bytes;
    if (value_bytes == 0)
        error_set(err, "%s: tensor '%s' holds %s values, not F32, F16 or BF16", file->path,
                  stored->name, stored->dtype);
    else if (!same_shape(stored, tensor, false)) {
        char found[TENSORS_SHAPE_BYTES], wanted[TENSORS_SHAPE_BYTES];
        tensors_format_shape(found, stored->rank, stored->dim);
        tensors_format_shape(wanted, tensor->rank, tensor->dim);
        error_set(err, "%s: tensor '%s' has shape %s, but by " HUGGINGFACE_CONFIG_FILE " it is %s",
                  file->path, stored->name, found, wanted);
    } else if (found_bytes != tensor->n * value_bytes)
        error_set(err, "%s: tensor '%s' has %zu bytes of data, but its shape needs %zu", file->path,
                  stored->name, found_bytes, tensor->n * value_bytes);
}

static const HuggingfaceAlias *find_alias(const HuggingfaceModel *model, const char *name)
{
    const HuggingfaceAlias *alias = model->family->aliases;
    while (alias->alias && strcmp(alias->alias, name) != 0) alias++;
    return alias->alias ? alias : NULL;
}

/* Tied, both are the same bytes. */
static bool is_same(const HuggingfaceModel *model, const SafetensorsFile *file,
                    const SafetensorsTensor *other, const char *tensor)
{
    const SafetensorsFile *own_file;
    const SafetensorsTensor *own = find(&own_file, model, tensor);
    const size_t n_bytes = other->end_bytes - other->begin_bytes;
    return own && strcmp(own->dtype, other->dtype) == 0 &&
           own->end_bytes - own->begin_bytes == n_bytes &&
           memcmp(file->data + other->begin_bytes, own_file->data + own->begin_bytes, n_bytes) == 0;
}

static void check_known(const HuggingfaceModel *model, const TensorTable *theirs,
                        const SafetensorsFile *file, const SafetensorsTensor *stored, Error *err)
{
    if (is_known(model, theirs, stored->name)) return;
    const HuggingfaceAlias *alias = find_alias(model, stored->name);
    if (!alias)
        error_set(err, "%s: a %s has no tensor '%s'", file->path, name_of(model), stored->name);
    else if (!is_same(model, file, stored, alias->tensor))
        error_set(err, "%s: '%s' is not '%s', but in a %s here the two are one", file->path,
                  stored->name, alias->tensor, name_of(model));
}

/* All of a top or nothing. */
static bool has_tensors_from(const HuggingfaceModel *model, const HuggingfaceNames *names,
                             int first)
{
    bool all = true;
    const SafetensorsFile *file;
    for (int t = 0; t < names->theirs.n; t++)
        if (names->part[t].ours >= first)
            all = all && find(&file, model, names->theirs.items[t].name);
    return all;
}

static bool add_pooler(TensorTable *ours, const HuggingfaceModel *model, Error *err)
{
    const Architecture *architecture = model->family->architecture;
    const int C = architecture->shape(model->spec).n_channel;
    return !architecture->pooler ||
           architecture->pooler->weights(ours, C, model->n_vocab, err) >= 0;
}

static bool check_tensors(HuggingfaceModel *model, Arena *arena, Error *err)
{
    static const Memory measured = {0}; /* the table is looked at, no block is made for it */
    const Architecture *architecture = model->family->architecture;
    TensorTable ours = tensors_create(&measured, arena);
    HuggingfaceNames names;
    if (!architecture_language_model(&ours, architecture, model->spec, model->n_vocab, err))
        return false;
    const int pooler = ours.n;
    if (!add_pooler(&ours, model, err) ||
        !huggingface_names_table(&names, model->family, &ours, arena, err))
        return false;
    const int n_before = err->n_errors;
    for (int i = 0; i < names.theirs.n; i++)
        check_tensor(model, &names.theirs.items[i], names.part[i].optional, err);
    for (size_t f = 0; f < model->n_files; f++)
        for (size_t i = 0; i < model->files[f].n_tensors; i++)
            check_known(model, &names.theirs, &model->files[f], &model->files[f].tensors[i], err);
    model->has_pooler = architecture->pooler && has_tensors_from(model, &names, pooler);
    return err->n_errors == n_before ||
           error_hint(err, "weights and " HUGGINGFACE_CONFIG_FILE " of one model, whole: copy or "
                           "save the folder again");
}

bool huggingface_check_values(const HuggingfaceModel *model, Error *err)
{
    for (size_t f = 0; f < model->n_files; f++)
        for (size_t i = 0; i < model->files[f].n_tensors; i++) {
            const SafetensorsTensor *stored = &model->files[f].tensors[i];
            if (!is_surplus(model, stored->name) &&
                !weights_values_check(&model->files[f], stored, err))
                return false;
        }
    return true;
}

bool huggingface_open(HuggingfaceModel *model, const char *folder, Arena *arena, Error *err)
{
    HuggingfaceConfig config;
    *model = (HuggingfaceModel){.folder = folder};
    const char *path = file_join(arena, folder, HUGGINGFACE_CONFIG_FILE, err);
    if (!path || !huggingface_config_read(&config, path, arena, err)) return false;
    model->family = config.family;
    model->spec = config.spec;
    model->n_vocab = (int)config.n_vocab;
    return (huggingface_shards_open(&model->files, &model->n_files, folder, arena, err) &&
            check_tensors(model, arena, err)) ||
           error_wrap(err, "opening the model in '%s'", folder);
}

/* --- settings ------------------------------------------------------------------------------- */

/* What the settings call a place of the spec. */
static const char *word_of(const SpecTable *table, size_t offset)
{
    const SpecField *field = table->fields;
    while (field->offset != offset) field++;
    return field->name;
}

static void check_count(const HuggingfaceModel *model, const HuggingfaceField *field,
                        const void *spec, Error *err)
{
    const long long found = huggingface_config_count(field, model->spec);
    const long long said = huggingface_config_count(field, spec);
    const char *word = word_of(model->family->architecture->entry.table, field->offset);
    if (found == said) return;
    error_usage(err, "%s: the model has %s %lld, but the settings say %lld", model->folder, word,
                found, said);
    (void)!error_hint(err, "model.%s: %lld", word, found);
}

static void check_choice(const HuggingfaceModel *model, const HuggingfaceField *field,
                         const void *spec, Error *err)
{
    const int found = huggingface_config_choice(field, model->spec);
    if (found == huggingface_config_choice(field, spec)) return;
    error_usage(err, "%s: $.%s is '%s', but model.%s of the settings is another", model->folder,
                field->key, field->words[found],
                word_of(model->family->architecture->entry.table, field->offset));
}

bool huggingface_check(const HuggingfaceModel *model, const SpecEntryChoice *settings, Error *err)
{
    const int n_before = err->n_errors;
    if (architecture_of(settings) != model->family->architecture) {
        error_usage(err, "%s: the model is a %s, but the settings say %s", model->folder,
                    name_of(model), settings->entry->name);
        return error_hint(err, "\"architecture\": \"%s\"", name_of(model));
    }
    for (const HuggingfaceField *field = model->family->fields; field->key; field++) {
        if (field->kind == HUGGINGFACE_COUNT && !field->loose)
            check_count(model, field, settings->spec, err);
        if (field->kind == HUGGINGFACE_CHOICE) check_choice(model, field, settings->spec, err);
    }
    return err->n_errors == n_before;
}

/* --- values --------------------------------------------------------------------------------- */

typedef struct Loading {
    const HuggingfaceModel *model;
    const HuggingfaceNames *names;
    const TensorTable *table;
    real *block;
    Arena *scratch;
    Error *err;
} Loading;

/* A tensor of theirs into its places of one of ours; rows behind those of the part are let be. */
static bool read_part(real *ours, const Loading *l, int t, const SafetensorsFile *file,
                      const SafetensorsTensor *stored)
{
    const size_t n =
        (stored->end_bytes - stored->begin_bytes) / safetensors_value_bytes(stored->dtype);
    real *theirs = arena_alloc(l->scratch, n, sizeof *theirs, l->err);
    if (!theirs || !weights_values_read(theirs, &kernels_plain.memory, file, stored, l->err))
        return false;
    for (size_t i = 0; i < l->names->theirs.items[t].n; i++)
        ours[huggingface_names_place(&l->names->part[t], i)] = theirs[i];
    return true;
}

/* One part into the block; what stands beside it stays. */
static bool load_part(const Loading *l, int t)
{
    const TensorInfo *tensor = &l->names->theirs.items[t];
    const TensorInfo *ours = &l->table->items[l->names->part[t].ours];
    const SafetensorsFile *file;
    const SafetensorsTensor *stored = find(&file, l->model, tensor->name);
    if (!stored && l->names->part[t].optional) return true;
    if (!stored || !same_shape(stored, tensor, l->model->family->pads_vocabulary))
        return error_set(l->err, "%s: tensor '%s' is not that of the model to be filled",
                         l->model->folder, tensor->name);
    real *values = arena_alloc(l->scratch, ours->n, sizeof *values, l->err);
    if (!values) return false;
    l->table->memory->copy_out(values, l->block + ours->offset, ours->n);
    if (!read_part(values, l, t, file, stored)) return false;
    l->table->memory->copy_in(l->block + ours->offset, values, ours->n);
    return true;
}

bool huggingface_load(const HuggingfaceModel *model, const TensorTable *table, real *block,
                      Arena *scratch, Error *err)
{
    const ArenaMark mark = arena_mark(scratch);
    HuggingfaceNames names;
    bool loaded = huggingface_names_table(&names, model->family, table, scratch, err);
    const Loading loading = {model, &names, table, block, scratch, err};
    for (int t = 0; loaded && t < names.theirs.n; t++) {
        const ArenaMark part = arena_mark(scratch);
        loaded = load_part(&loading, t);
        arena_reset(scratch, part);
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
