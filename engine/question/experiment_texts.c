#include "question/experiment_texts.h"

#include <string.h>

#include "base/control.h"

static void check_value(const SpecReader *reader, const char *path, const Json *value,
                        bool in_lines);

/* A wrong name is not shown as the path to itself. */
static void check_members(const SpecReader *reader, const char *path, const Json *object, bool top)
{
    for (size_t i = 0; i < json_size(object); i++) {
        const char *key;
        Json *value;
        json_member(object, i, &key, &value);
        spec_check_text(reader, path, "the name of a member", key, false);
        bool in_lines = top && (!strcmp(key, "question") || !strcmp(key, "description"));
        if (*key && !control_find(key, false))
            check_value(reader, spec_path_key(reader, path, key), value, in_lines);
    }
}

static void check_value(const SpecReader *reader, const char *path, const Json *value,
                        bool in_lines)
{
    switch (json_type(value)) {
    case JSON_TEXT_VALUE:
        spec_check_text(reader, path, "the text", json_text(value), in_lines);
        return;
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
