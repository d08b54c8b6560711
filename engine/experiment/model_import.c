#include "experiment/model_import.h"

#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "experiment/tokenizer_found.h"
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

/* A file among the downloads, and its row of the manifest. */
static bool add_bytes(const Importing *importing, Json *files, const char *name, const char *file,
                      const void *bytes, size_t size)
{
    Arena *arena = importing->arena;
    const HashText digest = hash_bytes(bytes, size);
    char *path = arena_format(arena, importing->err, "%s/%s", name, file);
    char *to = path ? file_join(arena, importing->places->downloads, path, importing->err) : NULL;
    Json *row = json_new_object(arena, importing->err);
    return to && row && file_write(to, bytes, size, importing->err) &&
           set_text(importing, row, "path", path) &&
           json_set_integer(row, "bytes", (int64_t)size, arena, importing->err) &&
           set_text(importing, row, "sha256", digest.text) && json_add(files, row, importing->err);
}

/* A copy of one file. */
static bool add_file(const Importing *importing, Json *files, const char *name, const char *file)
{
    const void *bytes;
    size_t size;
    char *from = file_join(importing->arena, importing->folder, file, importing->err);
    return from && file_map(&bytes, &size, from, importing->arena, importing->err) &&
           add_bytes(importing, files, name, file, bytes, size);
}

/* `form` is also the name of the member that says what the files are. */
static bool write_manifest(const Importing *importing, const char *name, const char *title,
                           const char *form, Json *what, Json *files)
{
    Json *manifest = json_new_object(importing->arena, importing->err);
    char *path = manifest_path(importing, name);
    return manifest && path && set_text(importing, manifest, "title", title) &&
           set_text(importing, manifest, "licence", "That of the model that was imported.") &&
           set_text(importing, manifest, "form", form) &&
           set_text(importing, manifest, "metric", "perplexity") &&
           set_text(importing, manifest, "imported", importing->folder) &&
           json_set(manifest, "files", files, importing->err) &&
           json_set(manifest, form, what, importing->err) &&
           json_write_file(path, manifest, importing->arena, importing->err);
}

/* --- weights ------------------------------------------------------------------------------------------- */

