/* Field tables as Markdown. */
#include "spec/spec_expect.h"

/* A cell of a Markdown table: '|' would end it. */
static bool add_cell(Buffer *markdown, const char *text, Error *err)
{
    if (!buffer_add_char(markdown, ' ', err)) return false;
    for (const char *c = text; *c; c++) {
        if (*c == '|' && !buffer_add_char(markdown, '\\', err)) return false;
        if (!buffer_add_char(markdown, *c, err)) return false;
    }
    return buffer_add_text(markdown, " |", err);
}

static bool add_row(Buffer *markdown, const SpecField *field, Error *err)
{
    const char *range = spec_expect_range(field, markdown->arena, err);
    const char *preset = spec_expect_default(field, markdown->arena, err);
    if (!range || !preset) return false;
    if (field->type == SPEC_TYPE_ENTRY) range = "";
    return buffer_format(markdown, err, "| `%s` |", field->name) &&
           add_cell(markdown, spec_expect_type(field), err) && add_cell(markdown, preset, err) &&
           add_cell(markdown, range, err) &&
           add_cell(markdown, field->help ? field->help : "", err) &&
           buffer_add_char(markdown, '\n', err);
}

static bool add_head(Buffer *markdown, Error *err)
{
    return buffer_add_text(markdown,
                           "| field | type | default | range | meaning |\n"
                           "|---|---|---|---|---|\n",
                           err);
}

static bool describe_fields(Buffer *markdown, const SpecTable *table, const char *path, Error *err);

/* One table of names, then each entry's own fields. */
static bool describe_registry(Buffer *markdown, const SpecRegistry *registry, const char *path,
                              Error *err)
{
    if (!buffer_format(markdown, err, "\n### `%s`\n\n| `%s` | meaning |\n|---|---|\n", path,
                       registry->kind))
        return false;
    for (size_t i = 0; registry->entries[i]; i++) {
        const SpecEntry *entry = registry->entries[i];
        if (!buffer_format(markdown, err, "| `\"%s\"` |", entry->name) ||
            !add_cell(markdown, entry->help ? entry->help : "", err) ||
            !buffer_add_char(markdown, '\n', err))
            return false;
    }
    for (size_t i = 0; registry->entries[i]; i++) {
        const SpecEntry *entry = registry->entries[i];
        if (!entry->table || !entry->table->fields[0].name) continue;
        if (!buffer_format(markdown, err, "\n### `%s` with `\"%s\": \"%s\"`\n\n", path,
                           registry->kind, entry->name) ||
            !describe_fields(markdown, entry->table, path, err))
            return false;
    }
    return true;
}

static bool describe_nested(Buffer *markdown, const SpecField *field, const char *path, Error *err)
{
    const char *joint = field->type == SPEC_TYPE_STRUCTS ? "[]" : "";
    char *inner = arena_format(markdown->arena, err, "%s.%s%s", path, field->name, joint);
    if (!inner) return false;
    if (field->type == SPEC_TYPE_ENTRY)
        return describe_registry(markdown, field->registry, inner, err);
    if (!field->table) return true;
    return buffer_format(markdown, err, "\n### `%s`\n\n", inner) &&
           describe_fields(markdown, field->table, inner, err);
}

static bool describe_fields(Buffer *markdown, const SpecTable *table, const char *path, Error *err)
{
    if (!add_head(markdown, err)) return false;
    for (const SpecField *field = table->fields; field->name; field++)
        if (!add_row(markdown, field, err)) return false;
    for (const SpecField *field = table->fields; field->name; field++)
        if (!describe_nested(markdown, field, path, err)) return false;
    return true;
}

bool spec_describe(Buffer *markdown, const SpecTable *table, const char *json_path, Error *err)
{
    return buffer_format(markdown, err, "## %s\n\n", table->name) &&
           describe_fields(markdown, table, json_path, err);
}
