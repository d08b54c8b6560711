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
TestSuite(spec_read, .init = begin, .fini = end);

static bool read_text_as(Example *example, const char *text)
{
    const SpecReader reader = {"x.json", arena, &err};
    Json *json = json_parse_text(text, strlen(text), "x.json", arena, &err);
    cr_assert(json, "%s", err.text);
    return spec_read(example, &example_table, json, &reader, "$");
}

static void expect_error(const char *text, const char *message)
{
    Example example;
    cr_expect_not(read_text_as(&example, text));
    cr_expect_eq(err.kind, ERROR_USAGE);
    cr_expect(strstr(err.text, message), "wanted: %s\ngot:    %s", message, err.text);
    cr_expect_eq(err.n_errors, 1, "%s", err.text);
}

#define MODEL "\"model\": {\"architecture\": \"gpt\", \"n_layer\": 2}"

Test(spec_read, absent_fields_take_their_defaults)
{
    Example example;
    cr_assert(read_text_as(&example, "{" MODEL "}"), "%s", err.text);
    cr_expect_null(example.title);
    cr_expect_str_eq(example.name, "unnamed");
    cr_expect_eq(example.transfer_layers, -1);
    cr_expect_eq(example.rate, 6.25e-5);
    cr_expect(example.tied);
    cr_expect_eq(example.schedule, 1);
    cr_expect_eq(example.tasks.n, 0);
    cr_expect_null(example.report);
    cr_expect_eq(example.warmup.share, 0.002);
    cr_expect_not(example.pretrain.present);
    cr_expect_eq(((GptLike *)example.model.spec)->dropout, 0.1);
}

Test(spec_read, given_fields_are_read)
{
    Example example;
    cr_assert(read_text_as(&example,
                           "{" MODEL ", \"title\": \"t\", \"transfer_layers\": 3, \"rate\": 1,"
                           "\"tied\": false, \"schedule\": \"constant\", \"tasks\": [\"a\", \"b\"],"
                           "\"seeds\": [4, 5], \"rates\": [0.5, 1], \"report\": {\"k\": 1},"
                           "\"warmup\": {\"updates\": 7}, \"pretrain\": {\"updates\": 9},"
                           "\"claims\": [{\"id\": \"c\", \"smallest_effect\": 0.5}]}"),
              "%s", err.text);
    cr_expect_str_eq(example.title, "t");
    cr_expect_eq(example.transfer_layers, 3);
    cr_expect_eq(example.rate, 1.0);
    cr_expect_not(example.tied);
    cr_expect_eq(example.schedule, 2);
    cr_expect_str_eq(example.tasks.text[1], "b");
    cr_expect_eq(example.seeds.items[1], 5);
    cr_expect_eq(example.rates.items[0], 0.5);
    cr_expect_eq(json_int(json_get(example.report, "k")), 1);
    cr_expect_eq(example.warmup.updates, 7);
    cr_expect_eq(example.warmup.share, 0.002);
    cr_expect(example.pretrain.present);
    cr_expect_eq(example.pretrain.updates, 9);
    cr_expect_eq(example.pretrain.warmup.share, 0.002);
    cr_expect_eq(((Claim *)example.claims.items)[0].smallest_effect, 0.5);
}

Test(spec_read, a_word_may_stand_for_a_number)
{
    Example example;
    cr_assert(read_text_as(&example, "{" MODEL ", \"transfer_layers\": \"all\"}"), "%s", err.text);
    cr_expect_eq(example.transfer_layers, -1);
}

Test(spec_read, null_turns_an_optional_part_off)
{
    Example example;
    cr_assert(read_text_as(&example, "{" MODEL ", \"pretrain\": null}"), "%s", err.text);
    cr_expect_not(example.pretrain.present);
}

Test(spec_read, an_entry_without_fields_has_no_spec)
{
    Example example;
    cr_assert(read_text_as(&example, "{\"model\": {\"architecture\": \"none\"}}"), "%s", err.text);
    cr_expect_str_eq(example.model.entry->name, "none");
    cr_expect_null(example.model.spec);
}

Test(spec_read, an_unknown_field_names_the_nearest)
{
    expect_error("{" MODEL ", \"warmup\": {\"shares\": 0.5}}",
                 "x.json: $.warmup.shares: no such field\n  try: 'share' (known: share, updates)");
}

Test(spec_read, an_unknown_field_far_from_all_names_all)
{
    expect_error("{" MODEL ", \"warmup\": {\"zzzz\": 0.5}}",
                 "x.json: $.warmup.zzzz: no such field\n  try: one of share, updates");
}

