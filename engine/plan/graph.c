#include "plan/graph.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static bool append(Graph *graph, Stage *stage, Error *err)
{
    if (graph->n == graph->capacity) {
        int capacity = graph->capacity ? 2 * graph->capacity : 64;
        Stage **stages = arena_alloc(graph->arena, (size_t)capacity, sizeof(Stage *), err);
        if (!stages) return false;
        if (graph->n) memcpy(stages, graph->stages, (size_t)graph->n * sizeof(Stage *));
        graph->stages = stages;
        graph->capacity = capacity;
    }
    graph->stages[graph->n++] = stage;
    return true;
}

/* Negative: it is not there. */
static int find(const Graph *graph, const Stage *stage)
{
    for (int i = 0; i < graph->n; i++)
        if (graph->stages[i]->kind == stage->kind &&
            !strcmp(graph->stages[i]->key.text, stage->key.text))
            return i;
    return -1;
}

Stage *graph_add(Graph *graph, const StageKind *kind, Json *document, Stage *const *inputs,
                 int n_inputs, bool *is_new, Error *err)
{
    Stage *stage = arena_alloc(graph->arena, 1, sizeof(Stage), err);
    if (!stage || !document) return NULL;
    *stage = (Stage){
        .kind = kind, .document = document, .n_inputs = n_inputs, .services = graph->services};
    for (int i = 0; i < n_inputs; i++) stage->input[i] = inputs[i];
    if (!stage_seal(stage, graph->store, graph->arena, err)) return NULL;
    int at = find(graph, stage);
    *is_new = at < 0;
    if (!*is_new) return graph->stages[at];
    return append(graph, stage, err) ? stage : NULL;
}

bool graph_take(int *at, Graph *graph, const Stage *stage, Error *err)
{
    *at = find(graph, stage);
    if (*at >= 0) return true;
    Stage *copy = arena_alloc(graph->arena, 1, sizeof *copy, err);
    if (!copy) return false;
    *copy = *stage;
    for (int i = 0; i < stage->n_inputs; i++) {
        int input = find(graph, stage->input[i]);
        assert(input >= 0);
        copy->input[i] = graph->stages[input];
    }
    *at = graph->n;
    return append(graph, copy, err);
}

GraphCounts graph_count(const Graph *graph)
{
    GraphCounts counts = {0};
    for (int i = 0; i < graph->n; i++) {
        const Stage *stage = graph->stages[i];
        counts.to_do += stage_is_to_do(stage);
        counts.if_chosen += stage->need == STAGE_IF_CHOSEN && !stage->done;
    }
    return counts;
}

double graph_left(const Graph *graph, int n_candidates)
{
    double left = 0;
    for (int i = 0; i < graph->n; i++) {
        const Stage *stage = graph->stages[i];
        if (stage_is_to_do(stage)) left += stage->cost.flops;
        else if (stage->need == STAGE_IF_CHOSEN && !stage->done)
            left += stage->cost.flops / n_candidates;
    }
    return left;
}

static int index_of(const Graph *graph, const Stage *stage)
{
    int i = 0;
    while (graph->stages[i] != stage) i++;
    return i;
}

/* Inputs stand before what reads them, so from the last to the first every chain is known in time. */
double *graph_chains(const Graph *graph, Error *err)
{
    double *chain = arena_alloc(graph->arena, (size_t)graph->n, sizeof *chain, err);
    for (int i = graph->n - 1; chain && i >= 0; i--) {
        const Stage *stage = graph->stages[i];
        chain[i] += stage->cost.flops; /* to the longest of what reads it */
        for (int k = 0; k < stage->n_inputs; k++) {
            double *before = &chain[index_of(graph, stage->input[k])];
            *before = fmax(*before, chain[i]);
        }
    }
    return chain;
}
