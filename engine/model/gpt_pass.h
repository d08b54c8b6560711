/* Forward and backward of gpt: kernels called in the order of the paper's figure 1, left. The members of
 * Architecture (model/architecture.h), which states their contracts. */
#ifndef MODEL_GPT_PASS_H
#define MODEL_GPT_PASS_H

#include "model/architecture.h"

void gpt_pass_forward(const ModelPass *pass);
void gpt_pass_backward(const ModelPass *pass);
real *gpt_pass_states(const ModelPass *pass);
real *gpt_pass_state_gradients(const ModelPass *pass);

#endif
