#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "experiment_rig.h"

TestSuite(experiment_load, .init = experiment_rig_begin, .fini = experiment_rig_end);

#define HEAD "{\"format\": 1, \"title\": \"X\""

Test(experiment_load, the_scale_alone_gives_one_cell)
{
    Experiment x = experiment_rig_load_text(HEAD "}");
    cr_assert_eq(x.n_cells, 1);
    cr_expect_str_eq(x.cells[0].name, "default");
    cr_expect_str_eq(x.cells[0].variant, "default");
    cr_expect_eq(experiment_rig_settings_of(&x, 0)->pretrain.tokens, 100);
    cr_expect_eq(experiment_rig_model_of(&x, 0)->n_layer, 4);
    cr_expect_str_eq(x.title, "X");
    cr_expect_null(x.question);
    cr_expect_eq(x.report.n_figures, 0);
}

Test(experiment_load, the_experiment_wins_over_the_scale_member_by_member)
{
    Experiment x = experiment_rig_load_text(HEAD ", \"pretrain\": {\"rate\": 0.25}}");
    cr_expect_eq(experiment_rig_settings_of(&x, 0)->pretrain.rate, 0.25);
    cr_expect_eq(experiment_rig_settings_of(&x, 0)->pretrain.tokens, 100);
}

Test(experiment_load, a_variant_wins_over_the_experiment)
{
    Experiment x =
        experiment_rig_load_text(HEAD ", \"finetune\": {\"epochs\": 5}, \"variants\":"
                                      " {\"a\": {}, \"b\": {\"finetune\": {\"epochs\": 7}}}}");
    cr_assert_eq(x.n_cells, 2);
    cr_expect_str_eq(x.cells[1].name, "b");
    cr_expect_eq(experiment_rig_settings_of(&x, 0)->finetune.epochs, 5);
    cr_expect_eq(experiment_rig_settings_of(&x, 1)->finetune.epochs, 7);
}

Test(experiment_load, null_turns_pre_training_off)
{
    Experiment x =
        experiment_rig_load_text(HEAD ", \"variants\": {\"none\": {\"pretrain\": null}}}");
    cr_expect_not(experiment_rig_settings_of(&x, 0)->pretrain.present);
}

Test(experiment_load, what_is_extended_comes_first_oldest_before_all)
{
    experiment_rig_write("experiments/old.json",
                         HEAD ", \"finetune\": {\"epochs\": 5, \"lm_coefficient\": 0.1}}");
    experiment_rig_write(
        "experiments/young.json",
        HEAD ", \"extends\": \"old\", \"finetune\": {\"epochs\": 6, \"transfer_layers\": 2}}");
    Experiment x =
        experiment_rig_load_text(HEAD ", \"extends\": \"young\", \"finetune\": {\"epochs\": 7}}");
    cr_expect_eq(experiment_rig_settings_of(&x, 0)->finetune.epochs, 7);
    cr_expect_eq(experiment_rig_settings_of(&x, 0)->finetune.transfer_layers, 2);
    cr_expect_eq(experiment_rig_settings_of(&x, 0)->finetune.lm_coefficient, 0.1);
}

Test(experiment_load, an_inherited_variant_or_axis_is_taken_away_by_null)
{
    experiment_rig_write("experiments/old.json", HEAD ", \"variants\": {\"a\": {}, \"b\": {}},"
                                                      "\"grid\": {\"finetune.epochs\": [1, 2]}}");
    Experiment x = experiment_rig_load_text(
        HEAD ", \"extends\": \"old\", \"variants\": {\"a\": null, \"c\": {}},"
             "\"grid\": {\"finetune.epochs\": null}}");
    cr_assert_eq(x.n_cells, 2);
    cr_expect_str_eq(x.cells[0].name, "b");
    cr_expect_str_eq(x.cells[1].name, "c");
}

Test(experiment_load, lists_replace)
{
    experiment_rig_write("experiments/old.json",
                         HEAD ", \"tasks\": [\"a\", \"b\"], \"seeds\": [7, 8]}");
    Experiment x = experiment_rig_load_text(HEAD ", \"extends\": \"old\", \"tasks\": [\"c\"]}");
    cr_assert_eq(x.tasks.n, 1);
    cr_expect_str_eq(x.tasks.text[0], "c");
    cr_assert_eq(x.seeds.n, 2);
    cr_expect_eq(x.seeds.items[1], 8);
}

