#include "experiment/model_import.h"

#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "data/own/own_name.h"
#include "data/own/own_place.h"
#include "experiment/tokenizer_found.h"
#include "learner/objectives.h"
#include "text/tokenizer.h"

typedef struct Importing {
    const char *folder;
    const DatasetPlaces *places;
    Arena *arena;
    Error *err;
} Importing;

/* --- manifests ---------------------------------------------------------------------------------------- */

static bool set_text(const Importing *importing, Json *object, const char *key, const char *text)
{
    return text && json_set_text(object, key, text, importing->arena, importing->err);
}

static char *manifest_path(const Importing *importing, const char *name)
{
    return arena_format(importing->arena, importing->err, "%s/%s.json",
                        importing->places->manifests, name);
}

static bool check_free(const Importing *importing, const char *name)
{
    char *path = manifest_path(importing, name);
    if (!path || !file_exists(path)) return path != NULL;
    error_usage(importing->err, "%s is there already", path);
    return error_hint(importing->err, "another name, or remove it");
}

/* A file of the data set, and its row of the manifest. */
static bool add_bytes(const Importing *importing, const OwnPlace *place, Json *files,
                      const char *file, const void *bytes, size_t size)
{
    Arena *arena = importing->arena;
    const HashText digest = hash_bytes(bytes, size);
    char *path = file_join(arena, place->stored, file, importing->err);
    Json *row = json_new_object(arena, importing->err);
    return path && row && own_place_write(place, path, bytes, size, importing->err) &&
           set_text(importing, row, "path", path) &&
           json_set_integer(row, "bytes", (int64_t)size, arena, importing->err) &&
           set_text(importing, row, "sha256", digest.text) && json_add(files, row, importing->err);
}

/* A copy of one file. */
static bool add_file(const Importing *importing, const OwnPlace *place, Json *files,
                     const char *file)
{
    const void *bytes;
    size_t size;
    char *from = file_join(importing->arena, importing->folder, file, importing->err);
    return from && file_map(&bytes, &size, from, importing->arena, importing->err) &&
           add_bytes(importing, place, files, file, bytes, size);
}

/* `form` is also the name of the member that says what the files are. */
static bool write_manifest(const Importing *importing, const OwnPlace *place, const char *title,
                           const char *form, Json *what, Json *files)
{
    Json *manifest = json_new_object(importing->arena, importing->err);
    return manifest && set_text(importing, manifest, "title", title) &&
           set_text(importing, manifest, "licence", "That of the model that was imported.") &&
           set_text(importing, manifest, "form", form) &&
           set_text(importing, manifest, "metric", "perplexity") &&
           set_text(importing, manifest, "imported", importing->folder) &&
           json_set(manifest, "files", files, importing->err) &&
           json_set(manifest, form, what, importing->err) &&
           own_place_open(place, manifest, importing->err);
}

/* --- weights ------------------------------------------------------------------------------------------- */

