/* A trained model of a finished plan as a folder that other programs open.
 *
 *   gpt, bert, t5   the files of Hugging Face's library (model/huggingface.h, text/tokenizer_huggingface.h): a language
 *          model, or one of a task: for classes or a number (not as shares of integers), where one order of two texts says
 *          all, and with answers to choose from where the library has a class for it; of t5 a task's model is one of
 *          language, too
 *   lstm   weights.safetensors as it is, with the original tokenizer's files; the library has no such model
 *
 * README.md of the folder is a model card: data, licences, how it was made, numbers, and what differs from ours. The
 * folder appears by rename when complete. */
#ifndef EXPERIMENT_MODEL_EXPORT_H
#define EXPERIMENT_MODEL_EXPORT_H

#include "experiment/plan_model.h"

typedef struct ModelExportChoice {
    PlanModelChoice model;
    const char *folder; /* where to; must be empty if it is there */
} ModelExportChoice;

bool model_export_write(const Plan *plan, const ModelExportChoice *choice, Arena *arena,
                        Error *err) MUST_USE;

#endif
