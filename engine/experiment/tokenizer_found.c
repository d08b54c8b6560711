#include "experiment/tokenizer_found.h"

#include <string.h>

#include "base/file.h"
#include "base/json.h"

typedef struct Looking {
    const char *folder;
    TokenizerFound *found;
    Arena *arena;
    Error *err;
} Looking;

static const char json_file[] = "tokenizer.json", settings_file[] = "tokenizer_config.json";

static bool has_file(const Looking *l, const char *name)
{
    const char *path = file_join(l->arena, l->folder, name, l->err);
    return path && file_exists(path);
}

static Buffer *add(const Looking *l, const char *role, const char *name)
{
    TokenizerFoundFile *file = &l->found->files[l->found->n_files++];
    *file = (TokenizerFoundFile){role, name, buffer_create(l->arena)};
    return &file->bytes;
}

static bool add_copy(const Looking *l, const char *role, const char *name)
{
    char *bytes, *path = file_join(l->arena, l->folder, name, l->err);
    size_t size;
    return path && file_read(&bytes, &size, path, l->arena, l->err) &&
           buffer_add(add(l, role, name), bytes, size, l->err);
}

/* --- byte-pair encoding ----------------------------------------------------------------------- */

static bool add_two_files(const Looking *l)
{
    l->found->method = "published";
    return add_copy(l, "vocabulary", "vocab.json") && add_copy(l, "merges", "merges.txt");
}

/* "a b" or ["a", "b"], as versions of the library write it. */
static bool add_merge(Buffer *merges, const Json *merge, Error *err)
{
    if (json_type(merge) == JSON_TEXT_VALUE)
        return buffer_format(merges, err, "%s\n", json_text(merge));
    const bool pair = json_type(merge) == JSON_LIST_VALUE && json_size(merge) == 2 &&
                      json_type(json_at(merge, 0)) == JSON_TEXT_VALUE &&
                      json_type(json_at(merge, 1)) == JSON_TEXT_VALUE;
    return pair ? buffer_format(merges, err, "%s %s\n", json_text(json_at(merge, 0)),
                                json_text(json_at(merge, 1)))
                : error_set(err, "tokenizer.json: a merge is no pair of texts");
}

/* Newer versions of the library write tokenizer.json alone: the two files from that. */
static bool add_merges_of(const Looking *l, const Json *model, const char *path)
{
    const Json *vocabulary = json_get(model, "vocab"), *merges = json_get(model, "merges");
    if (!vocabulary || json_type(vocabulary) != JSON_OBJECT_VALUE || !merges ||
        json_type(merges) != JSON_LIST_VALUE)
        return error_usage(l->err, "%s: has no vocab with merges, as byte-pair encoding has", path);
    const char *text = json_print(vocabulary, l->arena, l->err);
    if (!text || !buffer_add_text(add(l, "vocabulary", "vocab.json"), text, l->err)) return false;
    Buffer *lines = add(l, "merges", "merges.txt");
    if (!buffer_add_text(lines, "#version: 0.2\n", l->err)) return false;
    for (size_t i = 0; i < json_size(merges); i++)
        if (!add_merge(lines, json_at(merges, i), l->err)) return false;
    l->found->method = "published";
    return true;
}

/* --- pieces ------------------------------------------------------------------------------------------ */

/* One that says all by itself is taken over as it is. */
static bool add_json(const Looking *l)
{
    const char *path = file_join(l->arena, l->folder, json_file, l->err);
    const Json *whole = path ? json_parse_file(path, l->arena, l->err) : NULL;
    if (!whole) return false;
    const Json *model = json_type(whole) == JSON_OBJECT_VALUE ? json_get(whole, "model") : NULL;
    if (!model || json_type(model) != JSON_OBJECT_VALUE)
        return error_usage(l->err, "%s: $.model: is not there", path);
    const char *type = json_get_text(model, "type");
    if (type && !strcmp(type, "WordPiece")) l->found->method = "wordpiece";
    if (type && !strcmp(type, "Unigram")) l->found->method = "sentencepiece";
    return l->found->method ? add_copy(l, "vocabulary", json_file) : add_merges_of(l, model, path);
}

static bool add_pieces(const Looking *l, const char *method, const char *name)
{
    l->found->method = method;
    return add_copy(l, "vocabulary", name) &&
           (!has_file(l, settings_file) || add_copy(l, "settings", settings_file));
}

bool tokenizer_found_read(TokenizerFound *found, const char *folder, Arena *arena, Error *err)
{
    const Looking looking = {folder, found, arena, err};
    *found = (TokenizerFound){0};
    if (has_file(&looking, "vocab.json") && has_file(&looking, "merges.txt"))
        return add_two_files(&looking);
    if (has_file(&looking, json_file)) return add_json(&looking);
    if (has_file(&looking, "vocab.txt")) return add_pieces(&looking, "wordpiece", "vocab.txt");
    return !has_file(&looking, "spiece.model") ||
           add_pieces(&looking, "sentencepiece", "spiece.model");
}