Test(experiment_load, another_architecture_takes_the_sizes_of_the_scale)
{
    Experiment x =
        experiment_rig_load_text(HEAD ", \"model\": {\"dropout\": 0.3}, \"variants\":"
                                      " {\"LSTM\": {\"model\": {\"architecture\": \"lstm\"}}}}");
    cr_expect_str_eq(experiment_rig_settings_of(&x, 0)->model.entry->name, "lstm");
    cr_expect_eq(experiment_rig_model_of(&x, 0)->n_unit, 8);
    cr_expect_eq(experiment_rig_model_of(&x, 0)->n_layer, 1);
    cr_expect_eq(experiment_rig_model_of(&x, 0)->dropout, 0.3, "a field that both have is kept");
}

Test(experiment_load, what_stands_beside_another_architecture_wins)
{
    Experiment x =
        experiment_rig_load_text(HEAD ", \"model\": {\"architecture\": \"lstm\", \"n_unit\": 5}}");
    cr_expect_eq(experiment_rig_model_of(&x, 0)->n_unit, 5);
    cr_expect_eq(experiment_rig_model_of(&x, 0)->n_layer, 1);
}

Test(experiment_load, settings_that_go_with_another_architecture_come_along)
{
    experiment_rig_write(
        "experiments/scales/small.json",
        "{\"format\": 1, \"title\": \"small\", \"tasks\": [\"cola\"], \"seeds\": 1,"
        " \"model\": {\"architecture\": \"gpt\", \"n_layer\": 4, \"n_head\": 2},"
        " \"pretrain\": {\"tokens\": 100, \"rate\": 0.5},"
        " \"alternatives\": {\"model\": {\"lstm\": {\"n_layer\": 1, \"n_unit\": 8}}},"
        " \"companions\": {\"model\": {\"lstm\": {\"pretrain\": {\"rate\": 0.25}}}}}");
    Experiment x = experiment_rig_load_text(
        HEAD ", \"variants\": {\"a\": {}, \"b\": {\"model\": {\"architecture\": \"lstm\"}},"
             "\"c\": {\"model\": {\"architecture\": \"lstm\"}, \"pretrain\": null},"
             "\"d\": {\"model\": {\"architecture\": \"lstm\"}, \"pretrain\": {\"rate\": 1}}}}");
    cr_expect_eq(experiment_rig_settings_of(&x, 0)->pretrain.rate, 0.5);
    cr_expect_eq(experiment_rig_settings_of(&x, 1)->pretrain.rate, 0.25);
    cr_expect_eq(experiment_rig_settings_of(&x, 1)->pretrain.tokens, 100);
    cr_expect_not(experiment_rig_settings_of(&x, 2)->pretrain.present);
    cr_expect_eq(experiment_rig_settings_of(&x, 3)->pretrain.rate, 1, "what stands beside it wins");
}

#define SCALE_WITH                                                                                 \
    "{\"format\": 1, \"title\": \"small\", \"tasks\": [\"cola\"], \"seeds\": 1,"                   \
    " \"zero_shot_tasks\": [\"sst2\"], \"pair_tasks\": [\"blimp\"],"                               \
    " \"cloze_tasks\": [\"gaps\", \"sst2\"],"                                                      \
    " \"model\": {\"architecture\": \"gpt\", \"n_layer\": 4, \"n_head\": 2},"                      \
    " \"pretrain\": {\"tokens\": 100}, \"experiments\": {\"x\": "

