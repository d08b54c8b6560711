/* Registries: entries by name, and what all of them have. */
#include "spec/spec_reading.h"

#include <string.h>

const SpecEntry *spec_registry_find(const SpecRegistry *registry, const char *name)
{
    for (size_t i = 0; registry->entries[i]; i++)
        if (strcmp(registry->entries[i]->name, name) == 0) return registry->entries[i];
    return NULL;
}

static size_t count_entries(const SpecRegistry *registry)
{
    size_t n = 0;
    while (registry->entries[n]) n++;
    return n;
}

const SpecTable **spec_registry_tables(size_t *n, const SpecRegistry *registry,
                                       const SpecReader *reader)
{
    size_t n_entries = count_entries(registry);
    const SpecTable **tables = arena_alloc(reader->arena, n_entries, sizeof *tables, reader->err);
    *n = 0;
    for (size_t i = 0; tables && i < n_entries; i++)
        if (registry->entries[i]->table) tables[(*n)++] = registry->entries[i]->table;
    return tables;
}

const SpecEntry *spec_registry_choose(const SpecReading *reading, const SpecRegistry *registry,
                                      const Json *name, const char *path)
{
    const SpecReader *reader = reading->reader;
    size_t n = count_entries(registry);
    const char **names = arena_alloc(reader->arena, n, sizeof *names, reader->err);
    if (!names) return NULL;
    for (size_t i = 0; i < n; i++) names[i] = registry->entries[i]->name;
    if (json_type(name) != JSON_TEXT_VALUE) {
        static const SpecField text = {.name = "", .type = SPEC_TYPE_TEXT};
        spec_error_wrong_type(reading, &text, name, path);
        spec_suggest_hint(reader, "", names, n);
        return NULL;
    }
    const SpecEntry *entry = spec_registry_find(registry, json_text(name));
    if (entry) return entry;
    spec_error(reader, path, "unknown %s '%s'", registry->kind, json_text(name));
    spec_suggest_hint(reader, json_text(name), names, n);
    return NULL;
}
