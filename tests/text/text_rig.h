/* What the tests of text/ share: an arena for each test, and texts through one step. All end the test on
 * an error. Results live in the arena. */
#ifndef TESTS_TEXT_RIG_H
#define TESTS_TEXT_RIG_H

#include "text/tokenizer.h"
#include "text/word_counts.h"

extern Arena *rig_arena;
extern Error rig_err;

void rig_set_up(void);
void rig_tear_down(void);

const char *rig_clean(const char *text);
const char *rig_standardize(const char *text);
const char *rig_split(const char *text);
const char *rig_normalize(const char *text);

/* Counts of the words of some lines, which are separated by single spaces. */
WordCounts rig_count_words(const char *const *lines, size_t n_lines);

/* A folder for this test alone, removed with the arena. */
const char *rig_folder(void);

/* A tokenizer trained on the documents, in rig_folder()/NAME, and loaded. */
Tokenizer *rig_train(const char *name, int64_t n_merges, const Documents *documents);

/* A file of the data sets to test with, under REPRISE_MIRROR; skips the test if that is not set. */
const char *rig_mirror(const char *path);

#endif
