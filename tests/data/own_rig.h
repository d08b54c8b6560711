/* Files of one's own, added to a data set fixture. */
#ifndef TESTS_OWN_RIG_H
#define TESTS_OWN_RIG_H

#include "data/own/own_add.h"
#include "dataset_fixture.h"

extern OwnAdded own_rig_added;

/* Adds FOLDER/in/NAME... , up to a NULL. */
bool own_rig_add_files(const char *const *names, OwnAsked asked);
bool own_rig_add_file(const char *name, const char *text, OwnAsked asked);

/* `n` rows by a format of a number and a word of two. */
const char *own_rig_make_rows(const char *head, const char *format, int n, const char *even,
                              const char *odd);

Examples own_rig_read(const char *name, DatasetSplit split);

/* All of its rows are there, in three splits, with both labels. */
void own_rig_expect_rows(const char *name, size_t n);
void own_rig_expect_nothing(const char *name);

/* What was found, in words, holds this. */
void own_rig_expect_words(const char *part);

#define ADDED(file, rows_)                                                                         \
    cr_assert(own_rig_add_file(file, rows_, (OwnAsked){0}), "%s", dataset_fixture.err.text)
#define REFUSED(file, rows_, ...)                                                                  \
    dataset_fixture_expect_error(own_rig_add_file(file, rows_, (OwnAsked){0}), ERROR_USAGE,        \
                                 __VA_ARGS__, NULL)

#endif
