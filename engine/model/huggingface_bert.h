/* A bert in the library (transformers, models/bert), whose query, key and value are tensors of their own. Of
 * BertForPreTraining, BertForMaskedLM, BertForSequenceClassification and BertModel what is there is read; what predicts the
 * next sentence is let pass. */
#ifndef MODEL_HUGGINGFACE_BERT_H
#define MODEL_HUGGINGFACE_BERT_H

#include "model/huggingface_family.h"

extern const HuggingfaceFamily huggingface_bert;

#endif
