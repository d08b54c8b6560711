/* JSON objects into structs: known and unknown keys, what is missing, registry entries. */
#include "spec/spec_expect.h"
#include "spec/spec_reading.h"

#include <string.h>

static void read_defaults(void *value, const SpecTable *table)
{
    memset(value, 0, table->size);
    for (const SpecField *field = table->fields; field->name; field++) {
        void *member = (char *)value + field->offset;
        switch (field->type) {
        case SPEC_TYPE_TEXT: *(const char **)member = field->default_text; break;
        case SPEC_TYPE_STRUCT: read_defaults(member, field->table); break;
        case SPEC_TYPE_OPTIONAL:
            read_defaults(member, field->table);
            *(bool *)member = false;
            break;
        default: break;
        }
        if (spec_expect_required(field)) continue;
        switch (field->type) {
        case SPEC_TYPE_INT: *(int64_t *)member = (int64_t)field->default_number; break;
        case SPEC_TYPE_REAL: *(double *)member = field->default_number; break;
        case SPEC_TYPE_BOOL: *(bool *)member = field->default_number != 0.0; break;
        case SPEC_TYPE_CHOICE: *(int *)member = (int)field->default_number; break;
        default: break;
        }
    }
}

static bool require_object(const SpecReading *reading, const SpecField *field, const Json *json,
                           const char *path)
{
    if (json_type(json) == JSON_OBJECT_VALUE) return true;
    spec_error_wrong_type(reading, field, json, path);
    return false;
}

static void read_entry(const SpecReading *reading, SpecEntryChoice *choice,
                       const SpecRegistry *registry, const Json *json, const char *path);

/* Items of lists replace as a whole, so nothing in them is a mere override. */
static void read_structs(const SpecReading *reading, SpecList *member, const SpecField *field,
                         const Json *json, const char *path)
{
    char *items = spec_value_items(reading, field, json, field->table->size, path);
    if (!items) return;
    const SpecReading whole = {reading->reader, false, reading->n_broken};
    for (size_t i = 0; i < json_size(json); i++) {
        const char *item_path = spec_path_item(reading->reader, path, i);
        read_defaults(items + i * field->table->size, field->table);
        spec_read_object(&whole, items + i * field->table->size, field->table, json_at(json, i),
                         item_path);
    }
    *member = (SpecList){json_size(json), items};
}

static void read_optional(const SpecReading *reading, bool *present, const SpecField *field,
                          const Json *json, const char *path)
{
    *present = json_type(json) != JSON_NULL_VALUE;
    if (*present && json_type(json) != JSON_OBJECT_VALUE)
        spec_error_wrong_type(reading, field, json, path);
    else if (*present) spec_read_object(reading, present, field->table, json, path);
}

void spec_read_member(const SpecReading *reading, void *member, const SpecField *field,
                      const Json *json, const char *path)
{
    switch (field->type) {
    case SPEC_TYPE_STRUCT: spec_read_object(reading, member, field->table, json, path); break;
    case SPEC_TYPE_OPTIONAL: read_optional(reading, member, field, json, path); break;
    case SPEC_TYPE_ENTRY: read_entry(reading, member, field->registry, json, path); break;
    case SPEC_TYPE_STRUCTS: read_structs(reading, member, field, json, path); break;
    default: spec_value_read(reading, member, field, json, path);
    }
}

/* Reports a required field that is not there; an absent nested struct is read as an empty object, so
 * that its own required fields are reported one by one. */
static void read_absent(const SpecReading *reading, void *member, const SpecField *field,
                        const char *path)
{
    const SpecReader *reader = reading->reader;
    if (field->type == SPEC_TYPE_STRUCT) {
        Json *empty = json_new_object(reader->arena, reader->err);
        if (empty) spec_read_object(reading, member, field->table, empty, path);
        return;
    }
    if (!spec_expect_required(field)) return;
    const char *range = spec_expect_range(field, reader->arena, reader->err);
    if (!range) return;
    spec_error(reader, path, "missing: %s", field->help ? field->help : field->name);
    error_hint(reader->err, "\"%s\": %s%s%s", field->name, spec_expect_type(field),
               range[0] ? ", " : "", range);
}

/* Errors of fields themselves. */
static int count_wrong(const SpecReading *reading)
{
    return reading->reader->err->n_errors - *reading->n_broken;
}

static void check_rules(const SpecReading *reading, const void *value, const SpecTable *table,
                        const char *path)
{
    const int n_errors = reading->reader->err->n_errors;
    table->check(value, reading->reader, path);
    *reading->n_broken += reading->reader->err->n_errors - n_errors;
}

