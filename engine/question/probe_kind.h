/* What is measured on a pre-trained language model itself, without fine-tuning, as a curve over x. */
#ifndef QUESTION_PROBE_KIND_H
#define QUESTION_PROBE_KIND_H

typedef enum ProbeKind {
    PROBE_ZERO_SHOT,      /* x: tokens trained on so far, a checkpoint each */
    PROBE_CONTEXT_WINDOW, /* x: the k preceding tokens that are conditioned on; held-out documents */
    PROBE_POSITION,       /* x: position in the context, from 1; held-out documents */
    PROBE_TRAINING_RATE,  /* x: tokens a sequence; tokens a second, of this machine: no number of a
                             result, not reproduced bit for bit */
    N_PROBE_KINDS
} ProbeKind;
extern const char *const probe_kind_words[]; /* "zero-shot", "context-window", "position", "rate" */

#endif
