#include "base/seal.h"

#include <string.h>

#include "base/file.h"
#include "base/hash.h"

static bool write_seal(const char *path, const char *text, Error *err)
{
    Arena *arena = arena_create("seal", err);
    char *seal = arena ? arena_format(arena, err, "%s" SEAL_SUFFIX, path) : NULL;
    bool written = seal && file_write(seal, text, strlen(text), err);
    arena_destroy(arena);
    return written;
}

bool seal_break(const char *path, Error *err)
{
    return write_seal(path, "", err);
}

bool seal_set(const char *path, Error *err)
{
    HashText hash;
    return hash_file(&hash, path, err) && write_seal(path, hash.text, err);
}

bool seal_write(const char *path, const void *bytes, size_t size, Error *err)
{
    return seal_break(path, err) && file_write(path, bytes, size, err) && seal_set(path, err);
}

bool seal_write_json(const char *path, const Json *json, Arena *scratch, Error *err)
{
    return seal_break(path, err) && json_write_file(path, json, scratch, err) &&
           seal_set(path, err);
}

/* The seal is broken first: a file that is gone is missed only while its seal is whole. */
bool seal_remove(const char *path, Error *err)
{
    Arena *arena = arena_create("seal", err);
    char *seal = arena ? arena_format(arena, err, "%s" SEAL_SUFFIX, path) : NULL;
    bool removed = seal && (!file_exists(seal) || seal_break(path, err)) &&
                   file_remove_tree(path, err) && file_remove_tree(seal, err);
    arena_destroy(arena);
    return removed;
}

bool seal_is_name(const char *name)
{
    const size_t n = strlen(name), m = strlen(SEAL_SUFFIX);
    return n > m && !strcmp(name + n - m, SEAL_SUFFIX);
}

bool seal_check(bool *sealed, Error *damage, const char *path, Arena *arena, Error *err)
{
    HashText hash;
    char *text, *seal = arena_format(arena, err, "%s" SEAL_SUFFIX, path);
    size_t size;
    if (!seal) return false;
    *sealed = file_exists(seal);
    if (!*sealed) return true;
    if (!file_read(&text, &size, seal, arena, err)) return false;
    if (size == 0) return true;
    if (!file_exists(path)) {
        error_set(damage, "%s: is missing", path);
        return true;
    }
    if (!hash_file(&hash, path, err)) return false;
    if (strcmp(hash.text, text) != 0)
        error_set(damage, "%s: is not what was written: its SHA-256 is %.12s..., not %.12s...",
                  path, hash.text, text);
    return true;
}
