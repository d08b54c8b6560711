/* The scalar type of all model arithmetic: float in the product, double in the second test build
 * (REPRISE_DOUBLE), where gradients are checked against central differences. */
#ifndef BASE_REAL_H
#define BASE_REAL_H

#ifdef REPRISE_DOUBLE
typedef double real;
#define REAL_NAME "double"
#else
typedef float real;
#define REAL_NAME "float"
#endif

#endif
