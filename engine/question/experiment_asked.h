/* An experiment at a scale, as a command line asks for it. A scale's name may hold what a shell takes for something
 * else: tiny+seeds=[1,2]. */
#ifndef QUESTION_EXPERIMENT_ASKED_H
#define QUESTION_EXPERIMENT_ASKED_H

#include "base/buffer.h"

/* NAME --scale SCALE */
bool experiment_asked_words(Buffer *command, const char *name, const char *scale,
                            Error *err) MUST_USE;

/* Adds the hint "reprise run NAME --scale SCALE", and what stands behind it. Always returns false. */
bool experiment_asked_hint(Error *err, const char *name, const char *scale, const char *behind);

#endif
