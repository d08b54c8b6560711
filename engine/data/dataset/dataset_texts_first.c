#include "data/dataset/dataset_texts_first.h"

#include <string.h>

#include "base/csv.h"

static bool add_field(TextList *fields, size_t *room, const char *text, size_t size, Arena *arena,
                      Error *err)
{
    const char **more = arena_grow(arena, fields->text, fields->n, room, sizeof *more, err);
    if (!more) return false;
    fields->text = more;
    fields->text[fields->n] = arena_text_span(arena, text, size, err);
    return fields->text[fields->n++] != NULL;
}

static bool split_tabs(TextList *fields, const char *line, size_t size, Arena *arena, Error *err)
{
    size_t room = 0;
    for (const char *at = line, *end = line + size; at;) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        if (!add_field(fields, &room, at, (size_t)((tab ? tab : end) - at), arena, err))
            return false;
        at = tab ? tab + 1 : NULL;
    }
    return true;
}

static bool split_csv(TextList *fields, const DatasetTexts *texts, const char *line, Arena *arena,
                      Error *err)
{
    CsvReader reader = csv_reader(texts->origin, line, (size_t)(texts->bytes + texts->size - line));
    if (texts->delimiter) reader.delimiter = texts->delimiter;
    Buffer field = buffer_create(arena);
    size_t room = 0;
    for (bool last = false; !last;)
        if (!csv_read(&field, &last, &reader, err) ||
            !add_field(fields, &room, field.data, field.size, arena, err))
            return false;
    return true;
}

/* `prefix`: the path of the object with a dot behind it. */
static bool add_keys(TextList *keys, size_t *room, const Json *object, const char *prefix,
                     Arena *arena, Error *err)
{
    for (size_t i = 0; i < json_size(object); i++) {
        const char *key;
        Json *value;
        json_member(object, i, &key, &value);
        const bool deeper = json_type(value) == JSON_OBJECT_VALUE;
        const char *path = arena_format(arena, err, "%s%s%s", prefix, key, deeper ? "." : "");
        if (!path) return false;
        if (!(deeper ? add_keys(keys, room, value, path, arena, err)
                     : add_field(keys, room, path, strlen(path), arena, err)))
            return false;
    }
    return true;
}

static bool list_keys(TextList *keys, const DatasetTexts *texts, const char *line, size_t size,
                      Arena *arena, Error *err)
{
    const Json *object = json_parse_text(line, size, texts->origin, arena, err);
    size_t room = 0;
    if (!object) return false;
    if (json_type(object) == JSON_OBJECT_VALUE)
        return add_keys(keys, &room, object, "", arena, err);
    error_usage(err, "%s: the first line is no JSON object", texts->origin);
    return error_hint(err, "an object a line, {\"NAME\": \"a text\"}");
}

bool dataset_texts_first(TextList *fields, const DatasetTexts *texts, Arena *arena, Error *err)
{
    const char *at = texts->bytes, *end = at + texts->size;
    *fields = (TextList){0};
    if (end - at >= 3 && !memcmp(at, "\xEF\xBB\xBF", 3)) at += 3;
    while (at < end && (*at == '\n' || *at == '\r')) at++;
    if (at == end) return true;
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    size_t size = (size_t)((newline ? newline : end) - at);
    if (size && at[size - 1] == '\r') size--;
    switch (texts->format) {
    case ROWS_CSV: return split_csv(fields, texts, at, arena, err);
    case ROWS_JSON_LINES: return list_keys(fields, texts, at, size, arena, err);
    default: return split_tabs(fields, at, size, arena, err);
    }
}
