#include "base/host.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

/* The Makefile defines these for this file, so that the record is what was really used. */
#ifndef REPRISE_FLAGS
#define REPRISE_FLAGS "unknown"
#endif
#ifndef REPRISE_VERSION
#define REPRISE_VERSION "unknown"
#endif
#ifndef REPRISE_COMMIT
#define REPRISE_COMMIT "unknown"
#endif

static void read_cpu_name(char *name, size_t size)
{
    snprintf(name, size, "unknown");
    FILE *file = fopen("/proc/cpuinfo", "re");
    if (!file) return;
    char line[256];
    while (fgets(line, sizeof line, file)) {
        char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) != 0 || !colon) continue;
        const char *value = colon + 1 + strspn(colon + 1, " \t");
        snprintf(name, size, "%.*s", (int)strcspn(value, "\n"), value);
        break;
    }
    fclose(file);
}

static int usable_cores(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
    return (int)sysconf(_SC_NPROCESSORS_ONLN);
}

void host_info(HostInfo *info)
{
    *info = (HostInfo){.compiler =
#ifdef __clang__
                           "clang " __clang_version__,
#else
                           "gcc " __VERSION__,
#endif
                       .flags = REPRISE_FLAGS,
                       .engine_version = REPRISE_VERSION,
                       .engine_commit = REPRISE_COMMIT};
    read_cpu_name(info->cpu, sizeof info->cpu);
    info->cores = usable_cores();
    info->memory_bytes = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);
    struct utsname names;
    if (uname(&names) == 0)
        snprintf(info->system, sizeof info->system, "%.40s %.60s %.20s", names.sysname,
                 names.release, names.machine);
}

uint64_t host_peak_memory_bytes(void)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
    return (uint64_t)usage.ru_maxrss * 1024;
}
