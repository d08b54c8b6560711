#include "pieces_rig.h"

#include <criterion/criterion.h>
#include <string.h>

#include "../golden_file.h"
#include "base/base64.h"
#include "base/file.h"
#include "base/parallel.h"

#define GOLDEN "tests/golden/pieces/pieces.json"

const Json *pieces_rig_golden(const char *keys)
{
    static const Json *whole;
    if (!whole) whole = golden_file_open(GOLDEN, text_rig_arena);
    const Json *member = whole;
    for (const char *at = keys; at;) {
        const char *slash = strchr(at, '/');
        const size_t size = slash ? (size_t)(slash - at) : strlen(at);
        member =
            golden_file_member(member, arena_text_span(text_rig_arena, at, size, &text_rig_err));
        at = slash ? slash + 1 : NULL;
    }
    return member;
}

const char *pieces_rig_write(const char *name, const void *bytes, size_t size)
{
    static const char *folder; /* of the test at hand, a process of its own */
    if (!folder) folder = text_rig_folder();
    const char *path = file_join(text_rig_arena, folder, name, &text_rig_err);
    cr_assert(path && file_write(path, bytes, size, &text_rig_err), "%s", text_rig_err.text);
    return path;
}

Tokenizer *pieces_rig_try(const char *method, const void *bytes, size_t size, const char *settings)
{
    const TokenizerFiles files = {
        .method = method,
        .vocabulary = pieces_rig_write("vocabulary", bytes, size),
        .settings =
            settings ? pieces_rig_write("settings.json", settings, strlen(settings)) : NULL};
    return tokenizer_load_files(&files, text_rig_arena, &text_rig_err);
}

static Tokenizer *loaded(Tokenizer *tokenizer)
{
    cr_assert(tokenizer, "%s", text_rig_err.text);
    return tokenizer;
}

static const char *kind_keys(const char *family, const char *kind, const char *key)
{
    const char *keys = arena_format(text_rig_arena, &text_rig_err, "%s/%s/%s", family, kind, key);
    cr_assert(keys);
    return keys;
}

static const char *print(const Json *json)
{
    const char *text = json_canonical(json, text_rig_arena, &text_rig_err);
    cr_assert(text, "%s", text_rig_err.text);
    return text;
}

Tokenizer *pieces_rig_wordpiece(const char *kind)
{
    const Json *pieces = pieces_rig_golden("wordpiece/pieces");
    Buffer lines = buffer_create(text_rig_arena);
    for (size_t i = 0; i < json_size(pieces); i++)
        cr_assert(buffer_format(&lines, &text_rig_err, "%s\n", json_text(json_at(pieces, i))));
    const Json *settings = pieces_rig_golden(kind_keys("wordpiece/kinds", kind, "settings"));
    return loaded(pieces_rig_try("wordpiece", lines.data, lines.size, print(settings)));
}

Tokenizer *pieces_rig_wordpiece_json(const char *kind)
{
    const Json *pieces = pieces_rig_golden("wordpiece/pieces");
    Json *whole = json_clone(pieces_rig_golden(kind_keys("wordpiece/kinds", kind, "json")),
                             text_rig_arena, &text_rig_err);
    Json *vocabulary = json_new_object(text_rig_arena, &text_rig_err);
    cr_assert(whole && vocabulary);
    for (size_t i = 0; i < json_size(pieces); i++)
        cr_assert(json_set_integer(vocabulary, json_text(json_at(pieces, i)), (int64_t)i,
                                   text_rig_arena, &text_rig_err));
    cr_assert(json_set(json_get(whole, "model"), "vocab", vocabulary, &text_rig_err));
    const char *text = print(whole);
    return loaded(pieces_rig_try("wordpiece", text, strlen(text), NULL));
}