Test(experiment_load, a_scale_may_have_settings_for_an_experiment_and_its_variants)
{
    experiment_rig_write("experiments/scales/small.json",
                         SCALE_WITH "{\"pretrain\": {\"tokens\": 50}, \"variants\": {\"b\": "
                                    "{\"model\": {\"n_layer\": 7}}, \"c\": null}}}}");
    Experiment x = experiment_rig_load_text(
        HEAD ", \"variants\": {\"a\": {}, \"b\": {\"pretrain\": {\"rate\": 0.25}}, \"c\": {}},"
             " \"claims\": [{\"id\": \"i\", \"statement\": \"s\", \"better\": \"a\", \"worse\": "
             "\"c\"}]}");
    cr_assert_eq(x.n_cells, 2);
    cr_expect_eq(experiment_rig_settings_of(&x, 0)->pretrain.tokens, 50);
    cr_expect_eq(experiment_rig_model_of(&x, 0)->n_layer, 4);
    cr_expect_eq(experiment_rig_model_of(&x, 1)->n_layer, 7);
    cr_expect_eq(experiment_rig_settings_of(&x, 1)->pretrain.rate, 0.25, "what it had is kept");
    cr_expect_eq(x.n_claims, 0, "of a variant that the scale has not");
    cr_expect_eq(x.omitted.n, 2);
}

Test(experiment_load, a_scale_may_say_what_an_experiment_is_measured_on)
{
    experiment_rig_write("experiments/scales/small.json",
                         SCALE_WITH "{\"tasks\": [\"rte\"], \"zero_shot_tasks\": [\"cola\", "
                                    "\"pairs\"]}}}");
    Experiment x = experiment_rig_load_text(
        HEAD ", \"measure\": [\"fine-tuning\", \"zero-shot\"], \"tasks\": \"all\"}");
    cr_assert_eq(x.tasks.n, 1);
    cr_expect_str_eq(x.tasks.text[0], "rte");
    cr_assert_eq(x.zero_shot_tasks.n, 2);
    cr_expect_str_eq(x.zero_shot_tasks.text[1], "blimp");
}

Test(experiment_load, tasks_that_a_scale_names_for_an_experiment_are_a_list)
{
    experiment_rig_write("experiments/scales/small.json",
                         SCALE_WITH "{\"tasks\": 3, \"zero_shot_tasks\": []}}}");
    experiment_rig_expect_error(
        HEAD "}",
        "experiments/scales/small.json: $.experiments.x.tasks: expected a list, got an integer\n"
        "  try: \"all\", or a list of data sets such as [\"cola\"]\n"
        "experiments/scales/small.json: $.experiments.x.zero_shot_tasks: no task\n"
        "  try: \"all\", or a list of data sets such as [\"cola\"]");
}

Test(experiment_load, what_a_scale_says_of_another_experiment_changes_nothing)
{
    experiment_rig_write("experiments/scales/small.json",
                         SCALE_WITH "{}, \"y\": {\"pretrain\": {\"tokens\": 50}}}}");
    Experiment x = experiment_rig_load_text(HEAD "}");
    cr_expect_eq(experiment_rig_settings_of(&x, 0)->pretrain.tokens, 100);
}

Test(experiment_load, a_variant_of_the_scale_that_the_experiment_has_not_is_an_error)
{
    experiment_rig_write("experiments/scales/small.json",
                         SCALE_WITH "{\"variants\": {\"d\": {}}}}}");
    experiment_rig_expect_error(
        HEAD ", \"variants\": {\"a\": {}}}",
        "experiments/scales/small.json: $.experiments.x.variants.d: the experiment 'x' has no "
        "variant 'd'\n  try: the name of one of its variants, or take it away");
}

/* Names parted by spaces, of what `asked` comes to. */
static void expect_zero_shot_tasks(const char *asked, const char *wanted)
{
    char text[256], found[256] = "";
    experiment_rig_write("experiments/scales/small.json", SCALE_WITH "{}}}");
    snprintf(text, sizeof text, HEAD ", \"measure\": [\"zero-shot\"], \"zero_shot_tasks\": %s}",
             asked);
    Experiment x = experiment_rig_load_text(text);
    for (size_t i = 0; i < x.zero_shot_tasks.n; i++) {
        if (i) strcat(found, " ");
        strcat(found, x.zero_shot_tasks.text[i]);
    }
    cr_expect_str_eq(found, wanted);
}

Test(experiment_load, a_word_stands_for_a_list_of_the_scales)
{
    expect_zero_shot_tasks("\"all\"", "sst2");
    expect_zero_shot_tasks("\"pairs\"", "blimp");
    expect_zero_shot_tasks("\"cloze\"", "gaps sst2");
}

