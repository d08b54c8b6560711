/* Winograd schemas (Levesque et al. 2012): "Anna took the red kite from Mia, so | was glad." or "| was
 * angry.": two people of one sex, and a word that decides whom the pronoun stands for. */
#ifndef DATA_STORYWORLD_PRONOUNS_H
#define DATA_STORYWORLD_PRONOUNS_H

#include "data/storyworld/storyworld_row.h"

/* Fills the row's texts (before the pronoun, after it, the two names), its story, and as claim[i] what
 * the rest of the sentence says when it is about person i. For the same draws, rows of label 0 and 1
 * differ in one word of the second text. */
void storyworld_pronouns_write(StoryworldRow *row, StoryDraws *draws, bool held_out);

#endif
