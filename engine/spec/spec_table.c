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
