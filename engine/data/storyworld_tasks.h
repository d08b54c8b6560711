/* The five labelled tasks, each row with the latent facts that its label follows from. */
#ifndef DATA_STORYWORLD_TASKS_H
#define DATA_STORYWORLD_TASKS_H

#include "data/storyworld.h"
#include "data/storyworld_narrate.h"

enum { STORYWORLD_TASK_TEXTS = 3 };

/* What a row says, in events. Its texts tell
 *     acceptability  one sentence, corrupted by `rule` or (-1) not; `original` is it before
 *     sentiment      the story; asked for: how person 0 feels at its end
 *     entailment     the story; `claim[0]`
 *     similarity     `claim[0]`; `claim[1]`
 *     ending         the story; `claim[0]`; `claim[1]`: one of which is so */
typedef struct StoryworldRow {
    int label;
    int n_texts;
    char text[STORYWORLD_TASK_TEXTS][STORY_TEXT_BYTES];
    Story story;
    StoryEvent claim[2];
    int rule;
    char original[STORY_TEXT_BYTES];
} StoryworldRow;

/* Row `number` of a part and split: a pure function of its arguments. Labels are balanced: every run of
 * as many rows as there are labels has each once. */
void storyworld_tasks_row(StoryworldRow *row, StoryworldPart part, uint64_t seed,
                          DatasetSplit split, uint64_t number);

#endif