static bool write_weights(const Importing *importing, const OwnPlace *place)
{
    char **names;
    size_t n;
    Json *files = json_new_list(importing->arena, importing->err);
    Json *what = json_new_object(importing->arena, importing->err);
    if (!files || !what ||
        !file_list(&names, &n, importing->folder, importing->arena, importing->err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (huggingface_is_content(names[i]) && !add_file(importing, place, files, names[i]))
            return false;
    return set_text(importing, what, "layout", "huggingface") &&
           write_manifest(importing, place, "A model of Hugging Face's library", "weights", what,
                          files);
}

/* --- the tokenizer ------------------------------------------------------------------------------------- */

/* The files are there, read as a tokenizer, and have a token for each row of the model's table. */
static bool check_tokenizer(const Importing *importing, const OwnPlace *place,
                            const TokenizerFound *found, const HuggingfaceModel *model,
                            int *n_tokens)
{
    TokenizerFiles files = {.method = found->method};
    const char *folder =
        file_join(importing->arena, place->staged.downloads, place->stored, importing->err);
    for (size_t i = 0; folder && i < found->n_files; i++) {
        const char *path =
            file_join(importing->arena, folder, found->files[i].name, importing->err);
        if (!path) return false;
        if (!strcmp(found->files[i].role, "vocabulary")) files.vocabulary = path;
        if (!strcmp(found->files[i].role, "merges")) files.merges = path;
        if (!strcmp(found->files[i].role, "settings")) files.settings = path;
    }
    const Tokenizer *tokenizer =
        folder ? tokenizer_load_files(&files, importing->arena, importing->err) : NULL;
    if (!tokenizer) return false;
    const HuggingfaceFamily *family = model->family;
    const TextTokens text = special_tokens_text(tokenizer);
    const int n = objectives_tokens(family->architecture, text).n_language_model;
    *n_tokens = text.n;
    if (n == model->n_vocab || (family->pads_vocabulary && n < model->n_vocab)) return true;
    const char *lacking = objectives_lacking(family->architecture, text);
    if (lacking)
        error_usage(importing->err,
                    "the tokenizer in '%s' has no token '%s', which a %s needs, among its %d",
                    importing->folder, lacking, family->architecture->entry.name, text.n);
    else
        error_usage(importing->err, "the tokenizer in '%s' has %d tokens, but the model %d",
                    importing->folder, n, model->n_vocab);
    return error_hint(importing->err, "the tokenizer files that the model was trained with");
}

/* The copies, their rows of the manifest, and the members that name them. */
static bool add_found(const Importing *importing, const OwnPlace *place, Json *files, Json *what,
                      const TokenizerFound *found)
{
    Arena *arena = importing->arena;
    if (!set_text(importing, what, "method", found->method)) return false;
    for (size_t i = 0; i < found->n_files; i++) {
        const TokenizerFoundFile *file = &found->files[i];
        if (!add_bytes(importing, place, files, file->name, file->bytes.data, file->bytes.size) ||
            !set_text(importing, what, file->role,
                      file_join(arena, place->stored, file->name, importing->err)))
            return false;
    }
    return true;
}

static bool write_tokenizer(const Importing *importing, const OwnPlace *place,
                            const TokenizerFound *found, const HuggingfaceModel *model)
{
    int n_tokens;
    Arena *arena = importing->arena;
    Error *err = importing->err;
    Json *files = json_new_list(arena, err), *what = json_new_object(arena, err);
    return files && what && add_found(importing, place, files, what, found) &&
           check_tokenizer(importing, place, found, model, &n_tokens) &&
           json_set_integer(what, "tokens", n_tokens, arena, err) &&
           write_manifest(importing, place, "The tokenizer of a model of Hugging Face's library",
                          "tokenizer", what, files);
}

/* --- the whole ------------------------------------------------------------------------------------------ */

/* Of what an architecture sets around a text its context holds more. */
static bool check_context(const Importing *importing, const HuggingfaceModel *model)
{
    const Architecture *architecture = model->family->architecture;
    const int n_context = architecture->shape(model->spec).n_context;
    const int room = objectives_text_length(architecture, n_context);
    if (room >= 1) return true;
    error_usage(importing->err,
                "%s: the model reads %d tokens at most, and %d stand around a text of a %s, so "
                "that none has room",
                importing->folder, n_context, n_context - room, architecture->entry.name);
    return error_hint(importing->err, "a model of %d or more positions", n_context - room + 1);
}

static bool check(const Importing *importing, ModelImport *import, TokenizerFound *found,
                  const char *name)
{
    *import = (ModelImport){.weights = name};
    if (!own_name_check(name, importing->err) ||
        !huggingface_open(&import->model, importing->folder, importing->arena, importing->err) ||
        !check_context(importing, &import->model) ||
        !huggingface_check_values(&import->model, importing->err) || !check_free(importing, name) ||
        !tokenizer_found_read(found, importing->folder, importing->arena, importing->err))
        return false;
    import->tokenizer_method = found->method;
    if (!found->method) return true;
    import->tokenizer = arena_format(importing->arena, importing->err, "%s-tokens", name);
    return import->tokenizer && check_free(importing, import->tokenizer);
}

/* Both are written whole before one of them is in its place. */
static bool write_both(const Importing *importing, const ModelImport *import,
                       const TokenizerFound *found, OwnPlace *weights, OwnPlace *tokens)
{
    Error *err = importing->err;
    if (import->tokenizer && (!own_place_begin(tokens, import->tokenizer, false, importing->places,
                                               importing->arena, err) ||
                              !own_place_claim(tokens, err) ||
                              !write_tokenizer(importing, tokens, found, &import->model)))
        return false;
    if (!own_place_begin(weights, import->weights, false, importing->places, importing->arena,
                         err) ||
        !own_place_claim(weights, err) || !write_weights(importing, weights) ||
        (import->tokenizer && !own_place_commit(tokens, err)))
        return false;
    if (own_place_commit(weights, err)) return true;
    if (import->tokenizer) own_place_withdraw(tokens);
    return false;
}

bool model_import_huggingface(ModelImport *import, const char *folder, const char *name,
                              const DatasetPlaces *places, Arena *arena, Error *err)
{
    TokenizerFound found = {0};
    OwnPlace weights = {0}, tokens = {0};
    const Importing importing = {folder, places, arena, err};
    const bool done = check(&importing, import, &found, name) &&
                      write_both(&importing, import, &found, &weights, &tokens);
    own_place_end(&tokens);
    own_place_end(&weights);
    return done || error_wrap(err, "importing the model in '%s'", folder);
}

/* What is not usual of the network. */
static Json *model_settings(const Importing *importing, const ModelImport *import)
{
    const SpecEntry *entry = &import->model.family->architecture->entry;
    Json *model = json_new_object(importing->arena, importing->err);
    Json *fields =
        spec_write(import->model.spec, entry->table, false, importing->arena, importing->err);
    if (!model || !fields || !set_text(importing, model, "architecture", entry->name)) return NULL;
    for (size_t i = 0; i < json_size(fields); i++) {
        const char *key;
        Json *value;
        json_member(fields, i, &key, &value);
        if (!json_set(model, key, value, importing->err)) return NULL;
    }
    return model;
}

/* What settings that say nothing of it take for a causal language model. */
static bool add_objective(const Importing *importing, const ModelImport *import, Json *settings,
                          Json *pretrain)
{
    const int objective = objectives_for(import->model.family->architecture);
    if (objectives_at(objective)->n_stand_ins == 0) return true;
    Json *finetune = json_new_object(importing->arena, importing->err);
    return finetune && set_text(importing, pretrain, "objective", objectives_words[objective]) &&
           json_set_integer(finetune, "lm_coefficient", 0, importing->arena, importing->err) &&
           json_set(settings, "finetune", finetune, importing->err);
}

Json *model_import_settings(const ModelImport *import, Arena *arena, Error *err)
{
    const Importing importing = {.arena = arena, .err = err};
    Json *settings = json_new_object(arena, err), *model = model_settings(&importing, import),
         *pretrain = json_new_object(arena, err), *tokenizer = json_new_object(arena, err);
    if (!settings || !model || !pretrain || !tokenizer ||
        !set_text(&importing, pretrain, "published", import->weights))
        return NULL;
    if (import->tokenizer &&
        (!set_text(&importing, tokenizer, "method", import->tokenizer_method) ||
         !set_text(&importing, tokenizer, "data", import->tokenizer) ||
         !json_set(settings, "tokenizer", tokenizer, err)))
        return NULL;
    return json_set(settings, "model", model, err) &&
                   json_set(settings, "pretrain", pretrain, err) &&
                   add_objective(&importing, import, settings, pretrain)
               ? settings
               : NULL;
}
