/* Writing clauses: a phrase is chosen among those that fit an event, and its slots are filled. */
#ifndef DATA_STORYWORLD_CLAUSE_H
#define DATA_STORYWORLD_CLAUSE_H

#include "data/storyworld/storyworld_phrases.h"
#include "data/storyworld/storyworld_refer.h"

typedef struct StoryWriter {
    StoryDiscourse discourse;
    bool capital; /* the next letter begins a sentence */
    size_t size;
    char text[STORY_TEXT_BYTES];
} StoryWriter;

/* `writer` keeps pointers to story and draws. */
void storyworld_clause_begin(StoryWriter *writer, const Story *story, StoryDraws *draws,
                             bool names_only);

/* A sentence is begun, filled with words and clauses, and ended with its mark ("." or ""). */
void storyworld_clause_open(StoryWriter *writer);
void storyworld_clause_word(StoryWriter *writer, const char *word);
void storyworld_clause_mark(StoryWriter *writer, const char *mark); /* without a space before it */
void storyworld_clause_fill(StoryWriter *writer, const StoryEvent *event, const char *phrase);
void storyworld_clause_close(StoryWriter *writer, const char *mark);

/* A random phrase that fits the event, other than `avoid` (may be NULL); NULL when there is none.
 * `simple`: only those without a joint of their own, fit to be joined to another clause. */
const char *storyworld_clause_choose(StoryWriter *writer, const StoryEvent *event,
                                     const char *const *phrases, bool simple, const char *avoid);

/* A phrase without its condition: "(small) A lost O" is "A lost O". */
const char *storyworld_clause_words(const char *phrase);

/* The clauses of an event; those of feelings depend on the mood. */
const char *const *storyworld_clause_list(StoryWriter *writer, const StoryEvent *event);

#endif
