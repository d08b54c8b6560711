#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "experiment_rig.h"

TestSuite(experiment_check, .init = experiment_rig_begin, .fini = experiment_rig_end);

#define HEAD  "{\"format\": 1, \"title\": \"X\""
#define FILE_ "experiments/x.json: "

static void expect_message(const char *name, const char *message)
{
    Error err;
    Experiment experiment;
    cr_expect_not(experiment_rig_load(&experiment, name, &err));
    cr_expect_eq(err.kind, ERROR_USAGE);
    cr_expect_str_eq(err.text, message);
}

Test(experiment_check, an_unknown_experiment_names_the_nearest)
{
    experiment_rig_write("experiments/table5.json", HEAD "}");
    experiment_rig_write("experiments/quickstart.json", HEAD "}");
    expect_message("quikstart", "experiments/quikstart.json: no such experiment\n"
                                "  try: 'quickstart' (known: quickstart, table5)");
}

Test(experiment_check, an_unknown_scale_names_the_nearest)
{
    Error err = {0};
    Experiment experiment;
    experiment_rig_write("experiments/x.json", HEAD "}");
    cr_expect_not(experiment_load_with(&experiment, &experiment_rig_settings, "x", "smal",
                                       "experiments", experiment_rig_arena(), &err));
    cr_expect_str_eq(err.text, "experiments/scales/smal.json: no such scale\n"
                               "  try: 'small' (known: small)");
}

Test(experiment_check, an_unknown_top_level_key_knows_settings_too)
{
    experiment_rig_expect_error(
        HEAD ", \"fine_tune\": {}}",
        FILE_ "$.fine_tune: no such field\n"
              "  try: 'finetune' (known: $schema, format, title, question, description, extends, "
              "claims, measure, tasks, zero_shot_tasks, variants, grid, select, select_seeds, "
              "seeds, report, model, "
              "pretrain, finetune)");
}

Test(experiment_check, an_unknown_key_in_a_variant_is_found)
{
    experiment_rig_expect_error(HEAD ", \"variants\": {\"a b\": {\"finetune\": {\"epoch\": 3}}}}",
                                FILE_
                                "$.variants[\"a b\"].finetune.epoch: no such field\n"
                                "  try: 'epochs' (known: epochs, transfer_layers, lm_coefficient)");
}

Test(experiment_check, a_wrong_value_at_top_level_is_found)
{
    experiment_rig_expect_error(HEAD ", \"pretrain\": {\"tokens\": 0}}",
                                FILE_ "$.pretrain.tokens: 0 is out of range\n  try: 1 to 1000");
}

Test(experiment_check, a_grid_path_that_does_not_exist_names_the_nearest)
{
    experiment_rig_expect_error(HEAD ", \"grid\": {\"finetune.epoch\": [1]}}", FILE_
                                "$.grid[\"finetune.epoch\"]: no such field\n"
                                "  try: 'epochs' (known: epochs, transfer_layers, lm_coefficient)");
}

Test(experiment_check, each_value_of_a_grid_is_checked)
{
    experiment_rig_expect_error(
        HEAD ", \"grid\": {\"finetune.epochs\": [1, \"2\"]}}",
        FILE_ "$.grid[\"finetune.epochs\"][1]: expected an integer, got text \"2\"\n"
              "  try: 2, without quotes");
}

Test(experiment_check, a_grid_path_needs_values)
{
    experiment_rig_expect_error(
        HEAD ", \"grid\": {\"finetune.epochs\": []}}",
        FILE_ "$.grid[\"finetune.epochs\"]: no value\n  try: a list of the values to run");
}

Test(experiment_check, an_endless_grid_is_refused)
{
    char text[8192] = HEAD ", \"grid\": {\"finetune.epochs\": [1";
    for (int i = 2; i <= 100; i++) snprintf(text + strlen(text), 16, ",%d", i);
    strcat(text, "], \"pretrain.tokens\": [1");
    for (int i = 2; i <= 101; i++) snprintf(text + strlen(text), 16, ",%d", i);
    strcat(text, "]}}");
    experiment_rig_expect_error(text, FILE_ "$.grid: more than 10000 variants and grid points\n"
                                            "  try: fewer values: every combination is run");
}

Test(experiment_check, an_unknown_measure_names_the_nearest)
{
    experiment_rig_expect_error(HEAD ", \"measure\": [\"zero-shoot\"]}",
                                FILE_ "$.measure[0]: unknown measure 'zero-shoot'\n"
                                      "  try: 'zero-shot' (known: fine-tuning, zero-shot, "
                                      "context-window, position, rate)");
}

