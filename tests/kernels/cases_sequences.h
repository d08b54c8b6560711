/* Rows of the table of cases.c for kernels that work sequence by sequence. */
#ifndef TESTS_KERNELS_CASES_SEQUENCES_H
#define TESTS_KERNELS_CASES_SEQUENCES_H

#include "cases.h"

CaseSizing cases_sequences_attention_sizes, cases_sequences_biased_sizes,
    cases_sequences_cross_sizes, cases_sequences_cross_biased_sizes,
    cases_sequences_lstm_layer_sizes;
CasePreparation cases_sequences_cross_prepare, cases_sequences_packed_prepare;
CaseCall cases_sequences_causal_forward, cases_sequences_causal_backward,
    cases_sequences_bidirectional_forward, cases_sequences_bidirectional_backward,
    cases_sequences_cross_forward, cases_sequences_cross_backward,
    cases_sequences_lstm_layer_forward, cases_sequences_lstm_layer_backward;

#endif
