/* Rows out of trees of values; a part of rows.h. */
#ifndef DATA_ROWS_TREE_H
#define DATA_ROWS_TREE_H

#include "data/rows/rows_layout.h"

/* What a path may lead to: text, a number, true or false, or texts that are joined. */
bool rows_tree_is_field(const Json *value);

/* The columns' fields in `root` for the items rows->tree.item; `origin` is for messages. */
bool rows_tree_fields(const char **fields, const Json *root, const char *origin, Rows *rows,
                      Error *err) MUST_USE;

/* Prepares for rows_tree_next. */
bool rows_tree_begin(Rows *rows, Json *root, Error *err) MUST_USE;
bool rows_tree_next(bool *more, const char **fields, Rows *rows, Error *err) MUST_USE;

#endif
