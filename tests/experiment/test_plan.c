/* Which stages a plan has, what their keys depend on, and what an edit makes run again. */
#include <criterion/criterion.h>
#include <string.h>

#include "data/dataset/dataset_schema.h"
#include "experiment/outcome.h"
#include "experiment/plan_build.h"
#include "learner/packer.h"
#include "plan/explain.h"
#include "stages/held_out.h"
#include "stages/labelled.h"
#include "text/tokenizer_method.h"
#include "../plan_rig.h"

TestSuite(plan, .init = plan_rig_begin, .fini = plan_rig_end);

static Error err;

Test(plan, runs_inputs_before_what_reads_them)
{
    Plan plan = plan_rig_build("\"tasks\": \"all\"");
    for (int i = 0; i < plan.graph.n; i++)
        for (int k = 0; k < plan.graph.stages[i]->n_inputs; k++) {
            int at = 0;
            while (plan.graph.stages[at] != plan.graph.stages[i]->input[k]) at++;
            cr_expect_lt(at, i);
        }
    cr_expect_eq(plan.graph.n, 8, "tokenizer, tokens, pretrain, sample; two tasks of two stages");
}

Test(plan, equal_stages_of_several_cells_are_one)
{
    Plan plan = plan_rig_build(
        "\"tasks\": [\"tiny-happy\"], \"variants\": {\"a\": {}, \"b\": {\"finetune\": "
        "{\"lm_coefficient\": 0.0}}, \"c\": {\"pretrain\": null}}");
    cr_expect_eq(plan.graph.n, 4 + 3 * 2);
    cr_expect_eq(plan.cells[0].pretrain, plan.cells[1].pretrain);
    cr_expect_neq(plan.cells[0].finetune[0], plan.cells[1].finetune[0]);
    cr_expect_null(plan.cells[2].pretrain);
    cr_expect_eq(plan.cells[2].tokenizer, plan.cells[0].tokenizer);
}

Test(plan, a_finished_stage_is_never_run_again)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    cr_expect_str_eq(plan_rig_run(&plan), "tokenizer tokens pretrain sample finetune evaluate");
    cr_expect_str_eq(plan_rig_run(&plan), "");
    plan = plan_rig_build(PLAN_RIG_SHORT);
    for (int i = 0; i < plan.graph.n; i++) cr_expect(plan.graph.stages[i]->done);
    cr_expect_str_eq(plan_rig_run(&plan), "");
}

/* After PLAN_RIG_SHORT has run: what an edit makes run. */
static const char *run_after(const char *edited)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    plan_rig_run(&plan);
    plan = plan_rig_build(edited);
    return plan_rig_run(&plan);
}

Test(plan, another_lm_coefficient_fine_tunes_again_and_no_more)
{
    cr_expect_str_eq(run_after(PLAN_RIG_SHORT ", \"finetune\": {\"lm_coefficient\": 0.25}"),
                     "finetune evaluate");
}

Test(plan, another_seed_fine_tunes_again_and_no_more)
{
    cr_expect_str_eq(run_after(PLAN_RIG_SHORT ", \"seeds\": [1, 2]"), "finetune evaluate");
}

Test(plan, another_pretraining_runs_again_with_all_that_reads_it)
{
    cr_expect_str_eq(run_after("\"tasks\": [\"tiny-happy\"], \"pretrain\": {\"tokens\": 600, "
                               "\"checkpoints\": 1}"),
                     "pretrain sample finetune evaluate");
}

Test(plan, another_optimizer_trains_again)
{
    cr_expect_str_eq(run_after(PLAN_RIG_SHORT ", \"finetune\": {\"adafactor\": {}}"),
                     "finetune evaluate");
    cr_expect_str_eq(
        run_after(PLAN_RIG_SHORT ", \"finetune\": {\"adam\": {\"bias_correction\": false}}"),
        "finetune evaluate");
}

Test(plan, other_merges_run_everything_again)
{
    cr_expect_str_eq(run_after(PLAN_RIG_SHORT ", \"tokenizer\": {\"merges\": 30}"),
                     "tokenizer tokens pretrain sample finetune evaluate");
}

