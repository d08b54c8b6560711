#include "text/vocabulary.h"

#include <string.h>

Vocabulary vocabulary_create(Arena *arena)
{
    return (Vocabulary){.ids = word_table_create(arena)};
}

static const char **grow_tokens(Vocabulary *vocabulary, size_t n, Error *err)
{
    const char **token = arena_alloc(vocabulary->ids.arena, n, sizeof *token, err);
    if (token && vocabulary->n > 0) memcpy(token, vocabulary->token, vocabulary->n * sizeof *token);
    return token;
}

int vocabulary_add(Vocabulary *vocabulary, const char *token, size_t size, Error *err)
{
    size_t n_before = vocabulary->ids.n;
    WordEntry *entry = word_table_add(&vocabulary->ids, token, size, err);
    if (!entry) return -1;
    if (vocabulary->ids.n == n_before) return (int)entry->value;
    entry->value = vocabulary->n;
    bool is_power_of_two = (vocabulary->n & (vocabulary->n - 1)) == 0;
    if (is_power_of_two) { /* full: room for 1, 2, 4, 8 ... tokens was made */
        const char **more = grow_tokens(vocabulary, vocabulary->n ? vocabulary->n * 2 : 1, err);
        if (!more) return -1;
        vocabulary->token = more;
    }
    const char *copy = arena_text_span(vocabulary->ids.arena, token, size, err);
    if (!copy) return -1;
    vocabulary->token[vocabulary->n] = copy;
    return (int)vocabulary->n++;
}

int vocabulary_find(const Vocabulary *vocabulary, const char *token, size_t size)
{
    const WordEntry *entry = word_table_find(&vocabulary->ids, token, size);
    return entry ? (int)entry->value : -1;
}

int vocabulary_find_text(const Vocabulary *vocabulary, const char *token)
{
    return vocabulary_find(vocabulary, token, strlen(token));
}

bool vocabulary_fill(Vocabulary *vocabulary, const Json *object, const char *path, Arena *arena,
                     Error *err)
{
    if (json_type(object) != JSON_OBJECT_VALUE)
        return error_set(err, "%s: $: expected an object token -> id, not %s", path,
                         json_type_name(json_type(object)));
    *vocabulary = vocabulary_create(arena);
    size_t n = json_size(object);
    vocabulary->token = arena_alloc(arena, n, sizeof *vocabulary->token, err);
    if (!vocabulary->token) return false;
    for (size_t i = 0; i < n; i++) {
        const char *token;
        Json *id;
        json_member(object, i, &token, &id);
        bool fits =
            json_type(id) == JSON_INTEGER_VALUE && json_int(id) >= 0 && (uint64_t)json_int(id) < n;
        if (!fits || vocabulary->token[json_int(id)])
            return error_set(err, "%s: token '%s': ids must be the integers 0 to %zu, each once",
                             path, token, n - 1);
        WordEntry *entry = word_table_add(&vocabulary->ids, token, strlen(token), err);
        if (!entry) return false;
        entry->value = (uint64_t)json_int(id);
        vocabulary->token[entry->value] = token;
    }
    vocabulary->n = n;
    return true;
}

bool vocabulary_read(Vocabulary *vocabulary, const char *path, Arena *arena, Error *err)
{
    const Json *object = json_parse_file(path, arena, err);
    if (!object || !vocabulary_fill(vocabulary, object, path, arena, err)) return false;
    int unknown = vocabulary_find(vocabulary, VOCABULARY_UNKNOWN, sizeof VOCABULARY_UNKNOWN - 1);
    if (unknown == 0) return true;
    if (unknown > 0)
        error_set(err, "%s: token '" VOCABULARY_UNKNOWN "' has the id %d; it must be 0", path,
                  unknown);
    else error_set(err, "%s: there is no token '" VOCABULARY_UNKNOWN "'", path);
    return error_hint(err, "give it the id 0: what is in no token is read as that one");
}

bool vocabulary_write(const char *path, const Vocabulary *vocabulary, Arena *scratch, Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    Json *object = json_new_object(scratch, err);
    if (!object) return false;
    for (size_t id = 0; id < vocabulary->n; id++)
        if (!json_set(object, vocabulary->token[id], json_new_integer((int64_t)id, scratch, err),
                      err))
            return false;
    bool written = json_write_file(path, object, scratch, err);
    arena_reset(scratch, mark);
    return written;
}
