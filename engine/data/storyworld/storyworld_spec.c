#include "data/storyworld/storyworld_spec.h"

const char *const storyworld_spec_parts[] = {
    "books",  "acceptability", "sentiment",   "entailment", "similarity", "ending",
    "recall", "pronouns",      "relatedness", "pairs",      "cloze",      NULL};

static const SpecField storyworld_fields[] = {
    SPEC_CHOICE(StoryworldSpec, part, storyworld_spec_parts, STORYWORLD_BOOKS, "what to generate"),
    SPEC_INT(StoryworldSpec, seed, 1, 0, 9007199254740992.0,
             "seed of the world; task rows never depend on the books"),
    SPEC_INT(StoryworldSpec, books, 200, 0, 1000000, "books: how many"),
    SPEC_INT(StoryworldSpec, stories_per_book, 100, 1, 100000, "books: stories, one a paragraph"),
    SPEC_INT(StoryworldSpec, train, 400, 0, 1000000, "tasks: training rows"),
    SPEC_INT(StoryworldSpec, validation, 200, 0, 1000000, "tasks: validation rows"),
    SPEC_INT(StoryworldSpec, test, 600, 0, 1000000, "tasks: test rows"),
    SPEC_INT(StoryworldSpec, distance, 1, 1, STORYWORLD_MOST_DISTANCE,
             "recall: sentences between the fact and the question of validation and test rows"),
    SPEC_END};

const SpecTable storyworld_spec_table = {
    .name = "storyworld", .size = sizeof(StoryworldSpec), .fields = storyworld_fields};
