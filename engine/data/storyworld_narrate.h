/* From events to English: phrases chosen, referred to rightly, joined into sentences of varied form. */
#ifndef DATA_STORYWORLD_NARRATE_H
#define DATA_STORYWORLD_NARRATE_H

#include "data/storyworld_phrases.h"
#include "data/storyworld_refer.h"

typedef enum StoryStyle {
    STYLE_BOOK,    /* openings, speech, comments such as "luckily" */
    STYLE_PASSAGE, /* short texts of tasks: nothing that gives the outcome away */
    STYLE_LONE,    /* a sentence by itself: full names and "the red kite" */
} StoryStyle;

typedef struct StoryNarrator {
    StoryDiscourse discourse;
    StoryStyle style;
    bool capital; /* the next letter begins a sentence */
    size_t size;
    char text[STORY_TEXT_BYTES];
} StoryNarrator;

/* `narrator` keeps pointers to story and draws. */
void storyworld_narrate_begin(StoryNarrator *narrator, const Story *story, StoryDraws *draws,
                              StoryStyle style);

/* Appends sentences that tell the story's events first..first+count-1. */
void storyworld_narrate_events(StoryNarrator *narrator, int first, int count);

/* Appends one sentence for one event, by a clause other than number `avoid`; returns the clause's number. */
int storyworld_narrate_clause(StoryNarrator *narrator, const StoryEvent *event, int avoid);

/* Appends one sentence for an event in the given words. */
void storyworld_narrate_phrase(StoryNarrator *narrator, const StoryEvent *event,
                               const char *phrase);

#endif
