#include "experiment/plan_listener.h"

void plan_listener_tell(const PlanListener *listener, PlanUnion *all, Error *err)
{
    for (int p = 0; p < all->n; p++) {
        PlanUnionItem *item = &all->items[p];
        Error why = {0};
        if (item->failed || item->finished || !plan_union_is_complete(item->plan)) continue;
        item->finished = listener->finished(item->plan, listener->context, &why);
        if (!item->finished) plan_union_fail(all, p, &why, err);
    }
}
