/* Phrases for how somebody feels, by mood: some name the feeling, some show it. */
#ifndef DATA_STORYWORLD_FEELINGS_H
#define DATA_STORYWORLD_FEELINGS_H

#include "data/storyworld/storyworld_phrases.h"

extern const StoryPhrases storyworld_feelings[N_MOODS];

#endif
