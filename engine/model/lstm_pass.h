/* Forward and backward of lstm: kernels called in the order of the formula in model/lstm.h. The members of
 * Architecture (model/architecture.h), which states their contracts. */
#ifndef MODEL_LSTM_PASS_H
#define MODEL_LSTM_PASS_H

#include "model/architecture.h"

void lstm_pass_forward(const ModelPass *pass);
void lstm_pass_backward(const ModelPass *pass);
real *lstm_pass_states(const ModelPass *pass);
real *lstm_pass_state_gradients(const ModelPass *pass);

#endif
