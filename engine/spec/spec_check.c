/* Checks of parts: objects that override some fields, and one value for the field that a dotted path
 * such as "model.dropout" names among nested tables. */
#include "spec/spec_reading.h"

#include <string.h>

bool spec_check_overrides(const SpecTable *table, const Json *object, const SpecReader *reader,
                          const char *json_path)
{
    int n_broken = 0;
    const SpecReading reading = {reader, true, &n_broken};
    int n_errors = reader->err->n_errors;
    void *unused = arena_alloc(reader->arena, 1, table->size, reader->err);
    if (!unused) return false;
    spec_read_object(&reading, unused, table, object, json_path);
    return reader->err->n_errors == n_errors;
}

/* Where a path has got to: inside a table, or inside the entries of a registry. */
typedef struct Place {
    const SpecTable *table;
    const SpecRegistry *registry;
} Place;

static const SpecField *find_in(const Place *place, const char *name, const SpecTable **owner)
{
    if (place->table) {
        *owner = place->table;
        return spec_table_find(place->table, name);
    }
    if (!place->registry) return NULL;
    for (size_t i = 0; place->registry->entries[i]; i++) {
        *owner = place->registry->entries[i]->table;
        const SpecField *field = *owner ? spec_table_find(*owner, name) : NULL;
        if (field) return field;
    }
    return NULL;
}

static void report_unknown(const SpecReading *reading, const Place *place, const char *name,
                           const char *path)
{
    if (!place->registry) {
        spec_error_unknown_field(reading, name, NULL, &place->table, 1, path);
        return;
    }
    size_t n = 0;
    const SpecTable **tables = spec_registry_tables(&n, place->registry, reading->reader);
    if (tables) spec_error_unknown_field(reading, name, place->registry->kind, tables, n, path);
}

static void check_member(const SpecReading *reading, const SpecField *field, const SpecTable *owner,
                         const Json *value, const char *path)
{
    const SpecReader *reader = reading->reader;
    char *unused = arena_alloc(reader->arena, 1, owner->size, reader->err);
    if (unused) spec_read_member(reading, unused + field->offset, field, value, path);
}

static void check_at(const SpecReading *reading, const SpecTable *table, char *dotted,
                     const Json *value, const char *path)
{
    Place place = {table, NULL};
    for (char *name = dotted; name;) {
        char *dot = strchr(name, '.');
        if (dot) *dot = '\0';
        if (place.registry && !dot && strcmp(name, place.registry->kind) == 0) {
            if (value) (void)spec_registry_choose(reading, place.registry, value, path);
            return;
        }
        const SpecTable *owner = NULL;
        const SpecField *field = find_in(&place, name, &owner);
        if (!field) {
            report_unknown(reading, &place, name, path);
            return;
        }
        if (!dot) {
            if (value) check_member(reading, field, owner, value, path);
            return;
        }
        bool nested = field->type == SPEC_TYPE_STRUCT || field->type == SPEC_TYPE_OPTIONAL;
        place = (Place){nested ? field->table : NULL,
                        field->type == SPEC_TYPE_ENTRY ? field->registry : NULL};
        if (!place.table && !place.registry) {
            spec_error(reading->reader, path, "'%s' has no fields inside it", name);
            error_hint(reading->reader->err, "a path that ends with '%s'", name);
            return;
        }
        name = dot + 1;
    }
}

bool spec_check_value(const SpecTable *table, const char *dotted_path, const Json *value,
                      const SpecReader *reader, const char *json_path)
{
    int n_broken = 0;
    const SpecReading reading = {reader, true, &n_broken};
    int n_errors = reader->err->n_errors;
    char *dotted = arena_text(reader->arena, dotted_path, reader->err);
    if (dotted) check_at(&reading, table, dotted, value, json_path);
    return reader->err->n_errors == n_errors;
}
