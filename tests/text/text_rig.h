/* What the tests of text/ share: an arena for each test, and texts through one step. All end the test on
 * an error. Results live in the arena. */
#ifndef TESTS_TEXT_RIG_H
#define TESTS_TEXT_RIG_H

#include "text/tokenizer.h"
#include "text/word_counts.h"

extern Arena *text_rig_arena;
extern Error text_rig_err;

void text_rig_set_up(void);
void text_rig_tear_down(void);

const char *text_rig_clean(const char *text);
const char *text_rig_standardize(const char *text);
const char *text_rig_split(const char *text);
const char *text_rig_normalize(const char *text);

/* By the rules of the released code. */
const char *text_rig_released_clean(const char *text);
const char *text_rig_released_split(const char *text);

/* Counts of the words of some lines, which are separated by single spaces. */
WordCounts text_rig_count_words(const char *const *lines, size_t n_lines);

/* A folder for this test alone, removed with the arena. */
const char *text_rig_folder(void);

/* A tokenizer trained on the documents, in text_rig_folder()/NAME, and loaded. */
Tokenizer *text_rig_train(const char *name, int64_t n_merges, const Documents *documents);

/* A file of the data sets to test with, under REPRISE_MIRROR; skips the test if that is not set. */
const char *text_rig_mirror(const char *path);

#endif
