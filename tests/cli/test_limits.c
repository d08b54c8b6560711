/* Limits of the process, and numbers beyond what the program can do: said at once. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "cli_rig.h"

/* Sanitizers take terabytes of addresses, and more of the stack. */
#if !defined REPRISE_DOUBLE && !defined __SANITIZE_ADDRESS__

TestSuite(limits, .init = cli_rig_begin, .fini = cli_rig_end);

Test(limits, a_small_stack_is_said_and_one_of_the_least_size_does)
{
    cli_rig_limit(RLIMIT_STACK, 64UL << 10);
    cli_rig_expect(cli_rig_run("version"), 2, "the stack is limited to 64 KiB (ulimit -s)",
                   "at least 512 are needed", "try: ulimit -s 8192", NULL);
    cli_rig_limit(RLIMIT_STACK, 512UL << 10);
    setenv("OMP_NUM_THREADS", "2", 1);
    cli_rig_expect(cli_rig_run("run trial --scale mini"), 0, NULL);
}

Test(limits, more_threads_than_there_can_be_are_an_error_not_fewer)
{
    cli_rig_expect(cli_rig_run("plan trial --scale mini --threads 99999999"), 2,
                   "--threads '99999999': expected a whole number from 0 to 256", NULL);
    cli_rig_expect(cli_rig_run("run trial --scale mini --jobs 257"), 2,
                   "--jobs '257': expected a whole number from 0 to 256", NULL);
}

#endif