Test(experiment_load, words_and_data_sets_stand_in_one_list_and_each_set_once)
{
    expect_zero_shot_tasks("[\"all\", \"pairs\"]", "sst2 blimp");
    expect_zero_shot_tasks("[\"cola\", \"all\", \"cloze\"]", "cola sst2 gaps");
}

/* A claim means by a word what the experiment means by it; of a list that the scale has not nothing is measured. */
Test(experiment_load, words_in_claims_stand_for_the_scales_lists)
{
    experiment_rig_write("experiments/scales/small.json", SCALE_WITH "{}}}");
    Experiment x = experiment_rig_load_text(
        HEAD ", \"measure\": [\"fine-tuning\", \"zero-shot\"], \"zero_shot_tasks\": [\"all\", "
             "\"pairs\"], \"variants\": {\"a\": {}, \"b\": {}}, \"claims\": [{\"id\": \"i\", "
             "\"statement\": \"s\", \"better\": \"a\", \"on\": \"zero-shot\", \"at\": "
             "\"gain\", \"tasks\": [\"pairs\"]}, {\"id\": \"j\", \"statement\": \"s\", "
             "\"better\": \"a\", \"worse\": \"b\", \"tasks\": [\"all\"]}]}");
    cr_assert_eq(x.n_claims, 2);
    cr_assert_eq(x.claims[0].tasks.n, 1);
    cr_expect_str_eq(x.claims[0].tasks.text[0], "blimp");
    cr_assert_eq(x.claims[1].tasks.n, 1);
    cr_expect_str_eq(x.claims[1].tasks.text[0], "cola");
}

Test(experiment_load, a_scale_that_lacks_a_list_adds_nothing_for_its_word)
{
    Experiment x = experiment_rig_load_text(
        HEAD ", \"measure\": [\"zero-shot\"], \"zero_shot_tasks\": [\"sst2\", \"cloze\"]}");
    cr_assert_eq(x.zero_shot_tasks.n, 1);
}

Test(experiment_load, the_way_back_to_the_architecture_of_the_scale_is_known)
{
    Experiment x =
        experiment_rig_load_text(HEAD ", \"model\": {\"architecture\": \"lstm\"}, \"variants\":"
                                      " {\"back\": {\"model\": {\"architecture\": \"gpt\"}}}}");
    cr_expect_eq(experiment_rig_model_of(&x, 0)->n_layer, 4);
    cr_expect_eq(experiment_rig_model_of(&x, 0)->n_head, 2);
}

Test(experiment_load, a_grid_is_a_product_and_its_last_path_runs_fastest)
{
    Experiment x = experiment_rig_load_text(
        HEAD
        ", \"variants\": {\"a\": {}, \"b\": {\"pretrain\": {\"tokens\": 7}}}, \"grid\":"
        " {\"finetune.transfer_layers\": [0, \"all\"], \"finetune.lm_coefficient\": [0, 0.25]}}");
    const char *const names[] = {
        "a, transfer_layers=0, lm_coefficient=0",   "a, transfer_layers=0, lm_coefficient=0.25",
        "a, transfer_layers=all, lm_coefficient=0", "a, transfer_layers=all, lm_coefficient=0.25",
        "b, transfer_layers=0, lm_coefficient=0",   "b, transfer_layers=0, lm_coefficient=0.25",
        "b, transfer_layers=all, lm_coefficient=0", "b, transfer_layers=all, lm_coefficient=0.25",
    };
    cr_assert_eq(x.n_cells, 8);
    for (size_t i = 0; i < 8; i++) {
        cr_expect_str_eq(x.cells[i].name, names[i]);
        cr_expect_eq(experiment_rig_settings_of(&x, i)->finetune.transfer_layers,
                     i % 4 < 2 ? 0 : -1);
        cr_expect_eq(experiment_rig_settings_of(&x, i)->finetune.lm_coefficient,
                     i % 2 ? 0.25 : 0.0);
        cr_expect_eq(experiment_rig_settings_of(&x, i)->pretrain.tokens, i < 4 ? 100 : 7);
    }
    cr_expect_str_eq(json_text(json_get(x.cells[2].point, "finetune.transfer_layers")), "all");
}

