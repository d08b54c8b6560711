/* A row of a labelled task with the latent facts that its label follows from. */
#ifndef DATA_STORYWORLD_ROW_H
#define DATA_STORYWORLD_ROW_H

#include "data/storyworld/storyworld_clause.h"

enum { STORYWORLD_TASK_TEXTS = 4, STORYWORLD_TASK_FACETS = 2 };

/* What a row says, in events. Its texts tell
 *     acceptability  one sentence, corrupted by `rule` or (-1) not; `original` is it before
 *     sentiment      the story; asked for: how person 0 feels at its end
 *     entailment     the story; `claim[0]`
 *     similarity     `claim[0]`; `claim[1]`
 *     ending         the story; `claim[0]`; `claim[1]`: one of which is so
 *     recall         the story's one event among those of `others`; what `claim[0]` and `claim[1]`
 *                    differ in: one of which is so
 *     pronouns       the story's last events up to a pronoun; `claim[label]` without its person; the
 *                    names of persons 0 and 1
 *     relatedness    `claim[0]` at time `when[0]`; `claim[1]` at `when[1]`; `target`: what they share
 *     pairs          `original`; what `rule` made of it
 *     cloze          the story's one event and that of `others`, and between them `claim[0]`, which has a gap */
typedef struct StoryworldRow {
    int label;     /* -1: a number is asked for */
    double target; /* NaN: a label is asked for */
    int n_texts;
    char text[STORYWORLD_TASK_TEXTS][STORY_TEXT_BYTES];
    Story story;
    StoryEvent claim[2];
    Story others; /* of recall and cloze: what else is told */
    int when[2];  /* of relatedness */
    int rule;
    const char *facet[STORYWORLD_TASK_FACETS]; /* what rows are counted by; NULL: nothing more */
    char original[STORY_TEXT_BYTES];
} StoryworldRow;

#endif
