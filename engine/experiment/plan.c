#include "experiment/plan.h"

PlanCounts plan_count(const Plan *plan)
{
    GraphCounts counts = graph_count(&plan->graph);
    return (PlanCounts){counts.to_do, counts.if_chosen,
                        plan->n_cells > 0 ? plan->cells[0].n_candidates : 0};
}
