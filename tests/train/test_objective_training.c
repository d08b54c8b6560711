/* Language models of other objectives than the next token, from end to end, and fine-tuning of what they
 * train. */
#include <criterion/criterion.h>
#include <math.h>

#include "../scratch_folder.h"
#include "base/parallel.h"
#include "learner/objectives.h"
#include "train_rig.h"

TestSuite(objective_training, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

typedef struct Training {
    const char *objective;
    SpecEntryChoice (*model)(double dropout);
} Training;

static const Training trainings[] = {
    {"masked-lm", learner_rig_encoder},
    {"span-corruption", learner_rig_t5},
};
enum { N_TRAININGS = sizeof trainings / sizeof *trainings };

static const char *path(const char *folder, const char *name)
{
    return arena_format(learner_rig_arena(), &err, "%s/%s", folder, name);
}

static void run(const Training *training, const char *json, const char *folder)
{
    TokenFile tokens = learner_rig_tokens();
    PretrainSpec spec = train_rig_pretrain_spec(
        arena_format(learner_rig_arena(), &err,
                     "{\"objective\": \"%s\", \"batch\": 8, \"learning_rate\": 0.02, "
                     "\"warmup_updates\": 5, %s}",
                     training->objective, json));
    PretrainJob job = train_rig_pretrain_job(&spec, &tokens, folder);
    *(SpecEntryChoice *)job.model = training->model(0.1);
    cr_assert(pretrain_run(&job, &err), "%s", err.text);
}

Test(objective_training, learns_and_is_measured_by_its_own_loss)
{
    for (int t = 0; t < N_TRAININGS; t++) {
        double loss[600], perplexity[4];
        const Training *training = &trainings[t];
        const char *name = training->objective;
        const SpecEntryChoice model = training->model(0);
        const SpecialTokens special =
            objectives_tokens(architecture_of(&model), (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS});
        run(training, "\"tokens\": 32000, \"checkpoints\": 4", name);
        int n = train_rig_column(loss, 600, path(name, "curve.csv"), 2);
        const int length = objectives_text_length(architecture_of(&model), LEARNER_RIG_CONTEXT);
        cr_expect_eq(n, (32000 + 8 * length - 1) / (8 * length));
        cr_expect_float_eq(loss[0], log(special.n_language_model), 0.2, "%s: as good as no model",
                           name);
        double early = 0, late = 0;
        for (int i = 0; i < 50; i++) early += loss[i] / 50, late += loss[n - 1 - i] / 50;
        cr_expect_lt(late, 0.7 * early, "%s: %g, then %g", name, early, late);
        cr_expect_eq(train_rig_column(perplexity, 4, path(name, "held_out_curve.csv"), 2), 4);
        cr_expect_lt(perplexity[3], 0.7 * LEARNER_RIG_TEXT_TOKENS, "%s: %g", name, perplexity[3]);
    }
}

#ifndef REPRISE_DOUBLE /* weights are stored as float */
Test(objective_training, has_the_same_bits_on_any_threads_and_with_other_passes)
{
    static const char *const folders[] = {"one", "two", "three"};
    for (int t = 0; t < N_TRAININGS; t++)
        for (int threads = 1; threads <= 3; threads++) {
            const char *folder =
                path(".", arena_format(learner_rig_arena(), &err, "%s-%s", trainings[t].objective,
                                       folders[threads - 1]));
            const char *first = path(
                ".", arena_format(learner_rig_arena(), &err, "%s-one", trainings[t].objective));
            parallel_set_threads(threads);
            run(&trainings[t], "\"tokens\": 1280, \"checkpoints\": 2", folder);
            cr_expect(train_rig_same(path(folder, "weights.safetensors"),
                                     path(first, "weights.safetensors")));
            cr_expect(train_rig_same(path(folder, "held_out.csv"), path(first, "held_out.csv")));
        }
}
#endif

/* What reads a source answers in words. */
Test(objective_training, what_it_trained_can_be_fine_tuned)
{
    for (int t = 0; t < N_TRAININGS; t++) {
        double loss[100];
        const char *name = trainings[t].objective;
        run(&trainings[t], "\"tokens\": 1280", name);
        FinetuneSpec spec =
            train_rig_finetune_spec("{\"epochs\": 60, \"batch\": 8, \"learning_rate\": 0.02, "
                                    "\"lm_coefficient\": 0, \"schedule\": \"warmup_constant\"}");
        const SpecEntryChoice model = trainings[t].model(0);
        const bool answers = architecture_of(&model)->reads_source;
        Sequences set =
            answers ? learner_rig_words(12) : learner_rig_sequences(DATASET_CLASSIFICATION, 12);
        FinetuneJob job = train_rig_finetune_job(&spec, &set, path(name, "task"));
        *(SpecEntryChoice *)job.model = model;
        if (answers) job.head = learner_rig_words_head();
        job.pretrained = scratch_folder_path(path(name, "weights.safetensors"));
        cr_assert(finetune_run(&job, &err), "%s", err.text);
        int n = train_rig_column(loss, 100, path(name, "task/epochs.csv"), 2);
        cr_expect_eq(n, 60);
        cr_expect_lt(loss[n - 1], 0.1, "%s: %g, then %g", name, loss[0], loss[n - 1]);
    }
}
