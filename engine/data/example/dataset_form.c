#include "data/example/dataset_form.h"

#include <stddef.h>

const char *const dataset_form_words[] = {
    "corpus",          "classification", "entailment", "similarity",
    "multiple-choice", "regression",     "winograd",   "last-word",
    "tokenizer",       "weights",        NULL};

bool dataset_form_is_labelled(DatasetForm form)
{
    return form != DATASET_CORPUS && form != DATASET_TOKENIZER && form != DATASET_WEIGHTS;
}
