#include "experiment/plan_progress.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/process.h"

/* --- what is running -------------------------------------------------------------------------------- */

/* Stages tell of lesser work too: reading what they need, and held-out perplexity during pre-training. */
static bool is_main_work(const ProgressWork *work, const Stage *stage)
{
    const double main_share = 0.5;
    if (!strcmp(work->unit, "bytes") || !strcmp(work->unit, "documents")) return false;
    return strcmp(work->unit, "tokens") != 0 || work->total >= main_share * stage->cost.tokens;
}

/* A stage that says nothing of its main work yet shows the lesser. */
bool plan_progress_read(PlanProgressState *state, const ProgressUpdate *update, const Stage *stage)
{
    const ProgressWork *work = update->work[0];
    const bool is_main = is_main_work(work, stage);
    if (!is_main && state->fraction > 0) return false;
    state->work = *work;
    if (is_main && work->total > 0) {
        state->fraction = fmin(work->done / work->total, 1);
        state->fraction_before = fmin(work->done_before / work->total, 1);
    }
    return true;
}

void plan_progress_pass(PlanProgress *progress, PlanProgressStage *const *running, int n)
{
    const double now = clock_seconds();
    for (int i = 0; i < n; i++) running[i]->seconds += (now - progress->passed_seconds) / n;
    progress->passed_seconds = now;
}

/* --- what is left ------------------------------------------------------------------------------------- */

void plan_progress_count(PlanProgress *progress)
{
    /* Of the stages that wait for a choice, one candidate's will be run. */
    const PlanCounts counts = plan_union_count(progress->all);
    progress->shown.n_stages = progress->shown.n_done + counts.to_do;
    if (counts.if_chosen > 0) progress->shown.n_stages += counts.if_chosen / counts.n_candidates;
}

static double estimated(const Stage *stage, int n_candidates)
{
    if (stage->done || stage->need == STAGE_NOT_CHOSEN) return 0;
    return stage->need == STAGE_NEEDED ? stage->cost.seconds : stage->cost.seconds / n_candidates;
}

static double fraction_of(const Stage *stage, PlanProgressStage *const *running, int n)
{
    for (int i = 0; i < n; i++)
        if (running[i]->stage == stage) return running[i]->state.fraction;
    return 0;
}

/* Negative: nothing is known of what is left. */
static double left_seconds(const PlanProgress *progress, PlanProgressStage *const *running, int n)
{
    const Graph *graph = &progress->all->graph;
    const int n_candidates = plan_union_count(progress->all).n_candidates;
    PlanLeft left = progress->left;
    double seconds = 0;
    for (int i = 0; i < n; i++) {
        const PlanProgressState *state = &running[i]->state;
        plan_left_took(&left, running[i]->stage,
                       (state->fraction - state->fraction_before) * running[i]->stage->cost.seconds,
                       running[i]->seconds);
    }
    for (int i = 0; i < graph->n; i++) {
        const Stage *stage = graph->stages[i];
        const double expected = estimated(stage, n_candidates);
        if (expected > 0)
            seconds +=
                plan_left_seconds(&left, stage, (1 - fraction_of(stage, running, n)) * expected);
    }
    return left.all_estimated > 0 ? seconds : -1;
}

/* Of stages that have ended, where nothing is known of the time. */
static double share(const ProgressPlan *plan)
{
    const double all = plan->elapsed_seconds + plan->left_seconds;
    if (plan->left_seconds >= 0 && all > 0) return plan->elapsed_seconds / all;
    return plan->n_stages > 0 ? (double)plan->n_done / plan->n_stages : 0;
}

/* --- the whole ---------------------------------------------------------------------------------------- */

void plan_progress_begin(PlanProgress *progress, const PlanUnion *all)
{
    const double now = clock_seconds();
    const int n_candidates = plan_union_count(all).n_candidates;
    *progress = (PlanProgress){
        .all = all,
        .teller = progress_teller(),
        .shown = {.name = all->name, .scale = all->items[0].plan->experiment->scale},
        .begun_seconds = now,
        .passed_seconds = now,
    };
    for (int i = 0; i < all->graph.n; i++)
        progress->left.all_estimated += estimated(all->graph.stages[i], n_candidates);
    plan_progress_count(progress);
}

void plan_progress_done(PlanProgress *progress, const PlanProgressStage *ended)
{
    const Stage *stage = ended->stage;
    progress->shown.n_done++;
    plan_progress_count(progress);
    plan_left_took(&progress->left, stage, (1 - ended->state.fraction_before) * stage->cost.seconds,
                   ended->seconds);
}

static void tell(PlanProgress *progress, PlanProgressStage *const *running, int n, bool finished)
{
    const ProgressWork *work[PROCESS_MOST];
    int n_work = 0;
    for (int i = 0; i < n; i++)
        if (running[i]->state.work.title[0]) work[n_work++] = &running[i]->state.work;
    ProgressPlan *shown = &progress->shown;
    shown->elapsed_seconds = clock_seconds() - progress->begun_seconds;
    shown->left_seconds = finished ? 0 : left_seconds(progress, running, n);
    shown->share = finished ? 1 : share(shown);
    const ProgressUpdate update = {.plan = shown, .work = work, .n = n_work, .finished = finished};
    progress_tell(&progress->teller, &update);
}

void plan_progress_show(PlanProgress *progress, PlanProgressStage *const *running, int n)
{
    if (progress_is_due(&progress->teller)) tell(progress, running, n, false);
}

void plan_progress_end(PlanProgress *progress)
{
    tell(progress, NULL, 0, true);
}
