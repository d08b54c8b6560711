/* What names of files say: how a data set is called, and which split a file holds. */
#ifndef DATA_OWN_NAME_H
#define DATA_OWN_NAME_H

#include "base/arena.h"
#include "data/example/dataset_split.h"

/* Letters, digits, - and _: what a data set may be called. */
bool own_name_check(const char *name, Error *err) MUST_USE;

/* From that of a file or folder, without what says its split: "Film reviews-train.csv" is "film-reviews". Empty:
 * nothing is left. NULL: out of memory. */
char *own_name_of(const char *path, Arena *arena, Error *err) MUST_USE;

/* The file's own name, without the folders before it. */
const char *own_name_base(const char *path);

/* Whether one of its words is train, dev, valid, test or the like; *split is the training split where none is. */
bool own_name_split(DatasetSplit *split, const char *path);

#endif
