/* All rows of a file, by a layout. */
#ifndef DATA_OWN_ROWS_H
#define DATA_OWN_ROWS_H

#include "data/rows/rows.h"

typedef struct OwnRows {
    const char *origin; /* the file, for messages */
    size_t n;
    const char *const **field; /* [n]: of each row one a column */
    const int *line;           /* [n] where it begins */
} OwnRows;

/* Everything is in the arena; `bytes` are borrowed. */
bool own_rows_read(OwnRows *all, const RowsLayout *layout, const char *origin, const char *bytes,
                   size_t size, Arena *arena, Error *err) MUST_USE;

#endif
