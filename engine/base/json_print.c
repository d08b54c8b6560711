#include "base/json.h"

#include "base/buffer.h"
#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is nested more deeply Jansson would not read. */
enum { MOST_DEPTH = 2048 };

typedef enum Layout { READABLE, CANONICAL } Layout;

static bool print_value(Buffer *out, const Json *value, Layout layout, int depth, Error *err);

static bool print_text(Buffer *out, const char *text, Error *err)
{
    if (!buffer_add_char(out, '"', err)) return false;
    for (; *text; text++) {
        size_t plain = 0; /* bytes that stand for themselves, UTF-8 included */
        while ((unsigned char)text[plain] >= 0x20 && text[plain] != '"' && text[plain] != '\\')
            plain++;
        if (!buffer_add(out, text, plain, err)) return false;
        text += plain;
        bool done = true;
        switch (*text) {
        case '\0': return buffer_add_char(out, '"', err);
        case '"': done = buffer_add_text(out, "\\\"", err); break;
        case '\\': done = buffer_add_text(out, "\\\\", err); break;
        case '\n': done = buffer_add_text(out, "\\n", err); break;
        case '\t': done = buffer_add_text(out, "\\t", err); break;
        case '\r': done = buffer_add_text(out, "\\r", err); break;
        default: done = buffer_format(out, err, "\\u%04x", (unsigned char)*text); break;
        }
        if (!done) return false;
    }
    return buffer_add_char(out, '"', err);
}

/* The fewest digits that read back as the same number; always with a point or an exponent, so that a
 * real stays a real. */
static bool print_real(Buffer *out, double number, Error *err)
{
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number) break;
    }
    return buffer_add_text(out, text, err) &&
           (strpbrk(text, ".e") || buffer_add_text(out, ".0", err));
}

static bool print_break(Buffer *out, Layout layout, int depth, Error *err)
{
    return layout == CANONICAL || buffer_format(out, err, "\n%*s", 2 * depth, "");
}

static bool is_plain_list(const Json *list)
{
    for (size_t i = 0; i < json_size(list); i++) {
        JsonType type = json_type(json_at(list, i));
        if (type == JSON_LIST_VALUE || type == JSON_OBJECT_VALUE) return false;
    }
    return true;
}

/* A list of plain values stands on one line when it is short: [1, 2, 3]. *fits tells; what did not fit
 * is taken back. */
static bool print_on_one_line(bool *fits, Buffer *out, const Json *list, int depth, Error *err)
{
    enum { LINE = 96 };
    size_t n = json_size(list), start = out->size;
    if (!buffer_add_char(out, '[', err)) return false;
    *fits = true;
    for (size_t i = 0; *fits && i < n; i++) {
        if ((i > 0 && !buffer_add_text(out, ", ", err)) ||
            !print_value(out, json_at(list, i), READABLE, depth + 1, err))
            return false;
        *fits = out->size - start + 2 * (size_t)depth < LINE;
    }
    if (!*fits) out->size = start;
    return !*fits || buffer_add_char(out, ']', err);
}

static bool print_list(Buffer *out, const Json *list, Layout layout, int depth, Error *err)
{
    size_t n = json_size(list);
    bool done = false;
    if (layout == READABLE && is_plain_list(list) &&
        !print_on_one_line(&done, out, list, depth, err))
        return false;
    if (done) return true;
    if (!buffer_add_char(out, '[', err)) return false;
    for (size_t i = 0; i < n; i++) {
        if ((i > 0 && !buffer_add_char(out, ',', err)) ||
            !print_break(out, layout, depth + 1, err) ||
            !print_value(out, json_at(list, i), layout, depth + 1, err))
            return false;
    }
    return (n == 0 || print_break(out, layout, depth, err)) && buffer_add_char(out, ']', err);
}

static int by_key(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The keys in the order of the layout. */
static const char **ordered_keys(const Json *object, Layout layout, Arena *arena, Error *err)
{
    size_t n = json_size(object);
    const char **keys = arena_alloc(arena, n, sizeof *keys, err);
    if (!keys) return NULL;
    for (size_t i = 0; i < n; i++) {
        Json *ignored;
        json_member(object, i, &keys[i], &ignored);
    }
    if (layout == CANONICAL && n > 1) qsort(keys, n, sizeof *keys, by_key);
    return keys;
}

static bool print_object(Buffer *out, const Json *object, Layout layout, int depth, Error *err)
{
    size_t n = json_size(object);
    const char **keys = ordered_keys(object, layout, out->arena, err);
    if (!keys || !buffer_add_char(out, '{', err)) return false;
    for (size_t i = 0; i < n; i++) {
        if ((i > 0 && !buffer_add_char(out, ',', err)) ||
            !print_break(out, layout, depth + 1, err) || !print_text(out, keys[i], err) ||
            !buffer_add_text(out, layout == CANONICAL ? ":" : ": ", err) ||
            !print_value(out, json_get(object, keys[i]), layout, depth + 1, err))
            return false;
    }
    return (n == 0 || print_break(out, layout, depth, err)) && buffer_add_char(out, '}', err);
}

static bool print_value(Buffer *out, const Json *value, Layout layout, int depth, Error *err)
{
    if (depth >= MOST_DEPTH) return error_set(err, "JSON is nested more than %d deep", MOST_DEPTH);
    switch (json_type(value)) {
    case JSON_BOOL_VALUE: return buffer_add_text(out, json_bool(value) ? "true" : "false", err);
    case JSON_INTEGER_VALUE: return buffer_format(out, err, "%lld", (long long)json_int(value));
    case JSON_REAL_VALUE: return print_real(out, json_number(value), err);
    case JSON_TEXT_VALUE: return print_text(out, json_text(value), err);
    case JSON_LIST_VALUE: return print_list(out, value, layout, depth, err);
    case JSON_OBJECT_VALUE: return print_object(out, value, layout, depth, err);
    case JSON_NULL_VALUE: break;
    }
    return buffer_add_text(out, "null", err);
}

char *json_print(const Json *value, Arena *arena, Error *err)
{
    Buffer out = buffer_create(arena);
    if (!print_value(&out, value, READABLE, 0, err) || !buffer_add_char(&out, '\n', err))
        return NULL;
    return out.data;
}

char *json_canonical(const Json *value, Arena *arena, Error *err)
{
    Buffer out = buffer_create(arena);
    return print_value(&out, value, CANONICAL, 0, err) ? out.data : NULL;
}

bool json_hash(HashText *digest, const Json *value, Arena *arena, Error *err)
{
    ArenaMark mark = arena_mark(arena);
    const char *text = json_canonical(value, arena, err);
    if (text) *digest = hash_bytes(text, strlen(text));
    arena_reset(arena, mark);
    return text != NULL;
}

bool json_write_file(const char *path, const Json *value, Arena *scratch, Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    const char *text = json_print(value, scratch, err);
    bool done = text && file_write(path, text, strlen(text), err);
    arena_reset(scratch, mark);
    return done;
}
