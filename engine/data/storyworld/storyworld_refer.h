/* How a text speaks of people, objects and places: name or pronoun, "a red kite", "her kite", "it".
 *
 * A pronoun stands only where one reading is possible: nobody else of that sex (no other object) was
 * mentioned in this sentence or the one before. */
#ifndef DATA_STORYWORLD_REFER_H
#define DATA_STORYWORLD_REFER_H

#include <stddef.h>
#include "data/storyworld/storyworld_state.h"

enum { STORY_TEXT_BYTES = 4096, STORY_PHRASE_BYTES = 128 };

/* What the reader has been told so far. */
typedef struct StoryDiscourse {
    const Story *story;
    StoryDraws *draws;
    bool names_only; /* names and "the red kite" throughout, no pronouns across sentences */
    int sentence;    /* number of the current one, from 0 */
    int person_seen[STORY_PEOPLE]; /* sentence of the last mention; far below 0: never */
    int object_seen[STORY_OBJECTS];
    bool person_known[STORY_PEOPLE];
    bool object_known[STORY_OBJECTS]; /* a particular one, not just some kite */
    bool place_known[STORY_PLACES];
    int place, place_seen; /* last place spoken of, and when */
    int focus;             /* subject of the sentence before; NOBODY */
    int subject;           /* of this sentence, once there is one; NOBODY */
} StoryDiscourse;

StoryDiscourse storyworld_refer_begin(const Story *story, StoryDraws *draws, bool names_only);
void storyworld_refer_next_sentence(StoryDiscourse *discourse);

/* Each writes a phrase and notes the mention. `form` is what stands beside the slot letter, see
 * storyworld_phrases.h; `forced` when it stands before. `owner`: whom the object belongs to. */
void storyworld_refer_person(char phrase[STORY_PHRASE_BYTES], StoryDiscourse *discourse, int person,
                             const char *form, bool forced);
void storyworld_refer_object(char phrase[STORY_PHRASE_BYTES], StoryDiscourse *discourse, int object,
                             int owner, const char *form, bool forced);
void storyworld_refer_place(char phrase[STORY_PHRASE_BYTES], StoryDiscourse *discourse, int place,
                            const char *form);

#endif
