#include "text/tokenizer.h"

#include <string.h>
#include "base/file.h"
#include "base/json.h"
#include "text/bpe_method.h"
#include "text/normalizer.h"
#include "text/published_method.h"
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

static bool copy(const char *folder, const char *name, const char *from, Arena *scratch, Error *err)
{
    char *bytes;
    size_t size;
    const char *to = file_join(scratch, folder, name, err);
    return to && file_read(&bytes, &size, from, scratch, err) && file_write(to, bytes, size, err);
}

bool tokenizer_import(const char *folder, const char *vocabulary_path, const char *merges_path,
                      Arena *scratch, Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    bool ok = tokenizer_load_files(vocabulary_path, merges_path, scratch, err) != NULL &&
              file_make_folder(folder, err) &&
              copy(folder, VOCABULARY_FILE, vocabulary_path, scratch, err) &&
              copy(folder, BPE_METHOD_MERGES_FILE, merges_path, scratch, err) &&
              write_description(folder, &published_method, scratch, err);
    arena_reset(scratch, mark);
    return ok;
}

static const TokenizerMethod *read_method(const char *folder, Arena *arena, Error *err)
{
    const char *path = file_join(arena, folder, DESCRIPTION_NAME, err);
    Json *object = path ? json_parse_file(path, arena, err) : NULL;
    if (!object) return NULL;
    Json *name = json_type(object) == JSON_OBJECT_VALUE ? json_get(object, "method") : NULL;
    const TokenizerMethod *method =
        name && json_type(name) == JSON_TEXT_VALUE
            ? (const TokenizerMethod *)spec_registry_find(&tokenizer_methods, json_text(name))
            : NULL;
    if (method && method->load) return method;
    error_set(err, "%s: $.method: names no method that can be loaded", path);
    error_hint(err, "\"%s\" or \"%s\"", bpe_method.entry.name, published_method.entry.name);
    return NULL;
}

Tokenizer *tokenizer_load(const char *folder, Arena *arena, Error *err)
{
    Tokenizer *tokenizer = arena_alloc(arena, 1, sizeof *tokenizer, err);
    if (!tokenizer) return NULL;
    tokenizer->method = read_method(folder, arena, err);
    const char *path = tokenizer->method ? file_join(arena, folder, VOCABULARY_FILE, err) : NULL;
    if (path && vocabulary_read(&tokenizer->vocabulary, path, arena, err))
        tokenizer->state = tokenizer->method->load(folder, &tokenizer->vocabulary, arena, err);
    if (tokenizer->state) return tokenizer;
    error_wrap(err, "loading the tokenizer in '%s'", folder);
    return NULL;
}

Tokenizer *tokenizer_load_files(const char *vocabulary_path, const char *merges_path, Arena *arena,
                                Error *err)
{
    Tokenizer *tokenizer = arena_alloc(arena, 1, sizeof *tokenizer, err);
    if (!tokenizer) return NULL;
    tokenizer->method = &published_method;
    if (vocabulary_read(&tokenizer->vocabulary, vocabulary_path, arena, err))
        tokenizer->state = bpe_method_load_file(merges_path, &tokenizer->vocabulary, arena, err);
    return tokenizer->state ? tokenizer : NULL;
}

/* --- tokens and text --------------------------------------------------------------------------- */

NormalizerRules tokenizer_rules(const Tokenizer *tokenizer)
{
    return tokenizer->method->rules;
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
    return vocabulary_find(&tokenizer->vocabulary, token, strlen(token));
}

/* What a token stands for, without the mark of a word's end; whether it had one. */
static bool strip_end(size_t *size, const char *token)
{
    const size_t n_end = sizeof VOCABULARY_WORD_END - 1;
    *size = strlen(token);
    bool ends = *size > n_end && strcmp(token + *size - n_end, VOCABULARY_WORD_END) == 0;
    if (ends) *size -= n_end;
    return ends;
}

int tokenizer_token_bytes(const Tokenizer *tokenizer, int id)
{
    size_t size;
    const char *token = tokenizer_token(tokenizer, id);
    bool ends = token && strip_end(&size, token);
    return token ? (int)size + ends : 0;
}

char *tokenizer_decode(const Tokenizer *tokenizer, const int *ids, size_t n, Arena *arena,
                       Error *err)
{
    Buffer text = buffer_create(arena);
    for (size_t i = 0; i < n; i++) {
        const char *token = tokenizer_token(tokenizer, ids[i]);
        if (!token) {
            error_set(err, "token id %d is not in the vocabulary of %d", ids[i],
                      tokenizer_n_tokens(tokenizer));
            return NULL;
        }
        size_t size;
        bool ends = strip_end(&size, token);
        if (!buffer_add(&text, token, size, err)) return NULL;
        if (ends && i + 1 < n && !buffer_add_char(&text, ' ', err)) return NULL;
    }
    return text.data ? text.data : arena_text(arena, "", err);
}

char *tokenizer_normalize(const char *text, size_t size, NormalizerRules rules, Arena *arena,
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
