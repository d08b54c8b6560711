#include "text/tokenizer_json.h"

#include <string.h>

bool tokenizer_json_is_object(const char *bytes, size_t size)
{
    size_t i = 0;
    while (i < size && memchr(" \t\r\n", bytes[i], 4)) i++;
    if (i >= size || bytes[i] != '{') return false;
    for (i++; i < size && memchr(" \t\r\n", bytes[i], 4);) i++;
    return i < size && (bytes[i] == '"' || bytes[i] == '}');
}

const Json *tokenizer_json_settings(const char *path, Arena *arena, Error *err)
{
    const Json *object = json_parse_file(path, arena, err);
    if (!object || json_type(object) == JSON_OBJECT_VALUE) return object;
    error_set(err, "%s: $: expected an object, not %s", path, json_type_name(json_type(object)));
    return NULL;
}

static const Json *object_member(const Json *object, const char *key)
{
    const Json *member = json_type(object) == JSON_OBJECT_VALUE ? json_get(object, key) : NULL;
    return member && json_type(member) == JSON_OBJECT_VALUE ? member : NULL;
}

const char *tokenizer_json_type(const Json *object)
{
    const bool is_object = object && json_type(object) == JSON_OBJECT_VALUE;
    const char *type = is_object ? json_get_text(object, "type") : NULL;
    return type ? type : "";
}

const Json *tokenizer_json_model(const Json *whole, const char *type, const char *path, Error *err)
{
    const Json *model = object_member(whole, "model");
    const char *found = tokenizer_json_type(model);
    if (model && !strcmp(found, type)) return model;
    if (!model) error_set(err, "%s: $.model: is not there", path);
    else error_set(err, "%s: $.model.type: '%s', not '%s'", path, found, type);
    error_hint(err,
               "BPE is read by method published, WordPiece by wordpiece, Unigram by sentencepiece");
    return NULL;
}

static const Json *get(const Json *object, const char *key)
{
    const Json *member = json_get(object, key);
    return member && json_type(member) != JSON_NULL_VALUE ? member : NULL;
}

static bool wrong_type(const Json *member, const char *key, const char *expected, const char *path,
                       Error *err)
{
    return error_set(err, "%s: %s: expected %s, not %s", path, key, expected,
                     json_type_name(json_type(member)));
}

bool tokenizer_json_bool(bool *value, const Json *object, const char *key, bool preset,
                         const char *path, Error *err)
{
    const Json *member = get(object, key);
    *value = preset;
    if (!member) return true;
    if (json_type(member) != JSON_BOOL_VALUE)
        return wrong_type(member, key, "true or false", path, err);
    *value = json_bool(member);
    return true;
}

bool tokenizer_json_integer(int64_t *value, const Json *object, const char *key, int64_t preset,
                            const char *path, Error *err)
{
    const Json *member = get(object, key);
    *value = preset;
    if (!member) return true;
    if (json_type(member) != JSON_INTEGER_VALUE)
        return wrong_type(member, key, "an integer", path, err);
    *value = json_int(member);
    return true;
}

/* The id of an added token, which is the vocabulary's, or becomes its next one; -1: failed. */
static int place_token(Vocabulary *vocabulary, const char *token, int64_t id, const char *path,
                       Error *err)
{
    const int known = vocabulary_find(vocabulary, token, strlen(token));
    if (known >= 0 && known == id) return known;
    if (known < 0 && id == (int64_t)vocabulary->n)
        return vocabulary_add(vocabulary, token, strlen(token), err);
    if (known >= 0)
        error_set(err, "%s: added token '%s' has the id %lld; in the vocabulary it is %d", path,
                  token, (long long)id, known);
    else
        error_set(err, "%s: added token '%s' has the id %lld; the next one is %zu", path, token,
                  (long long)id, vocabulary->n);
    return -1;
}

static bool add_token(Vocabulary *vocabulary, const Json *row, const char *path,
                      TokenizerJsonAdded *each, void *context, Error *err)
{
    const bool is_object = json_type(row) == JSON_OBJECT_VALUE;
    const char *token = is_object ? json_get_text(row, "content") : NULL;
    int64_t id;
    bool is_special;
    if (!token) return error_set(err, "%s: an added token has no content", path);
    if (!tokenizer_json_integer(&id, row, "id", -1, path, err) ||
        !tokenizer_json_bool(&is_special, row, "special", false, path, err))
        return false;
    const int placed = place_token(vocabulary, token, id, path, err);
    return placed >= 0 && each(context, placed, is_special, err);
}

bool tokenizer_json_add_tokens(Vocabulary *vocabulary, const Json *whole, const char *path,
                               TokenizerJsonAdded *each, void *context, Error *err)
{
    const Json *list = get(whole, "added_tokens");
    if (!list) return true;
    if (json_type(list) != JSON_LIST_VALUE)
        return wrong_type(list, "added_tokens", "a list", path, err);
    for (size_t i = 0; i < json_size(list); i++)
        if (!add_token(vocabulary, json_at(list, i), path, each, context, err)) return false;
    return true;
}
