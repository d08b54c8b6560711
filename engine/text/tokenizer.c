#include "text/tokenizer.h"

#include <string.h>
#include "base/file.h"
#include "base/json.h"
#include "text/bpe_method.h"
#include "text/normalizer.h"
#include "text/tokenizer_state.h"

/* --- files ------------------------------------------------------------------------------------- */

/* What the folder is, for the loader and for readers. */
static const char DESCRIPTION_NAME[] = "tokenizer.json";

static bool write_description(const char *folder, const TokenizerMethod *method, Arena *scratch,
                              Error *err)
{
    const char *path = file_join(scratch, folder, DESCRIPTION_NAME, err);
    Json *object = path ? json_new_object(scratch, err) : NULL;
    return object && json_set(object, "format", json_new_integer(1, scratch, err), err) &&
           json_set(object, "method", json_new_text(method->entry.name, scratch, err), err) &&
           json_write_file(path, object, scratch, err);
}

bool tokenizer_train(const char *folder, const SpecEntryChoice *choice, const Documents *documents,
                     Arena *scratch, Error *err)
{
    const TokenizerMethod *method = (const TokenizerMethod *)choice->entry;
    ArenaMark mark = arena_mark(scratch);
    bool trained = file_make_folder(folder, err) &&
                   method->train(folder, choice->spec, documents, scratch, err) &&
                   write_description(folder, method, scratch, err);
    if (!trained) error_wrap(err, "training a '%s' tokenizer", method->entry.name);
    arena_reset(scratch, mark);
    return trained;
}

const char *tokenizer_data(const SpecEntryChoice *choice)
{
    const TokenizerMethod *method = (const TokenizerMethod *)choice->entry;
    return method->data ? method->data(choice->spec) : NULL;
}

bool tokenizer_keeps_files(const SpecEntryChoice *choice)
{
    return ((const TokenizerMethod *)choice->entry)->library_file;
}

int tokenizer_rules_version(const SpecEntryChoice *choice)
{
    return ((const TokenizerMethod *)choice->entry)->rules_version;
}

/* Every file of the method, called by `names` in the folder; what the method has none of stays out. */
static bool place(TokenizerFiles *files, const char *folder, const TokenizerFiles *names,
                  Arena *arena, Error *err)
{
    *files = (TokenizerFiles){.method = names->method};
    files->vocabulary = file_join(arena, folder, names->vocabulary, err);
    files->merges = names->merges ? file_join(arena, folder, names->merges, err) : NULL;
    files->settings = names->settings ? file_join(arena, folder, names->settings, err) : NULL;
    return files->vocabulary && (files->merges || !names->merges) &&
           (files->settings || !names->settings);
}

static bool copy(const char *to, const char *from, Arena *scratch, Error *err)
{
    char *bytes;
    size_t size;
    return !from ||
           (file_read(&bytes, &size, from, scratch, err) && file_write(to, bytes, size, err));
}

bool tokenizer_import(const char *folder, const TokenizerFiles *files, Arena *scratch, Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    TokenizerFiles taken;
    const Tokenizer *tokenizer = tokenizer_load_files(files, scratch, err);
    bool ok = tokenizer && file_make_folder(folder, err) &&
              place(&taken, folder, &tokenizer->method->files, scratch, err) &&
              copy(taken.vocabulary, files->vocabulary, scratch, err) &&
              copy(taken.merges, files->merges, scratch, err) &&
              copy(taken.settings, files->settings, scratch, err) &&
              write_description(folder, tokenizer->method, scratch, err);
    arena_reset(scratch, mark);
    return ok;
}

static const TokenizerMethod *find_method(const char *name)
{
    return (const TokenizerMethod *)spec_registry_find(&tokenizer_methods, name);
}