Test(experiment_load, a_grid_without_variants_names_cells_by_their_point)
{
    Experiment x =
        experiment_rig_load_text(HEAD ", \"grid\": {\"model.architecture\": [\"gpt\", \"lstm\"]}}");
    cr_assert_eq(x.n_cells, 2);
    cr_expect_str_eq(x.cells[1].name, "architecture=lstm");
    cr_expect_str_eq(x.cells[1].variant, "default");
    cr_expect_eq(experiment_rig_model_of(&x, 1)->n_unit, 8);
}

Test(experiment_load, a_grid_path_inside_a_part_that_is_off_changes_nothing)
{
    Experiment x = experiment_rig_load_text(
        HEAD ", \"variants\": {\"with\": {}, \"without\": {\"pretrain\": null}},"
             "\"grid\": {\"pretrain.tokens\": [10, 20]}}");
    cr_assert_eq(x.n_cells, 4);
    cr_expect_eq(experiment_rig_settings_of(&x, 1)->pretrain.tokens, 20);
    cr_expect_not(experiment_rig_settings_of(&x, 2)->pretrain.present);
    cr_expect_not(experiment_rig_settings_of(&x, 3)->pretrain.present);
    cr_expect(json_same(x.cells[2].json, x.cells[3].json));
}

#define SWEEPING_SCALE                                                                             \
    "{\"format\": 1, \"title\": \"small\", \"tasks\": [\"cola\", \"sst2\"], \"few_tasks\": "       \
    "[\"sst2\"],"                                                                                  \
    "\"seeds\": 2, \"model\": {\"architecture\": \"gpt\", \"n_layer\": 4, \"n_head\": 2},"         \
    "\"pretrain\": {\"tokens\": 100}, \"sweeps\": {\"finetune.epochs\": [2, 4, 8]}}"

Test(experiment_load, a_grid_may_leave_its_values_to_the_scale)
{
    experiment_rig_write("experiments/scales/small.json", SWEEPING_SCALE);
    Experiment x = experiment_rig_load_text(HEAD ", \"grid\": {\"finetune.epochs\": \"scale\"}}");
    cr_assert_eq(x.n_cells, 3);
    cr_expect_str_eq(x.cells[2].name, "epochs=8");
    cr_expect_eq(experiment_rig_settings_of(&x, 2)->finetune.epochs, 8);
}

Test(experiment_load, few_tasks_are_those_that_the_scale_calls_so)
{
    cr_expect_eq(experiment_rig_load_text(HEAD ", \"tasks\": \"few\"}").tasks.n, 2,
                 "all, where the scale has no fewer");
    experiment_rig_write("experiments/scales/small.json", SWEEPING_SCALE);
    Experiment x = experiment_rig_load_text(HEAD ", \"tasks\": \"few\"}");
    cr_assert_eq(x.tasks.n, 1);
    cr_expect_str_eq(x.tasks.text[0], "sst2");
    cr_expect_eq(experiment_rig_load_text(HEAD "}").tasks.n, 2);
}

Test(experiment_load, a_count_of_seeds_counts_from_one)
{
    Experiment x = experiment_rig_load_text(HEAD ", \"seeds\": 3}");
    cr_assert_eq(x.seeds.n, 3);
    cr_expect_eq(x.seeds.items[0], 1);
    cr_expect_eq(x.seeds.items[2], 3);
}

Test(experiment_load, all_tasks_are_those_of_the_scale)
{
    Experiment x = experiment_rig_load_text(HEAD ", \"tasks\": \"all\"}");
    cr_assert_eq(x.tasks.n, 2);
    cr_expect_str_eq(x.tasks.text[1], "sst2");
}

Test(experiment_load, fine_tuning_is_measured_unless_it_is_said_otherwise)
{
    Experiment x = experiment_rig_load_text(HEAD "}");
    cr_expect(x.measures[MEASURE_FINE_TUNING]);
    for (int m = MEASURE_FINE_TUNING + 1; m < N_MEASURES; m++) cr_expect_not(x.measures[m]);
}

