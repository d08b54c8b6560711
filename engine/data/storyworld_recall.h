/* Recall over a distance: a fact (what somebody has, where a thing lies), then sentences about others, then
 * a question.
 *
 *     Anna left her red kite in the park. | Leo missed Ruth. Ruth was at the mill. | The red kite was still
 *     right: in the park.     wrong: at the mill.
 *
 * Right and wrong answer each stand in the text once, and in every second pair of rows the wrong one comes
 * first, so that neither place nor number of mentions gives the answer away. The question and its answers
 * do not depend on the distance: row n asks the same at every distance, over more sentences. */
#ifndef DATA_STORYWORLD_RECALL_H
#define DATA_STORYWORLD_RECALL_H

#include "data/storyworld_tasks.h"

/* Fills the row's texts, its story (whose last event is the fact), its others (whose events are the other
 * sentences, in order; only the one with the wrong answer is of place 0 or object 0, whichever is asked for)
 * and claim[0], the right answer. The row's label is the place of the right answer. */
void storyworld_recall_write(StoryworldRow *row, StoryDraws *draws, bool held_out, int distance,
                             bool wrong_first);

#endif
