#include "learner/causal_lm.h"

#include "learner/tied_softmax.h"

static int n_targets(int length)
{
    return length;
}

static void ask(ObjectiveText *text, const SpecialTokens *special, RngKey key)
{
    (void)special, (void)key;
    for (int i = 0; i + 1 < text->length; i++) text->target[i] = text->token[i + 1];
    if (text->length > 0) text->target[text->length - 1] = text->next;
}

const Objective causal_lm = {
    .title = "predicts the next token",
    .mask = ATTENTION_CAUSAL,
    .n_targets = n_targets,
    .ask = ask,
    .loss = tied_softmax_loss,
};
