#include <criterion/criterion.h>
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
TestSuite(spec_overrides, .init = begin, .fini = end);

static bool check(const char *text)
{
    const SpecReader reader = {"x.json", arena, &err};
    Json *json = json_parse_text(text, strlen(text), "x.json", arena, &err);
    cr_assert(json, "%s", err.text);
    return spec_check_overrides(&example_table, json, &reader, "$");
}

static bool check_value(const char *path, const char *text)
{
    const SpecReader reader = {"x.json", arena, &err};
    Json *json = text ? json_parse_text(text, strlen(text), "x.json", arena, &err) : NULL;
    cr_assert(json || !text, "%s", err.text);
    return spec_check_value(&example_table, path, json, &reader, "$.grid");
}

Test(spec_overrides, nothing_is_missing)
{
    cr_expect(check("{\"rate\": 0.5}"), "%s", err.text);
}

Test(spec_overrides, an_entry_may_stay_unnamed)
{
    cr_expect(check("{\"model\": {\"n_unit\": 3, \"dropout\": 0.5}}"), "%s", err.text);
}

Test(spec_overrides, a_field_no_entry_has_is_unknown)
{
    cr_expect_not(check("{\"model\": {\"n_units\": 3}}"));
    cr_expect(strstr(err.text, "'n_unit' (known: architecture, n_layer, n_head, dropout, n_unit)"),
              "%s", err.text);
}

Test(spec_overrides, values_are_checked)
{
    cr_expect_not(check("{\"model\": {\"dropout\": 3}, \"pretrain\": {\"updates\": 0}}"));
    cr_expect_eq(err.n_errors, 2, "%s", err.text);
}

Test(spec_overrides, items_of_lists_are_whole)
{
    cr_expect_not(check("{\"claims\": [{}]}"));
    cr_expect(strstr(err.text, "$.claims[0].id: missing"), "%s", err.text);
}

Test(spec_overrides, a_dotted_path_finds_nested_fields)
{
    cr_expect(check_value("pretrain.warmup.share", "0.5"), "%s", err.text);
    cr_expect(check_value("model.n_unit", "5"), "%s", err.text);
    cr_expect(check_value("model.architecture", "\"lstm\""), "%s", err.text);
    cr_expect(check_value("transfer_layers", "\"all\""), "%s", err.text);
}

Test(spec_overrides, a_dotted_path_to_nothing_names_the_nearest)
{
    cr_expect_not(check_value("pretrain.warmup.shar", NULL));
    cr_expect_str_eq(err.text,
                     "x.json: $.grid: no such field\n  try: 'share' (known: share, updates)");
}

Test(spec_overrides, a_dotted_path_ends_at_plain_fields)
{
    cr_expect_not(check_value("rate.x", NULL));
    cr_expect(strstr(err.text, "'rate' has no fields inside it"), "%s", err.text);
}

Test(spec_overrides, the_value_at_a_dotted_path_is_checked)
{
    cr_expect_not(check_value("pretrain.warmup.share", "2"));
    cr_expect_str_eq(err.text, "x.json: $.grid: 2 is out of range\n  try: 0 to 1");
}

Test(spec_overrides, the_entry_name_at_a_dotted_path_is_checked)
{
    cr_expect_not(check_value("model.architecture", "\"lst\""));
    cr_expect(strstr(err.text, "$.grid: unknown architecture 'lst'"), "%s", err.text);
}
