#include "kernels/processor.h"

#ifdef __x86_64__

#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>

/* By leaf 7 of cpuid: not all compilers know it by name. */
static bool is_made_with_amx(void)
{
    enum { LEAF = 7, AMX_BF16 = 1 << 22, AMX_TILE = 1 << 24 };
    unsigned eax, ebx, ecx, edx;
    return __get_cpuid_count(LEAF, 0, &eax, &ebx, &ecx, &edx) && (edx & AMX_BF16) &&
           (edx & AMX_TILE);
}

/* Linux gives the registers to processes that ask for them: their 8 KiB are kept with every thread. */
bool processor_has_amx(void)
{
    enum { ARCH_REQ_XCOMP_PERM = 0x1023, TILE_DATA = 18 };
    return is_made_with_amx() && processor_has_avx512_bf16() &&
           syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, TILE_DATA) == 0;
}

bool processor_has_avx512_bf16(void)
{
    return __builtin_cpu_supports("avx512bf16") && processor_has_avx512();
}

bool processor_has_avx512(void)
{
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
}

#endif

bool processor_has_narrow(void)
{
    return true; /* the build asks for it */
}
