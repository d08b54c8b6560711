/* The file format of numpy's arrays, reading: a magic word, a version, the length of a header, the header as a Python
 * dictionary of descr, fortran_order and shape, and the values.
 *
 * Only 32-bit floating point in C order is read: what published weights are. Files of objects are never read: they are
 * programs.
 *
 * Errors  anything else is refused, by name of file and what is wrong with it */
#ifndef MODEL_NPY_H
#define MODEL_NPY_H

#include "base/arena.h"

enum { NPY_MOST_DIMENSIONS = 4 };

typedef struct NpyFile {
    const char *path;
    int rank;
    size_t dim[NPY_MOST_DIMENSIONS]; /* unused trailing dimensions are 1 */
    size_t n;                        /* values */
    const unsigned char *values;     /* little-endian floats, not aligned */
} NpyFile;

/* Maps the file until the arena is reset, and checks it whole. */
bool npy_open(NpyFile *file, const char *path, Arena *arena, Error *err) MUST_USE;

#endif