/* Same stages with the same keys. */
static void expect_same_keys(const char *members)
{
    Plan plain = plan_rig_build(PLAN_RIG_SHORT), other = plan_rig_build(members);
    cr_assert_eq(plain.graph.n, other.graph.n);
    for (int i = 0; i < plain.graph.n; i++)
        cr_expect_str_eq(plain.graph.stages[i]->key.text, other.graph.stages[i]->key.text, "%s: %s",
                         members, plain.graph.stages[i]->kind->name);
}

Test(plan, a_field_at_its_default_changes_no_key)
{
    expect_same_keys(PLAN_RIG_SHORT ", \"finetune\": {\"lm_coefficient\": 0.5}");
    expect_same_keys(PLAN_RIG_SHORT ", \"finetune\": {\"adam\": {\"beta1\": 0.9}}");
    expect_same_keys(PLAN_RIG_SHORT ", \"finetune\": {\"adam\": {\"bias_correction\": true}}");
    expect_same_keys(PLAN_RIG_SHORT ", \"finetune\": {\"adafactor\": null}");
    expect_same_keys(PLAN_RIG_SHORT ", \"model\": {\"dropout\": 0.1}");
}

Test(plan, what_changes_no_number_changes_no_key)
{
    expect_same_keys(PLAN_RIG_SHORT ", \"question\": \"Another one?\"");
    expect_same_keys("\"tasks\": [\"tiny-happy\"], \"pretrain\": {\"tokens\": 500, "
                     "\"checkpoints\": 1, \"save_every\": 77}");
}

Test(plan, other_kernels_have_other_keys_where_numbers_are_made)
{
    Plan fast = plan_rig_build(PLAN_RIG_SHORT), plain;
    cr_assert(
        plan_build(&plain, fast.experiment, &fast.places, &kernels_plain, plan_rig_arena(), &err),
        "%s", err.text);
    for (int i = 0; i < fast.graph.n; i++) {
        const char *kind = fast.graph.stages[i]->kind->name;
        bool is_text = !strcmp(kind, "tokenizer") || !strcmp(kind, "tokens");
        cr_expect_eq(!strcmp(fast.graph.stages[i]->key.text, plain.graph.stages[i]->key.text),
                     is_text, "%s", kind);
    }
}

/* --- explain ---------------------------------------------------------------------------------- */

static const char *explain(const Plan *plan)
{
    StoreList list;
    Buffer text = buffer_create(plan_rig_arena());
    cr_assert(store_list(&list, plan_rig_store(), plan_rig_arena(), &err), "%s", err.text);
    Explain all = explain_begin(&list, stage_row_complete, plan_rig_arena());
    for (int i = 0; i < plan->graph.n; i++)
        cr_assert(explain_stage(&text, &all, plan->graph.stages[i], &err), "%s", err.text);
    cr_assert(explain_summary(&text, &all, &err), "%s", err.text);
    return text.data;
}

Test(plan, explain_says_that_nothing_was_ever_made)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    const char *text = explain(&plan);
    cr_expect(strstr(text, "pretrain (gpt on tiny-books): to do\n"
                           "    no stage of this kind was ever finished\n"),
              "%s", text);
}

Test(plan, explain_names_the_field_that_was_edited)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    plan_rig_run(&plan);
    plan = plan_rig_build(PLAN_RIG_SHORT ", \"finetune\": {\"lm_coefficient\": 0.25}");
    const char *text = explain(&plan);
    cr_expect(strstr(text, "pretrain (gpt on tiny-books): cached\n"), "%s", text);
    cr_expect(strstr(text, "finetune (tiny-happy, default, seed 1): to do\n"
                           "    finetune.lm_coefficient: 0.5 -> 0.25\n"
                           "evaluate (tiny-happy, default, seed 1): to do\n"
                           "    finetune.lm_coefficient: 0.5 -> 0.25 (of finetune, which it "
                           "needs)\n\n2 of 6 stages to do; what was changed:\n"
                           "  finetune.lm_coefficient: 0.5 -> 0.25 (2 stages)\n"),
              "%s", text);
}

Test(plan, explain_goes_back_to_the_setting_through_all_that_a_stage_needs)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    plan_rig_run(&plan);
    plan = plan_rig_build("\"tasks\": [\"tiny-happy\"], \"pretrain\": {\"tokens\": 400, "
                          "\"checkpoints\": 1}");
    const char *text = explain(&plan);
    cr_expect(strstr(text, "evaluate (tiny-happy, default, seed 1): to do\n"
                           "    pretrain.tokens: 500 -> 400 (of pretrain, which it needs)\n"),
              "%s", text);
    cr_expect(strstr(text, "to do; what was changed:\n  pretrain.tokens: 500 -> 400 (4 stages)\n"),
              "%s", text);
}