Test(spec_read, an_unknown_field_of_an_entry_knows_the_entry_name_too)
{
    expect_error("{\"model\": {\"architecture\": \"lstm\", \"n_unit\": 3, \"n_units\": 3}}",
                 "$.model.n_units: no such field\n  try: 'n_unit' (known: architecture, n_unit)");
}

Test(spec_read, text_is_not_a_number)
{
    expect_error(
        "{\"model\": {\"architecture\": \"gpt\", \"n_layer\": \"12\"}}",
        "x.json: $.model.n_layer: expected an integer, got text \"12\"\n  try: 12, without quotes");
}

Test(spec_read, a_real_is_not_an_integer)
{
    expect_error("{\"model\": {\"architecture\": \"gpt\", \"n_layer\": 2.5}}",
                 "$.model.n_layer: expected an integer, got the real 2.5\n  try: 1 to 64");
}

Test(spec_read, out_of_range_names_the_range)
{
    expect_error("{" MODEL ", \"rate\": 1.5}",
                 "x.json: $.rate: 1.5 is out of range\n  try: 0 to 1");
}

Test(spec_read, items_of_lists_are_checked_one_by_one)
{
    expect_error("{" MODEL ", \"seeds\": [1, -2]}", "$.seeds[1]: -2 is out of range\n  try: ");
}

Test(spec_read, a_missing_field_says_what_it_is)
{
    expect_error("{\"model\": {\"architecture\": \"gpt\"}}",
                 "x.json: $.model.n_layer: missing: Transformer blocks\n  try: \"n_layer\": an "
                 "integer, 1 to 64");
}

Test(spec_read, a_missing_entry_names_the_known_ones)
{
    expect_error("{\"model\": {\"n_layer\": 2}}",
                 "$.model.architecture: missing\n  try: \"architecture\": 'gpt', 'lstm' or 'none'");
}

Test(spec_read, an_unknown_entry_names_the_nearest)
{
    expect_error(
        "{\"model\": {\"architecture\": \"gtp\", \"n_layer\": 2}}",
        "$.model.architecture: unknown architecture 'gtp'\n  try: 'gpt' (known: gpt, lstm, none)");
}

Test(spec_read, an_unknown_word_names_the_nearest)
{
    expect_error(
        "{" MODEL ", \"schedule\": \"cosin\"}",
        "$.schedule: unknown word 'cosin'\n  try: 'cosine' (known: linear, cosine, constant)");
}

Test(spec_read, keys_that_are_not_names_are_quoted_in_paths)
{
    expect_error("{" MODEL ", \"no such\": 1}", "x.json: $[\"no such\"]: no such field");
}

Test(spec_read, rules_between_fields_run_after_all_are_read)
{
    expect_error("{\"model\": {\"architecture\": \"gpt\", \"n_layer\": 3, \"n_head\": 8}}",
                 "$.model.n_head: an odd number of layers needs 4 heads\n  try: 4");
}

Test(spec_read, all_errors_are_reported_at_once)
{
    Example example;
    cr_expect_not(read_text_as(&example, "{\"rate\": \"x\", \"tide\": true, \"seeds\": 3,"
                                         "\"claims\": [{}, {\"id\": 4}], \"schedule\": 1}"));
    const char *const wanted[] = {
        "$.rate: ",         "$.tide: ",     "$.seeds: ", "$.claims[0].id: ",
        "$.claims[1].id: ", "$.schedule: ", "$.model: "};
    cr_expect_eq(err.n_errors, 7, "%s", err.text);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        cr_expect(strstr(err.text, wanted[i]), "no %s in\n%s", wanted[i], err.text);
}

Test(spec_read, running_out_of_memory_is_an_ordinary_error)
{
    const char *text =
        "{" MODEL ", \"title\": \"t\", \"tasks\": [\"a\"], \"claims\": [{\"id\": \"c\"}]}";
    const SpecReader reader = {"x.json", arena, &err};
    Json *json = json_parse_text(text, strlen(text), "x.json", arena, &err);
    bool done = false;
    for (long n = 1; n < 100 && !done; n++) {
        Example example;
        err = (Error){0};
        arena_fail_at(n);
        done = spec_read(&example, &example_table, json, &reader, "$");
        arena_fail_at(0);
        cr_expect(done || err.kind == ERROR_FAILED, "%ld: %s", n, err.text);
    }
    cr_expect(done);
}
