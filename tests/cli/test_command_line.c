/* Words and options: what is wrong is said with status 2, before anything is done. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "cli_rig.h"
#include "train/pretrain.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

TestSuite(command_line, .init = cli_rig_begin, .fini = cli_rig_end);

Test(command_line, without_a_command_it_lists_them)
{
    cli_rig_expect(cli_rig_run(""), 2, "usage: reprise COMMAND", "  run ", "  plan ", NULL);
    CliRun help = cli_rig_run("--help");
    cr_expect_eq(help.status, 0);
    cr_expect(strstr(help.out, "usage: reprise COMMAND"));
}

Test(command_line, every_command_has_help)
{
    static const char *const commands[] = {"run",     "plan",      "explain",    "generate",
                                           "data",    "tokenizer", "store",      "describe",
                                           "version", "compare",   "report",     "export",
                                           "status",  "predict",   "completion", "manual"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char words[64];
        snprintf(words, sizeof words, "%s --help", commands[i]);
        CliRun help = cli_rig_run(words);
        cr_expect_eq(help.status, 0, "%s: %s", commands[i], help.err);
        cr_expect(strstr(help.out, "usage: reprise "), "%s", help.out);
    }
}

Test(command_line, a_setting_that_is_set_is_in_the_name_of_the_scale)
{
    CliRun run = cli_rig_run("status trial --scale mini --set seeds=1 --set finetune.epochs=1");
    CliRun other = cli_rig_run("status trial --scale mini+finetune.epochs=1+seeds=1");
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect_str_eq(run.out, other.out);
    cli_rig_expect(cli_rig_run("compare trial --scale mini --set finetune.epochs=1"), 1,
                   "results/trial/mini+finetune.epochs=1", NULL);
    cli_rig_expect(cli_rig_run("plan trial --scale mini --set finetune.epoch=1"), 2,
                   "--set: $.finetune.epoch: no such field", "'epochs'", NULL);
}

Test(command_line, a_value_behind_an_equals_sign_is_told_where_it_stands)
{
    cli_rig_expect(cli_rig_run("plan trial --scale=mini"), 2, "unknown option '--scale=mini'",
                   "try: '--scale mini': a value stands behind a space", NULL);
    cli_rig_expect(cli_rig_run("plan trial --scal=mini"), 2, "try: '--scale'", NULL);
}

Test(command_line, what_cannot_be_a_setting_is_told)
{
    cli_rig_expect(cli_rig_run("plan trial --set =5 --set .a=1"), 2,
                   "--set '=5': begins with no field's name", "--set '.a=1'",
                   "try: --set finetune.epochs=5", NULL);
}

Test(command_line, the_version_is_told_in_either_spelling)
{
    CliRun command = cli_rig_run("version"), option = cli_rig_run("--version");
    cr_expect_eq(option.status, 0);
    cr_expect_eq(strncmp(option.out, "reprise ", 8), 0, "%s", option.out);
    cr_expect_str_eq(command.out, option.out);
}

Test(command_line, status_counts_what_is_done_and_lists_the_rest)
{
    CliRun none = cli_rig_run("status trial --scale mini --store here");
    cr_expect_eq(none.status, 0, "%s", none.err);
    cr_expect(strstr(none.out, "trial at scale mini: 0 of 8 stages done\n"), "%s", none.out);
    cr_expect(strstr(none.out, "\n  to do       pretrain   gpt on tiny-books\n"), "%s", none.out);
}

Test(command_line, claims_without_a_result_are_listed_as_not_measured)
{
    cli_rig_edit("experiments/trial.json", "\"tasks\"",
                 "\"claims\": [{\"id\": \"c\", \"statement\": \"s\", \"better\": \"a\","
                 " \"worse\": \"b\"}], \"tasks\"");
    CliRun text = cli_rig_run("report claims --results nowhere");
    cr_expect_eq(text.status, 0, "%s", text.err);
    cr_expect(strstr(text.out, "| trial |  | | | |  | not measured |\n"), "%s", text.out);
    CliRun json = cli_rig_run("report claims --results nowhere --json");
    cr_expect(strstr(json.out, "\"verdict\": \"not measured\""), "%s", json.out);
}

Test(command_line, the_table_of_an_experiment_has_no_json)
{
    cli_rig_expect(cli_rig_run("report trial --scale mini --json"), 2,
                   "--json is for 'reprise report claims'", NULL);
}

Test(command_line, jobs_are_a_whole_number)
{
    cli_rig_expect(cli_rig_run("run trial --scale mini --jobs two"), 2,
                   "--jobs 'two': expected a whole number", NULL);
}

Test(command_line, an_unknown_command_is_named_with_its_nearest_spelling)
{
    cli_rig_expect(cli_rig_run("pln trial"), 2, "unknown command 'pln'", "try: 'plan' (known: run,",
                   NULL);
}

Test(command_line, an_unknown_option_is_named_with_its_nearest_spelling)
{
    cli_rig_expect(cli_rig_run("plan trial --scal mini"), 2, "unknown option '--scal'",
                   "try: '--scale' (known: --scale,", NULL);
}

Test(command_line, options_are_known_to_the_commands_that_use_them)
{
    cli_rig_expect(cli_rig_run("version --prompt x"), 2, "unknown option '--prompt'", NULL);
}

Test(command_line, every_wrong_option_is_told_at_once)
{
    cli_rig_expect(cli_rig_run("generate trial --tokens -3 --top-k many --seed"), 2,
                   "--tokens '-3': expected a whole number from 0 to",
                   "--top-k 'many': expected a whole number", "--seed needs a value", NULL);
}

Test(command_line, numbers_are_whole_and_in_range)
{
    static const char *const wrong[] = {"--tokens 1e30", "--tokens 2.5", "--temperature nan",
                                        "--temperature -1", "--seed 3x"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char words[64];
        snprintf(words, sizeof words, "generate trial %s", wrong[i]);
        cli_rig_expect(cli_rig_run(words), 2, ": expected a ", NULL);
    }
    cli_rig_expect(cli_rig_run("run trial --threads many"), 2, "--threads 'many'", NULL);
}

Test(command_line, kernels_are_fast_or_plain)
{
    cli_rig_expect(cli_rig_run("plan trial --scale mini --kernels quick"), 2,
                   "--kernels 'quick': expected 'fast' or 'plain'", NULL);
}

Test(command_line, a_missing_word_and_one_too_many_are_told_apart)
{
    cli_rig_expect(cli_rig_run("plan"), 2, "reprise plan: a word is missing",
                   "try: reprise plan EXPERIMENT|all [--scale SCALE]", NULL);
    cli_rig_expect(cli_rig_run("plan trial trial"), 2, "reprise plan: there is a word too many",
                   NULL);
}

Test(command_line, actions_of_data_and_store_are_checked)
{
    cli_rig_expect(cli_rig_run("data fetsh tiny-happy"), 2, "unknown word 'fetsh'", "try: 'fetch'",
                   NULL);
    cli_rig_expect(cli_rig_run("data fetch"), 2, "reprise data fetch: a word is missing", NULL);
    cli_rig_expect(cli_rig_run("data fetch tiny-hapy"), 2, "no data set 'tiny-hapy'",
                   "'tiny-happy'", NULL);
    cli_rig_expect(cli_rig_run("store clena"), 2, "unknown action 'clena'", "try: 'clean'", NULL);
}

Test(command_line, plan_is_printed_for_programs_too)
{
    Error err = {0};
    Arena *arena = arena_create("plan", &err);
    CliRun run = cli_rig_run("plan trial --scale mini --json");
    const Json *plan = json_parse_text(run.out, strlen(run.out), "plan", arena, &err);
    cr_assert(plan, "%s%s", run.err, err.text);
    const Json *first = json_at(json_get(plan, "stages"), 0);
    cr_expect_str_eq(json_text(json_get(first, "stage")), "tokenizer");
    cr_expect_not(json_bool(json_get(first, "done")));
    cr_expect_eq(json_size(json_get(plan, "stages")), 8);
    arena_destroy(arena);
}

Test(command_line, describe_prints_one_document_at_a_time)
{
    cr_expect(strstr(cli_rig_run("describe").out, "# Fields of experiments and scales"));
    char pretrain[64];
    snprintf(pretrain, sizeof pretrain, "| `pretrain` | %d | trains", PRETRAIN_NUMERICS_VERSION);
    cr_expect(strstr(cli_rig_run("describe stages").out, pretrain));
    cli_rig_expect(cli_rig_run("describe stages --schema"), 2, "that people write", NULL);
    cr_expect(strstr(cli_rig_run("describe --schema").out, "\"$schema\""));
    cr_expect(strstr(cli_rig_run("describe --scale-schema").out, "\"alternatives\""));
    cli_rig_expect(cli_rig_run("describe --schema --scale-schema"), 2, "one of them at a time",
                   NULL);
}

Test(command_line, output_that_cannot_be_written_is_an_error)
{
    cli_rig_limit_file(200);
    CliRun run = cli_rig_run("describe");
    cr_expect_eq(run.status, 1);
    cr_expect(strstr(run.err, "standard output: cannot be written"), "%s", run.err);
}

#endif