/* Documents call it held_out. */
Test(plan, explain_calls_settings_as_they_are_set)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    plan_rig_run(&plan);
    plan = plan_rig_build(PLAN_RIG_SHORT ", \"corpus\": {\"held_out\": 0.3}");
    const char *text = explain(&plan);
    cr_expect(strstr(text, "tokenizer (bpe on tiny-books): to do\n"
                           "    corpus.held_out: 0.2 -> 0.3\n"),
              "%s", text);
    cr_expect(strstr(text, "what was changed:\n  corpus.held_out: 0.2 -> 0.3 (6 stages)\n"), "%s",
              text);
}

/* What is called so is known now; of what was there before only the content is. */
Test(plan, explain_names_another_data_set)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    plan_rig_run(&plan);
    plan = plan_rig_build("\"tasks\": [\"tiny-ending\"], \"pretrain\": {\"tokens\": 500, "
                          "\"checkpoints\": 1}");
    const char *text = explain(&plan);
    cr_expect(strstr(text, " -> \"tiny-ending\"\n"), "%s", text);
    cr_expect(strstr(text, "the nearest that was ever finished is finetune (tiny-happy, default, "
                           "seed 1)\n"),
              "%s", text);
}

/* --- what is held out ------------------------------------------------------------------------- */

static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
enum { N_NAMES = 10 };

static size_t held_out(bool *is_held_out, size_t n, double share)
{
    size_t count = 0;
    held_out_choose(is_held_out, names, n, share);
    for (size_t d = 0; d < n; d++) count += is_held_out[d];
    return count;
}

Test(plan, holds_out_the_share_that_is_asked_for_and_at_least_one)
{
    bool is_held_out[N_NAMES];
    cr_expect_eq(held_out(is_held_out, N_NAMES, 0.3), 3);
    cr_expect_eq(held_out(is_held_out, N_NAMES, 0.01), 1);
    cr_expect_eq(held_out(is_held_out, N_NAMES, 0.0), 0);
    cr_expect_eq(held_out(is_held_out, 1, 0.01), 1);
}

/* Of SHA-256 of "a" to "j", those of "j", "d" and "f" begin with the smallest numbers (sha256sum). */
Test(plan, holds_out_the_documents_whose_names_have_the_smallest_hashes)
{
    bool is_held_out[N_NAMES];
    held_out(is_held_out, N_NAMES, 0.3);
    for (int d = 0; d < N_NAMES; d++)
        cr_expect_eq(is_held_out[d], strchr("jdf", names[d][0]) != NULL, "%s", names[d]);
}

Test(plan, what_is_held_out_does_not_depend_on_the_order_of_the_documents)
{
    const char *reversed[N_NAMES];
    bool forward[N_NAMES], backward[N_NAMES];
    for (int d = 0; d < N_NAMES; d++) reversed[d] = names[N_NAMES - 1 - d];
    held_out_choose(forward, names, N_NAMES, 0.4);
    held_out_choose(backward, reversed, N_NAMES, 0.4);
    for (int d = 0; d < N_NAMES; d++) cr_expect_eq(forward[d], backward[N_NAMES - 1 - d]);
}

/* --- another architecture and objective --------------------------------------------------------- */

Test(plan, a_masked_language_model_is_made_and_fine_tuned_and_writes_like_any_other)
{
    Plan plan = plan_rig_build(
        "\"tasks\": [\"tiny-happy\"], \"finetune\": {\"lm_coefficient\": 0}, \"pretrain\": "
        "{\"tokens\": 500, \"checkpoints\": 1, \"objective\": \"masked-lm\"}, \"model\": "
        "{\"architecture\": \"encoder\", \"n_layer\": 1, \"n_head\": 2, \"n_channel\": 8, "
        "\"n_context\": 16}");
    cr_expect_str_eq(plan_rig_run(&plan), "tokenizer tokens pretrain sample finetune evaluate");
    Outcome outcome;
    cr_assert(outcome_read(&outcome, &plan, plan_rig_arena(), &err), "%s", err.text);
    const SampleTexts *sample = &outcome.pretrains[0].sample;
    cr_assert(sample->left_to_right && sample->gibbs);
    cr_expect(strstr(sample->left_to_right, "[she was] "));
    cr_expect(strstr(sample->gibbs, "[she was] "));
    cr_expect_str_neq(sample->gibbs, sample->left_to_right);
    cr_expect_gt(sample->gibbs_sweeps, 0);
}

