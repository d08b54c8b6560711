/* JSON paths for messages. */
#include "spec/field.h"

#include <ctype.h>
#include <string.h>

/* Keys that need no quotes in a path: letters, digits, '_' and '-', not beginning with a digit. */
static bool is_plain_key(const char *key)
{
    if (!isalpha((unsigned char)key[0]) && key[0] != '_' && key[0] != '$') return false;
    for (const char *c = key; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr("_-$", *c)) return false;
    return true;
}

const char *spec_path_key(const SpecReader *reader, const char *json_path, const char *key)
{
    Arena *arena = reader->arena;
    const char *path = NULL;
    if (is_plain_key(key)) {
        path = arena_format(arena, reader->err, "%s.%s", json_path, key);
    } else {
        Json *text = json_new_text(key, arena, reader->err);
        const char *quoted = text ? json_canonical(text, arena, reader->err) : NULL;
        if (quoted) path = arena_format(arena, reader->err, "%s[%s]", json_path, quoted);
    }
    return path ? path : json_path;
}

const char *spec_path_item(const SpecReader *reader, const char *json_path, size_t index)
{
    const char *path = arena_format(reader->arena, reader->err, "%s[%zu]", json_path, index);
    return path ? path : json_path;
}
