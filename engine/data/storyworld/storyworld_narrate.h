/* From events to English: sentences of varied form, one or two events each, led over and joined. */
#ifndef DATA_STORYWORLD_NARRATE_H
#define DATA_STORYWORLD_NARRATE_H

#include "data/storyworld/storyworld_clause.h"

typedef enum StoryStyle {
    STYLE_BOOK,    /* openings, speech, comments such as "luckily" */
    STYLE_PASSAGE, /* short texts of tasks: nothing that gives the outcome away */
    STYLE_LONE,    /* a sentence by itself: full names and "the red kite" */
} StoryStyle;

typedef struct StoryNarrator {
    StoryStyle style;
    StoryWriter writer; /* its text and size are the result */
} StoryNarrator;

/* `narrator` keeps pointers to story and draws. */
void storyworld_narrate_begin(StoryNarrator *narrator, const Story *story, StoryDraws *draws,
                              StoryStyle style);

/* Appends sentences that tell the story's events first..first+count-1. */
void storyworld_narrate_events(StoryNarrator *narrator, int first, int count);

/* Appends one sentence for one event, by a phrase other than `avoid` (may be NULL) where there is one;
 * returns the phrase. */
const char *storyworld_narrate_clause(StoryNarrator *narrator, const StoryEvent *event,
                                      const char *avoid);

#endif
