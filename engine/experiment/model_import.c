#include "experiment/model_import.h"

#include <fnmatch.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "text/tokenizer.h"

typedef struct Importing {
    const char *folder;
    const DatasetPlaces *places;
    Arena *arena;
    Error *err;
} Importing;

static const char *const of_tokenizer[] = {"vocab.json", "merges.txt", NULL};

static bool is_weights(const char *name)
{
    return !strcmp(name, HUGGINGFACE_CONFIG_FILE) || !fnmatch("*.safetensors", name, 0) ||
           !fnmatch("*.safetensors.index.json", name, 0);
}

/* --- manifests ---------------------------------------------------------------------------------------- */

static bool set_text(const Importing *importing, Json *object, const char *key, const char *text)
{
    return text && json_set(object, key, json_new_text(text, importing->arena, importing->err),
                            importing->err);
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

/* A copy of one file, and its row of the manifest. */
static bool add_file(const Importing *importing, Json *files, const char *name, const char *file)
{
    const void *bytes;
    size_t size;
    HashText digest;
    Arena *arena = importing->arena;
    char *from = file_join(arena, importing->folder, file, importing->err);
    char *path = arena_format(arena, importing->err, "%s/%s", name, file);
    char *to = path ? file_join(arena, importing->places->downloads, path, importing->err) : NULL;
    Json *row = json_new_object(arena, importing->err);
    if (!from || !to || !row || !file_map(&bytes, &size, from, arena, importing->err) ||
        !file_write(to, bytes, size, importing->err) || !hash_file(&digest, to, importing->err))
        return false;
    return set_text(importing, row, "path", path) &&
           json_set(row, "bytes", json_new_integer((int64_t)size, arena, importing->err),
                    importing->err) &&
           set_text(importing, row, "sha256", digest.text) && json_add(files, row, importing->err);
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
        if (is_weights(names[i]) && !add_file(importing, files, name, names[i])) return false;
    return set_text(importing, what, "layout", "huggingface") &&
           write_manifest(importing, name, "A model of Hugging Face's library", "weights", what,
                          files);
}

/* --- the tokenizer ------------------------------------------------------------------------------------- */

static bool has_tokenizer(const Importing *importing)
{
    for (int i = 0; of_tokenizer[i]; i++) {
        char *path =
            file_join(importing->arena, importing->folder, of_tokenizer[i], importing->err);
        if (!path || !file_exists(path)) return false;
    }
    return true;
}

/* It reads, and has a token for each row of the model's table. */
static bool check_tokenizer(const Importing *importing, const HuggingfaceModel *model)
{
    char *vocabulary = file_join(importing->arena, importing->folder, "vocab.json", importing->err);
    char *merges = file_join(importing->arena, importing->folder, "merges.txt", importing->err);
    Tokenizer *tokenizer =
        vocabulary && merges
            ? tokenizer_load_files(vocabulary, merges, importing->arena, importing->err)
            : NULL;
    if (!tokenizer) return false;
    const int n = tokenizer_n_tokens(tokenizer);
    return n == model->n_vocab || error_usage(importing->err, "%s has %d tokens, but the model %d",
                                              vocabulary, n, model->n_vocab);
}

static bool import_tokenizer(const Importing *importing, const char *name, int n_tokens)
{
    Json *files = json_new_list(importing->arena, importing->err);
    Json *what = json_new_object(importing->arena, importing->err);
    static const char *const keys[] = {"vocabulary", "merges"};
    if (!files || !what) return false;
    for (int i = 0; of_tokenizer[i]; i++) {
        char *path = arena_format(importing->arena, importing->err, "%s/%s", name, of_tokenizer[i]);
        if (!add_file(importing, files, name, of_tokenizer[i]) ||
            !set_text(importing, what, keys[i], path))
            return false;
    }
    return json_set(what, "tokens", json_new_integer(n_tokens, importing->arena, importing->err),
                    importing->err) &&
           write_manifest(importing, name, "The tokenizer of a model of Hugging Face's library",
                          "tokenizer", what, files);
}

/* --- the whole ------------------------------------------------------------------------------------------ */

static bool check(const Importing *importing, ModelImport *import, const char *name)
{
    const bool tokenizer = has_tokenizer(importing);
    *import = (ModelImport){.weights = name};
    if (strchr(name, '/') || name[0] == '.')
        return error_usage(importing->err, "'%s' is no name of a data set", name);
    if (tokenizer)
        import->tokenizer = arena_format(importing->arena, importing->err, "%s-tokens", name);
    return huggingface_open(&import->model, importing->folder, importing->arena, importing->err) &&
           check_free(importing, name) &&
           (!tokenizer || (import->tokenizer && check_free(importing, import->tokenizer) &&
                           check_tokenizer(importing, &import->model)));
}

bool model_import_huggingface(ModelImport *import, const char *folder, const char *name,
                              const DatasetPlaces *places, Arena *arena, Error *err)
{
    const Importing importing = {folder, places, arena, err};
    return (check(&importing, import, name) &&
            (!import->tokenizer ||
             import_tokenizer(&importing, import->tokenizer, import->model.n_vocab)) &&
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
        if (!json_set(model, sizes[i].key, json_new_integer(sizes[i].value, arena, err), err))
            return NULL;
    if (import->tokenizer && (!set_text(&importing, tokenizer, "method", "published") ||
                              !set_text(&importing, tokenizer, "data", import->tokenizer) ||
                              !json_set(settings, "tokenizer", tokenizer, err)))
        return NULL;
    return json_set(settings, "model", model, err) && json_set(settings, "pretrain", pretrain, err)
               ? settings
               : NULL;
}
