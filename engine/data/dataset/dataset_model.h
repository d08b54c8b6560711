/* Where the verified files of a published model lie, and how they are written down. */
#ifndef DATA_DATASET_MODEL_H
#define DATA_DATASET_MODEL_H

#include <stddef.h>

typedef enum DatasetWeightsLayout {
    WEIGHTS_OPENAI_GPT1, /* numpy shards of one long vector, and the shapes that it is cut into */
    WEIGHTS_HUGGINGFACE, /* a folder with config.json and safetensors */
} DatasetWeightsLayout;

typedef struct DatasetModel {
    DatasetWeightsLayout layout;
    char *shapes; /* of openai-gpt1 */
    char **files; /* [n] the others, in the manifest's order */
    size_t n;
} DatasetModel;

#endif
