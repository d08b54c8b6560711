#include "spec/spec_expect.h"

#include <math.h>

const char *spec_expect_type(const SpecField *field)
{
    switch (field->type) {
    case SPEC_TYPE_INT: return field->word ? "an integer or a word" : "an integer";
    case SPEC_TYPE_REAL: return "a number";
    case SPEC_TYPE_BOOL: return "true or false";
    case SPEC_TYPE_TEXT: return "text";
    case SPEC_TYPE_TEXTS: return "a list of text";
    case SPEC_TYPE_INTS: return "a list of integers";
    case SPEC_TYPE_REALS: return "a list of numbers";
    case SPEC_TYPE_JSON: return "any value";
    case SPEC_TYPE_CHOICE: return "a word";
    case SPEC_TYPE_STRUCT: return "an object";
    case SPEC_TYPE_OPTIONAL: return "an object or null";
    case SPEC_TYPE_ENTRY: return "an object";
    case SPEC_TYPE_STRUCTS: return "a list of objects";
    }
    return "a value";
}

bool spec_expect_required(const SpecField *field)
{
    bool number = field->type == SPEC_TYPE_INT || field->type == SPEC_TYPE_REAL ||
                  field->type == SPEC_TYPE_BOOL || field->type == SPEC_TYPE_CHOICE;
    return field->required || (number && field->default_number == SPEC_REQUIRED);
}

/* A bound so large that no spec means it: "unbounded" in practice (INT64_MAX, INFINITY, 1e18). */
static bool is_bound(double bound)
{
    return fabs(bound) < 1e15;
}

static const char *number_range(const SpecField *field, Arena *arena, Error *err)
{
    bool low = is_bound(field->minimum), high = is_bound(field->maximum);
    if (low && field->minimum == field->maximum)
        return arena_format(arena, err, "%.15g", field->minimum);
    if (low && high)
        return arena_format(arena, err, "%.15g to %.15g", field->minimum, field->maximum);
    if (low) return arena_format(arena, err, "at least %.15g", field->minimum);
    if (high) return arena_format(arena, err, "at most %.15g", field->maximum);
    return "";
}

static const char *word_range(const char *const *words, Arena *arena, Error *err)
{
    Buffer text = buffer_create(arena);
    for (size_t i = 0; words[i]; i++) {
        const char *joint = i == 0 ? "" : words[i + 1] ? ", " : " or ";
        if (!buffer_format(&text, err, "%s'%s'", joint, words[i])) return NULL;
    }
    return text.data ? text.data : "";
}

static const char *entry_range(const SpecRegistry *registry, Arena *arena, Error *err)
{
    Buffer text = buffer_create(arena);
    if (!buffer_format(&text, err, "\"%s\": ", registry->kind)) return NULL;
    for (size_t i = 0; registry->entries[i]; i++) {
        const char *joint = i == 0 ? "" : registry->entries[i + 1] ? ", " : " or ";
        if (!buffer_format(&text, err, "%s'%s'", joint, registry->entries[i]->name)) return NULL;
    }
    return text.data;
}

const char *spec_expect_range(const SpecField *field, Arena *arena, Error *err)
{
    const char *range = "";
    switch (field->type) {
    case SPEC_TYPE_INT:
        range = number_range(field, arena, err);
        if (!range || !field->word) return range;
        return arena_format(arena, err, "%s%sor '%s'", range, range[0] ? ", " : "", field->word);
    case SPEC_TYPE_REAL: return number_range(field, arena, err);
    case SPEC_TYPE_INTS:
    case SPEC_TYPE_REALS:
        range = number_range(field, arena, err);
        if (!range || !range[0]) return range;
        return arena_format(arena, err, "each %s", range);
    case SPEC_TYPE_CHOICE: return word_range(field->words, arena, err);
    case SPEC_TYPE_ENTRY: return entry_range(field->registry, arena, err);
    default: return range;
    }
}

const char *spec_expect_hint(const SpecField *field, Arena *arena, Error *err)
{
    const char *range = spec_expect_range(field, arena, err);
    if (!range || range[0]) return range;
    const char *first =
        field->table && field->table->fields[0].name ? field->table->fields[0].name : "";
    switch (field->type) {
    case SPEC_TYPE_INT: return "1";
    case SPEC_TYPE_REAL: return "0.5";
    case SPEC_TYPE_BOOL: return "true or false, without quotes";
    case SPEC_TYPE_TEXT: return "\"text in quotes\"";
    case SPEC_TYPE_TEXTS: return "[\"a\", \"b\"]";
    case SPEC_TYPE_INTS: return "[1, 2]";
    case SPEC_TYPE_REALS: return "[0.5, 1]";
    case SPEC_TYPE_STRUCTS: return arena_format(arena, err, "[{\"%s\": ...}, ...]", first);
    case SPEC_TYPE_STRUCT:
    case SPEC_TYPE_OPTIONAL:
        if (!first[0]) return "{...}";
        return arena_format(arena, err, "{\"%s\": ...}", first);
    default: return range;
    }
}

const char *spec_expect_default(const SpecField *field, Arena *arena, Error *err)
{
    if (spec_expect_required(field)) return "required";
    double number = field->default_number;
    switch (field->type) {
    case SPEC_TYPE_INT:
        if (field->word && number == field->word_number)
            return arena_format(arena, err, "\"%s\"", field->word);
        return arena_format(arena, err, "%.15g", number);
    case SPEC_TYPE_REAL:
        if (isnan(number)) return "none";
        return arena_format(arena, err, "%.15g", number);
    case SPEC_TYPE_BOOL: return number != 0.0 ? "true" : "false";
    case SPEC_TYPE_CHOICE: return arena_format(arena, err, "\"%s\"", field->words[(int)number]);
    case SPEC_TYPE_TEXT:
        if (!field->default_text) return "none";
        return arena_format(arena, err, "\"%s\"", field->default_text);
    case SPEC_TYPE_TEXTS:
    case SPEC_TYPE_INTS:
    case SPEC_TYPE_REALS:
    case SPEC_TYPE_STRUCTS: return "[]";
    case SPEC_TYPE_STRUCT: return "its defaults";
    case SPEC_TYPE_OPTIONAL: return "null";
    default: return "none";
    }
}
