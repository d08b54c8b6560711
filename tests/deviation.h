/* How far values are from expected ones. */
#ifndef TESTS_DEVIATION_H
#define TESTS_DEVIATION_H

#include <stddef.h>

#include "base/real.h"

/* Largest |found - expected| over largest |expected|; NaN is the largest of all. */
double deviation_largest(const real *found, const real *expected, size_t n);

#endif
