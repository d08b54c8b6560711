/* Plans whose stages are shared out over processes. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/interrupt.h"
#include "base/parallel.h"
#include "experiment/outcome.h"
#include "experiment/plan_schedule.h"
#include "../plan_rig.h"

TestSuite(plan_jobs, .init = plan_rig_begin, .fini = plan_rig_end);

static Error err;

#define SEVERAL                                                                                    \
    "\"tasks\": \"all\", \"seeds\": 2, \"pretrain\": {\"tokens\": 500, \"checkpoints\": 1}, "      \
    "\"variants\": {\"a\": {}, \"b\": {\"pretrain\": null}}, \"select\": "                         \
    "{\"finetune.learning_rate\": [0.0, 0.003]}, \"finetune\": {\"epochs\": 1}"

/* --- what is next ----------------------------------------------------------------------------- */

static int at(const Plan *plan, const Stage *stage)
{
    int i = 0;
    while (plan->graph.stages[i] != stage) i++;
    return i;
}

Test(plan_jobs, the_longest_chain_counts_all_that_comes_after)
{
    Plan plan = plan_rig_build(SEVERAL);
    const double *chain = graph_chains(&plan.graph, &err);
    const Stage *pretrain = plan_rig_stage(&plan, "pretrain");
    const PlanCell *candidate = &plan.cells[0].candidates[0];
    double longest = 0;
    for (int run = 0; run < 4; run++) {
        double after = candidate->finetune[run]->cost.flops + candidate->evaluate[run]->cost.flops;
        cr_expect_float_eq(chain[at(&plan, candidate->finetune[run])], after, 1);
        if (after > longest) longest = after;
    }
    cr_expect_float_eq(chain[at(&plan, pretrain)], pretrain->cost.flops + longest, 1);
    cr_expect_geq(chain[0], chain[at(&plan, pretrain)], "the tokenizer comes before all");
}

static void expect_threads(int n_threads, int n, const int *expected)
{
    static const double chain[] = {1, 5, 3, 4};
    int threads[4];
    plan_schedule_threads(threads, chain, n, n_threads);
    for (int i = 0; i < n; i++) cr_expect_eq(threads[i], expected[i], "stage %d of %d", i, n);
}

Test(plan_jobs, threads_are_shared_equally_and_the_longest_chains_get_what_is_left_over)
{
    expect_threads(8, 4, (int[]){2, 2, 2, 2});
    expect_threads(8, 3, (int[]){2, 3, 3});
    expect_threads(8, 1, (int[]){8});
    expect_threads(2, 3, (int[]){1, 1, 1});
    expect_threads(6, 4, (int[]){1, 2, 1, 2});
    expect_threads(3, 2, (int[]){1, 2});
}

/* --- what comes out --------------------------------------------------------------------------- */

#ifndef REPRISE_DOUBLE

static const char *in_folder(const char *folder, const char *name)
{
    return file_join(plan_rig_arena(), folder, name, &err);
}

/* Every file of both stores but those that say when and how fast. */
static void expect_same_stage(const Stage *one, const Stage *other)
{
    char **names;
    size_t n;
    cr_assert_eq(one->done, other->done);
    if (!one->done) return;
    cr_assert(file_list(&names, &n, one->folder, plan_rig_arena(), &err), "%s", err.text);
    for (size_t k = 0; k < n; k++) {
        HashText a, b;
        if (!strcmp(names[k], "stage.json") || !strcmp(names[k], "pretrain.json") ||
            !strcmp(names[k], "finetune.json"))
            continue;
        cr_assert(hash_file(&a, in_folder(one->folder, names[k]), &err) &&
                      hash_file(&b, in_folder(other->folder, names[k]), &err),
                  "%s", err.text);
        cr_expect_str_eq(a.text, b.text, "%s/%s differs", one->kind->name, names[k]);
    }
}

Test(plan_jobs, one_job_and_three_jobs_make_the_same_bits)
{
    Plan plan[2];
    for (int i = 0; i < 2; i++) {
        plan_rig_use_store(i == 0 ? "one" : "three");
        plan[i] = plan_rig_build(SEVERAL);
        parallel_set_threads(i == 0 ? 1 : 4);
        cr_assert(plan_rig_go(&plan[i], i == 0 ? 1 : 3, &err), "%s", err.text);
    }
    for (int i = 0; i < plan[0].graph.n; i++) {
        cr_expect_eq(plan[0].graph.stages[i]->need, plan[1].graph.stages[i]->need,
                     "the same was chosen");
        expect_same_stage(plan[0].graph.stages[i], plan[1].graph.stages[i]);
    }
}

#endif

Test(plan_jobs, nothing_is_left_to_do_and_no_lock_stays)
{
    Plan plan = plan_rig_build(SEVERAL);
    cr_assert(plan_rig_go(&plan, 3, &err), "%s", err.text);
    Plan again = plan_rig_build(SEVERAL);
    cr_expect_eq(plan_count(&again).to_do + plan_count(&again).if_chosen, 0);
    for (int i = 0; i < plan.graph.n; i++) {
        char *lock = arena_format(plan_rig_arena(), &err, "%s.lock", plan.graph.stages[i]->folder);
        cr_expect_not(file_exists(lock));
    }
    Outcome outcome;
    cr_assert(outcome_read(&outcome, &plan, plan_rig_arena(), &err), "%s", err.text);
    cr_expect_eq(outcome.n_runs, 8);
    cr_expect_eq(outcome.n_selections, 4);
}

/* --- what runs beside what ----------------------------------------------------------------------- */

