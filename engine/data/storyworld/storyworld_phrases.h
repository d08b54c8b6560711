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
 * A word in round brackets before a phrase says when it fits: (small), (animal), (food), (thing),
 * (lifeless), (handy), (inedible) of the object O, (child) of the person A.
 *
 * Clauses are lower case, without an end mark, so that they can be joined; spoken sentences are whole. */
#ifndef DATA_STORYWORLD_PHRASES_H
#define DATA_STORYWORLD_PHRASES_H

#include "data/storyworld/storyworld_kinds.h"

typedef struct StoryPhrases {
    const char *const *clauses; /* NULL-terminated */
    const char *const *spoken;  /* the same; NULL: none */
} StoryPhrases;

extern const StoryPhrases storyworld_phrases[N_EVENT_KINDS];

#endif
