#include "data/own/own_paths.h"

#include <string.h>

#include "base/interrupt.h"
#include "data/rows/rows_tree.h"

enum { LONGEST_KEY = 127, LONGEST_PATH = 512, MOST_PATHS = 256 };

typedef struct Paths {
    TextList names;       /* room for MOST_PATHS */
    size_t n[MOST_PATHS]; /* lines that have it, readable */
    Arena *arena;
} Paths;

/* A key that is one part of a path. */
static bool is_part(const char *key)
{
    return *key && strlen(key) <= LONGEST_KEY && !strpbrk(key, ".*+?");
}

static bool note(Paths *paths, const char *path, bool readable, Error *err)
{
    int place = spec_list_find(&paths->names, path);
    if (place < 0) {
        if (paths->names.n == MOST_PATHS) return true;
        char *copy = arena_text(paths->arena, path, err);
        if (!copy) return false;
        place = spec_list_place(&paths->names, copy);
    }
    paths->n[place] += readable;
    return true;
}

/* `prefix`: the path of the object with a dot behind it. */
static bool note_members(Paths *paths, const Json *object, const char *prefix, Error *err)
{
    for (size_t i = 0; i < json_size(object); i++) {
        const char *key;
        Json *value;
        json_member(object, i, &key, &value);
        char *path = arena_format(paths->arena, err, "%s%s", prefix, key);
        if (!path) return false;
        const bool usable = is_part(key) && strlen(path) <= LONGEST_PATH;
        const bool deeper = usable && json_type(value) == JSON_OBJECT_VALUE;
        char *inside = deeper ? arena_format(paths->arena, err, "%s.", path) : path;
        if (!inside || !(deeper ? note_members(paths, value, inside, err)
                                : note(paths, path, usable && rows_tree_is_field(value), err)))
            return false;
    }
    return true;
}

static bool note_line(Paths *paths, const char *line, size_t size, const char *origin,
                      Arena *scratch, Error *err)
{
    const Json *object = json_parse_text(line, size, origin, scratch, err);
    if (!object) return false;
    if (json_type(object) == JSON_OBJECT_VALUE) return note_members(paths, object, "", err);
    error_usage(err, "%s: not an object", origin);
    return error_hint(err, "{\"text\": \"...\", \"label\": \"...\"} on every line");
}

static bool note_lines(size_t *n, Paths *paths, const char *origin, const char *bytes, size_t size,
                       Arena *scratch, Error *err)
{
    const char *at = bytes, *const end = bytes + size;
    *n = 0;
    for (int number = 1; at < end; number++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop) stop = end;
        const size_t length = (size_t)(stop - at) - (stop > at && stop[-1] == '\r');
        const ArenaMark mark = arena_mark(scratch);
        const char *where = arena_format(scratch, err, "%s:%d", origin, number);
        if (!where || !interrupt_check(err) ||
            (length && !note_line(paths, at, length, where, scratch, err)))
            return false;
        arena_reset(scratch, mark);
        *n += length > 0;
        at = stop + 1;
    }
    return true;
}

static bool part(TextList *columns, TextList *left_out, const Paths *paths, size_t n_lines,
                 Arena *arena, Error *err)
{
    *columns = (TextList){0, arena_alloc(arena, paths->names.n, sizeof *columns->text, err)};
    *left_out = (TextList){0, arena_alloc(arena, paths->names.n, sizeof *columns->text, err)};
    if (!columns->text || !left_out->text) return false;
    for (size_t i = 0; i < paths->names.n; i++) {
        TextList *list = paths->n[i] == n_lines ? columns : left_out;
        list->text[list->n++] = paths->names.text[i];
    }
    return true;
}

bool own_paths(TextList *columns, TextList *left_out, const char *origin, const char *bytes,
               size_t size, Arena *arena, Error *err)
{
    size_t n_lines;
    Arena *scratch = arena_create("JSON lines", err);
    Paths *paths = arena_alloc(arena, 1, sizeof *paths, err);
    bool done = scratch && paths;
    if (done) {
        *paths = (Paths){.arena = arena};
        paths->names.text = arena_alloc(arena, MOST_PATHS, sizeof *paths->names.text, err);
        done = paths->names.text &&
               note_lines(&n_lines, paths, origin, bytes, size, scratch, err) &&
               part(columns, left_out, paths, n_lines, arena, err);
    }
    arena_destroy(scratch);
    return done;
}