Test(experiment_check, something_is_measured)
{
    experiment_rig_expect_error(HEAD ", \"measure\": []}",
                                FILE_ "$.measure: nothing to measure\n"
                                      "  try: leave it out: fine-tuning is measured then");
}

Test(experiment_check, zero_shot_behaviour_is_measured_on_something)
{
    experiment_rig_expect_error(
        HEAD ", \"measure\": [\"zero-shot\"]}",
        FILE_ "$.measure: zero-shot behaviour is asked for, but scale 'small' has no "
              "zero_shot_tasks\n  try: name data sets in $.zero_shot_tasks, here or in the scale");
}

Test(experiment_check, minimal_pairs_are_asked_for_where_the_scale_has_some)
{
    experiment_rig_expect_error(
        HEAD ", \"measure\": [\"zero-shot\"], \"zero_shot_tasks\": \"pairs\"}",
        FILE_ "$.measure: zero-shot behaviour is asked for, but scale 'small' has no "
              "pair_tasks\n  try: name data sets in $.zero_shot_tasks, here or in the scale");
}

Test(experiment_check, a_claim_about_an_unknown_variant_names_the_nearest)
{
    experiment_rig_expect_error(
        HEAD ", \"variants\": {\"full\": {}, \"none\": {}}, \"claims\": [{\"id\": \"t\","
             "\"statement\": \"s\", \"better\": \"ful\", \"worse\": \"none\"}]}",
        FILE_ "$.claims[0].better: unknown variant 'ful'\n  try: 'full' (known: full, none)");
}

Test(experiment_check, a_claim_compares_two_things)
{
    experiment_rig_expect_error(
        HEAD ", \"variants\": {\"full\": {}}, \"claims\": [{\"id\": \"t\","
             "\"statement\": \"s\", \"better\": \"full\", \"worse\": \"full\"}]}",
        FILE_ "$.claims[0]: 'full' is compared with itself\n  try: two different variants");
}

Test(experiment_check, ids_of_claims_are_unique)
{
#define CLAIM "{\"id\": \"t\", \"statement\": \"s\", \"better\": \"a\", \"worse\": \"b\"}"
    experiment_rig_expect_error(
        HEAD ", \"variants\": {\"a\": {}, \"b\": {}}, \"claims\": [" CLAIM "," CLAIM "]}",
        FILE_ "$.claims[1].id: 't' is the id of claim 0 too\n  try: another id");
}

Test(experiment_check, an_unknown_experiment_to_extend_names_the_nearest)
{
    experiment_rig_write("experiments/table5.json", HEAD "}");
    experiment_rig_expect_error(
        HEAD ", \"extends\": \"tabel5\"}",
        FILE_ "$.extends: unknown experiment 'tabel5'\n  try: 'table5' (known: table5, x)");
}

Test(experiment_check, a_circle_of_extends_is_shown)
{
    experiment_rig_write("experiments/y.json", HEAD ", \"extends\": \"x\"}");
    experiment_rig_expect_error(
        HEAD ", \"extends\": \"y\"}",
        "experiments/y.json: $.extends: a circle: 'x' extends 'y' extends 'x'\n"
        "  try: take \"extends\" away in one of them");
}

Test(experiment_check, errors_name_the_file_they_are_in)
{
    experiment_rig_write("experiments/y.json", HEAD ", \"finetune\": {\"epochs\": 0}}");
    experiment_rig_expect_error(
        HEAD ", \"extends\": \"y\"}",
        "experiments/y.json: $.finetune.epochs: 0 is out of range\n  try: 1 to 100");
}

Test(experiment_check, repeated_seeds_are_refused)
{
    experiment_rig_expect_error(HEAD ", \"seeds\": [1, 2, 1]}",
                                FILE_ "$.seeds[2]: the same as item 0\n  try: take it away");
}

Test(experiment_check, a_seed_is_a_natural_number)
{
    experiment_rig_expect_error(HEAD ", \"seeds\": [1, -2]}",
                                FILE_ "$.seeds[1]: not a seed\n  try: an integer, at least 0");
}

Test(experiment_check, no_seed_at_all_is_refused)
{
    experiment_rig_expect_error(
        HEAD ", \"seeds\": 0}",
        FILE_ "$.seeds: 0 is out of range\n  try: how many seeds to run: 1 to 1000");
}

Test(experiment_check, an_empty_list_of_tasks_is_refused)
{
    experiment_rig_expect_error(
        HEAD ", \"tasks\": []}",
        FILE_ "$.tasks: no task\n  try: \"all\", or a list of data sets such as [\"cola\"]");
}

