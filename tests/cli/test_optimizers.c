/* Another optimizer than the default. */
#include <criterion/criterion.h>
#include <string.h>

#include "cli_rig.h"

#ifndef REPRISE_DOUBLE

static void begin(void)
{
    cli_rig_begin();
    cli_rig_edit("experiments/scales/mini.json", "\"tokens\": 3000", "\"tokens\": 400");
    cli_rig_edit("experiments/scales/mini.json", "[\"tiny-happy\", \"tiny-ending\"]",
                 "[\"tiny-happy\"]");
}

TestSuite(optimizers, .init = begin, .fini = cli_rig_end, .timeout = 120);

#define T5                                                                                         \
    " --set pretrain.adafactor={\"factor_from\":16} --set pretrain.schedule=inverse_sqrt"          \
    " --set finetune.adafactor={} --set finetune.warmup=0"

Test(optimizers, adafactor_trains_models_and_is_part_of_what_they_are_stored_by)
{
    CliRun run = cli_rig_run("run trial --scale mini" T5);
    cr_assert_eq(run.status, 0, "%s", run.err);
    cr_expect_eq(cli_rig_count("build/store/finetune", "stage.json"), 1);
    cr_expect_eq(cli_rig_count("build/store", "resume.safetensors"), 0);
    run = cli_rig_run("explain trial --scale mini" T5);
    cr_expect(strstr(run.out, "0 of 6 stages to do"), "%s", run.out);
    run = cli_rig_run("explain trial --scale mini");
    cr_expect(strstr(run.out, "pretrain (gpt on tiny-books): to do\n"
                              "    pretrain.schedule: \"inverse_sqrt\" -> \"warmup_cosine\"\n"
                              "    pretrain.adafactor: {\"clip_threshold\":1.0,") &&
                  strstr(run.out, "\"factor_from\":16,\"parameter_scale\":true} -> (default)\n"),
              "%s", run.out);
    cr_expect(strstr(run.out, "4 of 6 stages to do; what was changed:"), "%s", run.out);
}

Test(optimizers, two_at_once_are_refused_before_anything_is_run)
{
    cli_rig_expect(
        cli_rig_run("run trial --scale mini --set pretrain.adafactor={}"
                    " --set pretrain.adam.bias_correction=false"),
        2, "$.pretrain.adafactor: trains in the place of adam, which has settings of its own",
        "try: leave one of both out", NULL);
    cr_expect_eq(cli_rig_count(".", "store"), 0, "nothing was begun");
}

#endif
