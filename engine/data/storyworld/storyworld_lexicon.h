/* The words of the story world: who and what there is, and the verbs and adjectives that fit each.
 * Tables only; how the words make sentences is in storyworld_phrases.c and storyworld_narrate.c. */
#ifndef DATA_STORYWORLD_LEXICON_H
#define DATA_STORYWORLD_LEXICON_H

#include <stdbool.h>
#include <stdint.h>

typedef struct LexiconName {
    const char *name;
    bool female;
} LexiconName;

/* What kind of thing an object is: bits, so that a phrase can ask for several. */
enum {
    OBJECT_TOY = 1,  /* belongs to children */
    OBJECT_TOOL = 2, /* and household things, books, treasures */
    OBJECT_WEAR = 4,
    OBJECT_FOOD = 8,
    OBJECT_ANIMAL = 16,
    OBJECT_SMALL = 32, /* fits in a pocket */
    OBJECT_LARGE = 64, /* nobody drops it unawares */
    OBJECT_THING = OBJECT_TOY | OBJECT_TOOL | OBJECT_WEAR,
    OBJECT_LIFELESS = OBJECT_THING | OBJECT_FOOD,
};

typedef struct LexiconObject {
    const char *noun;
    uint8_t kind;                  /* OBJECT_... bits */
    bool plural;                   /* a pair of boots; they, them, were */
    const char *made;              /* "A ___ a kite": NULL where nobody in the world makes one */
    const char *broke;             /* "A ___ the kite": NULL where it does not break */
    const char *used;              /* "A ___ the kite" */
    const char *const *adjectives; /* NULL-terminated */
} LexiconObject;

enum { PLACE_SHOP = 1, PLACE_OUTSIDE = 2, PLACE_INSIDE = 4 };

typedef struct LexiconPlace {
    const char *name;     /* "the park", "home" */
    const char *in;       /* "in the park", "at home" */
    const char *to;       /* "to the park", "home" */
    uint8_t kind;         /* PLACE_... */
    const char *deeds[3]; /* what people do there, in the past tense; NULL-terminated */
} LexiconPlace;

/* Who somebody is to somebody else, by sex. */
typedef struct LexiconRelation {
    const char *male, *female;
    bool adult;
} LexiconRelation;

enum {
    LEXICON_NAMES = 40,
    LEXICON_OBJECTS = 60,
    LEXICON_PLACES = 32,
    LEXICON_JOBS = 18,
    LEXICON_TRAITS = 12,
    LEXICON_AGES = 6,
    LEXICON_RELATIONS = 8
};
extern const LexiconName storyworld_lexicon_names[LEXICON_NAMES];
extern const LexiconObject storyworld_lexicon_objects[LEXICON_OBJECTS];
extern const LexiconPlace storyworld_lexicon_places[LEXICON_PLACES];
extern const char *const storyworld_lexicon_jobs[LEXICON_JOBS];     /* of men and women alike */
extern const char *const storyworld_lexicon_traits[LEXICON_TRAITS]; /* adjectives for a child */
extern const char *const storyworld_lexicon_ages[LEXICON_AGES]; /* adjectives for a grown person */
extern const LexiconRelation storyworld_lexicon_relations[LEXICON_RELATIONS];

/* Verbs whose three forms differ. */
typedef struct LexiconVerb {
    const char *base, *past, *gerund;
} LexiconVerb;
extern const LexiconVerb storyworld_lexicon_verbs[]; /* ends with base NULL */

#endif
