/* Pairs of events for the relatedness task: graded by how much they share. */
#ifndef DATA_STORYWORLD_RELATEDNESS_H
#define DATA_STORYWORLD_RELATEDNESS_H

#include "data/storyworld/storyworld_state.h"

/* What two sentences can share: when, who, what was done, with which thing, and where or with whom. */
enum { RELATEDNESS_ASPECTS = 5 };

/* Times that every reader tells apart: "last summer", "one Sunday" ...; NULL-terminated. */
extern const char *const storyworld_relatedness_times[];

/* Two events among the story's people, objects and places, and their times, that share exactly
 * `shared` of the five aspects; which ones is drawn. */
void storyworld_relatedness_pair(StoryEvent pair[2], int when[2], int shared, StoryDraws *draws);

#endif
