/* Span corruption (Raffel et al. 2020, section 3.1.4): spans of the text are cut out of the source, and the
 * target tells them.
 *
 *   text     T tokens, kept and cut out in turn, from a kept piece to a cut one
 *   cut out  round(0.15 T) tokens, one at least, in round(that / 3) spans, one at least and at most as many as
 *            pieces can be kept; all ways to cut are as likely
 *   source   the text with a sentinel in the place of each span: the first for the first, and so on
 *   target   each sentinel with the tokens of its span, and behind the last span one sentinel more
 *   rows     are given the target and predict the next of it, from the first sentinel, which is always the same
 *
 * The likelihood of a stretch of a text is that of its tokens in the target, behind the sentinel that stands for it in
 * the source; of a text that is scored as a whole, a pass a token, each of which is cut out alone.
 *
 * Differs: the decoder is given no start token, since the first token of a target never varies; sentinels
 * ascend behind the tokenizer's ids, and are 100, so that a text has 99 spans at most. */
#ifndef LEARNER_SPAN_CORRUPTION_H
#define LEARNER_SPAN_CORRUPTION_H

#include "learner/objective.h"

extern const Objective span_corruption;

#endif
