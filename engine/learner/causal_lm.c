#include "learner/causal_lm.h"

#include "learner/tied_softmax.h"

static int n_targets(int length)
{
    return length;
}

static void ask(int *token, int *target, int length, int next, const SpecialTokens *special,
                RngKey key)
{
    (void)special, (void)key;
    for (int i = 0; i + 1 < length; i++) target[i] = token[i + 1];
    if (length > 0) target[length - 1] = next;
}

const Objective causal_lm = {
    .title = "predicts the next token",
    .mask = ATTENTION_CAUSAL,
    .n_targets = n_targets,
    .ask = ask,
    .loss = tied_softmax_loss,
};
