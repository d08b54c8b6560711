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

/* What /proc/cpuinfo says of the first processor; empty: nothing. */
static void read_cpu(char *text, size_t size, const char *key)
{
    *text = '\0';
    FILE *file = fopen("/proc/cpuinfo", "re");
    if (!file) return;
    char line[256];
    while (!*text && fgets(line, sizeof line, file)) {
        char *colon = strchr(line, ':');
        if (strncmp(line, key, strlen(key)) != 0 || !colon) continue;
        const char *value = colon + 1 + strspn(colon + 1, " \t");
        snprintf(text, size, "%.*s", (int)strcspn(value, "\n"), value);
    }
    fclose(file);
}

/* On aarch64 Linux tells numbers: 0x41 and 0xd40 are Arm's Neoverse V1, 0x61 is Apple. */
static void read_cpu_name(char *name, size_t size)
{
    char maker[16], part[16];
    read_cpu(name, size, "model name");
    if (*name) return;
    read_cpu(maker, sizeof maker, "CPU implementer");
    read_cpu(part, sizeof part, "CPU part");
    if (*maker && *part) snprintf(name, size, "aarch64, implementer %s, part %s", maker, part);
    else snprintf(name, size, "unknown");
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
