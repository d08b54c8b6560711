/* Cloze: three sentences with a gap in the middle one, and what it comes down to on one side of the gap.
 *
 * Of a story, what another sentence says:
 *     before   Anna loved her red kite. Now | had the red kite. Leo wanted a blue drum.
 *     behind   Leo wanted a blue drum. Now Anna had the | . Anna loved her red kite.
 *     right: Anna, kite.     wrong: Leo, drum.
 * Of a phrase, what its next word goes with:
 *     before   Anna loved her red kite. Leo stood on the | . Leo wanted a blue drum.
 *     behind   Leo wanted a blue drum. Leo stood | the hill. Anna loved her red kite.
 *     right: hill, on.       wrong: barn, in.
 *
 * Of a story, right and wrong word each stand in what is told once, on either side of the gap: neither side nor number
 * of mentions gives the answer away. Where what tells stands behind, only what follows the gap does. */
#ifndef DATA_STORYWORLD_CLOZE_H
#define DATA_STORYWORLD_CLOZE_H

#include "data/storyworld/storyworld_row.h"

enum { STORYWORLD_CLOZE_KINDS = 8, STORYWORLD_CLOZE_FACETS = 2 };

/* What rows are counted by: "side", on which side of the gap stands what tells; "gap", a word of which kind it
 * wants. */
extern const char *const storyworld_cloze_facets[STORYWORLD_CLOZE_FACETS];

/* Fills the row's texts, its story and its others (of one event each), claim[0] and its facets, as the kind has it. The
 * claim is so of the story or, of a phrase, said of the others. The row's label is the place of the right word. */
void storyworld_cloze_write(StoryworldRow *row, StoryDraws *draws, bool held_out, int kind);

#endif
