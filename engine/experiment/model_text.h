/* Text that a trained model of a plan writes. */
#ifndef EXPERIMENT_MODEL_TEXT_H
#define EXPERIMENT_MODEL_TEXT_H

#include "experiment/plan_model.h"
#include "measure/generate.h"

typedef struct ModelTextPrompt {
    const char *text;    /* to go on from */
    const char *weights; /* a file in the place of the model's own; NULL: none */
} ModelTextPrompt;

/* *text: prompt and what follows. A fine-tuned model's language model goes on from the start token, behind which it
 * has seen all texts of its task; one whose texts are sources has none there. One that was fine-tuned without its
 * readout is refused. */
bool model_text_sample(char **text, const PlanModel *model, const ModelTextPrompt *prompt,
                       const GenerateSpec *spec, Arena *arena, Error *err) MUST_USE;

#endif