/* --- wrong plans ------------------------------------------------------------------------------ */

static void expect_error(const char *members, const char *first, const char *second)
{
    Plan plan;
    cr_expect_not(plan_rig_try(&plan, members, &err));
    cr_expect_eq(err.kind, ERROR_USAGE);
    cr_expect(strstr(err.text, first), "%s", err.text);
    cr_expect(strstr(err.text, second), "%s", err.text);
    cr_expect(strstr(err.text, "  while planning experiment 'trial' at scale 'mini'\n"), "%s",
              err.text);
}

Test(plan, an_unknown_data_set_is_named_with_its_nearest_spelling)
{
    expect_error("\"tasks\": [\"tiny-hapy\"]", "no data set 'tiny-hapy'", "'tiny-happy'");
}

Test(plan, a_corpus_is_not_a_task)
{
    expect_error("\"tasks\": [\"tiny-books\"]",
                 "task 'tiny-books' has no labels: its form is 'corpus'",
                 "try: name a labelled data set in tasks");
}

Test(plan, a_task_is_not_a_corpus)
{
    expect_error("\"tasks\": \"all\", \"corpus\": {\"data\": \"tiny-happy\"}",
                 "corpus.data 'tiny-happy' is of form 'classification', not 'corpus'",
                 "try: name a data set of form 'corpus'");
}

Test(plan, a_corpus_is_no_published_tokenizer)
{
    expect_error("\"tasks\": \"all\", \"tokenizer\": {\"method\": \"published\", \"data\": "
                 "\"tiny-books\"}",
                 "tokenizer.data 'tiny-books' is of form 'corpus', not 'tokenizer'",
                 "try: name a data set of form 'tokenizer'");
}

#define PIECES                                                                                     \
    "{\"title\": \"P\", \"licence\": \"L\", \"form\": \"tokenizer\", \"metric\": \"perplexity\", " \
    "\"files\": [{\"path\": \"vocab.txt\", \"sha256\": \"0123456789abcdef0123456789abcdef"         \
    "0123456789abcdef0123456789abcdef\"}], \"tokenizer\": {\"method\": \"wordpiece\", "            \
    "\"vocabulary\": \"vocab.txt\", \"tokens\": 9}}"

Test(plan, a_published_tokenizer_is_read_by_its_own_method)
{
    plan_rig_use_dataset("pieces", PIECES);
    expect_error("\"tasks\": \"all\", \"tokenizer\": {\"method\": \"published\", \"data\": "
                 "\"pieces\"}",
                 "tokenizer.data 'pieces' is read by method 'wordpiece', not 'published'",
                 "try: \"tokenizer\": {\"method\": \"wordpiece\", \"data\": \"pieces\"}");
    const Plan plan = plan_rig_build(
        "\"tasks\": [\"tiny-happy\"], \"tokenizer\": {\"method\": \"wordpiece\", \"data\": "
        "\"pieces\"}");
    cr_expect_str_eq(plan.cells[0].tokenizer->title, "pieces");
}

Test(plan, every_method_that_manifests_name_is_one_of_tokenizers)
{
    for (const char *const *word = dataset_schema_tokenizer_words; *word; word++)
        cr_expect_not_null(spec_registry_find(&tokenizer_methods, *word), "%s", *word);
}

Test(plan, a_context_too_short_for_a_task_is_refused)
{
    expect_error("\"tasks\": [\"tiny-happy\"], \"model\": {\"n_context\": 2}",
                 "task 'tiny-happy' needs a context of 3 tokens at least, model.n_context is 2",
                 "try: model.n_context 3 or more");
    expect_error("\"tasks\": [\"tiny-ending\"], \"model\": {\"n_context\": 4}",
                 "task 'tiny-ending' needs a context of 5 tokens", "model.n_context 5 or more");
}

