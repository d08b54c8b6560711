/* The registry of families: one row each. */
#include <string.h>

#include "model/huggingface_bert.h"
#include "model/huggingface_family.h"
#include "model/huggingface_gpt.h"
#include "model/huggingface_t5.h"

const HuggingfaceFamily *const huggingface_families[] = {&huggingface_gpt, &huggingface_bert,
                                                         &huggingface_t5, NULL};

const HuggingfaceFamily *huggingface_family_of(const Architecture *architecture)
{
    const HuggingfaceFamily *const *family = huggingface_families;
    while (*family && (*family)->architecture != architecture) family++;
    return *family;
}

const HuggingfaceFamily *huggingface_family_named(const char *model_type)
{
    const HuggingfaceFamily *const *family = huggingface_families;
    while (*family && strcmp((*family)->model_type, model_type) != 0) family++;
    return *family;
}

const char *huggingface_family_class(const HuggingfaceFamily *family, HuggingfaceHeadKind head)
{
    switch (head) {
    case HUGGINGFACE_HEAD_NONE: return family->language_model;
    case HUGGINGFACE_HEAD_CLASSES:
    case HUGGINGFACE_HEAD_NUMBER: return family->classifier;
    case HUGGINGFACE_HEAD_CHOICE: return family->chooser;
    }
    return NULL;
}
