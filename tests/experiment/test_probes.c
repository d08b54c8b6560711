/* What is measured on language models themselves: which stages are planned, what they make, and that being
 * cut off changes nothing. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "base/seal.h"
#include "base/parallel.h"
#include "experiment/outcome.h"
#include "plan/store.h"
#include "../plan_rig.h"

TestSuite(probes, .init = plan_rig_begin, .fini = plan_rig_end);

static Error err;

#define PRETRAIN "\"pretrain\": {\"tokens\": 1000, \"batch\": 4, \"checkpoints\": 2}"
#define ZERO_SHOT                                                                                  \
    "\"measure\": [\"zero-shot\"], \"zero_shot_tasks\": [\"tiny-happy\", \"tiny-ending\", "        \
    "\"tiny-sentence\"], " PRETRAIN

static Outcome run(Plan *plan)
{
    Outcome outcome;
    plan_rig_run(plan);
    cr_assert(outcome_read(&outcome, plan, plan_rig_arena(), &err), "%s", err.text);
    return outcome;
}

/* --- plans ------------------------------------------------------------------------------------- */

Test(probes, without_fine_tuning_nothing_of_it_is_planned)
{
    Plan plan = plan_rig_build(ZERO_SHOT);
    cr_expect_str_eq(plan_rig_run(&plan),
                     "tokenizer tokens pretrain sample zero-shot zero-shot zero-shot");
    cr_expect_eq(plan.n_tasks, 0);
}

Test(probes, only_a_pre_trained_cell_is_measured_without_fine_tuning)
{
    Plan plan =
        plan_rig_build(ZERO_SHOT ", \"variants\": {\"a\": {}, \"b\": {\"pretrain\": null}}");
    cr_expect_not_null(plan.cells[0].zero_shot[2]);
    cr_expect_null(plan.cells[1].zero_shot[2]);
}

Test(probes, both_kinds_of_measure_share_the_pre_training)
{
    Plan plan = plan_rig_build("\"measure\": [\"fine-tuning\", \"zero-shot\"], \"tasks\": "
                               "[\"tiny-happy\"], " PRETRAIN);
    cr_expect_str_eq(plan_rig_run(&plan), "tokenizer tokens pretrain sample zero-shot "
                                          "zero-shot finetune evaluate");
}

Test(probes, a_selection_has_nothing_to_choose_where_nothing_is_fine_tuned)
{
    Plan plan = plan_rig_build(ZERO_SHOT ", \"select\": {\"finetune.learning_rate\": [0.1, 0.2]}");
    Outcome outcome = run(&plan);
    cr_expect_eq(outcome.n_runs, 0);
    cr_expect_eq(outcome.n_selections, 0);
    cr_expect_eq(outcome.n_probes, 3);
}

Test(probes, how_a_task_is_done_is_part_of_the_key)
{
    Plan plan = plan_rig_build(ZERO_SHOT);
    const Json *how = json_get(plan.cells[0].zero_shot[0]->document, "zero_shot");
    cr_assert_not_null(how);
    cr_expect_str_eq(json_text(json_get(how, "heuristic")), "words");
    cr_expect_str_eq(json_text(json_get(how, "suffix")), "very");
    cr_expect_str_eq(json_text(json_at(json_get(how, "words"), 1)), "happy");
}

Test(probes, the_plan_says_what_they_take)
{
    Plan plan = plan_rig_build(
        "\"measure\": [\"zero-shot\", \"context-window\", \"position\", \"rate\"], \"probe\": "
        "{\"context_windows\": [1], \"rate_lengths\": [8], \"rate_tokens\": 64}, " PRETRAIN);
    for (int i = 0; i < plan.graph.n; i++) {
        if (!strcmp(plan.graph.stages[i]->kind->name, "tokenizer")) continue;
        if (!strcmp(plan.graph.stages[i]->kind->name, "tokens")) continue;
        if (!strcmp(plan.graph.stages[i]->kind->name, "sample")) continue;
        cr_expect_gt(plan.graph.stages[i]->cost.tokens, 0);
        cr_expect_gt(plan.graph.stages[i]->cost.flops, 0);
        cr_expect_gt(plan.graph.stages[i]->cost.memory_bytes, 0);
    }
}

