/* What a spec says of an lstm (model/lstm.h). */
#ifndef MODEL_LSTM_SPEC_H
#define MODEL_LSTM_SPEC_H

#include <stdint.h>

typedef struct LstmSpec {
    int64_t n_layer;
    int64_t n_hidden;
    int64_t n_channel;
    int64_t n_context;
    double dropout; /* embeddings and the output of each layer */
} LstmSpec;

#endif