Test(experiment_load, without_fine_tuning_there_are_no_tasks_to_tune_on)
{
    Experiment x = experiment_rig_load_text(
        HEAD ", \"measure\": [\"rate\", \"zero-shot\"], \"zero_shot_tasks\": [\"a\", \"b\"]}");
    cr_expect_not(x.measures[MEASURE_FINE_TUNING]);
    cr_expect(x.measures[MEASURE_ZERO_SHOT] && x.measures[MEASURE_RATE]);
    cr_expect_eq(x.tasks.n, 0);
    cr_assert_eq(x.zero_shot_tasks.n, 2);
    cr_expect_str_eq(x.zero_shot_tasks.text[1], "b");
    cr_expect_str_eq(json_text(json_at(json_get(x.document, "measure"), 0)), "zero-shot");
}

Test(experiment_load, zero_shot_tasks_are_none_unless_they_are_measured)
{
    Experiment x = experiment_rig_load_text(HEAD ", \"zero_shot_tasks\": [\"a\", \"b\"]}");
    cr_expect_eq(x.zero_shot_tasks.n, 0);
    cr_expect_eq(x.tasks.n, 2);
}

Test(experiment_load, claims_may_speak_of_variants_and_of_cells)
{
    Experiment x = experiment_rig_load_text(
        HEAD ", \"grid\": {\"finetune.epochs\": [1, 2]}, \"variants\": {\"a\": {}, \"b\": {}}, "
             "\"claims\":"
             " [{\"id\": \"1\", \"statement\": \"s\", \"better\": \"a\", \"worse\": \"b\"},"
             "  {\"id\": \"2\", \"statement\": \"s\", \"better\": \"a, epochs=2\","
             "   \"worse\": \"a, epochs=1\", \"smallest_effect\": 0.5}]}");
    cr_assert_eq(x.n_claims, 2);
    cr_expect_eq(x.claims[0].smallest_effect, 0.0);
    cr_expect_str_eq(x.claims[1].better, "a, epochs=2");
    cr_expect_eq(x.claims[1].smallest_effect, 0.5);
}

/* The scale "small" of the rig, with a selection of its own. */
#define SELECTING_SCALE                                                                            \
    "{\"format\": 1, \"title\": \"small\", \"tasks\": [\"cola\"], \"seeds\": 1,"                   \
    " \"model\": {\"architecture\": \"gpt\", \"n_layer\": 4, \"n_head\": 2},"                      \
    " \"select\": {\"finetune.epochs\": [1, 2], \"finetune.lm_coefficient\": [0, 0.5]}}"

Test(experiment_load, every_cell_has_the_same_candidates)
{
    Experiment x = experiment_rig_load_text(
        HEAD ", \"select\": {\"finetune.epochs\": [3, 7]}, \"variants\": {\"a\": {}, \"b\":"
             " {\"finetune\": {\"epochs\": 9, \"transfer_layers\": 2}}}}");
    cr_assert_eq(x.n_cells, 2);
    for (size_t i = 0; i < 2; i++) {
        cr_assert_eq(x.cells[i].n_candidates, 2);
        cr_expect_str_eq(x.cells[i].candidates[1].label, "epochs=7");
        const RigSettings *settings = (const void *)x.cells[i].candidates[1].settings;
        cr_expect_eq(settings->finetune.epochs, 7);
    }
    const RigSettings *b = (const void *)x.cells[1].candidates[0].settings;
    cr_expect_eq(b->finetune.transfer_layers, 2);
    cr_expect_eq(experiment_rig_settings_of(&x, 1)->finetune.epochs, 9, "its own stay as they are");
    cr_expect_eq(json_size(json_get(x.document, "select")), 1);
}

Test(experiment_load, what_the_scale_selects_holds_for_its_experiments)
{
    experiment_rig_write("experiments/scales/small.json", SELECTING_SCALE);
    Experiment x = experiment_rig_load_text(HEAD "}");
    cr_expect_eq(x.cells[0].n_candidates, 4);
}

Test(experiment_load, null_selects_nothing_whatever_the_scale_says)
{
    experiment_rig_write("experiments/scales/small.json", SELECTING_SCALE);
    Experiment x = experiment_rig_load_text(HEAD ", \"select\": null}");
    cr_expect_eq(x.cells[0].n_candidates, 0);
    cr_expect_null(json_get(x.document, "select"));
}

