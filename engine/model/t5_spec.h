/* What a spec says of a t5 (model/t5.h). */
#ifndef MODEL_T5_SPEC_H
#define MODEL_T5_SPEC_H

#include <stdint.h>

typedef struct T5Spec {
    int64_t n_layer; /* of each stack */
    int64_t n_head;
    int64_t n_channel;
    int64_t n_context;
    double dropout;
} T5Spec;

#endif
