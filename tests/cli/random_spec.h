/* Random specs at the smallest size, and the data sets at the edge that they name: one class, one row, a text of one
 * letter, a label that is never trained on, a split without rows. A spec is a function of its number. */
#ifndef TESTS_RANDOM_SPEC_H
#define TESTS_RANDOM_SPEC_H

#include <stddef.h>
#include <stdint.h>

typedef enum RandomModel { GPT, LSTM, ENCODER } RandomModel;

typedef struct RandomSpec {
    char text[16384];
    size_t length;
    uint64_t number, draws;
    RandomModel model; /* of the whole spec */
} RandomSpec;

void random_spec_make(RandomSpec *spec, uint64_t number);

/* Manifests and rows, into the scratch folder. */
void random_spec_write_data(void);

#endif
