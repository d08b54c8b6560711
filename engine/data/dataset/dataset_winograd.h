/* A whole sentence with a pronoun, and a list of whom it may stand for, as texts of form winograd. */
#ifndef DATA_DATASET_WINOGRAD_H
#define DATA_DATASET_WINOGRAD_H

#include <stdint.h>
#include "base/arena.h"
#include "data/example/example.h"

/* text[0], the sentence, is split at the pronoun, and text[1], referents parted by commas, at the commas:
 * see DATASET_WINOGRAD. Of several occurrences of the pronoun it is the first one after every referent
 * has been named, or the very first. */
bool dataset_winograd_split(Example *example, const char *pronoun, int64_t most_referents,
                            Arena *arena, Error *err) MUST_USE;

#endif