static void expect_error(const char *members, const char *first, const char *second)
{
    Plan plan;
    cr_expect_not(plan_rig_try(&plan, members, &err));
    cr_expect_eq(err.kind, ERROR_USAGE);
    cr_expect(strstr(err.text, first), "%s", err.text);
    cr_expect(strstr(err.text, second), "%s", err.text);
}

Test(probes, a_data_set_that_does_not_say_how_is_refused)
{
    expect_error("\"measure\": [\"zero-shot\"], \"zero_shot_tasks\": [\"tiny-pairs\"]",
                 "data set 'tiny-pairs' does not say how to do it without fine-tuning",
                 "try: take it out of zero_shot_tasks, or give its manifest a zero_shot");
}

Test(probes, a_threshold_needs_rows_to_be_chosen_on)
{
    expect_error("\"measure\": [\"zero-shot\"], \"zero_shot_tasks\": [\"tiny-unsplit\"]",
                 "data set 'tiny-unsplit' has no validation rows to choose a threshold on",
                 "try: take it out of zero_shot_tasks");
}

/* --- what comes out ---------------------------------------------------------------------------- */

Test(probes, a_curve_begins_with_the_untrained_model_and_has_a_point_a_checkpoint)
{
    Plan plan = plan_rig_build(ZERO_SHOT);
    Outcome outcome = run(&plan);
    cr_expect_eq(outcome.n_runs, 0);
    cr_assert_eq(outcome.n_probes, 3);
    for (int i = 0; i < outcome.n_probes; i++) {
        const OutcomeProbe *probe = &outcome.probes[i];
        cr_expect_eq(probe->kind, PROBE_ZERO_SHOT);
        cr_expect_eq(probe->cell, 0);
        cr_expect_eq(probe->task, i);
        cr_assert_eq(probe->n_points, 3);
        cr_assert_eq(probe->n_units, 8);
        cr_expect_eq(probe->x[0], 0);
        cr_expect_gt(probe->x[1], 0);
        cr_expect_eq(probe->x[2], (double)outcome.pretrains[0].tokens);
        cr_expect_null(probe->weight);
        for (int point = 0; point < 3; point++) {
            bool degenerate;
            cr_expect_eq(probe->value[point],
                         plan.zero_shot_tasks[i].metric->compute(
                             probe->truth, probe->unit + 8 * point, 8, &degenerate));
        }
    }
}

#define TEXT                                                                                       \
    "\"measure\": [\"context-window\", \"position\"], \"model\": {\"n_context\": 16}, " PRETRAIN   \
    ", \"probe\": {\"context_windows\": [1, 4, 16, 40], \"context_targets\": 9}"

/* value = f(sum of units / sum of weights) at a point. */
static double mean_of(const OutcomeProbe *probe, int point)
{
    double sum = 0, weight = 0;
    for (int u = 0; u < probe->n_units; u++) {
        sum += probe->unit[point * probe->n_units + u];
        weight += probe->weight[point * probe->n_units + u];
    }
    return sum / weight;
}

Test(probes, perplexity_by_window_has_a_point_for_each_that_the_model_can_take)
{
    Plan plan = plan_rig_build(TEXT);
    Outcome outcome = run(&plan);
    cr_assert_eq(outcome.n_probes, 2);
    const OutcomeProbe *probe = &outcome.probes[0];
    cr_expect_eq(probe->kind, PROBE_CONTEXT_WINDOW);
    cr_expect_eq(probe->task, -1);
    cr_assert_eq(probe->n_points, 3);
    cr_expect_eq(probe->n_units, 1, "one of five documents is held out");
    cr_expect_eq(probe->x[2], 16);
    for (int point = 0; point < 3; point++) {
        cr_expect_eq(probe->weight[point], 9);
        cr_expect_float_eq(probe->value[point], exp(mean_of(probe, point)), 1e-9);
    }
}

Test(probes, loss_by_position_has_a_point_for_each_position)
{
    Plan plan = plan_rig_build(TEXT);
    Outcome outcome = run(&plan);
    const OutcomeProbe *probe = &outcome.probes[1];
    cr_expect_eq(probe->kind, PROBE_POSITION);
    cr_assert_eq(probe->n_points, 16);
    for (int point = 0; point < 16; point++) {
        cr_expect_eq(probe->x[point], point + 1);
        cr_expect_gt(probe->weight[point], 1);
        cr_expect_float_eq(probe->value[point], mean_of(probe, point), 1e-12);
    }
}

