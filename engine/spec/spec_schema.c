/* Field tables as JSON Schema 2020-12, for editors. */
#include "spec/spec_expect.h"

#include <math.h>

typedef struct Drawing {
    bool overrides; /* nothing is required */
    Arena *arena;
    Error *err;
} Drawing;

static Json *object_schema(const Drawing *drawing, const SpecTable *table, const SpecEntry *entry,
                           const SpecRegistry *registry);

static bool set_text(const Drawing *drawing, Json *object, const char *key, const char *text)
{
    return json_set_text(object, key, text, drawing->arena, drawing->err);
}

static Json *new_typed(const Drawing *drawing, const char *type)
{
    Json *schema = json_new_object(drawing->arena, drawing->err);
    if (!schema || !set_text(drawing, schema, "type", type)) return NULL;
    return schema;
}

static Json *number_value(const Drawing *drawing, double number)
{
    if (number == floor(number) && fabs(number) < 1e15)
        return json_new_integer((int64_t)number, drawing->arena, drawing->err);
    return json_new_number(number, drawing->arena, drawing->err);
}

/* Bounds beyond 1e15 mean "unbounded", as in messages. */
static Json *number_schema(const Drawing *drawing, const SpecField *field, const char *type)
{
    Json *schema = new_typed(drawing, type);
    if (!schema) return NULL;
    if (fabs(field->minimum) < 1e15 &&
        !json_set(schema, "minimum", number_value(drawing, field->minimum), drawing->err))
        return NULL;
    if (fabs(field->maximum) < 1e15 &&
        !json_set(schema, "maximum", number_value(drawing, field->maximum), drawing->err))
        return NULL;
    return schema;
}

static Json *words_schema(const Drawing *drawing, const char *const *words)
{
    Json *schema = json_new_object(drawing->arena, drawing->err);
    Json *list = json_new_list(drawing->arena, drawing->err);
    if (!schema || !list) return NULL;
    for (size_t i = 0; words[i]; i++)
        if (!json_add(list, json_new_text(words[i], drawing->arena, drawing->err), drawing->err))
            return NULL;
    return json_set(schema, "enum", list, drawing->err) ? schema : NULL;
}

/* {"oneOf": [a, b]}; a or b NULL: the error is recorded already. */
static Json *either(const Drawing *drawing, Json *a, Json *b)
{
    Json *schema = json_new_object(drawing->arena, drawing->err);
    Json *list = json_new_list(drawing->arena, drawing->err);
    if (!schema || !list || !a || !b) return NULL;
    if (!json_add(list, a, drawing->err) || !json_add(list, b, drawing->err)) return NULL;
    return json_set(schema, "oneOf", list, drawing->err) ? schema : NULL;
}

static Json *list_schema(const Drawing *drawing, Json *items)
{
    Json *schema = new_typed(drawing, "array");
    if (!schema || !json_set(schema, "items", items, drawing->err)) return NULL;
    return schema;
}

static Json *entry_schema(const Drawing *drawing, const SpecRegistry *registry)
{
    Json *schema = json_new_object(drawing->arena, drawing->err);
    Json *list = json_new_list(drawing->arena, drawing->err);
    if (!schema || !list) return NULL;
    for (size_t i = 0; registry->entries[i]; i++) {
        const SpecEntry *entry = registry->entries[i];
        if (!json_add(list, object_schema(drawing, entry->table, entry, registry), drawing->err))
            return NULL;
    }
    /* An override without the entry's name fits several of them. */
    return json_set(schema, drawing->overrides ? "anyOf" : "oneOf", list, drawing->err) ? schema
                                                                                        : NULL;
}

static Json *field_schema(const Drawing *drawing, const SpecField *field)
{
    switch (field->type) {
    case SPEC_TYPE_INT: {
        Json *number = number_schema(drawing, field, "integer");
        if (!field->word) return number;
        const char *const words[] = {field->word, NULL};
        return either(drawing, number, words_schema(drawing, words));
    }
    case SPEC_TYPE_REAL: return number_schema(drawing, field, "number");
    case SPEC_TYPE_BOOL: return new_typed(drawing, "boolean");
    case SPEC_TYPE_TEXT:
        if (field->required || field->default_text) return new_typed(drawing, "string");
        return either(drawing, new_typed(drawing, "string"), new_typed(drawing, "null"));
    case SPEC_TYPE_TEXTS: return list_schema(drawing, new_typed(drawing, "string"));
    case SPEC_TYPE_INTS: return list_schema(drawing, number_schema(drawing, field, "integer"));
    case SPEC_TYPE_REALS: return list_schema(drawing, number_schema(drawing, field, "number"));
    case SPEC_TYPE_CHOICE: return words_schema(drawing, field->words);
    case SPEC_TYPE_STRUCT: return object_schema(drawing, field->table, NULL, NULL);
    case SPEC_TYPE_OPTIONAL:
        return either(drawing, object_schema(drawing, field->table, NULL, NULL),
                      new_typed(drawing, "null"));
    case SPEC_TYPE_ENTRY: return entry_schema(drawing, field->registry);
    case SPEC_TYPE_STRUCTS: {
        const Drawing whole = {false, drawing->arena, drawing->err};
        return list_schema(drawing, object_schema(&whole, field->table, NULL, NULL));
    }
    case SPEC_TYPE_JSON: break;
    }
    return json_new_object(drawing->arena, drawing->err);
}

