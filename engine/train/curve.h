/* Curves: tidy CSV text that grows row by row and can be taken up again after an interruption.
 *
 * The first column of a row is the update it belongs to; what is resumed at update t keeps the rows
 * below t, to the letter. */
#ifndef TRAIN_CURVE_H
#define TRAIN_CURVE_H

#include <stdint.h>
#include "base/buffer.h"

typedef struct Curve {
    const char *path;
    Buffer text;
    int64_t n_rows; /* below the header */
} Curve;

/* `header`: "update,loss\n". */
bool curve_begin(Curve *curve, const char *folder, const char *name, const char *header,
                 Arena *arena, Error *err) MUST_USE;

/* Takes the rows of updates below `update` from the file of an earlier run. */
bool curve_resume(Curve *curve, int64_t update, Arena *scratch, Error *err) MUST_USE;

/* One row, of any length; texts in it are written by csv_quoted. */
bool curve_row(Curve *curve, Error *err, const char *format, ...) PRINTF_LIKE(3, 4) MUST_USE;

bool curve_save(const Curve *curve, Error *err) MUST_USE;

#endif
