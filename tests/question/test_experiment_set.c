#include "question/experiment_set.h"

#include <criterion/criterion.h>
#include <string.h>

#include "experiment_rig.h"

TestSuite(experiment_set, .init = experiment_rig_begin, .fini = experiment_rig_end);

#define HEAD "{\"format\": 1, \"title\": \"X\""

static Experiment experiment;
static Error err;

static bool load(const char *text, const char *scale)
{
    err = (Error){0};
    experiment_rig_write("experiments/x.json", text);
    return experiment_load_with(&experiment, &experiment_rig_settings, "x", scale, "experiments",
                                experiment_rig_arena(), &err);
}

static void expect_error(const char *text, const char *scale, const char *message)
{
    cr_assert_not(load(text, scale));
    cr_expect(strstr(err.text, message), "no '%s' in\n%s", message, err.text);
    cr_expect_eq(err.n_errors, 1, "%s", err.text);
}

Test(experiment_set, stands_in_the_place_of_what_scale_and_experiment_say)
{
    cr_assert(load(HEAD ", \"finetune\": {\"epochs\": 3}, \"seeds\": 3}",
                   "small+finetune.epochs=7+finetune.lm_coefficient=0.25+seeds=[4,5]"),
              "%s", err.text);
    const RigSettings *settings = experiment_rig_settings_of(&experiment, 0);
    cr_expect_eq(settings->finetune.epochs, 7);
    cr_expect_eq(settings->finetune.lm_coefficient, 0.25);
    cr_assert_eq(experiment.seeds.n, 2);
    cr_expect_eq(experiment.seeds.items[1], 5);
    cr_expect(strstr(experiment.scale, "small+finetune.epochs=7"));
    cr_expect_str_eq(json_get_text(experiment.document, "scale"), experiment.scale);
}

Test(experiment_set, a_variant_keeps_what_it_says_itself)
{
    cr_assert(load(HEAD ", \"variants\": {\"a\": {\"finetune\": {\"epochs\": 2}}, \"b\": {}}}",
                   "small+finetune.epochs=7"),
              "%s", err.text);
    cr_expect_eq(experiment_rig_settings_of(&experiment, 0)->finetune.epochs, 2);
    cr_expect_eq(experiment_rig_settings_of(&experiment, 1)->finetune.epochs, 7);
}

Test(experiment_set, what_is_set_is_selected_no_more)
{
    const char *text = HEAD ", \"select\": {\"finetune.epochs\": [3, 7]}}";
    cr_assert(load(text, "small+finetune.epochs=5"), "%s", err.text);
    cr_expect_null(experiment.select);
    cr_expect_eq(experiment.cells[0].n_candidates, 0);
    cr_expect_eq(experiment_rig_settings_of(&experiment, 0)->finetune.epochs, 5);
}

Test(experiment_set, what_cannot_be_set_is_told)
{
    expect_error(HEAD "}", "small+finetune.epoch=5", "--set: $.finetune.epoch: no such field");
    expect_error(HEAD "}", "small+finetune.epochs=many", "--set: $.finetune.epochs: expected");
    expect_error(HEAD "}", "small+finetune.epochs", "--set 'finetune.epochs': no '='");
    expect_error(HEAD "}", "small+title=Y", "--set title: is no setting");
    expect_error(HEAD "}", "small+seeds=1+seeds=2", "--set seeds: is given twice");
    expect_error(HEAD "}", "small+title.x=1", "--set title.x: is no setting");
    expect_error(HEAD "}", "small+finetune.epochs=1+finetune={}",
                 "--set finetune.epochs and --set finetune: one holds the other");
    expect_error(HEAD "}", "small+finetune.epochs=\xFF", "byte 0xFF is no UTF-8");
    expect_error(HEAD "}", "small+finetune.epochs=a/b",
                 "'/' cannot be in the name of a result's folder");
    expect_error(HEAD ", \"grid\": {\"finetune.epochs\": [1, 2]}}", "small+finetune.epochs=5",
                 "experiments/x.json: $.grid[\"finetune.epochs\"]: --set finetune.epochs: the "
                 "experiment goes through several values of it");
}

Test(experiment_set, a_plus_in_a_number_begins_no_setting)
{
    cr_assert(load(HEAD "}", "small+pretrain.tokens=1000+pretrain.rate=1e+0"), "%s", err.text);
    cr_expect_eq(experiment_rig_settings_of(&experiment, 0)->pretrain.rate, 1);
}
