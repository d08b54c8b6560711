#include "experiment/plan_progress.h"

#include <criterion/criterion.h>
#include <unistd.h>

static ProgressUpdate last;
static int n_updates;

static void keep(const ProgressUpdate *update, void *context)
{
    (void)context;
    last = *update;
    n_updates++;
}

static PlanProgressStage read_state(double done, double done_before, const Stage *stage)
{
    PlanProgressStage state = {0};
    const ProgressUpdate update = {.title = "pre-training gpt",
                                   .unit = "tokens",
                                   .values = "",
                                   .done = done,
                                   .done_before = done_before,
                                   .total = 1000};
    cr_assert(plan_progress_read(&state, &update, stage));
    return state;
}

Test(plan_progress, what_earlier_runs_did_counts_as_done_and_not_in_the_rate)
{
    const Stage ended = {.cost = {.flops = 1e6, .tokens = 1000}};
    const Stage goes_on = {.cost = {.flops = 4e6, .tokens = 1000}};
    const PlanProgressStage first = read_state(1000, 900, &ended);
    const PlanProgressStage second = read_state(600, 500, &goes_on);
    PlanProgressRunning running = {0};

    progress_install(keep, NULL);
    PlanProgress progress = {.left = 4e6, .finished = 1e6, .resumed = 0.9e6};
    cr_expect_float_eq(first.fraction_before, 0.9, 1e-12);
    progress_begin(&progress.shown, "FLOP", 5e6, 0, "experiment");
    usleep(300000);
    plan_progress_add(&running, &second, &goes_on);
    plan_progress_show(&progress, running, second.doing);

    cr_assert_eq(n_updates, 1);
    cr_expect_float_eq(last.done, 1e6 + 2.4e6, 1);
    cr_expect_float_eq(last.total, 5e6, 1);
    const double rate = (0.1e6 + 0.4e6) / last.elapsed_seconds;
    cr_expect_float_eq(last.rate, rate, 1e-6 * rate);
    cr_expect_float_eq(last.left_seconds, 1.6e6 / rate, 1e-6 * last.left_seconds);
}