Test(experiment_check, format_and_title_are_missed)
{
    experiment_rig_expect_error(
        "{}", FILE_ "$.format: missing\n  try: \"format\": 1\n" FILE_
                    "$.title: missing\n  try: \"title\": what the experiment is called");
}

Test(experiment_check, another_version_of_the_format_is_refused)
{
    experiment_rig_expect_error("{\"format\": 2, \"title\": \"X\"}",
                                FILE_ "$.format: 2 is out of range\n  try: 1");
}

Test(experiment_check, what_only_shows_when_put_together_names_the_variant)
{
    experiment_rig_write(
        "experiments/scales/small.json",
        "{\"format\": 1, \"title\": \"small\", \"tasks\": [\"cola\"], \"seeds\": 2,"
        " \"model\": {\"architecture\": \"gpt\", \"n_layer\": 4, \"n_head\": 2}}");
    experiment_rig_expect_error(
        HEAD ", \"variants\": {\"LSTM\": {\"model\": {\"architecture\": \"lstm\"}}}}",
        FILE_ "$.variants.LSTM.model.n_unit: missing: units\n"
              "  while putting together 'LSTM' at scale 'small'\n"
              "  try: \"n_unit\": an integer, 1 to 64");
}

Test(experiment_check, what_is_wrong_with_one_variant_hides_nothing_of_the_others)
{
    experiment_rig_write(
        "experiments/scales/small.json",
        "{\"format\": 1, \"title\": \"small\", \"tasks\": [\"cola\"], \"seeds\": 2,"
        " \"model\": {\"architecture\": \"gpt\", \"n_layer\": 4, \"n_head\": 2}}");
    Error err;
    Experiment experiment;
    experiment_rig_write("experiments/x.json", HEAD
                         ", \"variants\": {\"LSTM\": {\"model\": {\"architecture\": \"lstm\"}},"
                         " \"full\": {\"pretrain\": {\"rate\": 0.5}}}, \"claims\": [{\"id\": \"t\","
                         " \"statement\": \"s\", \"better\": \"ful\", \"worse\": \"LSTM\"}]}");
    cr_expect_not(experiment_rig_load(&experiment, "x", &err));
    cr_expect(strstr(err.text, "$.variants.LSTM.model.n_unit: missing"), "%s", err.text);
    cr_expect(strstr(err.text, "$.variants.full.pretrain.tokens: missing"), "%s", err.text);
    cr_expect(strstr(err.text, "$.claims[0].better: unknown variant 'ful'"), "%s", err.text);
}

Test(experiment_check, an_unknown_entry_among_the_alternatives_is_found)
{
    experiment_rig_write(
        "experiments/scales/small.json",
        "{\"format\": 1, \"title\": \"small\", \"tasks\": [\"cola\"], \"seeds\": 2,"
        " \"alternatives\": {\"model\": {\"lst\": {}}, \"finetune\": {}, \"modle\": {}}}");
    Error err;
    Experiment experiment;
    experiment_rig_write("experiments/x.json", HEAD "}");
    cr_expect_not(experiment_rig_load(&experiment, "x", &err));
    cr_expect(
        strstr(err.text, "small.json: $.alternatives.model.lst.architecture: unknown architecture"),
        "%s", err.text);
    cr_expect(strstr(err.text, "$.alternatives.finetune: 'finetune' names no registry entry"), "%s",
              err.text);
    cr_expect(strstr(err.text, "$.alternatives.modle: no such field\n  try: 'model'"), "%s",
              err.text);
    cr_expect_eq(err.n_errors, 3, "%s", err.text);
}

Test(experiment_check, errors_of_all_documents_come_at_once)
{
    experiment_rig_write("experiments/scales/small.json",
                         "{\"format\": 1, \"title\": \"small\", \"seeds\": 2}");
    experiment_rig_write("experiments/y.json", HEAD ", \"seed\": 3}");
    experiment_rig_write("experiments/x.json",
                         HEAD ", \"extends\": \"y\", \"variants\": {\"a\": 1},"
                              "\"grid\": [], \"claims\": {}, \"report\": []}");
    Error err;
    Experiment experiment;
    cr_expect_not(experiment_rig_load(&experiment, "x", &err));
    const char *const wanted[] = {"small.json: $.tasks: missing",
                                  "y.json: $.seed: no such field",
                                  "x.json: $.variants.a: expected an object, got an integer",
                                  "x.json: $.grid: expected an object, got a list",
                                  "x.json: $.claims: expected a list of objects, got an object",
                                  "x.json: $.report: expected an object, got a list"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        cr_expect(strstr(err.text, wanted[i]), "no %s in\n%s", wanted[i], err.text);
    cr_expect_eq(err.n_errors, 6, "%s", err.text);
}
