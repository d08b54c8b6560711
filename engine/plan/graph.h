/* A directed graph of stages in which equal ones are one, whoever asks for them. Knows edges, keys and costs,
 * no kind by name.
 *
 * Ownership  stages live in the graph's arena */
#ifndef PLAN_GRAPH_H
#define PLAN_GRAPH_H

#include "plan/stage.h"

typedef struct Graph {
    const char *store;             /* folder of all outputs */
    const StageServices *services; /* for every stage that is added */
    Arena *arena;
    int n, capacity;
    Stage **stages; /* [n] in an order in which inputs come first */
} Graph;

/* The stage that this document and these inputs make: the graph's own when it is there already, else a
 * new one with *is_new set, whose title and cost the caller fills in. NULL on failure. */
Stage *graph_add(Graph *graph, const StageKind *kind, Json *document, Stage *const *inputs,
                 int n_inputs, bool *is_new, Error *err) MUST_USE;

/* Where in the graph the stage is that is equal to one of another graph: a copy of it, where there was none, with
 * inputs of this graph, which are taken first. */
bool graph_take(int *at, Graph *graph, const Stage *stage, Error *err) MUST_USE;

/* Of stages that are not done. */
typedef struct GraphCounts {
    int to_do, if_chosen;
} GraphCounts;
GraphCounts graph_count(const Graph *graph);

/* Operations of what is to do, with those of one in `n_candidates` of the stages that wait for a choice. */
double graph_left(const Graph *graph, int n_candidates);

/* For each stage the operations of the longest chain that begins with it: what is longest is begun first,
 * so that at the end nobody waits for it. [n] */
double *graph_chains(const Graph *graph, Error *err) MUST_USE;

#endif
