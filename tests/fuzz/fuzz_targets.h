/* Everything that reads bytes which somebody else may have written, one row each: whatever the bytes are, a
 * reader ends with what they say and no error, or fails with an error that has words, and neither crashes nor
 * leaks.
 *
 * `make fuzz` lets libFuzzer look for bytes that break this; `make test` replays the seeds, and what was
 * found earlier: tests/fuzz/seeds/NAME/. */
#ifndef TESTS_FUZZ_TARGETS_H
#define TESTS_FUZZ_TARGETS_H

#include <stdbool.h>
#include <stddef.h>

/* The name of a target, also that of its folder of seeds; NULL: there are only i. */
const char *fuzz_targets_name(size_t i);

/* Reads the bytes, with files in `folder`; false: the reader broke its promise. */
bool fuzz_targets_try(size_t i, const char *folder, const void *bytes, size_t size);

#endif
