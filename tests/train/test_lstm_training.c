/* Training knows no architecture: what gpt does in the other tests, lstm does here. */
#include <criterion/criterion.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "measure/generate.h"
#include "model/weights.h"
#include "train_rig.h"

TestSuite(lstm_training, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

static void learn_by_heart(DatasetForm form)
{
    enum { EPOCHS = 80 };
    Sequences set = learner_rig_sequences(form, 8);
    FinetuneSpec spec = train_rig_finetune_spec("{\"epochs\": 80, \"batch\": 8, \"learning_rate\": "
                                                "0.03, \"schedule\": \"warmup_constant\"}");
    FinetuneJob job = train_rig_finetune_job(&spec, &set, "run");
    *(SpecEntryChoice *)job.model = learner_rig_lstm(0);
    cr_assert(finetune_run(&job, &err), "%s", err.text);
    double score[EPOCHS];
    cr_expect_eq(train_rig_column(score, EPOCHS, "run/epochs.csv", 4), EPOCHS);
    cr_expect_eq(score[EPOCHS - 1], 1.0, "form %d: %g", (int)form, score[EPOCHS - 1]);
}

Test(lstm_training, learns_eight_examples_of_each_form_by_heart)
{
    learn_by_heart(DATASET_CLASSIFICATION);
    learn_by_heart(DATASET_SIMILARITY);
    learn_by_heart(DATASET_MULTIPLE_CHOICE);
}

/* Every token of the text is three after the one before it, so that is what must be written. */
Test(lstm_training, writes_on_as_the_text_did_that_it_was_pre_trained_on)
{
    TokenFile text = learner_rig_tokens();
    PretrainSpec spec = train_rig_pretrain_spec(
        "{\"tokens\": 20000, \"batch\": 8, \"learning_rate\": 0.02, \"warmup_updates\": 10}");
    PretrainJob job = train_rig_pretrain_job(&spec, &text, "run");
    *(SpecEntryChoice *)job.model = learner_rig_lstm(0);
    cr_assert(pretrain_run(&job, &err), "%s", err.text);

    Learner learner = learner_rig_learner(job.model, NULL, NULL, LEARNER_RIG_CONTEXT, false);
    const char *path = file_join(learner_rig_arena(), job.folder, "weights.safetensors", &err);
    cr_assert(path && weights_transfer(path, &learner.weights_table, learner.weights,
                                       learner.shape.n_layer, learner_rig_arena(), &err),
              "%s", err.text);
    int first[] = {4};
    TokenList prompt = {1, first}, tokens;
    const GenerateSpec wanted = {.tokens = 3 * LEARNER_RIG_CONTEXT};
    cr_assert(generate_tokens(&tokens, &learner, &wanted, &prompt,
                              (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS}, learner_rig_arena(),
                              &err),
              "%s", err.text);
    for (size_t i = 0; i < tokens.n; i++)
        cr_expect_eq(tokens.ids[i], (4 + 3 * (int)i) % LEARNER_RIG_TEXT_TOKENS, "token %zu", i);
}

/* The state after a window is not that of the next: a window's states are those of it alone. */
Test(lstm_training, carries_no_state_from_one_pass_to_the_next)
{
    SpecEntryChoice model = learner_rig_lstm(0);
    Learner learner = learner_rig_learner(&model, NULL, NULL, LEARNER_RIG_CONTEXT, false);
    const int token[] = {1, 2, 3, 4, 5, 6, 7, 8}, start[] = {0, LEARNER_RIG_CONTEXT};
    const size_t n = (size_t)LEARNER_RIG_CONTEXT * (size_t)learner.shape.n_channel;
    real *states = learner_rig_take(n, sizeof *states);
    for (int pass = 0; pass < 2; pass++) {
        Batch batch = learner_batch(&learner, token, start, 1);
        learner_forward(&learner, &batch, false, (RngKey){0});
        if (pass == 0) memcpy(states, learner_states(&learner), n * sizeof *states);
    }
    cr_expect_arr_eq(learner_states(&learner), states, n * sizeof *states);
}
