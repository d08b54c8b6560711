#include "cli/limits.h"

#include <sys/resource.h>

/* The deepest calls, kernels with their blocks of scores, stay below half of that. */
enum { LEAST_STACK_BYTES = 512 << 10 };

bool limits_check(Error *err)
{
    struct rlimit stack;
    if (getrlimit(RLIMIT_STACK, &stack) != 0 || stack.rlim_cur == RLIM_INFINITY ||
        stack.rlim_cur >= LEAST_STACK_BYTES)
        return true;
    error_usage(err, "the stack is limited to %llu KiB (ulimit -s); at least %d are needed",
                (unsigned long long)stack.rlim_cur >> 10, LEAST_STACK_BYTES >> 10);
    return error_hint(err, "ulimit -s 8192");
}
