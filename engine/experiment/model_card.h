/* README.md of an exported model, in the form that is called a model card. */
#ifndef EXPERIMENT_MODEL_CARD_H
#define EXPERIMENT_MODEL_CARD_H

#include "experiment/plan_model.h"
#include "model/huggingface_family.h"

typedef struct ModelCard {
    const PlanModel *model;
    /* In Hugging Face's library; NULL: the folder has the engine's own files. */
    const HuggingfaceFamily *family;
    HuggingfaceHeadKind head; /* of a task's model there */
} ModelCard;

bool model_card_write(const char *folder, const ModelCard *card, Arena *scratch,
                      Error *err) MUST_USE;

#endif
