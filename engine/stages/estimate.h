/* What stages will take, before anything runs: floating-point operations of matrix products,
 * memory as the tables of tensors state it, and time by this machine's own measured rate. */
#ifndef STAGES_ESTIMATE_H
#define STAGES_ESTIMATE_H

#include "plan/graph.h"
#include "stages/stage_request.h"

/* Tokens of a text of which nothing is known: neither is the data here, nor does the manifest say. */
enum { ESTIMATE_TOKENS_A_TEXT = 24 };

/* Backward does each product of forward twice more. */
enum { ESTIMATE_TRAINING_FACTOR = 3 };

/* Tokens of the vocabulary, special ones not counted: of a published tokenizer as its manifest says; one
 * to be learnt has its merges and some single characters. */
int estimate_vocabulary(const StageRequest *request);

/* Mean tokens of the sequences of the request's task, `n_special` special ones among them (task/lengths.h);
 * `typical` where nothing is known. */
double estimate_length(const StageRequest *request, int n_special, double typical);

/* Forward operations of `sequences` sequences of T tokens, the softmax over the vocabulary
 * included when the language model is asked for. */
double estimate_forward_flops(const StageRequest *request, double sequences, int T,
                              bool language_model);

StageEstimate estimate_pretrain, estimate_finetune, estimate_evaluate;

/* Says what the products of the model are like that cost.flops are of. */
void estimate_products(StageCost *cost, const SpecEntryChoice *model, Precision precision);

/* Operations a second of large matrix products of each precision; 0: not asked for. */
typedef struct EstimateRates {
    double flops_a_second[PRECISION_BF16 + 1];
} EstimateRates;

/* Timed now (about 0.15 s each), where a stage that is to do asks for them. */
bool estimate_rates(EstimateRates *rates, const Graph *graph, const Kernels *kernels,
                    Error *err) MUST_USE;

/* Fills cost.seconds of every stage that is to do. */
void estimate_seconds(Graph *graph, const EstimateRates *rates);

#endif
