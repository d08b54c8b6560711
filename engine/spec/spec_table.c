/* Looking fields up, and putting tables together. */
#include "spec/field.h"

#include <stdalign.h>
#include <string.h>

const SpecField *spec_table_find(const SpecTable *table, const char *name)
{
    for (const SpecField *field = table->fields; field->name; field++)
        if (strcmp(field->name, name) == 0) return field;
    return NULL;
}

static size_t count_fields(const SpecTable *table)
{
    size_t n = 0;
    while (table->fields[n].name) n++;
    return n;
}

const SpecTable *spec_table_join(size_t *second_offset, const char *name, const SpecTable *first,
                                 const SpecTable *second, Arena *arena, Error *err)
{
    size_t n_first = count_fields(first), n_second = count_fields(second);
    SpecField *fields = arena_alloc(arena, n_first + n_second + 1, sizeof *fields, err);
    SpecTable *table = arena_alloc(arena, 1, sizeof *table, err);
    if (!fields || !table) return NULL;
    const size_t alignment = alignof(max_align_t);
    *second_offset = (first->size + alignment - 1) / alignment * alignment;
    memcpy(fields, first->fields, n_first * sizeof *fields);
    memcpy(fields + n_first, second->fields, n_second * sizeof *fields);
    for (size_t i = 0; i < n_second; i++) fields[n_first + i].offset += *second_offset;
    *table = (SpecTable){name, *second_offset + second->size, fields, NULL};
    return table;
}

static size_t member_size(const SpecField *field)
{
    switch (field->type) {
    case SPEC_TYPE_INT: return sizeof(int64_t);
    case SPEC_TYPE_REAL: return sizeof(double);
    case SPEC_TYPE_BOOL: return sizeof(bool);
    case SPEC_TYPE_CHOICE: return sizeof(int);
    case SPEC_TYPE_TEXT: return sizeof(const char *);
    case SPEC_TYPE_JSON: return sizeof(Json *);
    case SPEC_TYPE_TEXTS: return sizeof(TextList);
    case SPEC_TYPE_INTS: return sizeof(IntList);
    case SPEC_TYPE_REALS: return sizeof(RealList);
    case SPEC_TYPE_STRUCTS: return sizeof(SpecList);
    case SPEC_TYPE_ENTRY: return sizeof(SpecEntryChoice);
    case SPEC_TYPE_STRUCT:
    case SPEC_TYPE_OPTIONAL: break;
    }
    return field->table->size;
}

static void copy_free_entry(SpecEntryChoice *to, const SpecEntryChoice *from)
{
    bool same = to->entry && to->entry == from->entry && to->entry->table;
    if (same) spec_table_copy_free(to->spec, from->spec, to->entry->table);
}

void spec_table_copy_free(void *to, const void *from, const SpecTable *table)
{
    for (const SpecField *field = table->fields; field->name; field++) {
        void *target = (char *)to + field->offset;
        const void *source = (const char *)from + field->offset;
        if (field->numerics_free) memcpy(target, source, member_size(field));
        else if (field->type == SPEC_TYPE_STRUCT || field->type == SPEC_TYPE_OPTIONAL)
            spec_table_copy_free(target, source, field->table);
        else if (field->type == SPEC_TYPE_ENTRY) copy_free_entry(target, source);
    }
}