static const TokenizerMethod *read_method(const char *folder, Arena *arena, Error *err)
{
    const char *path = file_join(arena, folder, DESCRIPTION_NAME, err);
    Json *object = path ? json_parse_file(path, arena, err) : NULL;
    if (!object) return NULL;
    Json *name = json_type(object) == JSON_OBJECT_VALUE ? json_get(object, "method") : NULL;
    const TokenizerMethod *method =
        name && json_type(name) == JSON_TEXT_VALUE ? find_method(json_text(name)) : NULL;
    if (method) return method;
    error_set(err, "%s: $.method: names no method of tokenizers", path);
    error_hint(err, "\"%s\", or the name of another method", bpe_method.entry.name);
    return NULL;
}

static Tokenizer *load(const TokenizerMethod *method, const TokenizerFiles *files, Arena *arena,
                       Error *err)
{
    Tokenizer *tokenizer = arena_alloc(arena, 1, sizeof *tokenizer, err);
    if (!tokenizer) return NULL;
    tokenizer->method = method;
    tokenizer->specials = (TokenizerSpecials){-1, -1, -1, -1, -1, 0, NULL};
    return method->load(tokenizer, files, arena, err) ? tokenizer : NULL;
}

Tokenizer *tokenizer_load(const char *folder, Arena *arena, Error *err)
{
    TokenizerFiles files;
    const TokenizerMethod *method = read_method(folder, arena, err);
    Tokenizer *tokenizer = NULL;
    if (method && place(&files, folder, &method->files, arena, err)) {
        if (files.settings && !file_exists(files.settings)) files.settings = NULL;
        tokenizer = load(method, &files, arena, err);
    }
    if (!tokenizer) error_wrap(err, "loading the tokenizer in '%s'", folder);
    return tokenizer;
}

Tokenizer *tokenizer_load_files(const TokenizerFiles *files, Arena *arena, Error *err)
{
    const TokenizerMethod *method = find_method(files->method);
    if (method) return load(method, files, arena, err);
    error_set(err, "there is no method of tokenizers '%s'", files->method);
    return NULL;
}

/* --- tokens and text --------------------------------------------------------------------------- */

const NormalizerRules *tokenizer_rules(const Tokenizer *tokenizer)
{
    return tokenizer->rules;
}

const TokenizerSpecials *tokenizer_specials(const Tokenizer *tokenizer)
{
    return &tokenizer->specials;
}

int tokenizer_n_tokens(const Tokenizer *tokenizer)
{
    return (int)tokenizer->vocabulary.n;
}

const char *tokenizer_token(const Tokenizer *tokenizer, int id)
{
    return id >= 0 && id < tokenizer_n_tokens(tokenizer) ? tokenizer->vocabulary.token[id] : NULL;
}

int tokenizer_find(const Tokenizer *tokenizer, const char *token)
{
    return vocabulary_find_text(&tokenizer->vocabulary, token);
}

int tokenizer_token_bytes(const Tokenizer *tokenizer, int id)
{
    return tokenizer_token(tokenizer, id) ? tokenizer->method->token_bytes(tokenizer, id) : 0;
}

char *tokenizer_decode(const Tokenizer *tokenizer, const int *ids, size_t n, Arena *arena,
                       Error *err)
{
    Buffer text = buffer_create(arena);
    for (size_t i = 0; i < n; i++) {
        if (tokenizer_token(tokenizer, ids[i])) continue;
        error_set(err, "token id %d is not in the vocabulary of %d", ids[i],
                  tokenizer_n_tokens(tokenizer));
        return NULL;
    }
    if (!tokenizer->method->decode(&text, tokenizer, ids, n, err)) return NULL;
    return text.data ? text.data : arena_text(arena, "", err);
}

char *tokenizer_normalize(const char *text, size_t size, const NormalizerRules *rules, Arena *arena,
                          Error *err)
{
    Arena *buffers = arena_create("normalized text", err);
    Arena *scratch = buffers ? arena_create("normalizing", err) : NULL;
    char *result = NULL;
    if (scratch) {
        Normalizer normalizer = normalizer_create(rules, buffers, scratch);
        if (normalizer_run(&normalizer, text, size, cleanup_examine(text, size), err))
            result = arena_text_span(arena, normalizer.words.data, normalizer.words.size, err);
    }
    arena_destroy(scratch);
    arena_destroy(buffers);
    return result;
}
