/* Kinds of heads: what an example's outputs say, and what being wrong costs.
 *
 *   classes        one output a class; cross-entropy of the right one; predicts the largest
 *   choice         one output an answer, however many there are; the same over the answers
 *   soft bins      a number: one output for each integer of its range. The truth is a distribution
 *                  over the two integers beside it whose mean it is (Tai et al. 2015, section 4.2);
 *                  cross-entropy with it; predicts the mean of the outputs' softmax
 *   squared error  a number: one output on a scale on which the range is 0 to 1; squared
 *                  difference; predicts the output, back on the range's scale (not cut off at its
 *                  ends)
 *
 *   words          text to text: one output an answer, the log-likelihood of its words; predicts the largest
 *   number words   a number: the same over numbers that are answers, evenly spaced over its range
 *                  (task/text_to_text.h). What these two cost is said of their words (learner/answering.h)
 *
 * Of equal outputs the first is the largest. Losses are in nats, but for squared error. */
#ifndef TASK_HEAD_KIND_H
#define TASK_HEAD_KIND_H

#include <stdbool.h>

#include "kernels/kernels.h"

/* What the targets of a regression lie between; any truth outside it counts as its end. */
typedef struct HeadRange {
    double low, high;
} HeadRange;

enum { HEAD_KIND_MAX_BINS = 64 };

/* One integer a bin, from low down to high up; more than HEAD_KIND_MAX_BINS are too many. */
double head_kind_bins(HeadRange range);

/* The loss of one example with n outputs z; adds weight times its gradient to dz unless NULL. */
typedef real HeadLoss(real *dz, const real *z, int n, double truth, HeadRange range, real weight,
                      const Kernels *kernels);
typedef double HeadPrediction(const real *z, int n, HeadRange range);

typedef struct HeadKind {
    const char *name;
    bool is_choice; /* an output for each of the example's sequences, else the same for all */
    bool is_words;  /* the language model's: no head of its own, and no loss here */
    HeadLoss *loss;
    HeadPrediction *predict;
} HeadKind;

extern const HeadKind head_kind_classes, head_kind_choice, head_kind_soft_bins,
    head_kind_squared_error, head_kind_words, head_kind_number_words;

#endif