Test(probes, what_the_model_cannot_take_changes_no_key)
{
    Plan plan = plan_rig_build(TEXT),
         other = plan_rig_build(
             "\"measure\": [\"context-window\"], \"model\": {\"n_context\": 16}, " PRETRAIN
             ", \"probe\": {\"context_windows\": [1, 4, 16, 50, 60], \"context_targets\": 9}");
    cr_expect_str_eq(plan.cells[0].context_window->key.text,
                     other.cells[0].context_window->key.text);
}

Test(probes, windows_must_be_named)
{
    expect_error("\"measure\": [\"context-window\"]", "probe.context_windows is empty",
                 "try: numbers of tokens such as [1, 2, 4, 8, 16]");
    expect_error("\"measure\": [\"context-window\"], \"probe\": {\"context_windows\": [65]}",
                 "every one of probe.context_windows is longer than the model's context", "try: ");
    expect_error("\"measure\": [\"rate\"]", "probe.rate_lengths is empty", "try: ");
}

#define RATE                                                                                       \
    "\"measure\": [\"rate\"], \"probe\": {\"rate_lengths\": [8, 32], \"rate_tokens\": 64, "        \
    "\"rate_timings\": 3}"

Test(probes, rates_are_measured_at_every_length_and_without_pre_training_too)
{
    Plan plan = plan_rig_build(RATE ", \"variants\": {\"a\": {}, \"b\": {\"pretrain\": null}}");
    cr_expect_eq(plan.cells[0].rate, plan.cells[1].rate);
    Outcome outcome = run(&plan);
    cr_assert_eq(outcome.n_probes, 2);
    const OutcomeProbe *probe = &outcome.probes[1];
    cr_expect_eq(probe->kind, PROBE_TRAINING_RATE);
    cr_expect_eq(probe->cell, 1);
    cr_assert_eq(probe->n_points, 2);
    cr_assert_eq(probe->n_units, 3);
    for (int point = 0; point < 2; point++) {
        cr_expect_gt(probe->value[point], 0);
        cr_expect_eq(probe->steps[point], 2);
    }
    cr_expect_eq(probe->x[1], 32);
    cr_expect_gt(probe->flops[1], probe->flops[0], "attention to more tokens");
}

Test(probes, a_rate_is_of_a_machine_and_of_an_architecture_whatever_its_context)
{
    Plan plan = plan_rig_build(RATE);
    parallel_set_threads(3);
    Plan threads = plan_rig_build(RATE);
    parallel_set_threads(1);
    Plan context = plan_rig_build(RATE ", \"model\": {\"n_context\": 128}");
    Plan wider = plan_rig_build(RATE ", \"model\": {\"n_channel\": 32}");
    const char *key = plan.cells[0].rate->key.text;
    cr_expect_str_neq(key, threads.cells[0].rate->key.text);
    cr_expect_str_eq(key, context.cells[0].rate->key.text);
    cr_expect_str_neq(key, wider.cells[0].rate->key.text);
    const Json *machine = json_get(plan.cells[0].rate->document, "machine");
    cr_expect_eq(json_int(json_get(machine, "threads")), 1);
}

/* --- cut off ----------------------------------------------------------------------------------- */

static char *in_folder(const char *folder, const char *name)
{
    return file_join(plan_rig_arena(), folder, name, &err);
}

static char *content(const char *folder, const char *name)
{
    char *text;
    size_t size;
    cr_assert(file_read(&text, &size, in_folder(folder, name), plan_rig_arena(), &err), "%s",
              err.text);
    return text;
}

