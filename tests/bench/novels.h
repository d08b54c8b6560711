/* The 100 English novels, and the vocabulary that the scale `small` learns of them. */
#ifndef TESTS_BENCH_NOVELS_H
#define TESTS_BENCH_NOVELS_H

#include "data/dataset/dataset.h"

enum { NOVELS_MERGES = 8000 };
#define NOVELS_TOKENIZER "build/bench/tokenizer"

const DatasetPlaces *
novels_places(void); /* of all data sets; its mirror is REPRISE_MIRROR, or NULL */

bool novels_read(Documents *documents, Arena *arena, Error *err) MUST_USE;

/* Learns the merges and writes them to NOVELS_TOKENIZER. */
bool novels_learn(const Documents *documents, Arena *arena, Error *err) MUST_USE;

#endif
