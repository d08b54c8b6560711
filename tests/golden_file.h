/* Golden files, as tests read them: tests/golden/NAME/NAME.json, made by the make.py beside it. What is
 * absent or unreadable ends the test. */
#ifndef TESTS_GOLDEN_FILE_H
#define TESTS_GOLDEN_FILE_H

#include "base/json.h"
#include "base/real.h"

Json *golden_file_open(const char *path, Arena *arena);
Json *golden_file_member(const Json *object, const char *key);
int *golden_file_ints(const Json *list, Arena *arena);
double *golden_file_doubles(const Json *list, Arena *arena);
real *golden_file_reals(const Json *list, Arena *arena);

/* deviation_largest from a list, which must have n values and is rounded to `real` first. */
double golden_file_deviation(const real *found, size_t n, const Json *expected, Arena *arena);

#endif