Test(probes, a_state_that_was_scored_before_the_interruption_is_not_scored_again)
{
    Plan plan = plan_rig_build(ZERO_SHOT);
    plan_rig_run(&plan);
    const char *folder = plan.cells[0].zero_shot[2]->folder;
    char *part = arena_format(plan_rig_arena(), &err, "%s.part", folder);
    const char *before = content(folder, "probe.json");
    cr_assert(file_rename(folder, part, &err));
    cr_assert(file_remove_tree(in_folder(part, "probe.json"), &err));
    cr_assert(file_remove_tree(in_folder(part, "stage.json"), &err));
    cr_assert(file_remove_tree(in_folder(part, "update-0000000.json"), &err));
    static const char mark[] = "{\"value\": 7, \"predicted\": [0, 0, 0, 0, 0, 0, 0, 1]}";
    cr_assert(seal_write(in_folder(part, "update-0000002.json"), mark, sizeof mark - 1, &err));
    plan = plan_rig_build(ZERO_SHOT);
    cr_expect_str_eq(plan_rig_run(&plan), "zero-shot");
    Outcome outcome = run(&plan);
    cr_expect_eq(outcome.probes[2].value[1], 7, "the file that was there was taken");
    cr_expect_eq(outcome.probes[2].unit[15], 1);
    cr_assert(file_remove_tree(folder, &err));
    plan = plan_rig_build(ZERO_SHOT);
    plan_rig_run(&plan);
    cr_expect_str_eq(content(folder, "probe.json"), before);
}

Test(probes, one_and_three_threads_make_the_same_bits)
{
    const char *found[2];
    for (int n = 0; n < 2; n++) {
        plan_rig_use_store(n == 0 ? "one" : "three");
        parallel_set_threads(n == 0 ? 1 : 3);
        Plan plan = plan_rig_build(ZERO_SHOT ", \"model\": {\"n_channel\": 48}");
        plan_rig_run(&plan);
        found[n] = content(plan.cells[0].zero_shot[1]->folder, "update-0000004.json");
    }
    cr_expect_str_eq(found[0], found[1]);
}

/* --- minimal pairs, and models that see more than what stands before ------------------------------ */

#define PAIRS "\"measure\": [\"zero-shot\"], \"zero_shot_tasks\": [\"tiny-minimal\"], " PRETRAIN
#define OTHERS                                                                                     \
    "\"finetune\": {\"lm_coefficient\": 0}, \"variants\": {\"causal\": {}, \"bidirectional\": "    \
    "{\"model\": "                                                                                 \
    "{\"architecture\": \"encoder\"}, \"pretrain\": {\"objective\": \"masked-lm\"}}, \"source\": " \
    "{\"model\": "                                                                                 \
    "{\"architecture\": \"t5\"}, \"pretrain\": {\"objective\": "                                   \
    "\"span-corruption\"}}}"

Test(probes, any_model_tells_pairs_apart_as_it_was_trained)
{
    Plan plan = plan_rig_build(PAIRS ", " OTHERS);
    Outcome outcome = run(&plan);
    cr_assert_eq(outcome.n_probes, 3);
    for (int i = 0; i < 3; i++) {
        const OutcomeProbe *probe = &outcome.probes[i];
        cr_assert_eq(probe->n_units, 16);
        int right = 0;
        for (int u = 0; u < 16; u++) {
            right += probe->unit[16 * 2 + u] == 1;
            cr_expect_eq(probe->truth[u], 1);
        }
        cr_expect_float_eq(probe->value[2], right / 16.0, 1e-12);
    }
}

Test(probes, the_plan_knows_that_some_models_take_a_pass_a_token)
{
    Plan plan = plan_rig_build(PAIRS ", " OTHERS);
    const double causal = plan.cells[0].zero_shot[0]->cost.tokens;
    cr_expect_gt(plan.cells[1].zero_shot[0]->cost.tokens, 5 * causal);
    cr_expect_gt(plan.cells[2].zero_shot[0]->cost.flops, plan.cells[0].zero_shot[0]->cost.flops);
}

Test(probes, pairs_are_counted_by_the_rule_that_made_them)
{
    Plan plan = plan_rig_build(PAIRS);
    Outcome outcome = run(&plan);
    const Facets *facets = &outcome.probes[0].facets;
    cr_assert_eq(facets->n, 1);
    cr_expect_str_eq(facets->items[0].name, "rule");
    cr_expect_eq(facets->items[0].values.n, 16);
    const double *last = outcome.probes[0].unit + 32;
    const char *state =
        arena_format(plan_rig_arena(), &err, "%s/update-%07lld.json",
                     plan.cells[0].zero_shot[0]->folder, (long long)outcome.pretrains[0].updates);
    Json *json = json_parse_file(state, plan_rig_arena(), &err);
    const Json *by = json ? json_get(json_get(json, "right_by"), "rule") : NULL;
    cr_assert_not_null(by, "%s", err.text);
    for (int v = 0; v < 16; v++) {
        const FacetCount count = dataset_facets_count(&facets->items[0], v, last, 16);
        cr_expect_eq(count.n, 1);
        cr_expect_eq(json_number(json_get(by, facets->items[0].values.text[v])), count.right);
    }
}

