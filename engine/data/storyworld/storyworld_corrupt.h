/* Makes a sentence of the story world ungrammatical by one rule: word order, agreement, a missing or
 * doubled word, a wrong form of a verb or pronoun. Every rule applies only where its result cannot be
 * read as English. */
#ifndef DATA_STORYWORLD_CORRUPT_H
#define DATA_STORYWORLD_CORRUPT_H

#include "data/storyworld/storyworld_refer.h"

enum { STORYWORLD_CORRUPT_RULES = 16 };

/* "drop_article" ...; NULL beyond the last rule. */
const char *storyworld_corrupt_rule_name(int rule);

/* Writes the corrupted sentence (STORY_TEXT_BYTES); returns the rule's number, or -1 when none applies. */
int storyworld_corrupt(char *corrupted, const char *sentence, StoryDraws *draws);

/* The same by a given rule; false: it does not apply. */
bool storyworld_corrupt_by(char *corrupted, const char *sentence, int rule, StoryDraws *draws);

#endif
