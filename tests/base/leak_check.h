/* Does a failed call give everything back? Only AddressSanitizer knows exactly (`make check`); without it
 * the answer is always yes, because the C library's own counts include what it keeps for later. */
#ifndef TESTS_LEAK_CHECK_H
#define TESTS_LEAK_CHECK_H

#include <stdbool.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
static inline bool leak_check_clean(void)
{
    return __lsan_do_recoverable_leak_check() == 0;
}
#else
static inline bool leak_check_clean(void)
{
    return true;
}
#endif

#endif
