/* Cloze: whose something is, with a gap in the middle sentence, and what it comes down to on one side of it.
 *
 *     before   Anna loved her red kite. Now | had the red kite. Leo wanted a blue drum.
 *     behind   Leo wanted a blue drum. Now Anna had the | . Anna loved her red kite.
 *     right: Anna, kite.     wrong: Leo, drum.
 *
 * The gap is that of a name or of a thing. Right and wrong word each stand in what is told once, on either side of the
 * gap: neither side nor number of mentions gives the answer away. Where the right one stands behind, only what
 * follows the gap tells. */
#ifndef DATA_STORYWORLD_CLOZE_H
#define DATA_STORYWORLD_CLOZE_H

#include "data/storyworld/storyworld_row.h"

/* What rows are counted by: on which side of the gap the right word stands, "before" or "behind". */
#define STORYWORLD_CLOZE_FACET "side"

/* Fills the row's texts, its story and its others (of one event each), claim[0], which is so, and its facet.
 * The row's label is the place of the right word. */
void storyworld_cloze_write(StoryworldRow *row, StoryDraws *draws, bool held_out, bool behind,
                            bool thing);

#endif
