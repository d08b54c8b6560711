#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spec_example.h"

static Arena *arena;
static Error err;

static void begin(void)
{
    err = (Error){0};
    arena = arena_create("test", &err);
    cr_assert(arena);
}
static void end(void)
{
    arena_destroy(arena);
}
TestSuite(spec_schema, .init = begin, .fini = end);

static const Json *at(const Json *json, const char *keys)
{
    char copy[128];
    snprintf(copy, sizeof copy, "%s", keys);
    for (char *key = strtok(copy, "."); key; key = strtok(NULL, ".")) {
        cr_assert(json, "nothing at %s in %s", key, keys);
        json = strspn(key, "0123456789") == strlen(key) ? json_at(json, (size_t)atoi(key))
                                                        : json_get(json, key);
    }
    cr_assert(json, "nothing at %s", keys);
    return json;
}

static const Json *schema(void)
{
    const Json *json = spec_schema(&example_table, arena, &err);
    cr_assert(json, "%s", err.text);
    return json;
}

Test(spec_schema, unknown_keys_are_refused_at_every_depth)
{
    const char *const places[] = {"additionalProperties", "properties.warmup.additionalProperties",
                                  "properties.pretrain.oneOf.0.additionalProperties",
                                  "properties.model.oneOf.0.additionalProperties",
                                  "properties.claims.items.additionalProperties"};
    for (size_t i = 0; i < 5; i++)
        cr_expect_not(json_bool(at(schema(), places[i])), "%s", places[i]);
}

Test(spec_schema, each_entry_has_its_own_fields)
{
    cr_expect_str_eq(
        json_text(at(schema(), "properties.model.oneOf.1.properties.architecture.const")), "lstm");
    cr_expect_eq(json_int(at(schema(), "properties.model.oneOf.1.properties.n_unit.minimum")), 1);
    cr_expect_eq(json_size(at(schema(), "properties.model.oneOf.2.properties")), 1);
}

Test(spec_schema, fields_without_default_are_required)
{
    cr_expect_eq(json_size(at(schema(), "required")), 1);
    cr_expect_str_eq(json_text(at(schema(), "required.0")), "model");
    cr_expect_eq(json_size(at(schema(), "properties.model.oneOf.0.required")), 2);
}

Test(spec_schema, overrides_require_nothing)
{
    const Json *json = spec_schema_overrides(&example_table, arena, &err);
    cr_assert(json, "%s", err.text);
    cr_expect_null(json_get(json, "required"));
    cr_expect_null(json_get(at(json, "properties.model.anyOf.0"), "required"));
}

Test(spec_schema, ranges_and_defaults_are_stated)
{
    cr_expect_eq(json_number(at(schema(), "properties.rate.maximum")), 1.0);
    cr_expect_eq(json_number(at(schema(), "properties.rate.default")), 6.25e-5);
    cr_expect_null(json_get(at(schema(), "properties.warmup.properties.updates"), "maximum"));
    cr_expect_str_eq(json_text(at(schema(), "properties.schedule.default")), "cosine");
    cr_expect_str_eq(json_text(at(schema(), "properties.transfer_layers.oneOf.1.enum.0")), "all");
}

static void expect_described(const char *line)
{
    Buffer markdown = buffer_create(arena);
    cr_assert(spec_describe(&markdown, &example_table, "$", &err), "%s", err.text);
    cr_expect(strstr(markdown.data, line), "no '%s' in\n%s", line, markdown.data);
}

Test(spec_schema, a_description_has_a_row_for_each_field)
{
    expect_described("\n| `rate` | a number | 6.25e-05 | 0 to 1 | learning rate |\n");
    expect_described("\n| `schedule` | a word | \"cosine\" | 'linear', 'cosine' or 'constant' | ");
    expect_described(
        "\n| `transfer_layers` | an integer or a word | \"all\" | 0 to 64, or 'all' | ");
}

Test(spec_schema, a_description_has_a_table_for_each_nested_object)
{
    expect_described("\n### `$.pretrain.warmup`\n\n| field |");
    expect_described("\n### `$.claims[]`\n\n| field |");
    expect_described("\n### `$.model` with `\"architecture\": \"gpt\"`\n\n| field |");
}

Test(spec_schema, bars_in_descriptions_do_not_end_a_cell)
{
    expect_described("| `\"none\"` | no model \\| at all |\n");
}
