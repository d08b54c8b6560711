/* Values of a stored tensor into a block, of whatever type they are. */
#ifndef MODEL_WEIGHTS_VALUES_H
#define MODEL_WEIGHTS_VALUES_H

#include "kernels/memory.h"
#include "model/safetensors.h"

/* All values of a tensor whose type is read and whose bytes are those of its shape. What is not a finite number is an
 * error. */
bool weights_values_read(real *block, const Memory *memory, const SafetensorsFile *file,
                         const SafetensorsTensor *stored, Error *err) MUST_USE;

/* Are they finite numbers, all of them? */
bool weights_values_check(const SafetensorsFile *file, const SafetensorsTensor *stored,
                          Error *err) MUST_USE;

/* At most so many values at a time into a block. false: *bad of them is not a finite number, and none is put. */
enum { WEIGHTS_VALUES_PIECE = 4096 };
bool weights_values_put(real *block, const Memory *memory, const float *values, size_t n,
                        size_t *bad) MUST_USE;

#endif
