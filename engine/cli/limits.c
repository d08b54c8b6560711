#include "cli/limits.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

/* Of OpenBLAS, on x86-64: a buffer a thread, of which only what is used takes memory. */
enum { BUFFER_MIB = 128, MOST_BUFFERS = 256 };

/* And a little for the other libraries, which start in between. */
enum { PROBE_BYTES = (BUFFER_MIB + 8) << 20 };

/* The deepest calls, into the library's kernels, stay below half of that. */
enum { LEAST_STACK_BYTES = 512 << 10 };

/* How many of `n` buffers can be mapped now, as the library will. */
static int count_buffers(int n)
{
    void *buffer[MOST_BUFFERS];
    int got = 0;
    if (n > MOST_BUFFERS) n = MOST_BUFFERS;
    for (; got < n; got++) {
        buffer[got] =
            mmap(NULL, PROBE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (buffer[got] == MAP_FAILED) break;
    }
    for (int i = 0; i < got; i++) munmap(buffer[i], PROBE_BYTES);
    return got;
}

static bool has_stack(unsigned long long *bytes)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_STACK, &limit) != 0) return true;
    *bytes = (unsigned long long)limit.rlim_cur;
    return limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= LEAST_STACK_BYTES;
}

/* Threads the library counts at first: those of the machine, or fewer. */
static int threads_at_start(char **environment)
{
    static const char name[] = "OMP_NUM_THREADS=";
    cpu_set_t set;
    CPU_ZERO(&set);
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    for (char **variable = environment; variable && *variable; variable++) {
        if (strncmp(*variable, name, strlen(name)) != 0) continue;
        int wanted = atoi(*variable + strlen(name));
        if (wanted > 0 && wanted < n) n = wanted;
    }
    return n;
}

/* --- before any library is started ------------------------------------------------------------- */

static void refuse(const char *text)
{
    if (write(STDERR_FILENO, text, strlen(text)) >= 0) _exit(2);
    _exit(1);
}

static void look(int argc, char **argv, char **environment)
{
    (void)argc, (void)argv;
    char text[512];
    unsigned long long stack;
    int n = threads_at_start(environment), got = count_buffers(n);
    if (!has_stack(&stack)) {
        snprintf(text, sizeof text,
                 "reprise: the stack is limited to %llu KiB (ulimit -s); at least %d are needed\n"
                 "  try: ulimit -s 8192\n",
                 stack >> 10, LEAST_STACK_BYTES >> 10);
        refuse(text);
    }
    if (got < n) {
        snprintf(
            text, sizeof text,
            "reprise: memory is limited (ulimit -v): OpenBLAS takes %d MiB of addresses for each "
            "of %d threads\n  try: ulimit -v unlimited%s\n",
            BUFFER_MIB, n, got > 0 ? ", or OMP_NUM_THREADS=1" : "");
        refuse(text);
    }
}

/* The loader calls these before the constructors of libraries. */
__attribute__((section(".preinit_array"), used)) static void (*const look_first)(int, char **,
                                                                                 char **) = look;

/* --- when the number of threads is known ------------------------------------------------------- */

/* The buffers that were mapped at the start are used again. */
bool limits_check(int n_threads, Error *err)
{
    int n_more = n_threads - threads_at_start(environ);
    if (n_more <= 0 || count_buffers(n_more) == n_more) return true;
    error_usage(err,
                "memory is limited (ulimit -v): OpenBLAS takes %d MiB of addresses for each of "
                "%d threads",
                BUFFER_MIB, n_threads);
    return error_hint(err, "ulimit -v unlimited, or --threads %d", n_threads - n_more);
}
