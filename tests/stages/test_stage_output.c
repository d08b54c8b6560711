/* What stages wrote is checked when it is read back: a file whose hash is right may still be of another program. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/file.h"
#include "experiment/outcome.h"
#include "stages/stage_evaluate.h"
#include "../plan_rig.h"

TestSuite(stage_output, .init = plan_rig_begin, .fini = plan_rig_end);

static Error err;

/* The text in its place; what stands there now. */
typedef struct Change {
    const char *kind, *file, *from, *to;
    const char *said;
} Change;

static const Change changes[] = {
    {"evaluate", "evaluate.json", "\"score\"", "\"scores\"", "$.validation.score: missing"},
    {"evaluate", "evaluate.json",
     "\"loss\": ", "\"loss\": null, \"losses\": ", "$.validation.loss"},
    {"evaluate", "evaluate.json", "\"examples\": ", "\"examples\": 9", "$.validation: has not 9"},
    {"evaluate", "evaluate.json", "\"accuracy\": ", "\"accuracy\": 7", "$.validation.accuracy"},
    {"evaluate", "evaluate.json", "\"matthews\",", "\"f1\",", "scores by another metric"},
    {"evaluate", "evaluate.json", "\"predicted\": [", "\"predicted\": [5", "that the task has not"},
    {"evaluate", "evaluate.json", "\"truth\": [", "\"truth\": [7", "that the task has not"},
    {"evaluate", "evaluate.json", "\"test\"", "\"tests\"", "$.test"},
    {"finetune", "finetune.json", "\"best_epoch\"", "\"best\"", "$.best_epoch: missing"},
    {"finetune", "finetune.json", "\"sequences\": ", "\"sequences\": -", "$.sequences"},
    {"finetune", "finetune.json", "\"seconds\": ", "\"seconds\": -", "$.seconds"},
    {"pretrain", "pretrain.json", "\"tokens\": ", "\"tokens\": 0.", "$.tokens"},
    {"pretrain", "pretrain.json", "\"held_out_perplexity\"", "\"perplexity\"",
     "$.held_out_perplexity: missing"},
    {"pretrain", "pretrain.json", "{", "", "pretrain.json"},
    {"tokens", "stage.json", "\"seconds\"", "\"second\"", "$.seconds: missing"},
};

/* Writes the file so, and back again. */
static void expect_refused(const Plan *plan, const Change *change)
{
    Arena *arena = plan_rig_arena();
    Outcome outcome;
    char *bytes,
        *path = file_join(arena, plan_rig_stage(plan, change->kind)->folder, change->file, &err);
    size_t size;
    cr_assert(path && file_read(&bytes, &size, path, arena, &err), "%s", err.text);
    const char *at = strstr(bytes, change->from);
    cr_assert(at, "%s in %s", change->from, bytes);
    char *other = arena_format(arena, &err, "%.*s%s%s", (int)(at - bytes), bytes, change->to,
                               at + strlen(change->from));
    cr_assert(other && file_write(path, other, strlen(other), &err), "%s", err.text);
    cr_expect_not(outcome_read(&outcome, plan, arena, &err), "%s", change->to);
    cr_expect(strstr(err.text, change->said) && strstr(err.text, change->file), "%s: %s",
              change->to, err.text);
    cr_expect_eq(err.kind, ERROR_FAILED, "%s", err.text);
    error_clear(&err);
    cr_assert(file_write(path, bytes, size, &err), "%s", err.text);
}

Test(stage_output, nothing_absent_or_out_of_range_is_taken_for_a_number)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    Outcome outcome;
    plan_rig_run(&plan);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        expect_refused(&plan, &changes[i]);
    cr_expect(outcome_read(&outcome, &plan, plan_rig_arena(), &err), "%s", err.text);
}

static bool take(EvaluateProbabilities *probabilities, const Plan *plan, const char *outputs)
{
    const Stage *stage = plan_rig_stage(plan, "evaluate");
    EvaluateScores scores;
    error_clear(&err);
    cr_assert(stage_evaluate_read(&scores, stage, &plan->tasks[0], plan_rig_arena(), &err), "%s",
              err.text);
    EvaluateSplit one = scores.test;
    one.examples = 1;
    one.outputs = json_parse_text(outputs, strlen(outputs), "outputs", plan_rig_arena(), &err);
    return stage_evaluate_probabilities(probabilities, &one, stage, &plan->tasks[0],
                                        plan_rig_arena(), &err);
}

Test(stage_output, probabilities_are_one_a_class)
{
    static const char *const wrong[] = {"[[1, 2, 3]]", "[[1]]", "[[]]", "[[1, null]]", "[2]"};
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    EvaluateProbabilities found;
    plan_rig_run(&plan);
    cr_assert(take(&found, &plan, "[[1000, 1001.0986122886681]]"), "%s", err.text);
    cr_expect_eq(found.first[1], 2);
    cr_expect_float_eq(found.of[0], 0.25, 1e-4);
    cr_expect_float_eq(found.of[1], 0.75, 1e-4);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        cr_expect_not(take(&found, &plan, wrong[i]), "%s", wrong[i]);
        cr_expect(strstr(err.text, "has not an output for each class"), "%s", err.text);
    }
}