static bool import_weights(const Importing *importing, const char *name)
{
    char **names;
    size_t n;
    Json *files = json_new_list(importing->arena, importing->err);
    Json *what = json_new_object(importing->arena, importing->err);
    if (!files || !what ||
        !file_list(&names, &n, importing->folder, importing->arena, importing->err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (huggingface_is_content(names[i]) && !add_file(importing, files, name, names[i]))
            return false;
    return set_text(importing, what, "layout", "huggingface") &&
           write_manifest(importing, name, "A model of Hugging Face's library", "weights", what,
                          files);
}

/* --- the tokenizer ------------------------------------------------------------------------------------- */

static char *downloaded(const Importing *importing, const char *name, const char *file)
{
    char *folder = file_join(importing->arena, importing->places->downloads, name, importing->err);
    return folder ? file_join(importing->arena, folder, file, importing->err) : NULL;
}

/* The files are there, read as a tokenizer, and have a token for each row of the model's table. */
static bool check_tokenizer(const Importing *importing, const char *name,
                            const TokenizerFound *found, int n_vocab)
{
    TokenizerFiles files = {.method = found->method};
    for (size_t i = 0; i < found->n_files; i++) {
        const char *path = downloaded(importing, name, found->files[i].name);
        if (!path) return false;
        if (!strcmp(found->files[i].role, "vocabulary")) files.vocabulary = path;
        if (!strcmp(found->files[i].role, "merges")) files.merges = path;
        if (!strcmp(found->files[i].role, "settings")) files.settings = path;
    }
    const Tokenizer *tokenizer = tokenizer_load_files(&files, importing->arena, importing->err);
    if (!tokenizer) return false;
    const int n = tokenizer_n_tokens(tokenizer);
    return n == n_vocab || error_usage(importing->err,
                                       "the tokenizer in '%s' has %d tokens, but the "
                                       "model %d",
                                       importing->folder, n, n_vocab);
}

/* The copies, their rows of the manifest, and the members that name them. */
static bool add_found(const Importing *importing, Json *files, Json *what, const char *name,
                      const TokenizerFound *found)
{
    if (!set_text(importing, what, "method", found->method)) return false;
    for (size_t i = 0; i < found->n_files; i++) {
        const TokenizerFoundFile *file = &found->files[i];
        if (!add_bytes(importing, files, name, file->name, file->bytes.data, file->bytes.size) ||
            !set_text(importing, what, file->role,
                      arena_format(importing->arena, importing->err, "%s/%s", name, file->name)))
            return false;
    }
    return true;
}

static bool write_tokenizer(const Importing *importing, const char *name,
                            const TokenizerFound *found, int n_vocab)
{
    Json *files = json_new_list(importing->arena, importing->err);
    Json *what = json_new_object(importing->arena, importing->err);
    return files && what && add_found(importing, files, what, name, found) &&
           check_tokenizer(importing, name, found, n_vocab) &&
           json_set_integer(what, "tokens", n_vocab, importing->arena, importing->err) &&
           write_manifest(importing, name, "The tokenizer of a model of Hugging Face's library",
                          "tokenizer", what, files);
}

/* Nothing is left of one that is wrong. */
static bool import_tokenizer(const Importing *importing, const char *name,
                             const TokenizerFound *found, int n_vocab)
{
    Error ignored = {0};
    if (write_tokenizer(importing, name, found, n_vocab)) return true;
    char *folder = file_join(importing->arena, importing->places->downloads, name, &ignored);
    if (folder && !file_remove_tree(folder, &ignored)) error_clear(&ignored);
    return false;
}

/* --- the whole ------------------------------------------------------------------------------------------ */

static bool check(const Importing *importing, ModelImport *import, TokenizerFound *found,
                  const char *name)
{
    *import = (ModelImport){.weights = name};
    if (strchr(name, '/') || name[0] == '.')
        return error_usage(importing->err, "'%s' is no name of a data set", name);
    if (!huggingface_open(&import->model, importing->folder, importing->arena, importing->err) ||
        !check_free(importing, name) ||
        !tokenizer_found_read(found, importing->folder, importing->arena, importing->err))
        return false;
    import->tokenizer_method = found->method;
    if (!found->method) return true;
    import->tokenizer = arena_format(importing->arena, importing->err, "%s-tokens", name);
    return import->tokenizer && check_free(importing, import->tokenizer);
}

bool model_import_huggingface(ModelImport *import, const char *folder, const char *name,
                              const DatasetPlaces *places, Arena *arena, Error *err)
{
    TokenizerFound found = {0};
    const Importing importing = {folder, places, arena, err};
    return (check(&importing, import, &found, name) &&
            (!import->tokenizer ||
             import_tokenizer(&importing, import->tokenizer, &found, import->model.n_vocab)) &&
            import_weights(&importing, name)) ||
           error_wrap(err, "importing the model in '%s'", folder);
}

Json *model_import_settings(const ModelImport *import, Arena *arena, Error *err)
{
    const Importing importing = {.arena = arena, .err = err};
    const GptSpec *spec = &import->model.spec;
    const struct {
        const char *key;
        int64_t value;
    } sizes[] = {{"n_layer", spec->n_layer},
                 {"n_head", spec->n_head},
                 {"n_channel", spec->n_channel},
                 {"n_context", spec->n_context}};
    Json *settings = json_new_object(arena, err), *model = json_new_object(arena, err),
         *pretrain = json_new_object(arena, err), *tokenizer = json_new_object(arena, err);
    if (!settings || !model || !pretrain || !tokenizer ||
        !set_text(&importing, model, "architecture", "gpt") ||
        !set_text(&importing, pretrain, "published", import->weights))
        return NULL;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (!json_set_integer(model, sizes[i].key, sizes[i].value, arena, err)) return NULL;
    if (import->tokenizer &&
        (!set_text(&importing, tokenizer, "method", import->tokenizer_method) ||
         !set_text(&importing, tokenizer, "data", import->tokenizer) ||
         !json_set(settings, "tokenizer", tokenizer, err)))
        return NULL;
    return json_set(settings, "model", model, err) && json_set(settings, "pretrain", pretrain, err)
               ? settings
               : NULL;
}
