#include <stdio.h>

#include "cli/command.h"
#include "cli/planned.h"
#include "plan/store.h"

/* reprise explain EXPERIMENT: which input makes a stage run again. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Plan plan;
    StoreList list;
    Buffer text = buffer_create(arena);
    if (!planned_build(&plan, options->words[0], options, arena, err) ||
        !store_list(&list, plan.places.store, arena, err))
        return false;
    for (int i = 0; i < plan.graph.n; i++)
        if (!store_explain(&text, plan.graph.stages[i], &list, err)) return false;
    fputs(text.data, stdout);
    return true;
}

const Command command_explain = {
    .name = "explain",
    .arguments = "EXPERIMENT [--scale SCALE]",
    .help = "say for every stage why it is cached or to do",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_KERNELS,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
