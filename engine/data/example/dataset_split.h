/* The parts of a data set, by what they are for. */
#ifndef DATA_EXAMPLE_DATASET_SPLIT_H
#define DATA_EXAMPLE_DATASET_SPLIT_H

/* SPLIT_SUBMISSION: rows whose labels only a benchmark's server knows; few data sets have it. */
typedef enum DatasetSplit {
    SPLIT_TRAIN,
    SPLIT_VALIDATION,
    SPLIT_TEST,
    SPLIT_SUBMISSION,
    N_SPLITS
} DatasetSplit;
extern const char *const dataset_split_words[]; /* "train", "validation", ...; NULL-terminated */

#endif