/* Reads all members but `entry_key` (may be NULL), which the caller has read. */
static void read_members(const SpecReading *reading, void *value, const SpecTable *table,
                         const Json *object, const char *entry_key, const char *path)
{
    const SpecReader *reader = reading->reader;
    const int n_wrong = count_wrong(reading);
    for (size_t i = 0; i < json_size(object); i++) {
        const char *key;
        Json *json;
        json_member(object, i, &key, &json);
        if (entry_key && strcmp(key, entry_key) == 0) continue;
        const SpecField *field = spec_table_find(table, key);
        const char *member_path = spec_path_key(reader, path, key);
        if (field)
            spec_read_member(reading, (char *)value + field->offset, field, json, member_path);
        else spec_error_unknown_field(reading, key, entry_key, &table, 1, member_path);
    }
    if (reading->overrides) return;
    for (const SpecField *field = table->fields; field->name; field++)
        if (!json_get(object, field->name))
            read_absent(reading, (char *)value + field->offset, field,
                        spec_path_key(reader, path, field->name));
    /* Rules between fields would only repeat what is wrong with the fields themselves; what rules within say, they
     * do not. */
    if (table->check && count_wrong(reading) == n_wrong) check_rules(reading, value, table, path);
}

void spec_read_object(const SpecReading *reading, void *value, const SpecTable *table,
                      const Json *object, const char *path)
{
    const SpecField field = {.name = "", .type = SPEC_TYPE_STRUCT, .table = table};
    if (require_object(reading, &field, object, path))
        read_members(reading, value, table, object, NULL, path);
}

/* The fields of an entry without its name, in overrides: a field is known if any entry has it. */
static void read_nameless_entry(const SpecReading *reading, const SpecRegistry *registry,
                                const Json *object, const char *path)
{
    const SpecReader *reader = reading->reader;
    size_t n_tables = 0;
    const SpecTable **tables = spec_registry_tables(&n_tables, registry, reader);
    if (!tables) return;
    for (size_t i = 0; i < json_size(object); i++) {
        const char *key;
        Json *json;
        json_member(object, i, &key, &json);
        const char *member_path = spec_path_key(reader, path, key);
        const SpecField *field = NULL;
        size_t t = 0;
        while (t < n_tables && !(field = spec_table_find(tables[t], key))) t++;
        if (!field) {
            spec_error_unknown_field(reading, key, registry->kind, tables, n_tables, member_path);
            continue;
        }
        char *unused = arena_alloc(reader->arena, 1, tables[t]->size, reader->err);
        if (!unused) return;
        spec_read_member(reading, unused + field->offset, field, json, member_path);
    }
}

static void read_entry(const SpecReading *reading, SpecEntryChoice *choice,
                       const SpecRegistry *registry, const Json *json, const char *path)
{
    static const SpecField nothing[] = {SPEC_END};
    static const SpecTable no_fields = {"", 1, nothing, NULL};
    const SpecReader *reader = reading->reader;
    const SpecField field = {.name = "", .type = SPEC_TYPE_ENTRY, .registry = registry};
    if (!require_object(reading, &field, json, path)) return;
    const char *name_path = spec_path_key(reader, path, registry->kind);
    const Json *name = json_get(json, registry->kind);
    if (!name && reading->overrides) {
        read_nameless_entry(reading, registry, json, path);
        return;
    }
    if (!name) {
        const char *range = spec_expect_range(&field, reader->arena, reader->err);
        if (!range) return;
        spec_error(reader, name_path, "missing");
        error_hint(reader->err, "%s", range);
        return;
    }
    const SpecEntry *entry = spec_registry_choose(reading, registry, name, name_path);
    if (!entry) return;
    const SpecTable *table = entry->table ? entry->table : &no_fields;
    void *spec = arena_alloc(reader->arena, 1, table->size, reader->err);
    if (!spec) return;
    read_defaults(spec, table);
    read_members(reading, spec, table, json, registry->kind, path);
    *choice = (SpecEntryChoice){entry, entry->table ? spec : NULL};
}

bool spec_read(void *value, const SpecTable *table, const Json *object, const SpecReader *reader,
               const char *json_path)
{
    int n_broken = 0;
    const SpecReading reading = {reader, false, &n_broken};
    int n_errors = reader->err->n_errors;
    read_defaults(value, table);
    spec_read_object(&reading, value, table, object, json_path);
    return reader->err->n_errors == n_errors;
}
