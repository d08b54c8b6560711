/* Pairs of events for the similarity task: one event twice, or two that share most of their words. */
#ifndef DATA_STORYWORLD_SIMILARITY_H
#define DATA_STORYWORLD_SIMILARITY_H

#include "data/storyworld/storyworld_state.h"

/* Chooses an event of the story; pair[1] is the same, or differs in who, what, where or how, in a way
 * that every phrase shows. False when nothing suits, and the caller draws again. */
bool storyworld_similarity_pair(StoryEvent pair[2], const Story *story, bool same,
                                StoryDraws *draws);

#endif
