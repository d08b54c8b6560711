/* The settings of the story world: what is generated, from which seed, and how much of it. */
#ifndef DATA_STORYWORLD_SPEC_H
#define DATA_STORYWORLD_SPEC_H

#include "spec/field.h"

typedef enum StoryworldPart {
    STORYWORLD_BOOKS,
    STORYWORLD_ACCEPTABILITY, /* classification: 0 unacceptable, 1 acceptable */
    STORYWORLD_SENTIMENT,   /* classification: 0 sad, 1 happy (how a story makes its person feel) */
    STORYWORLD_ENTAILMENT,  /* entailment: 0 entailed, 1 neutral, 2 contradicted */
    STORYWORLD_SIMILARITY,  /* similarity: 0 different events, 1 the same event in other words */
    STORYWORLD_ENDING,      /* multiple choice, two endings */
    STORYWORLD_RECALL,      /* multiple choice, two answers to a question about an early sentence */
    STORYWORLD_PRONOUNS,    /* winograd, in pairs that differ in one word and in the label */
    STORYWORLD_RELATEDNESS, /* regression: 0..5, how much two sentences share */
    STORYWORLD_PAIRS, /* minimal pairs: a sentence, and what a rule made of it; facet: the rule */
    STORYWORLD_CLOZE, /* cloze, two words; facets: the side of the gap that tells, what stands there */
} StoryworldPart;
extern const char
    *const storyworld_spec_parts[]; /* "books", "acceptability", ...; NULL-terminated */

typedef struct StoryworldSpec {
    int part; /* StoryworldPart */
    int64_t seed;
    int64_t books; /* part books: how many documents */
    int64_t stories_per_book;
    int64_t train, validation, test; /* rows a split, for tasks */
    int64_t distance;                /* part recall: sentences between the fact and the question */
} StoryworldSpec;
extern const SpecTable storyworld_spec_table;

enum { STORYWORLD_MOST_DISTANCE = 6, STORYWORLD_TRAIN_DISTANCE = 4 }; /* of recall */

#endif
