/* A Transformer whose states see their whole sequence (Devlin et al. 2019), of the blocks, weights and
 * settings of gpt (model/gpt.h): another mask, and nothing else.
 * What was published is model/bert.h. */
#ifndef MODEL_ENCODER_H
#define MODEL_ENCODER_H

#include "model/architecture.h"

extern const Architecture encoder;

/* Of any one stack of such blocks in which a query meets all T keys. */
double encoder_flops(const void *spec, int T, int n_source);

#endif
