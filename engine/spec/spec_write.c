/* Structs as JSON again: in full to be read by people, without defaults to be hashed into keys. */
#include "spec/spec_expect.h"

#include <math.h>
#include <string.h>

typedef struct Writing {
    bool with_defaults;
    Arena *arena;
    Error *err;
} Writing;

static bool write_fields(const Writing *writing, Json *object, const void *value,
                         const SpecTable *table);

static Json *write_struct(const Writing *writing, const void *value, const SpecTable *table)
{
    Json *object = json_new_object(writing->arena, writing->err);
    if (!object || !write_fields(writing, object, value, table)) return NULL;
    return object;
}

static Json *write_entry(const Writing *writing, const SpecEntryChoice *choice,
                         const SpecRegistry *registry)
{
    Json *object = json_new_object(writing->arena, writing->err);
    if (!object) return NULL;
    Json *name = json_new_text(choice->entry->name, writing->arena, writing->err);
    if (!json_set(object, registry->kind, name, writing->err)) return NULL;
    const SpecTable *table = choice->entry->table;
    if (table && !write_fields(writing, object, choice->spec, table)) return NULL;
    return object;
}

static Json *write_item(const Writing *writing, const void *member, const SpecField *field,
                        size_t i)
{
    Arena *arena = writing->arena;
    switch (field->type) {
    case SPEC_TYPE_TEXTS:
        return json_new_text(((const TextList *)member)->text[i], arena, writing->err);
    case SPEC_TYPE_INTS:
        return json_new_integer(((const IntList *)member)->items[i], arena, writing->err);
    case SPEC_TYPE_REALS:
        return json_new_number(((const RealList *)member)->items[i], arena, writing->err);
    default: {
        const char *items = ((const SpecList *)member)->items;
        return write_struct(writing, items + i * field->table->size, field->table);
    }
    }
}

/* TextList, IntList, RealList and SpecList all begin with their number of items. */
static size_t list_size(const void *member)
{
    return *(const size_t *)member;
}

static Json *write_list(const Writing *writing, const void *member, const SpecField *field)
{
    Json *list = json_new_list(writing->arena, writing->err);
    if (!list) return NULL;
    for (size_t i = 0; i < list_size(member); i++)
        if (!json_add(list, write_item(writing, member, field, i), writing->err)) return NULL;
    return list;
}

static Json *write_member(const Writing *writing, const void *member, const SpecField *field)
{
    Arena *arena = writing->arena;
    Error *err = writing->err;
    switch (field->type) {
    case SPEC_TYPE_INT: {
        int64_t number = *(const int64_t *)member;
        if (field->word && (double)number == field->word_number)
            return json_new_text(field->word, arena, err);
        return json_new_integer(number, arena, err);
    }
    case SPEC_TYPE_REAL: return json_new_number(*(const double *)member, arena, err);
    case SPEC_TYPE_BOOL: return json_new_bool(*(const bool *)member, arena, err);
    case SPEC_TYPE_TEXT: {
        const char *text = *(const char *const *)member;
        return text ? json_new_text(text, arena, err) : json_new_null(arena, err);
    }
    case SPEC_TYPE_JSON: return json_clone(*(Json *const *)member, arena, err);
    case SPEC_TYPE_CHOICE: return json_new_text(field->words[*(const int *)member], arena, err);
    case SPEC_TYPE_STRUCT: return write_struct(writing, member, field->table);
    case SPEC_TYPE_OPTIONAL:
        if (!*(const bool *)member) return json_new_null(arena, err);
        return write_struct(writing, member, field->table);
    case SPEC_TYPE_ENTRY: return write_entry(writing, member, field->registry);
    default: return write_list(writing, member, field);
    }
}

/* The member has nothing to write in either form. */
static bool is_absent(const void *member, const SpecField *field)
{
    if (field->type == SPEC_TYPE_JSON) return *(Json *const *)member == NULL;
    if (field->type == SPEC_TYPE_ENTRY) return ((const SpecEntryChoice *)member)->entry == NULL;
    return false;
}

/* NaN, as a default, stands for "none". */
static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* Nested structs are at their default when nothing of them was written: decided by the caller. */
static bool is_default(const void *member, const SpecField *field)
{
    if (spec_expect_required(field)) return false;
    switch (field->type) {
    case SPEC_TYPE_INT: return (double)*(const int64_t *)member == field->default_number;
    case SPEC_TYPE_REAL: return same_number(*(const double *)member, field->default_number);
    case SPEC_TYPE_BOOL: return *(const bool *)member == (field->default_number != 0.0);
    case SPEC_TYPE_CHOICE: return *(const int *)member == (int)field->default_number;
    case SPEC_TYPE_TEXT: {
        const char *text = *(const char *const *)member;
        if (!text || !field->default_text) return text == field->default_text;
        return strcmp(text, field->default_text) == 0;
    }
    case SPEC_TYPE_TEXTS:
    case SPEC_TYPE_INTS:
    case SPEC_TYPE_REALS:
    case SPEC_TYPE_STRUCTS: return list_size(member) == 0;
    case SPEC_TYPE_OPTIONAL: return !*(const bool *)member;
    default: return false;
    }
}

static bool write_fields(const Writing *writing, Json *object, const void *value,
                         const SpecTable *table)
{
    for (const SpecField *field = table->fields; field->name; field++) {
        const void *member = (const char *)value + field->offset;
        if (is_absent(member, field)) continue;
        bool sparse = field->sparse || !writing->with_defaults;
        if (!writing->with_defaults && field->numerics_free) continue;
        if (sparse && is_default(member, field)) continue;
        Json *json = write_member(writing, member, field);
        if (!json) return false;
        bool empty = field->type == SPEC_TYPE_STRUCT && json_size(json) == 0;
        if (empty && !writing->with_defaults) continue;
        if (!json_set(object, field->name, json, writing->err)) return false;
    }
    return true;
}

Json *spec_write(const void *value, const SpecTable *table, bool with_defaults, Arena *arena,
                 Error *err)
{
    const Writing writing = {with_defaults, arena, err};
    return write_struct(&writing, value, table);
}
