/* The story world once more, by rules written here and not taken from the engine: what is so after a
 * story's events. */
#ifndef TESTS_STORYWORLD_TRUTH_H
#define TESTS_STORYWORLD_TRUTH_H

#include "data/storyworld/storyworld_tasks.h"

typedef enum Truth { TRUTH_SO, TRUTH_OPEN, TRUTH_NOT_SO } Truth; /* the labels of entailment */

/* Whether the claim is so after the story; EVENT_ENVIES claims that somebody wants a thing in vain. */
Truth storyworld_truth_of(const Story *story, const StoryEvent *claim);

/* Whether the person wanted something; whether it is so. */
bool storyworld_truth_wants(const Story *story, int person);
bool storyworld_truth_is_happy(const Story *story, int person);

/* Row `number` of a part's split. */
void storyworld_truth_row(StoryworldRow *row, StoryworldPart part, int64_t seed, DatasetSplit split,
                          uint64_t number);

#endif