Test(experiment_load, one_path_of_the_scale_may_be_taken_away_and_swept)
{
    experiment_rig_write("experiments/scales/small.json", SELECTING_SCALE);
    Experiment x = experiment_rig_load_text(
        HEAD ", \"select\": {\"finetune.epochs\": null}, \"grid\": {\"finetune.epochs\": [1, 5]}}");
    cr_expect_eq(x.n_cells, 2);
    cr_expect_eq(x.cells[0].n_candidates, 2);
}

Test(experiment_load, what_the_scale_selects_is_not_swept_as_well)
{
    experiment_rig_write("experiments/scales/small.json", SELECTING_SCALE);
    experiment_rig_expect_error(
        HEAD ", \"grid\": {\"finetune.epochs\": [1, 5]}}",
        "experiments/x.json: $.grid[\"finetune.epochs\"]: 'finetune.epochs' is to be selected too, "
        "by "
        "this experiment, one that it extends, or its scale\n"
        "  try: \"select\": {\"finetune.epochs\": null} runs every value and selects none");
}

Test(experiment_load, too_many_candidates_are_refused)
{
    experiment_rig_expect_error(
        HEAD ", \"select\": {\"finetune.epochs\": [1,2,3,4,5,6,7,8,9,10,11],"
             " \"finetune.transfer_layers\": [0,1,2,3,4,5,6,7,8,9,10],"
             " \"finetune.lm_coefficient\": [0,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,1]},"
             " \"variants\": {\"a\": {}, \"b\": {}, \"c\": {}, \"d\": {}, \"e\": {}, \"f\": {},"
             " \"g\": {}, \"h\": {}}}",
        "experiments/x.json: $.select: more than 10000 variants, grid points and candidates\n"
        "  try: fewer values: every combination is run");
}

Test(experiment_load, the_resolved_document_says_everything)
{
    Experiment x = experiment_rig_load_text(
        HEAD ", \"question\": \"why?\", \"report\": {\"figures\": [\"scores\"]}}");
    const Json *cell = json_at(json_get(x.document, "cells"), 0);
    const Json *settings = json_get(cell, "settings");
    cr_expect_str_eq(json_text(json_get(x.document, "scale")), "small");
    cr_expect_str_eq(json_text(json_get(x.document, "question")), "why?");
    cr_expect_eq(json_size(json_get(x.document, "tasks")), 2);
    cr_expect_eq(json_size(json_get(x.document, "seeds")), 2);
    cr_expect_eq(json_size(json_get(json_get(x.document, "report"), "figures")), 1);
    cr_expect_eq(json_number(json_get(json_get(settings, "pretrain"), "rate")), 0.5, "a default");
    cr_expect_eq(json_int(json_get(json_get(settings, "model"), "n_head")), 2);
}

Test(experiment_load, order_of_keys_in_the_documents_changes_no_settings)
{
    Experiment x =
        experiment_rig_load_text(HEAD ", \"finetune\": {\"epochs\": 2, \"lm_coefficient\": 0}}");
    Experiment y =
        experiment_rig_load_text("{\"finetune\": {\"lm_coefficient\": 0.0, \"epochs\": 2},"
                                 " \"title\": \"X\", \"format\": 1}");
    Error err = {0};
    cr_expect_str_eq(json_canonical(x.document, experiment_rig_arena(), &err),
                     json_canonical(y.document, experiment_rig_arena(), &err));
}

Test(experiment_load, running_out_of_memory_is_an_ordinary_error)
{
    experiment_rig_write("experiments/x.json",
                         HEAD ", \"variants\": {\"a\": {}, \"b\": {\"pretrain\": null}},"
                              "\"grid\": {\"finetune.epochs\": [1, 2]}}");
    bool done = false;
    for (long n = 1; n < 20000 && !done; n += 1 + n / 8) {
        Error err;
        Experiment experiment;
        arena_fail_at(n);
        done = experiment_rig_load(&experiment, "x", &err);
        arena_fail_at(0);
        cr_assert(done || err.kind == ERROR_FAILED, "%ld: %s", n, err.text);
    }
    cr_expect(done);
}
