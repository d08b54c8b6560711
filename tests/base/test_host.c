#include "base/host.h"

#include <criterion/criterion.h>
#include <string.h>

Test(host, tells_machine_and_build)
{
    HostInfo info;
    host_info(&info);
    cr_assert_gt(strlen(info.cpu), 0);
    cr_assert_geq(info.cores, 1);
    cr_assert_gt(info.memory_bytes, (uint64_t)1 << 26);
    cr_assert(strstr(info.system, "Linux"));
    cr_assert(strstr(info.compiler, "gcc ") || strstr(info.compiler, "clang "));
}

Test(host, the_build_passes_its_flags_and_version)
{
    HostInfo info;
    host_info(&info);
    cr_assert(strstr(info.flags, "-ffp-contract=off"), "%s", info.flags);
    cr_assert_str_neq(info.engine_version, "unknown");
}

Test(host, peak_memory_grows_with_use)
{
    enum { BYTES = 40 << 20 };
    static char memory[BYTES];
    uint64_t before = host_peak_memory_bytes();
    memset(memory, 1, BYTES);
    cr_assert_geq(host_peak_memory_bytes(), before + BYTES / 2);
}