Test(plan, a_published_tokenizer_is_the_same_whatever_the_corpus)
{
    static const char members[] =
        "\"tasks\": [\"tiny-happy\"], "
        "\"tokenizer\": {\"method\": \"published\", \"data\": \"tiny-tokens\"}";
    Plan plan = plan_rig_build(members);
    const char *key = plan.cells[0].tokenizer->key.text;
    cr_expect_str_eq(plan.cells[0].tokenizer->title, "tiny-tokens");
    plan = plan_rig_build(
        arena_format(plan_rig_arena(), &err, "%s, \"corpus\": {\"held_out\": 0.4}", members));
    cr_expect_str_eq(plan.cells[0].tokenizer->key.text, key);
}

Test(plan, expects_the_lengths_of_the_tasks_own_rows)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    const StageTask *task = &plan.tasks[0];
    cr_assert_eq(task->lengths.n, 24, "every training row was looked at");
    double mean = lengths_mean(&task->lengths, (LengthsVocabulary){200 + 256, true}, 2, 64);
    cr_expect(mean > 30 && mean < 64, "%g", mean);
    cr_expect_float_eq(plan_rig_stage(&plan, "finetune")->cost.tokens, 2 * 24 * mean, 1e-6);
    cr_expect_float_eq(plan_rig_stage(&plan, "evaluate")->cost.tokens, (8 + 8) * mean, 1e-6);
}

/* The shortest sequence has four tokens: a start, a word, a delimiter or another word, and the end. A learner whose
 * micro-batches are full of them is as large as one that fine-tunes gets. */
Test(plan, expects_micro_batches_of_the_shortest_sequences)
{
    Plan plan =
        plan_rig_build("\"tasks\": [\"tiny-happy\"], \"finetune\": {\"micro_batch_tokens\": 4096}");
    const Settings *settings = plan.cells[0].settings;
    Head head = labelled_head(plan.tasks[0].info, settings->finetune.regression, &settings->model);
    int first[] = {0, 1}, start[] = {0, 4};
    const Sequences sequences = {.n = 1, .n_sequences = 1, .first = first, .start = start},
                    *set = &sequences;
    for (int training = 0; training <= 1; training++) {
        LearnerSetup setup =
            packer_setup(&settings->model, plan.kernels, (TextTokens){.n = 200 + 256}, &head, &set,
                         1, 4096, training);
        size_t bytes, n_parameters;
        cr_assert(learner_measure(&bytes, &n_parameters, &setup, plan_rig_arena(), &err));
        const Stage *stage = plan_rig_stage(&plan, training ? "finetune" : "evaluate");
        cr_expect_eq(stage->cost.n_parameters, n_parameters);
        cr_expect_float_eq((double)stage->cost.memory_bytes / (double)bytes, 1, 0.001);
    }
}

/* AdaFactor keeps no first moment: a block of the size of the weights less. */
Test(plan, expects_the_memory_that_the_optimizer_takes)
{
    Plan adam = plan_rig_build("\"tasks\": [\"tiny-happy\"]"),
         adafactor =
             plan_rig_build("\"tasks\": [\"tiny-happy\"], \"pretrain\": {\"adafactor\": {}},"
                            " \"finetune\": {\"adafactor\": {}}");
    static const char *const kinds[] = {"pretrain", "finetune", "evaluate"};
    for (int i = 0; i < 3; i++) {
        const StageCost *more = &plan_rig_stage(&adam, kinds[i])->cost;
        const StageCost *less = &plan_rig_stage(&adafactor, kinds[i])->cost;
        const double weights = (double)(more->n_parameters * sizeof(real));
        cr_expect_float_eq((double)more->memory_bytes - (double)less->memory_bytes,
                           i < 2 ? weights : 0, 0.01 * weights, "%s", kinds[i]);
        cr_expect_eq(more->flops, less->flops);
    }
}

static HashText finetune_key(const char *settings)
{
    Plan plan = plan_rig_build(settings);
    return plan_rig_stage(&plan, "finetune")->key;
}

Test(plan, takes_more_examples_than_there_are_for_all_of_them)
{
    const HashText all = finetune_key("\"tasks\": [\"tiny-happy\"]");
    const HashText more =
        finetune_key("\"tasks\": [\"tiny-happy\"], \"finetune\": {\"train_examples\": 1000000}");
    const HashText fewer =
        finetune_key("\"tasks\": [\"tiny-happy\"], \"finetune\": {\"train_examples\": 1}");
    cr_expect_str_eq(more.text, all.text);
    cr_expect_str_neq(fewer.text, all.text);
}