Test(probes, pairs_cannot_be_fine_tuned_on)
{
    expect_error("\"tasks\": [\"tiny-minimal\"]",
                 "data set 'tiny-minimal' has nothing to be fine-tuned on",
                 "try: name it in zero_shot_tasks instead of tasks");
}

/* --- gaps ------------------------------------------------------------------------------------------ */

#define GAPS "\"measure\": [\"zero-shot\"], \"zero_shot_tasks\": [\"tiny-gap\"], " PRETRAIN

/* The state that a cell's run ends with. */
static const Json *last_state(const Plan *plan, const Outcome *outcome, int cell)
{
    const char *path = arena_format(plan_rig_arena(), &err, "%s/update-%07lld.json",
                                    plan->cells[cell].zero_shot[0]->folder,
                                    (long long)outcome->pretrains[cell].updates);
    const Json *json = path ? json_parse_file(path, plan_rig_arena(), &err) : NULL;
    cr_assert_not_null(json, "%s", err.text);
    return json;
}

Test(probes, any_model_fills_a_gap_with_the_word_that_it_holds_likelier)
{
    Plan plan = plan_rig_build(GAPS ", " OTHERS);
    Outcome outcome = run(&plan);
    cr_assert_eq(outcome.n_probes, 3);
    for (int i = 0; i < 3; i++) {
        const OutcomeProbe *probe = &outcome.probes[i];
        const Json *rows = json_get(last_state(&plan, &outcome, i), "examples");
        cr_assert_eq(json_size(rows), 16);
        for (size_t u = 0; u < 16; u++) {
            const Json *score = json_get(json_at(rows, u), "score");
            cr_assert_eq(json_size(score), 2);
            const double first = json_number(json_at(score, 0)),
                         second = json_number(json_at(score, 1));
            cr_expect_lt(first, 0);
            cr_expect_eq(probe->unit[16 * 2 + u], second > first);
        }
    }
}

Test(probes, gaps_are_counted_by_the_side_that_tells)
{
    Plan plan = plan_rig_build(GAPS);
    Outcome outcome = run(&plan);
    const Facets *facets = &outcome.probes[0].facets;
    cr_assert_eq(facets->n, 2);
    cr_expect_str_eq(facets->items[0].name, "side");
    cr_assert_eq(facets->items[0].values.n, 2);
    const double *last = outcome.probes[0].unit + 32;
    double right[16];
    for (int u = 0; u < 16; u++) right[u] = last[u] == outcome.probes[0].truth[u];
    const Json *by = json_get(json_get(last_state(&plan, &outcome, 0), "right_by"), "side");
    for (int v = 0; v < 2; v++) {
        const FacetCount count = dataset_facets_count(&facets->items[0], v, right, 16);
        cr_expect_eq(count.n, 8);
        cr_expect_eq(json_number(json_get(by, facets->items[0].values.text[v])), count.right / 8.0);
    }
}

Test(probes, the_plan_knows_that_a_gap_takes_passes_for_its_words_alone)
{
    Plan pairs = plan_rig_build(PAIRS ", " OTHERS), gaps = plan_rig_build(GAPS ", " OTHERS);
    const double ratio =
        gaps.cells[1].zero_shot[0]->cost.tokens / gaps.cells[0].zero_shot[0]->cost.tokens;
    cr_expect_gt(ratio, 1);
    cr_expect_lt(ratio, pairs.cells[1].zero_shot[0]->cost.tokens /
                            pairs.cells[0].zero_shot[0]->cost.tokens);
}

Test(probes, gaps_cannot_be_fine_tuned_on)
{
    expect_error("\"tasks\": [\"tiny-gap\"]", "data set 'tiny-gap' has nothing to be fine-tuned on",
                 "try: name it in zero_shot_tasks instead of tasks");
}
