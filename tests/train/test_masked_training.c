/* A masked language model from end to end. */
#include <criterion/criterion.h>
#include <math.h>

#include "base/parallel.h"
#include "train_rig.h"

TestSuite(masked_training, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

#define MASKED                                                                                     \
    "\"objective\": \"masked-lm\", \"batch\": 8, \"learning_rate\": 0.02, \"warmup_updates\": 5"

static void run_masked(const char *json, const char *folder)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec = train_rig_pretrain_spec(json);
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, folder);
    *(SpecEntryChoice *)job.model = learner_rig_encoder(0.1);
    cr_assert(pretrain_run(&job, &err), "%s", err.text);
}

Test(masked_training, learns_and_is_measured_by_its_own_loss)
{
    double loss[600], perplexity[4];
    run_masked("{\"tokens\": 32000, \"checkpoints\": 4, " MASKED "}", "run");
    int n = train_rig_column(loss, 600, "run/curve.csv", 2);
    cr_expect_eq(n, 500);
    cr_expect_float_eq(loss[0], log(LEARNER_RIG_TEXT_TOKENS + 1), 0.2, "as good as no model");
    double early = 0, late = 0;
    for (int i = 0; i < 50; i++) early += loss[i] / 50, late += loss[n - 1 - i] / 50;
    cr_expect_lt(late, 0.7 * early, "%g, then %g", early, late);
    cr_expect_eq(train_rig_column(perplexity, 4, "run/held_out_curve.csv", 2), 4);
    cr_expect_lt(perplexity[3], 0.7 * LEARNER_RIG_TEXT_TOKENS, "%g", perplexity[3]);
}

#ifndef REPRISE_DOUBLE /* weights are stored as float */
Test(masked_training, has_the_same_bits_on_any_threads_and_with_other_passes)
{
    run_masked("{\"tokens\": 1280, \"checkpoints\": 2, " MASKED "}", "one");
    parallel_set_threads(3);
    run_masked("{\"tokens\": 1280, \"checkpoints\": 2, " MASKED "}", "three");
    cr_expect(train_rig_same("one/weights.safetensors", "three/weights.safetensors"));
    cr_expect(train_rig_same("one/held_out.csv", "three/held_out.csv"));
}
#endif
