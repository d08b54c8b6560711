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

/* --- what a cloze is made of, too ------------------------------------------------------------------ */

/* Whose thing it is, and what; the first of the others' things is the wrong one. */
enum { STORYWORLD_RECALL_HOLDER = 0, STORYWORLD_RECALL_THING = 0 };

/* Casts the row's story, in which its one event happens, and its others. */
void storyworld_recall_begin(StoryworldRow *row, StoryDraws *draws, bool held_out);

/* What n sentences of the others say. Number `rival` holds the wrong answer: somebody wants it. Two people take
 * turns, and neither does the same twice. */
void storyworld_recall_others(StoryworldRow *row, StoryDraws *draws, int rival, int n);

/* Append the story's sentence, and those of the others from `begin` up to `end`. */
void storyworld_recall_tell(char text[STORY_TEXT_BYTES], const StoryworldRow *row,
                            StoryDraws *draws);
void storyworld_recall_tell_others(char text[STORY_TEXT_BYTES], const StoryworldRow *row,
                                   StoryDraws *draws, int begin, int end);

/* Appends a phrase to a text, as a new sentence or not. */
void storyworld_recall_phrase(char text[STORY_TEXT_BYTES], StoryDraws *draws, const Story *story,
                              const StoryEvent *event, const char *phrase, bool capital);

#endif
