/* A Transformer whose states see their whole sequence (Devlin et al. 2019), of the blocks, weights and
 * settings of gpt (model/gpt.h): another mask, and nothing else.
 *
 * Differs: the published encoder adds segment embeddings and a layer norm behind the embeddings. */
#ifndef MODEL_ENCODER_H
#define MODEL_ENCODER_H

#include "model/architecture.h"

extern const Architecture encoder;

#endif
