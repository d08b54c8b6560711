/* The phrases of the story world: several clauses and spoken sentences for every kind of event.
 *
 * A phrase is words and slots. The slots A and B are the event's people, O and Q its objects, P its
 * place; what stands before or after the colon is the form:
 *
 *     A       name, or he/she as a subject      O       the kite, her red kite, a red kite, it
 *     A:him   name or pronoun, as an object     O:it    the same as a subject
 *     A:his   name's or possessive pronoun      O:thing the same, but never a pronoun
 *     said:A  said Anna, she said (asked:A)     the:O   the red kite     a:O   a red kite
 *     he:A    always the pronoun (him:A,        np:O    red kite         n:O   kite
 *             his:A, himself:A)                 them:O  it, them         it:O  it, they
 *     name:A  always the name                   was:O   was, were        is:O  is, are
 *     a:A     a shy girl, an old baker          made:O broke:O used:O   the object's own verbs
 *     P       the park                          did:P   what one does there
 *     in:P    in the park, there                to:P    to the park, there
 *
 * Clauses are lower case, without an end mark, so that they can be joined; spoken sentences are whole. */
#ifndef DATA_STORYWORLD_PHRASES_H
#define DATA_STORYWORLD_PHRASES_H

#include "data/storyworld_state.h"

enum { PHRASE_OF_CHILD = 64 }; /* in `need`, beside OBJECT_... bits: A is a child */

typedef struct StoryPhrase {
    uint8_t need;     /* OBJECT_... bits of which O has one; 0: any */
    const char *text; /* NULL ends a list */
} StoryPhrase;

typedef struct StoryPhrases {
    const StoryPhrase *clauses, *spoken; /* spoken may be NULL */
} StoryPhrases;

extern const StoryPhrases storyworld_phrases[N_EVENT_KINDS];
extern const StoryPhrases storyworld_phrases_moods[N_MOODS]; /* of EVENT_FEELS */

/* What may stand before a clause: openings of a story, links, frames of a recalled event. */
extern const char *const storyworld_phrases_openings[];
extern const char *const storyworld_phrases_then[];
extern const char *const storyworld_phrases_so[];
extern const char *const storyworld_phrases_but[];
extern const char *const storyworld_phrases_later[];
extern const char *const storyworld_phrases_good_end[];
extern const char *const storyworld_phrases_bad_end[];
extern const char *const storyworld_phrases_recall[];

#endif
