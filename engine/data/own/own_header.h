/* Whether the first row of a table names its columns. */
#ifndef DATA_OWN_HEADER_H
#define DATA_OWN_HEADER_H

#include "data/own/own_rows.h"

/* What columns are usually called, such as "text" and "label", in any case. */
bool own_header_knows(const char *name);

/* Its fields are names and not values: usual ones, or words over a column of numbers or of a few values that come
 * again and again while these do not. */
bool own_header_is(const OwnRows *rows, size_t n_columns);

#endif
