#include "question/experiment_texts.h"

#include <string.h>

/* The first control character; NULL: there is none. */
static const char *find_control(const char *text, bool in_lines)
{
    for (; *text; text++)
        if (((unsigned char)*text < 0x20 && !(in_lines && *text == '\n')) || *text == 0x7F)
            return text;
    return NULL;
}

static void check_text(const SpecReader *reader, const char *path, const char *what,
                       const char *text, bool in_lines)
{
    const char *control = find_control(text, in_lines);
    if (*text == '\0') {
        spec_error(reader, path, "%s is empty", what);
        error_hint(reader->err, "a word or a sentence");
    } else if (control) {
        spec_error(reader, path, "%s has a control character, 0x%02X, behind '%.*s'", what,
                   (unsigned char)*control, (int)(control - text), text);
        error_hint(reader->err, "take it away: names and sentences are one line");
    }
}

static void check_value(const SpecReader *reader, const char *path, const Json *value,
                        bool in_lines);

/* A wrong name is not shown as the path to itself. */
static void check_members(const SpecReader *reader, const char *path, const Json *object, bool top)
{
    for (size_t i = 0; i < json_size(object); i++) {
        const char *key;
        Json *value;
        json_member(object, i, &key, &value);
        check_text(reader, path, "the name of a member", key, false);
        bool in_lines = top && (!strcmp(key, "question") || !strcmp(key, "description"));
        if (*key && !find_control(key, false))
            check_value(reader, spec_path_key(reader, path, key), value, in_lines);
    }
}

static void check_value(const SpecReader *reader, const char *path, const Json *value,
                        bool in_lines)
{
    switch (json_type(value)) {
    case JSON_TEXT_VALUE: check_text(reader, path, "the text", json_text(value), in_lines); return;
    case JSON_OBJECT_VALUE: check_members(reader, path, value, false); return;
    case JSON_LIST_VALUE:
        for (size_t i = 0; i < json_size(value); i++)
            check_value(reader, spec_path_item(reader, path, i), json_at(value, i), false);
        return;
    default: return;
    }
}

void experiment_texts_check(const SpecReader *reader, const Json *document)
{
    if (json_type(document) == JSON_OBJECT_VALUE) check_members(reader, "$", document, true);
}