/* How many stages are running: their folders are there, and not yet renamed. */
static int n_running(const char *store)
{
    static const char *const kinds[] = {"together", "apart"};
    int n_parts = 0;
    for (int k = 0; k < 2; k++) {
        char **names, *folder = file_join(plan_rig_arena(), store, kinds[k], &err);
        size_t n;
        if (!file_exists(folder)) continue;
        cr_assert(file_list(&names, &n, folder, plan_rig_arena(), &err), "%s", err.text);
        for (size_t i = 0; i < n; i++) n_parts += strstr(names[i], ".part") != NULL;
    }
    return n_parts;
}

/* Looks about for a while, and leaves the largest number of stages that it saw. */
static bool look_about(const Stage *stage, const char *folder, Error *error)
{
    int most = 0, wanted = (int)json_int(json_get(stage->document, "wanted"));
    char text[16];
    for (int i = 0; i < 40 && most < wanted; i++) {
        const struct timespec turn = {.tv_nsec = 5 * 1000 * 1000};
        int n = n_running(plan_rig_store());
        if (n > most) most = n;
        nanosleep(&turn, NULL);
    }
    snprintf(text, sizeof text, "%d", most);
    char *path = file_join(plan_rig_arena(), folder, "most", error);
    return path && file_write(path, text, strlen(text), error);
}

static const StageKind together = {.name = "together", .run = look_about};
static const StageKind apart = {.name = "apart", .run = look_about, .alone = true};

/* Six stages that wait for nothing. */
static Plan looking_plan(const StageKind *last_kind, size_t memory_bytes, int wanted)
{
    static const Experiment experiment = {.name = "looking about"};
    static DataShelf nothing;
    Plan plan = {.experiment = &experiment, .arena = plan_rig_arena(), .data = &nothing};
    plan.graph = (Graph){.store = plan_rig_store(), .arena = plan.arena};
    for (int i = 0; i < 6; i++) {
        bool is_new;
        const StageKind *kind = i == 5 ? last_kind : &together;
        Json *document = stage_document(kind, plan.arena, &err);
        cr_assert(json_set(document, "number", json_new_integer(i, plan.arena, &err), &err));
        cr_assert(json_set(document, "wanted", json_new_integer(wanted, plan.arena, &err), &err));
        Stage *stage = graph_add(&plan.graph, kind, document, NULL, 0, &is_new, &err);
        cr_assert(stage, "%s", err.text);
        stage->title = "looking about";
        stage->cost = (StageCost){.flops = 1, .memory_bytes = memory_bytes};
    }
    return plan;
}

static int seen_by(const Stage *stage)
{
    char *bytes, *path = file_join(plan_rig_arena(), stage->folder, "most", &err);
    size_t size;
    cr_assert(file_read(&bytes, &size, path, plan_rig_arena(), &err), "%s", err.text);
    return atoi(bytes);
}

static int most_seen(const Plan *plan)
{
    int most = 0;
    for (int i = 0; i < plan->graph.n; i++)
        if (seen_by(plan->graph.stages[i]) > most) most = seen_by(plan->graph.stages[i]);
    return most;
}

Test(plan_jobs, as_many_stages_as_jobs_run_at_a_time)
{
    Plan plan = looking_plan(&together, 1, 3);
    cr_assert(plan_rig_go(&plan, 3, &err), "%s", err.text);
    cr_expect_eq(most_seen(&plan), 3);
}

Test(plan_jobs, a_stage_that_measures_time_runs_alone)
{
    Plan plan = looking_plan(&apart, 1, 2);
    cr_assert(plan_rig_go(&plan, 3, &err), "%s", err.text);
    cr_expect_eq(seen_by(plan.graph.stages[5]), 1);
    cr_expect_gt(most_seen(&plan), 1);
}

Test(plan_jobs, what_takes_more_memory_than_there_is_for_two_runs_alone)
{
    Plan plan = looking_plan(&together, (size_t)1 << 60, 2);
    cr_assert(plan_rig_go(&plan, 3, &err), "%s", err.text);
    cr_expect_eq(most_seen(&plan), 1);
}

/* --- what goes wrong -------------------------------------------------------------------------- */

Test(plan_jobs, a_failing_stage_is_told_as_without_jobs_and_the_rest_goes_on_later)
{
    Plan plan = plan_rig_build(SEVERAL);
    const Stage *finetune = plan.cells[1].candidates[0].finetune[0];
    char *part = arena_format(plan_rig_arena(), &err, "%s.part", finetune->folder);
    cr_assert(file_write(part, "in the way", 10, &err), "%s", err.text);
    cr_expect_not(plan_rig_go(&plan, 2, &err));
    cr_expect_eq(err.kind, ERROR_FAILED);
    cr_expect_eq(err.n_errors, 1, "%s", err.text);
    cr_expect(strstr(err.text, "while stage finetune (tiny-happy, b, learning_rate=0.0, seed 1)"),
              "%s", err.text);
    err = (Error){0};
    cr_assert(file_remove_tree(part, &err), "%s", err.text);
    plan = plan_rig_build(SEVERAL);
    cr_expect(plan_rig_go(&plan, 2, &err), "%s", err.text);
}

Test(plan_jobs, asked_to_stop_it_stops)
{
    Plan plan = plan_rig_build(SEVERAL);
    interrupt_request();
    cr_expect_not(plan_rig_go(&plan, 2, &err));
    cr_expect_eq(err.kind, ERROR_INTERRUPTED);
    cr_expect_eq(err.n_errors, 1, "%s", err.text);
}
