#include "data/rows/rows_tree.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_KEY = 127 };

/* --- paths -------------------------------------------------------------------------------------- */

static const char *next_part(const char *part)
{
    const char *dot = strchr(part, '.');
    return dot ? dot + 1 : NULL;
}

static bool is_star(const char *part)
{
    return part[0] == '*' && (part[1] == '.' || part[1] == '\0');
}

static int count_stars(const char *path)
{
    int n = 0;
    for (const char *part = path; part; part = next_part(part)) n += is_star(part);
    return n;
}

static Json *child_at(const Json *list, const char *part, size_t size)
{
    if (strspn(part, "0123456789") != size) return NULL;
    size_t position = strtoull(part, NULL, 10);
    return position < json_size(list) ? json_at(list, position) : NULL;
}

static Json *child_of(const Json *object, const char *part, size_t size)
{
    char key[LONGEST_KEY + 1];
    if (size > LONGEST_KEY) return NULL;
    memcpy(key, part, size);
    key[size] = '\0';
    return json_get(object, key);
}

/* Follows a path up to its star number `n_stars` (counted from 0), or to its end; NULL: it leads nowhere. */
static const Json *follow(const Json *root, const char *path, int n_stars, const Rows *rows)
{
    const Json *value = root;
    int star = 0;
    for (const char *part = path; part && value; part = next_part(part)) {
        size_t size = strcspn(part, ".");
        JsonType type = json_type(value);
        if (is_star(part)) {
            if (star == n_stars) return value;
            size_t item = rows->tree.item[star++];
            value =
                type == JSON_LIST_VALUE && item < json_size(value) ? json_at(value, item) : NULL;
        } else if (type == JSON_LIST_VALUE) value = child_at(value, part, size);
        else value = type == JSON_OBJECT_VALUE ? child_of(value, part, size) : NULL;
    }
    return value;
}

/* --- fields ------------------------------------------------------------------------------------- */

static bool is_list_of_texts(const Json *value)
{
    if (json_type(value) != JSON_LIST_VALUE || json_size(value) == 0) return false;
    for (size_t i = 0; i < json_size(value); i++)
        if (json_type(json_at(value, i)) != JSON_TEXT_VALUE) return false;
    return true;
}

/* As its JSON says it. */
static bool is_plain(const Json *value)
{
    return json_is_numeric(value) || json_type(value) == JSON_BOOL_VALUE;
}

static const char *join_texts(const Json *list, Arena *arena, Error *err)
{
    Buffer text = buffer_create(arena);
    if (!buffer_add_text(&text, "", err)) return NULL;
    for (size_t i = 0; i < json_size(list); i++)
        if ((i > 0 && !buffer_add_char(&text, '\n', err)) ||
            !buffer_add_text(&text, json_text(json_at(list, i)), err))
            return NULL;
    return text.data;
}

bool rows_tree_is_field(const Json *value)
{
    return json_type(value) == JSON_TEXT_VALUE || is_plain(value) || is_list_of_texts(value);
}

static bool read_field(const char **field, const Json *root, const char *path, const char *origin,
                       const Rows *rows, Error *err)
{
    const Json *value = follow(root, path, ROWS_MAX_STARS, rows);
    if (value && json_type(value) == JSON_TEXT_VALUE) *field = json_text(value);
    else if (value && is_list_of_texts(value)) *field = join_texts(value, rows->arena, err);
    else if (value && is_plain(value)) *field = json_canonical(value, rows->arena, err);
    else
        return error_usage(err, "%s: '%s' is %s, expected text or a number", origin, path,
                           value ? json_type_name(json_type(value)) : "missing");
    return *field != NULL;
}

bool rows_tree_fields(const char **fields, const Json *root, const char *origin, Rows *rows,
                      Error *err)
{
    for (size_t i = 0; i < rows->layout.paths.n; i++)
        if (!read_field(&fields[i], root, rows->layout.paths.text[i], origin, rows, err))
            return false;
    return true;
}

/* --- rows --------------------------------------------------------------------------------------- */

bool rows_tree_begin(Rows *rows, Json *root, Error *err)
{
    rows->tree.root = root;
    for (size_t i = 0; i < rows->layout.paths.n; i++) {
        int n_stars = count_stars(rows->layout.paths.text[i]);
        if (n_stars > ROWS_MAX_STARS)
            return error_usage(err, "column '%s' has %d stars; at most %d are nested",
                               rows->layout.paths.text[i], n_stars, ROWS_MAX_STARS);
        if (n_stars > rows->tree.n_stars) rows->tree.n_stars = n_stars;
    }
    return true;
}

/* Items of the lists that the columns' stars of this level stand for; 1 where there is no such star. */
static bool count_items(size_t *n, const Rows *rows, int level, Error *err)
{
    const char *first = NULL;
    *n = 1;
    for (size_t i = 0; i < rows->layout.paths.n; i++) {
        const char *path = rows->layout.paths.text[i];
        if (count_stars(path) <= level) continue;
        const Json *list = follow(rows->tree.root, path, level, rows);
        if (!list || json_type(list) != JSON_LIST_VALUE)
            return error_usage(err, "%s: '%s' leads to no list", rows->origin, path);
        if (first && json_size(list) != *n)
            return error_usage(err, "%s: '%s' stands for %zu items, but '%s' for %zu", rows->origin,
                               path, json_size(list), first, *n);
        first = path;
        *n = json_size(list);
    }
    return true;
}

bool rows_tree_next(bool *more, const char **fields, Rows *rows, Error *err)
{
    size_t *item = rows->tree.item, n_outer, n_inner;
    int innermost = rows->tree.n_stars > 0 ? rows->tree.n_stars - 1 : 0;
    if (!count_items(&n_outer, rows, 0, err)) return false;
    for (; item[0] < n_outer; item[0]++, item[1] = 0) {
        if (!count_items(&n_inner, rows, 1, err)) return false;
        if (item[1] < n_inner) break;
    }
    *more = item[0] < n_outer;
    if (!*more) return true;
    char *origin =
        arena_format(rows->arena, err, "%s: row %d", rows->origin, rows->line = rows->next_line++);
    if (!origin || !rows_tree_fields(fields, rows->tree.root, origin, rows, err)) return false;
    rows->part = (int)item[innermost] + 1;
    item[1]++;
    return true;
}