/* "default" is an annotation: what a reader of the document may assume. */
static bool add_default(const Drawing *drawing, Json *schema, const SpecField *field)
{
    Json *preset = NULL;
    if (spec_expect_required(field)) return true;
    double number = field->default_number;
    switch (field->type) {
    case SPEC_TYPE_INT:
        if (field->word && number == field->word_number)
            preset = json_new_text(field->word, drawing->arena, drawing->err);
        else preset = number_value(drawing, number);
        break;
    case SPEC_TYPE_REAL: preset = json_new_number(number, drawing->arena, drawing->err); break;
    case SPEC_TYPE_BOOL: preset = json_new_bool(number != 0.0, drawing->arena, drawing->err); break;
    case SPEC_TYPE_CHOICE:
        preset = json_new_text(field->words[(int)number], drawing->arena, drawing->err);
        break;
    case SPEC_TYPE_TEXT:
        if (!field->default_text) return true;
        preset = json_new_text(field->default_text, drawing->arena, drawing->err);
        break;
    default: return true;
    }
    return json_set(schema, "default", preset, drawing->err);
}

static bool add_properties(const Drawing *drawing, Json *properties, Json *required,
                           const SpecTable *table)
{
    for (const SpecField *field = table->fields; field->name; field++) {
        Json *schema = field_schema(drawing, field);
        if (!schema) return false;
        if (field->help && !set_text(drawing, schema, "description", field->help)) return false;
        if (!add_default(drawing, schema, field)) return false;
        if (!json_set(properties, field->name, schema, drawing->err)) return false;
        if (!spec_expect_required(field) || drawing->overrides) continue;
        Json *name = json_new_text(field->name, drawing->arena, drawing->err);
        if (!json_add(required, name, drawing->err)) return false;
    }
    return true;
}

/* The key that names the entry, which is required unless the object only overrides. */
static bool add_entry_name(const Drawing *drawing, Json *properties, Json *required,
                           const SpecEntry *entry, const SpecRegistry *registry)
{
    Json *name = json_new_object(drawing->arena, drawing->err);
    if (!name || !set_text(drawing, name, "const", entry->name)) return false;
    if (entry->help && !set_text(drawing, name, "description", entry->help)) return false;
    if (!json_set(properties, registry->kind, name, drawing->err)) return false;
    if (drawing->overrides) return true;
    return json_add(required, json_new_text(registry->kind, drawing->arena, drawing->err),
                    drawing->err);
}

static Json *object_schema(const Drawing *drawing, const SpecTable *table, const SpecEntry *entry,
                           const SpecRegistry *registry)
{
    Json *schema = new_typed(drawing, "object");
    Json *properties = json_new_object(drawing->arena, drawing->err);
    Json *required = json_new_list(drawing->arena, drawing->err);
    Json *closed = json_new_bool(false, drawing->arena, drawing->err);
    if (!schema || !properties || !required || !closed) return NULL;
    if (entry && !add_entry_name(drawing, properties, required, entry, registry)) return NULL;
    if (table && !add_properties(drawing, properties, required, table)) return NULL;
    if (!json_set(schema, "properties", properties, drawing->err)) return NULL;
    if (json_size(required) && !json_set(schema, "required", required, drawing->err)) return NULL;
    return json_set(schema, "additionalProperties", closed, drawing->err) ? schema : NULL;
}

static Json *whole_schema(const Drawing *drawing, const SpecTable *table)
{
    Json *schema = object_schema(drawing, table, NULL, NULL);
    if (!schema || !set_text(drawing, schema, "title", table->name)) return NULL;
    if (!set_text(drawing, schema, "$schema", "https://json-schema.org/draft/2020-12/schema"))
        return NULL;
    return schema;
}

Json *spec_schema(const SpecTable *table, Arena *arena, Error *err)
{
    const Drawing drawing = {false, arena, err};
    return whole_schema(&drawing, table);
}

Json *spec_schema_overrides(const SpecTable *table, Arena *arena, Error *err)
{
    const Drawing drawing = {true, arena, err};
    return whole_schema(&drawing, table);
}
