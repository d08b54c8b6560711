#include "experiment/plan_progress.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static ProgressPlan plan;
static ProgressWork first;
static int n_updates, n_work, n_finished;

static void keep(const ProgressUpdate *update, void *context)
{
    (void)context;
    plan = *update->plan;
    n_work = update->n;
    if (n_work > 0) first = *update->work[0];
    n_updates++;
    n_finished += update->finished;
}

static bool read_work(PlanProgressState *state, const char *unit, double done, double total,
                      const Stage *stage)
{
    ProgressWork work = {.done = done, .done_before = 500, .total = total};
    const ProgressWork *const list[] = {&work};
    snprintf(work.title, sizeof work.title, "reading %s", unit);
    snprintf(work.unit, sizeof work.unit, "%s", unit);
    return plan_progress_read(state, &(ProgressUpdate){.work = list, .n = 1}, stage);
}

static const StageKind kind = {.name = "pretrain"};

Test(plan_progress, lesser_work_is_shown_until_the_main_work_begins)
{
    const Stage stage = {.kind = &kind, .cost = {.tokens = 1000}};
    PlanProgressState state = {0};
    cr_expect(read_work(&state, "bytes", 700, 1000, &stage));
    cr_expect_str_eq(state.work.title, "reading bytes");
    cr_expect_eq(state.fraction, 0);
    cr_expect(read_work(&state, "tokens", 600, 1000, &stage));
    cr_expect_float_eq(state.fraction, 0.6, 1e-12);
    cr_expect_float_eq(state.fraction_before, 0.5, 1e-12);
    cr_expect_not(read_work(&state, "tokens", 50, 100, &stage), "held-out perplexity");
    cr_expect_float_eq(state.fraction, 0.6, 1e-12);
}

/* A plan of two stages, 20 and 40 seconds by their estimates. */
static Stage one = {.kind = &kind, .cost = {.seconds = 20, .n_channel = 1}},
             two = {.kind = &kind, .cost = {.seconds = 40, .n_channel = 1}};
static Stage *stages[] = {&one, &two};
static const Experiment experiment = {.name = "trial", .scale = "mini"};
static Plan alone = {.experiment = &experiment, .graph = {.n = 2, .stages = stages}};
static PlanUnionItem item = {.plan = &alone};
static PlanUnion all = {
    .name = "trial", .n = 1, .items = &item, .graph = {.n = 2, .stages = stages}};

Test(plan_progress, counts_what_this_run_does_of_stages_that_earlier_ones_began)
{
    PlanProgress progress;
    PlanProgressStage running = {.stage = &one, .state = {.fraction = 0.9, .fraction_before = 0.8}};
    PlanProgressStage *const list[] = {&running};
    snprintf(running.state.work.title, sizeof running.state.work.title, "pre-training");
    progress_install(keep, NULL);
    plan_progress_begin(&progress, &all);
    usleep(300000);
    plan_progress_pass(&progress, list, 1);
    cr_expect_geq(running.seconds, 0.3);
    running.seconds = 200; /* for what was to take 2: a hundred times as slow */
    plan_progress_show(&progress, list, 1);
    cr_assert_eq(n_updates, 1);
    cr_expect_str_eq(plan.name, "trial");
    cr_expect_str_eq(plan.scale, "mini");
    cr_expect_eq(plan.n_stages, 2);
    cr_expect_eq(n_work, 1);
    cr_expect_str_eq(first.title, "pre-training");
    cr_expect_float_eq(plan.left_seconds, 100 * (2 + 40), 0.05 * 4200);
    cr_expect_float_eq(plan.share,
                       plan.elapsed_seconds / (plan.elapsed_seconds + plan.left_seconds), 1e-9);
}

Test(plan_progress, several_that_run_share_the_time)
{
    PlanProgress progress;
    PlanProgressStage running[2] = {{.stage = &one}, {.stage = &two}};
    PlanProgressStage *const list[] = {&running[0], &running[1]};
    plan_progress_begin(&progress, &all);
    usleep(50000);
    plan_progress_pass(&progress, list, 2);
    cr_expect_geq(running[0].seconds, 0.025);
    cr_expect_eq(running[0].seconds, running[1].seconds);
    cr_expect_lt(running[0].seconds, 50);
}

Test(plan_progress, a_stage_that_is_done_counts_and_the_end_is_told)
{
    PlanProgress progress;
    const PlanProgressStage ended = {.stage = &one, .seconds = 10};
    progress_install(keep, NULL);
    plan_progress_begin(&progress, &all);
    one.done = true;
    plan_progress_done(&progress, &ended);
    cr_expect_eq(progress.shown.n_done, 1);
    cr_expect_eq(progress.shown.n_stages, 2);
    plan_progress_end(&progress);
    one.done = false;
    cr_expect_eq(n_finished, 1);
    cr_expect(plan.left_seconds == 0 && plan.share == 1);
}

Test(plan_progress, without_an_estimate_nothing_is_said_of_the_time_and_stages_count)
{
    PlanProgress progress;
    progress_install(keep, NULL);
    one.cost.seconds = two.cost.seconds = 0;
    plan_progress_begin(&progress, &all);
    one.done = true;
    plan_progress_done(&progress, &(PlanProgressStage){.stage = &one, .seconds = 10});
    usleep(300000);
    plan_progress_show(&progress, NULL, 0);
    cr_assert_eq(n_updates, 1);
    cr_expect_lt(plan.left_seconds, 0);
    cr_expect_float_eq(plan.share, 0.5, 1e-12);
}
