/* Limits of the process (ulimit) that the program cannot do its work under: said at once, in words.
 *
 * OpenBLAS maps a buffer for each thread while it is loaded, before main, and tries for ever when it gets
 * none. So limits.c looks before any library is started, and once more when the number of threads is
 * known. */
#ifndef CLI_LIMITS_H
#define CLI_LIMITS_H

#include "base/error.h"

/* Whether `n_threads` threads can have their buffers. */
bool limits_check(int n_threads, Error *err) MUST_USE;

#endif
