/* One value of a document into one member of a struct. */
#include "spec/spec_expect.h"
#include "spec/spec_reading.h"

#include <string.h>

static bool in_range(const SpecField *field, double number)
{
    return number >= field->minimum && number <= field->maximum;
}

static void out_of_range(const SpecReading *reading, const SpecField *field, const char *path,
                         double number)
{
    const SpecReader *reader = reading->reader;
    const char *range = spec_expect_range(field, reader->arena, reader->err);
    const double of_100 = number / 100;
    spec_error(reader, path, "%.15g is out of range", number);
    if (field->share && number >= 1 && in_range(field, of_100))
        error_hint(reader->err, "%.15g for %.15g %% (a share of 1: %s)", of_100, number,
                   range ? range : "");
    else error_hint(reader->err, "%s", range && range[0] ? range : "a number");
}

static void read_int(const SpecReading *reading, int64_t *member, const SpecField *field,
                     const Json *json, const char *path)
{
    if (field->word && json_type(json) == JSON_TEXT_VALUE) {
        if (strcmp(json_text(json), field->word) == 0) {
            *member = (int64_t)field->word_number;
            return;
        }
    }
    if (json_type(json) != JSON_INTEGER_VALUE) spec_error_wrong_type(reading, field, json, path);
    else if (!in_range(field, (double)json_int(json)))
        out_of_range(reading, field, path, (double)json_int(json));
    else *member = json_int(json);
}

static void read_real(const SpecReading *reading, double *member, const SpecField *field,
                      const Json *json, const char *path)
{
    if (json_type(json) != JSON_INTEGER_VALUE && json_type(json) != JSON_REAL_VALUE)
        spec_error_wrong_type(reading, field, json, path);
    else if (!in_range(field, json_number(json)))
        out_of_range(reading, field, path, json_number(json));
    else *member = json_number(json);
}

static void read_text(const SpecReading *reading, const char **member, const SpecField *field,
                      const Json *json, const char *path)
{
    bool may_be_absent = !field->required && !field->default_text;
    if (json_type(json) == JSON_NULL_VALUE && may_be_absent) *member = NULL;
    else if (json_type(json) != JSON_TEXT_VALUE) spec_error_wrong_type(reading, field, json, path);
    else *member = arena_text(reading->reader->arena, json_text(json), reading->reader->err);
}

static void read_choice(const SpecReading *reading, int *member, const SpecField *field,
                        const Json *json, const char *path)
{
    if (json_type(json) != JSON_TEXT_VALUE) {
        spec_error_wrong_type(reading, field, json, path);
        return;
    }
    size_t n = 0;
    for (; field->words[n]; n++)
        if (strcmp(field->words[n], json_text(json)) == 0) {
            *member = (int)n;
            return;
        }
    spec_error(reading->reader, path, "unknown word '%s'", json_text(json));
    spec_suggest_hint(reading->reader, json_text(json), field->words, n);
}

void *spec_value_items(const SpecReading *reading, const SpecField *field, const Json *json,
                       size_t item_bytes, const char *path)
{
    if (json_type(json) != JSON_LIST_VALUE) {
        spec_error_wrong_type(reading, field, json, path);
        return NULL;
    }
    return arena_alloc(reading->reader->arena, json_size(json), item_bytes, reading->reader->err);
}

static void read_texts(const SpecReading *reading, TextList *member, const SpecField *field,
                       const Json *json, const char *path)
{
    const char **items = spec_value_items(reading, field, json, sizeof *items, path);
    if (!items) return;
    const SpecField item = {.name = field->name, .type = SPEC_TYPE_TEXT, .required = true};
    for (size_t i = 0; i < json_size(json); i++)
        read_text(reading, &items[i], &item, json_at(json, i),
                  spec_path_item(reading->reader, path, i));
    *member = (TextList){json_size(json), items};
}

static void read_ints(const SpecReading *reading, IntList *member, const SpecField *field,
                      const Json *json, const char *path)
{
    int64_t *items = spec_value_items(reading, field, json, sizeof *items, path);
    if (!items) return;
    SpecField item = *field;
    item.type = SPEC_TYPE_INT;
    for (size_t i = 0; i < json_size(json); i++)
        read_int(reading, &items[i], &item, json_at(json, i),
                 spec_path_item(reading->reader, path, i));
    *member = (IntList){json_size(json), items};
}

static void read_reals(const SpecReading *reading, RealList *member, const SpecField *field,
                       const Json *json, const char *path)
{
    double *items = spec_value_items(reading, field, json, sizeof *items, path);
    if (!items) return;
    SpecField item = *field;
    item.type = SPEC_TYPE_REAL;
    for (size_t i = 0; i < json_size(json); i++)
        read_real(reading, &items[i], &item, json_at(json, i),
                  spec_path_item(reading->reader, path, i));
    *member = (RealList){json_size(json), items};
}

void spec_value_read(const SpecReading *reading, void *member, const SpecField *field,
                     const Json *json, const char *path)
{
    const SpecReader *reader = reading->reader;
    switch (field->type) {
    case SPEC_TYPE_INT: read_int(reading, member, field, json, path); break;
    case SPEC_TYPE_REAL: read_real(reading, member, field, json, path); break;
    case SPEC_TYPE_BOOL:
        if (json_type(json) != JSON_BOOL_VALUE) spec_error_wrong_type(reading, field, json, path);
        else *(bool *)member = json_bool(json);
        break;
    case SPEC_TYPE_TEXT: read_text(reading, member, field, json, path); break;
    case SPEC_TYPE_TEXTS: read_texts(reading, member, field, json, path); break;
    case SPEC_TYPE_INTS: read_ints(reading, member, field, json, path); break;
    case SPEC_TYPE_REALS: read_reals(reading, member, field, json, path); break;
    case SPEC_TYPE_JSON: *(Json **)member = json_clone(json, reader->arena, reader->err); break;
    case SPEC_TYPE_CHOICE: read_choice(reading, member, field, json, path); break;
    case SPEC_TYPE_STRUCT:
    case SPEC_TYPE_OPTIONAL:
    case SPEC_TYPE_ENTRY:
    case SPEC_TYPE_STRUCTS: break; /* they have fields of their own: spec_read.c */
    }
}
