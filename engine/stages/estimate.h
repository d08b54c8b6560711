/* What stages will take, before anything runs: floating-point operations of matrix products,
 * memory as the tables of tensors state it, and time by this machine's own measured rate. */
#ifndef STAGES_ESTIMATE_H
#define STAGES_ESTIMATE_H

#include "experiment/plan.h"

/* Sequences of rows tokens before the data is there: a typical length, half the context at most. */
enum { ESTIMATE_TOKENS_A_TEXT = 24 };

/* Backward does each product of forward twice more. */
enum { ESTIMATE_TRAINING_FACTOR = 3 };

/* Tokens of the vocabulary, special ones not counted: of a published tokenizer as its manifest says; one
 * to be learnt has its merges and some single characters. */
int estimate_vocabulary(const PlanCell *cell);

/* Forward operations of `sequences` sequences of T tokens, the softmax over the vocabulary
 * included when the language model is asked for. */
double estimate_forward_flops(const PlanCell *cell, double sequences, int T, bool language_model);

bool estimate_pretrain(StageCost *cost, const Plan *plan, const PlanCell *cell,
                       Error *err) MUST_USE;
bool estimate_finetune(StageCost *cost, const Plan *plan, const PlanCell *cell,
                       const PlanTask *task, Error *err) MUST_USE;
bool estimate_evaluate(StageCost *cost, const Plan *plan, const PlanCell *cell,
                       const PlanTask *task, Error *err) MUST_USE;

/* Fills cost.seconds of every stage that is to do, from a matrix product timed now (about 0.1
 * s). */
bool estimate_seconds(Plan *plan, Error *err) MUST_USE;

#endif
