/* Trials: real updates on made-up tokens. */
#include <criterion/criterion.h>
#include <math.h>

#include "train/trial.h"
#include "train_rig.h"

TestSuite(trial, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

static TrialReport run_model(SpecEntryChoice model, const char *spec_json, int updates,
                             double seconds)
{
    PretrainSpec spec = train_rig_pretrain_spec(spec_json);
    TrialReport report;
    cr_assert(trial_run(&report, &spec, &model, &kernels_fast, LEARNER_RIG_TEXT_TOKENS, updates,
                        seconds, &err),
              "%s", err.text);
    return report;
}

static TrialReport run(const char *spec_json, int updates, double seconds)
{
    return run_model(learner_rig_model(0), spec_json, updates, seconds);
}

Test(trial, updates_have_the_stated_size_and_begin_at_the_loss_of_no_model)
{
    TrialReport report = run("{\"tokens\": 1000, \"batch\": 6, \"micro_batch\": 4}", 1, 1000);
    cr_expect_eq(report.updates, 1);
    cr_expect_eq(report.tokens, 6 * LEARNER_RIG_CONTEXT);
    cr_expect_float_eq(report.loss, log(LEARNER_RIG_TEXT_TOKENS), 0.1);
    cr_expect(report.seconds > 0 && report.memory_bytes > report.n_parameters * sizeof(real) * 4);
}

Test(trial, ends_when_its_time_is_up)
{
    cr_expect_eq(run("{\"tokens\": 1000, \"batch\": 4}", 5, 1000).updates, 5);
    cr_expect_eq(run("{\"tokens\": 1000, \"batch\": 4}", 5, 0).updates, 1);
}

Test(trial, of_pairs_of_texts_has_text_from_elsewhere)
{
    TrialReport report = run_model(
        learner_rig_bert(0),
        "{\"objective\": \"masked-lm\", \"next_sentence\": true, \"tokens\": 1000, \"batch\": 4}",
        2, 1000);
    cr_expect_eq(report.updates, 2);
}
