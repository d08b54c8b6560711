#include "data/example/dataset_form.h"

#include <stddef.h>

const char *const dataset_form_words[] = {
    "corpus",     "classification", "entailment", "similarity",    "multiple-choice",
    "regression", "winograd",       "last-word",  "minimal-pairs", "cloze",
    "tokenizer",  "weights",        NULL};

bool dataset_form_is_labelled(DatasetForm form)
{
    return form != DATASET_CORPUS && form != DATASET_TOKENIZER && form != DATASET_WEIGHTS;
}

int dataset_form_first_answer(DatasetForm form)
{
    if (form == DATASET_MULTIPLE_CHOICE) return 1;
    return form == DATASET_WINOGRAD || form == DATASET_CLOZE ? 2 : 0;
}

bool dataset_form_has_answers(DatasetForm form)
{
    return dataset_form_is_labelled(form) && form != DATASET_LAST_WORD &&
           form != DATASET_MINIMAL_PAIRS;
}

bool dataset_form_is_tuned(DatasetForm form)
{
    return dataset_form_has_answers(form) && form != DATASET_WINOGRAD && form != DATASET_CLOZE;
}
