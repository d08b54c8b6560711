#include "experiment/plan_progress.h"

#include <stdio.h>
#include <string.h>

void plan_progress_count(PlanProgress *progress)
{
    /* Of the stages that wait for a choice, one candidate's will be run. */
    PlanCounts counts = plan_union_count(progress->all);
    progress->left = graph_left(&progress->all->graph, counts.n_candidates);
    progress->n_left = counts.to_do;
    if (counts.if_chosen > 0) progress->n_left += counts.if_chosen / counts.n_candidates;
}

void plan_progress_add(PlanProgressRunning *running, const PlanProgressStage *state,
                       const Stage *stage)
{
    running->done += state->fraction * stage->cost.flops;
    running->resumed += state->fraction_before * stage->cost.flops;
}

void plan_progress_done(PlanProgress *progress, const PlanProgressStage *state, const Stage *stage)
{
    plan_progress_count(progress);
    progress->finished += stage->cost.flops;
    progress->resumed += state->fraction_before * stage->cost.flops;
    progress->n_finished++;
}

void plan_progress_begin(PlanProgress *progress, const PlanUnion *all)
{
    *progress = (PlanProgress){.all = all};
    plan_progress_count(progress);
    progress_begin(&progress->shown, "FLOP", progress->left, 0, "%s", all->name);
}

/* The rate, and so the time left, is of what this run has done. */
void plan_progress_show(PlanProgress *progress, PlanProgressRunning running, const char *doing)
{
    progress->shown.done_before = progress->resumed + running.resumed;
    progress->shown.total = progress->finished + progress->left;
    progress_values(&progress->shown, "%d of %d stages%s%s", progress->n_finished,
                    progress->n_finished + progress->n_left, *doing ? "  " : "", doing);
    progress_report(&progress->shown, progress->finished + running.done);
}

void plan_progress_end(PlanProgress *progress)
{
    plan_progress_show(progress, (PlanProgressRunning){0}, "");
    progress_end(&progress->shown);
}

/* Stages tell of lesser work too: reading what they need, and held-out perplexity during pre-training. */
static bool is_main_work(const ProgressUpdate *update, const Stage *stage)
{
    const double main_share = 0.5;
    if (!strcmp(update->unit, "bytes") || !strcmp(update->unit, "documents")) return false;
    return strcmp(update->unit, "tokens") != 0 || update->total >= main_share * stage->cost.tokens;
}

bool plan_progress_read(PlanProgressStage *state, const ProgressUpdate *update, const Stage *stage)
{
    if (!is_main_work(update, stage)) return false;
    state->fraction = update->total > 0 ? update->done / update->total : 0;
    state->fraction_before = update->total > 0 ? update->done_before / update->total : 0;
    snprintf(state->doing, sizeof state->doing, "%s%s%s", update->title,
             update->values[0] ? "  " : "", update->values);
    return true;
}
