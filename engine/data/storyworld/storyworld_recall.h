/* Recall over a distance: whose something is, then sentences about others, then a question.
 *
 *     Anna loved her red kite. | Leo missed Ruth. Ruth wanted a blue drum. | Now Anna had the
 *     right: red kite.     wrong: blue drum.
 *
 * Right and wrong answer each stand in the text once, and in every second row the wrong one comes first, so
 * that neither place nor number of mentions gives the answer away. The question and its answers do not
 * depend on the distance: row n asks the same at every distance, over more sentences. */
#ifndef DATA_STORYWORLD_RECALL_H
#define DATA_STORYWORLD_RECALL_H

#include "data/storyworld/storyworld_row.h"

/* Fills the row's texts, its story (of one event), its others (whose events are the other
 * sentences, in order; only the one with the wrong answer is of object 0) and claim[0], the right answer.
 * The row's label is the place of the right answer. */
void storyworld_recall_write(StoryworldRow *row, StoryDraws *draws, bool held_out, int distance,
                             bool wrong_first);

#endif
