/* What claims ask of the course of a fine-tuning. One value for each seed. */
#ifndef ANALYSIS_COURSE_H
#define ANALYSIS_COURSE_H

#include "analysis/score_draws.h"

/* value [n_seeds]: updates until the validation score is first as high as `cell` and `other`, with the same
 * seed, both come to be; between two epochs on a straight line. */
void course_updates(double *value, const ScoreDraws *scores, size_t cell, size_t other,
                    size_t task);

/* value [n_seeds]: training loss minus validation loss at the epoch whose weights were kept, nats an example.
 * The training loss is that of the epoch's own updates, with dropout. */
bool course_gaps(double *value, const ScoreDraws *scores, size_t cell, size_t task,
                 Error *err) MUST_USE;

#endif
