#include "experiment/plan_check.h"

#include "plan/stage_held.h"
#include "question/experiment_asked.h"

bool plan_check_stage(const Plan *plan, const Stage *stage, Error *err)
{
    if (stage_held(stage, err)) return true;
    error_wrap(err, "reading stage %s (%s)", stage->kind->name, stage->title);
    return experiment_asked_hint(err, plan->experiment->name, plan->experiment->scale,
                                 ", which sets it aside and makes it again");
}

bool plan_check_stages(const PlanUnionItem *item, bool *held, Error *err)
{
    for (int i = 0; i < item->plan->graph.n; i++) {
        const Stage *stage = item->plan->graph.stages[i];
        if (stage->need != STAGE_NEEDED || !stage->done || held[item->at[i]]) continue;
        if (!plan_check_stage(item->plan, stage, err)) return false;
        held[item->at[i]] = true;
    }
    return true;
}
