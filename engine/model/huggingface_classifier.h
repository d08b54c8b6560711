/* A model with a linear head as the library's model for sequence classification or multiple choice. A head without a bias
 * gets the one that it is given. Where the library's head has none (OpenAIGPTForSequenceClassification), the last layer norm
 * takes it over.
 *
 * Outputs are W h + c of a state h = gain n + bias, the last layer norm's. With the least shift d of that bias for
 * which W d = c, W (h + d) = W h + c: the same outputs without a bias of the head. The states are no longer those of
 * the language model.
 *
 * Errors  no such shift: the columns of W depend on each other */
#ifndef MODEL_HUGGINGFACE_CLASSIFIER_H
#define MODEL_HUGGINGFACE_CLASSIFIER_H

#include "model/huggingface_names.h"

typedef struct HuggingfaceHead {
    int n_channel, n_labels;
    const real *weight; /* [n_channel, n_labels] */
    const real *bias;   /* [n_labels] */
} HuggingfaceHead;

/* The tensors of a model under their names, with this head in the place of its own; returns a block of them, in the
 * arena. */
real *huggingface_classifier(HuggingfaceNames *names, const HuggingfaceFamily *family,
                             const TensorTable *ours, const real *weights,
                             const HuggingfaceHead *head, Arena *arena, Error *err) MUST_USE;

#endif
