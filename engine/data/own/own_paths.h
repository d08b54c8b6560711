/* The columns of JSON lines: what every object has, by its path. */
#ifndef DATA_OWN_PATHS_H
#define DATA_OWN_PATHS_H

#include "spec/field.h"

/* `columns`: paths ("review.text") to texts, numbers, true or false, or lists of texts that all lines have;
 * `left_out`: the others. */
bool own_paths(TextList *columns, TextList *left_out, const char *origin, const char *bytes,
               size_t size, Arena *arena, Error *err) MUST_USE;

#endif
