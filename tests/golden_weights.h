/* The weights of the golden models: a formula of tensor name and index, the same in tests/golden/gpt/make.py. */
#ifndef TESTS_GOLDEN_WEIGHTS_H
#define TESTS_GOLDEN_WEIGHTS_H

#include "model/tensors.h"

void golden_weights_fill(const TensorTable *table, real *block);

/* Does a tensor's name end so ("_norm.gain")? */
bool golden_weights_ends_with(const char *name, const char *ending);

#endif
