/* What a story of a book leaves behind, said outright: feelings, owners, places, and the decisive event
 * once more in other words. The same facts are what the tasks ask for. */
#ifndef DATA_STORYWORLD_CLOSING_H
#define DATA_STORYWORLD_CLOSING_H

#include "data/storyworld/storyworld_state.h"

/* Appends closing statements on the story's first object and its people. */
void storyworld_closing_add(Story *story, StoryDraws *draws);

#endif
