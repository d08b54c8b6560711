/* Does a failed call give everything back? Under AddressSanitizer its leak check is asked, elsewhere
 * the C library's count of bytes in use. That counts what it keeps for the next allocations as well, so
 * the call is made once before leak_check_begin, and measured the second time. */
#ifndef TESTS_LEAK_CHECK_H
#define TESTS_LEAK_CHECK_H

#include <malloc.h>
#include <stdbool.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
static inline size_t leak_check_begin(void)
{
    return 0;
}
static inline bool leak_check_clean(size_t begun)
{
    (void)begun;
    return __lsan_do_recoverable_leak_check() == 0;
}
#else
static inline size_t leak_check_begin(void)
{
    return mallinfo2().uordblks;
}
static inline bool leak_check_clean(size_t begun)
{
    return mallinfo2().uordblks <= begun;
}
#endif

#endif
