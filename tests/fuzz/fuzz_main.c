/* libFuzzer's side: FUZZ_TARGET names the target, FUZZ_FOLDER a folder for its files. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz_targets.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *wanted = getenv("FUZZ_TARGET"), *folder = getenv("FUZZ_FOLDER");
    size_t i = 0;
    while (fuzz_targets_name(i) && wanted && strcmp(fuzz_targets_name(i), wanted) != 0) i++;
    if (!wanted || !folder || !fuzz_targets_name(i)) {
        fprintf(stderr, "FUZZ_TARGET is to be one of:");
        for (i = 0; fuzz_targets_name(i); i++) fprintf(stderr, " %s", fuzz_targets_name(i));
        fprintf(stderr, "; FUZZ_FOLDER a folder for its files\n");
        exit(2);
    }
    if (!fuzz_targets_try(i, folder, bytes, size)) {
        fprintf(stderr, "%s: failed without a word, or succeeded with an error\n", wanted);
        abort();
    }
    return 0;
}
