/* A pre-trained language model before the documents that it was not trained on: where the stages begin
 * that measure how it predicts running text. */
#ifndef STAGES_HELD_OUT_H
#define STAGES_HELD_OUT_H

#include "experiment/plan.h"
#include "text/token_file.h"

enum { HELD_OUT_INPUTS = 3 };

typedef struct HeldOut {
    TokenFile tokens;
    bool *wanted;    /* [n_documents] */
    Learner learner; /* likelihood_setup, with the final weights */
} HeldOut;

/* The inputs of such a stage. */
void held_out_inputs(Stage *inputs[HELD_OUT_INPUTS], const PlanCell *cell);

/* Opens them. */
bool held_out_open(HeldOut *held_out, const Stage *stage, const Settings *settings,
                   const Kernels *kernels, Arena *arena, Error *err) MUST_USE;

#endif
