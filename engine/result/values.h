/* Lists of numbers as short text: a digit each where all are whole numbers from 0 to 9, else numbers parted by
 * spaces, in as many digits as it takes to read the same bits. */
#ifndef RESULT_VALUES_H
#define RESULT_VALUES_H

#include "base/buffer.h"

char *values_write(const double *value, size_t n, Arena *arena, Error *err) MUST_USE;

/* Exactly n of them; NULL on failure. The number of values is known to the reader: "12" is one or two. */
double *values_read(const char *text, size_t n, Arena *arena, Error *err) MUST_USE;

#endif