const char *pieces_rig_model(size_t *size, const char *kind)
{
    const char *text = json_text(pieces_rig_golden(kind_keys("sentencepiece", kind, "model")));
    Buffer bytes = buffer_create(text_rig_arena);
    cr_assert(base64_decode(&bytes, text, strlen(text), &text_rig_err), "%s", text_rig_err.text);
    *size = bytes.size;
    return bytes.data;
}

Tokenizer *pieces_rig_sentencepiece(const char *kind, const char *settings)
{
    size_t size;
    const char *bytes = pieces_rig_model(&size, kind);
    return loaded(pieces_rig_try("sentencepiece", bytes, size, settings));
}

Tokenizer *pieces_rig_unigram(void)
{
    const char *text = print(pieces_rig_golden("unigram/json"));
    return loaded(pieces_rig_try("sentencepiece", text, strlen(text), NULL));
}

TokenList pieces_rig_encode(const Tokenizer *tokenizer, const char *text)
{
    TokenList tokens;
    cr_assert(
        tokenizer_encode(&tokens, tokenizer, text, strlen(text), text_rig_arena, &text_rig_err),
        "%s", text_rig_err.text);
    return tokens;
}

const char *pieces_rig_decode(const Tokenizer *tokenizer, TokenList tokens)
{
    const char *text =
        tokenizer_decode(tokenizer, tokens.ids, tokens.n, text_rig_arena, &text_rig_err);
    cr_assert(text, "%s", text_rig_err.text);
    return text;
}

void pieces_rig_compare(const Tokenizer *tokenizer, const Json *ids, const Json *decoded)
{
    const Json *lines = pieces_rig_golden("lines");
    cr_assert_eq(json_size(lines), json_size(ids));
    for (size_t i = 0; i < json_size(lines); i++) {
        const char *line = json_text(json_at(lines, i));
        const TokenList tokens = pieces_rig_encode(tokenizer, line);
        const Json *expected = json_at(ids, i);
        cr_expect_eq(tokens.n, json_size(expected), "line %zu: %zu ids: '%s'", i, tokens.n, line);
        for (size_t k = 0; k < tokens.n && k < json_size(expected); k++)
            cr_expect_eq(tokens.ids[k], json_int(json_at(expected, k)), "line %zu, id %zu: '%s'", i,
                         k, line);
        if (decoded)
            cr_expect_str_eq(pieces_rig_decode(tokenizer, tokens), json_text(json_at(decoded, i)),
                             "line %zu", i);
    }
}

void pieces_rig_compare_documents(const Tokenizer *tokenizer)
{
    const Json *lines = pieces_rig_golden("lines");
    const size_t n = json_size(lines);
    Document *items = arena_alloc(text_rig_arena, n + 1, sizeof *items, &text_rig_err);
    Buffer all = buffer_create(text_rig_arena);
    cr_assert(items);
    for (size_t i = 0; i < n; i++) {
        const char *line = json_text(json_at(lines, i));
        items[i] = (Document){"line", line, strlen(line)};
        cr_assert(buffer_format(&all, &text_rig_err, "%s\n", line));
    }
    enum { LONG = 600 << 10 }; /* more than two pieces */
    const size_t once = all.size;
    while (all.size < LONG) cr_assert(buffer_add(&all, all.data, once, &text_rig_err));
    items[n] = (Document){"long", all.data, all.size};
    for (int threads = 1; threads <= 3; threads += 2) {
        TokenList tokens;
        size_t *offset;
        parallel_set_threads(threads);
        cr_assert(tokenizer_encode_documents(&tokens, &offset, tokenizer,
                                             &(Documents){n + 1, items}, text_rig_arena,
                                             &text_rig_err),
                  "%s", text_rig_err.text);
        for (size_t d = 0; d <= n; d++) {
            const TokenList alone = pieces_rig_encode(tokenizer, items[d].text);
            cr_assert_eq(offset[d + 1] - offset[d], alone.n, "document %zu", d);
            cr_assert_arr_eq(tokens.ids + offset[d], alone.ids, alone.n * sizeof *alone.ids);
        }
    }
}
