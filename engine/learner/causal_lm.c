#include "learner/causal_lm.h"

#include <string.h>

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

static int n_questions(int n_scored, bool whole)
{
    (void)n_scored, (void)whole;
    return 1;
}

/* The last token of a text is predicted, never read. What stands behind a stretch counts with it: how likely that is
 * says how well the stretch fits. */
static void question(ObjectiveQuestion *question, const ObjectiveStretch *stretch, int number,
                     const SpecialTokens *special)
{
    (void)number, (void)special;
    question->length = stretch->length - 1;
    memcpy(question->token, stretch->token, (size_t)question->length * sizeof(int));
    question->row = stretch->from - 1;
    question->scored = stretch->from;
    question->n_scored = stretch->length - stretch->from;
}

const Objective causal_lm = {
    .title = "predicts the next token",
    .asked = "next tokens",
    .mask = ATTENTION_CAUSAL,
    .n_targets = n_targets,
    .ask = ask,
    .loss = tied_softmax_loss,
    .likelihood = "log-likelihood, each token given those before it",
    .n_more = 1,
    .n_questions = n_questions,
    .question = question,
};
