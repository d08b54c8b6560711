/* Stage `context-window`: perplexity of held-out text against the number of tokens that predictions are made
 * from (measure/context.h). Output: probe.json, and window-NNNNN.json for each number: losses by document. */
#ifndef STAGES_STAGE_CONTEXT_WINDOW_H
#define STAGES_STAGE_CONTEXT_WINDOW_H

#include "stages/stage_row.h"

extern const StageRow stage_context_window;

#endif
