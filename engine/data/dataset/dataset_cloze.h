/* A whole passage as texts of form cloze: a word in its middle leaves a gap, and other words of the passage are
 * what may stand there besides.
 *
 *   The gap    a word of the middle half, between white space, that stands in the passage twice: the nearest to
 *              the middle, the earlier of equals
 *   Others     words that stand there once: those with the longest common ending, then those of the nearest length, then
 *              the earliest
 *   Words      of six lower-case English letters or more, so that hardly any holds a sentence together instead of
 *              saying something
 *
 * So each candidate stands in what is left once, and how often it does gives nothing away. They are in
 * alphabetical order. */
#ifndef DATA_DATASET_CLOZE_H
#define DATA_DATASET_CLOZE_H

#include <stdint.h>
#include "base/arena.h"
#include "data/example/example.h"

/* What rows are counted by: on which side of the gap its word stands once more, "before" or "behind". */
#define DATASET_CLOZE_FACET "side"

/* Whether a passage has such a gap, and words enough for so many candidates. */
bool dataset_cloze_fits(const char *passage, int64_t candidates);

/* Makes texts, label and facet of text[0], a passage that fits. */
bool dataset_cloze_split(Example *example, int64_t candidates, Arena *arena, Error *err) MUST_USE;

#endif
