/* What every bert has (Devlin et al. 2019; the released code). Its fields are those of a gpt (model/gpt_spec.h). */
#ifndef MODEL_BERT_SPEC_H
#define MODEL_BERT_SPEC_H

#include "base/real.h"

enum { BERT_SEGMENTS = 2 };
#define BERT_EPSILON ((real)1e-12) /* of its layer norms */

#endif
