/* Span corruption (Raffel et al. 2020, sections 3.1.4 and 3.3.4; the authors' random_spans_noise_mask and
 * noise_span_to_unique_sentinel): spans of the text are cut out of the source, and the target tells them.
 *
 *   text     T tokens, kept and cut out in turn, from a kept piece to a cut one
 *   cut out  round(0.15 T) tokens, halves to even, one at least, in round(that / 3) spans, one at least; all ways to
 *            cut are as likely. A text of one token is kept
 *   source   the text with a sentinel in the place of each span, and the end. The first is the last of the
 *            vocabulary's sentinels, and so on downwards
 *   target   each sentinel with the tokens of its span, and the end
 *   rows     are given the start and all of the target but its end, and predict the target
 *
 * So 568 tokens become a source of 512 and a target of 114, as published.
 *
 * The likelihood of a stretch of a text is that of its tokens in the target, behind the sentinel that stands for it in
 * the source; of a text that is scored as a whole, a pass a token, each of which is cut out alone.
 *
 * A last sentinel, which figure 2 of the paper has before the end of a target, is never there: it would stand for what
 * is kept behind the last span, and a text ends in a span. The authors' code gives none either.
 *
 * Differs: there are 100 sentinels, so a text has 100 spans at most (published texts have 28); the authors' code would
 * go on into the words. Theirs rounds 0.15 T in floats, which takes few halves up. */
#ifndef LEARNER_SPAN_CORRUPTION_H
#define LEARNER_SPAN_CORRUPTION_H

#include "learner/objective.h"

extern const Objective span_corruption;

#endif
