/* Where and what: the wording that errors of every document share. */
#include "spec/spec_expect.h"
#include "spec/spec_reading.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool spec_error(const SpecReader *reader, const char *json_path, const char *format, ...)
{
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return error_usage(reader->err, "%s: %s: %s", reader->file, json_path, message);
}

enum { SHOWN_BYTES = 60 };

/* What was found, shortly: text "12", the number 0.5, a list. */
static const char *found(char shown[SHOWN_BYTES + 24], const Json *json)
{
    size_t size = SHOWN_BYTES + 24;
    switch (json_type(json)) {
    case JSON_TEXT_VALUE: {
        bool cut = strlen(json_text(json)) > SHOWN_BYTES - 3;
        snprintf(shown, size, "text \"%.*s%s\"", SHOWN_BYTES - 3, json_text(json),
                 cut ? "..." : "");
        return shown;
    }
    case JSON_INTEGER_VALUE:
        snprintf(shown, size, "the integer %lld", (long long)json_int(json));
        return shown;
    case JSON_REAL_VALUE: {
        double number = json_number(json);
        bool whole = number == floor(number) && fabs(number) < 1e15;
        snprintf(shown, size, whole ? "the real %.1f" : "the real %.15g", number);
        return shown;
    }
    case JSON_BOOL_VALUE: return json_bool(json) ? "true" : "false";
    case JSON_NULL_VALUE: return "null";
    default: return json_type_name(json_type(json));
    }
}

static bool is_numeric_text(const char *text)
{
    char *end = NULL;
    if (isspace((unsigned char)text[0])) return false;
    strtod(text, &end);
    return end != text && *end == '\0';
}

void spec_error_wrong_type(const SpecReading *reading, const SpecField *field, const Json *json,
                           const char *path)
{
    const SpecReader *reader = reading->reader;
    char shown[SHOWN_BYTES + 24];
    spec_error(reader, path, "expected %s, got %s", spec_expect_type(field), found(shown, json));
    bool number = field->type == SPEC_TYPE_INT || field->type == SPEC_TYPE_REAL;
    JsonType type = json_type(json);
    if (number && type == JSON_TEXT_VALUE && is_numeric_text(json_text(json))) {
        error_hint(reader->err, "%s, without quotes", json_text(json));
        return;
    }
    const char *hint = spec_expect_hint(field, reader->arena, reader->err);
    if (hint && hint[0]) error_hint(reader->err, "%s", hint);
}

void spec_error_unknown_field(const SpecReading *reading, const char *name, const char *extra,
                              const SpecTable *const *tables, size_t n, const char *path)
{
    const SpecReader *reader = reading->reader;
    size_t n_names = extra ? 1 : 0;
    for (size_t i = 0; i < n; i++)
        for (const SpecField *field = tables[i]->fields; field->name; field++) n_names++;
    const char **names = arena_alloc(reader->arena, n_names, sizeof *names, reader->err);
    if (!names) return;
    size_t n_known = 0;
    if (extra) names[n_known++] = extra;
    for (size_t i = 0; i < n; i++)
        for (const SpecField *field = tables[i]->fields; field->name; field++) {
            bool repeated = false; /* two entries may have a field of the same name */
            for (size_t k = 0; k < n_known && !repeated; k++)
                repeated = strcmp(names[k], field->name) == 0;
            if (!repeated) names[n_known++] = field->name;
        }
    spec_error(reader, path, "no such field");
    spec_suggest_hint(reader, name, names, n_known);
}
