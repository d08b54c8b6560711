/* What the stages that measure a language model itself will take (estimate.h). */
#ifndef STAGES_ESTIMATE_PROBE_H
#define STAGES_ESTIMATE_PROBE_H

#include "stages/stage_request.h"

/* Of held-out text, before it is there, only the share is known: a guess (estimate_probe.c). */
StageEstimate estimate_probe_zero_shot, estimate_probe_position;
bool estimate_probe_published(StageCost *cost, const StageRequest *request, Arena *arena,
                              Error *err) MUST_USE; /* weights are only measured */
bool estimate_probe_context_window(StageCost *cost, const StageRequest *request,
                                   const IntList *windows, Arena *arena, Error *err) MUST_USE;

/* `models`: one for each of probe.rate_lengths. */
bool estimate_probe_rate(StageCost *cost, const StageRequest *request,
                         const SpecEntryChoice *models, Arena *arena, Error *err) MUST_USE;

/* Operations of forward, backward and softmax a token, in sequences of T. */
double estimate_probe_trained_token(const SpecEntryChoice *model, int n_vocab, int T);

#endif
