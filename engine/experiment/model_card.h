/* README.md of an exported model, in the form that is called a model card. */
#ifndef EXPERIMENT_MODEL_CARD_H
#define EXPERIMENT_MODEL_CARD_H

#include "experiment/plan.h"

typedef struct ModelCard {
    const Plan *plan;
    const PlanCell *cell;
    const Stage *stage;    /* that made the weights */
    const StageTask *task; /* NULL: a language model */
    const Stage *evaluate; /* of the task; NULL: not done */
    int64_t seed;          /* of the fine-tuning */
    bool for_library;      /* Hugging Face's; else the folder has the engine's own files */
} ModelCard;

bool model_card_write(const char *folder, const ModelCard *card, Arena *scratch,
                      Error *err) MUST_USE;

#endif
