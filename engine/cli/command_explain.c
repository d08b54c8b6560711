#include <stdio.h>

#include "cli/command.h"
#include "cli/planned.h"
#include "plan/explain.h"

/* reprise explain EXPERIMENT: which change makes a stage run again. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    PlanUnion all;
    StoreList list;
    Buffer text = buffer_create(arena);
    if (!planned_open(&all, options, arena, err) || !store_list(&list, options->store, arena, err))
        return false;
    Explain explain = explain_begin(&list, stage_row_complete, arena);
    for (int i = 0; i < all.graph.n; i++)
        if (!explain_stage(&text, &explain, all.graph.stages[i], err)) return false;
    if (!explain_summary(&text, &explain, err)) return false;
    fputs(text.data, stdout);
    return true;
}

const Command command_explain = {
    .name = "explain",
    .arguments = "EXPERIMENT|all [--scale SCALE]",
    .help = "say for every stage why it is cached or to do: which setting has another value now",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_KERNELS,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
