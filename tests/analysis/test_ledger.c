#include "analysis/ledger.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../scratch_folder.h"

static Arena *arena;
static Error err;

static void begin(void)
{
    err = (Error){0};
    arena = arena_create("ledger", &err);
    cr_assert(arena);
    scratch_folder_make();
}

static void end(void)
{
    scratch_folder_remove();
    arena_destroy(arena);
}

TestSuite(ledger, .init = begin, .fini = end);

#define CLAIM                                                                                      \
    "{\"id\": \"transfer\", \"statement\": \"it helps\", \"better\": \"a\", \"worse\": \"b\"}"
#define ROW(task, verdict, mean)                                                                   \
    "{\"id\": \"transfer\", \"task\": \"" task "\", \"verdict\": \"" verdict                       \
    "\", \"smallest_effect\": 0, \"mean\": " mean ", \"low\": 0.01, \"high\": 0.09}"
#define SPEC "\"spec\": {\"claims\": [" CLAIM "]}"

static void put(const char *path, const char *text)
{
    scratch_folder_write(path, text, strlen(text));
}

/* A result with these rows of claims and these other parts. */
static void put_result(const char *path, const char *rows, const char *parts)
{
    HashText hash;
    char *numbers = arena_format(arena, &err, "{\"claims\": [%s]}", rows);
    Json *json = json_parse_text(numbers, strlen(numbers), "numbers", arena, &err);
    cr_assert(json && json_hash(&hash, json, arena, &err), "%s", err.text);
    put(path, arena_format(arena, &err,
                           "{\"format\": 1, \"numbers_sha256\": \"%s\", \"numbers\": %s, %s}",
                           hash.text, numbers, parts));
}

static Ledger read_ledger(void)
{
    Ledger ledger;
    char *results = arena_text(arena, scratch_folder_path("results"), &err);
    char *experiments = arena_text(arena, scratch_folder_path("experiments"), &err);
    cr_assert(ledger_read(&ledger, results, experiments, arena, &err), "%s", err.text);
    return ledger;
}

/* table5 at tiny, twice; other, with the same claim, has no result. */
static void write_results(void)
{
    put_result("results/table5/tiny/v001/result.json", ROW("all tasks", "contradicted", "-0.05"),
               SPEC);
    put_result(
        "results/table5/tiny/v002/result.json",
        ROW("x", "supported", "0.05") "," ROW("y", "supported",
                                              "0.03") "," ROW("all tasks", "supported", "0.04"),
        SPEC
        ", \"tests\": {\"claims\": ["
        "{\"id\": \"transfer\", \"task\": \"x\", \"p\": 0.01, \"verdict\": \"supported\"},"
        "{\"id\": \"transfer\", \"task\": \"y\", \"p\": 0.04, \"verdict\": \"undecided\"},"
        "{\"id\": \"transfer\", \"task\": \"all tasks\", \"p\": 0.002, \"verdict\": \"supported\","
        " \"caveats\": [\"one seed\"]}]}");
    put("experiments/table5.json", "{\"claims\": [" CLAIM "]}");
    put("experiments/other.json", "{\"claims\": [" CLAIM "]}");
}

Test(ledger, the_last_version_of_a_result_counts)
{
    write_results();
    Ledger ledger = read_ledger();
    const LedgerRow *row = &ledger.rows[0];
    cr_assert_str_eq(row->version, "v002");
    cr_assert_str_eq(row->whole->task, "all tasks");
    cr_assert_eq(row->whole->mean, 0.04);
    cr_assert_eq(row->p, 0.002);
}

Test(ledger, tasks_are_counted_after_correction)
{
    write_results();
    Ledger ledger = read_ledger();
    cr_assert_eq(ledger.rows[0].n_tasks, 2);
    cr_assert_eq(ledger.rows[0].n_supported, 1);
}

Test(ledger, an_experiment_without_a_result_is_listed_beside_the_same_claim)
{
    write_results();
    Ledger ledger = read_ledger();
    cr_assert_eq(ledger.n, 2);
    cr_assert_str_eq(ledger.rows[1].experiment, "other");
    cr_assert_null(ledger.rows[1].scale);
    cr_assert_null(ledger.rows[1].whole);
}

Test(ledger, is_written_as_a_table_with_every_verdict)
{
    write_results();
    Ledger ledger = read_ledger();
    Buffer text = buffer_create(arena);
    cr_assert(ledger_markdown(&text, &ledger, &err));
    cr_assert(strstr(text.data, "| transfer | it helps | table5 | tiny | +4.0 points | "
                                "+1.0 to +9.0 | 0.002 | 1 of 2 | supported † |"),
              "%s", text.data);
    cr_assert(strstr(text.data, "| other |  | | | |  | not measured |"), "%s", text.data);
}

Test(ledger, is_written_for_a_terminal_under_each_statement)
{
    write_results();
    Ledger ledger = read_ledger();
    Buffer text = buffer_create(arena);
    cr_assert(ledger_terminal(&text, &ledger, 60, &err));
    cr_assert_str_eq(text.data, "it helps\n"
                                "  Supported     table5, tiny: +4.0 points, 95 % interval\n"
                                "                +1.0 to +9.0, p = 0.002; supported on 1 of 2\n"
                                "                tasks †\n"
                                "  Not measured  other\n"
                                "\n"
                                "- The last result of each experiment and scale; on how many\n"
                                "  tasks a claim is supported is after correction for being\n"
                                "  several.\n"
                                "- † with a caveat, which the result's page tells.\n");
}

Test(ledger, is_written_as_json_with_the_rule_in_words)
{
    write_results();
    Ledger ledger = read_ledger();
    Json *json = ledger_json(&ledger, arena, &err);
    cr_assert_eq(json_size(json), 2);
    const Json *row = json_at(json, 0);
    cr_assert_str_eq(json_text(json_get(row, "verdict")), "supported");
    cr_assert_eq(json_number(json_get(row, "effect")), 0.04);
    cr_assert_str_eq(json_text(json_get(row, "supported_where")), "the interval is above 0");
    cr_assert_str_eq(json_text(json_get(json_at(json, 1), "verdict")), "not measured");
}

Test(ledger, a_result_without_numbers_is_an_error_that_names_the_file)
{
    Ledger ledger;
    put("results/table5/tiny/v001/result.json", "{}");
    put("experiments/other.json", "{}");
    char *results = arena_text(arena, scratch_folder_path("results"), &err);
    char *experiments = arena_text(arena, scratch_folder_path("experiments"), &err);
    cr_assert_not(ledger_read(&ledger, results, experiments, arena, &err));
    cr_assert(strstr(err.text, "table5/tiny/v001/result.json: $.format: is missing"));
}
