/* Runs the built command, as a user would, in a scratch folder that holds the experiments and
 * data sets of tests/experiment/data. Its path comes from the environment (REPRISE), set by
 * `make test`; without it the tests skip themselves. */
#ifndef TESTS_CLI_RIG_H
#define TESTS_CLI_RIG_H

#include <stdbool.h>
#include <sys/types.h>

typedef struct CliRun {
    int status;            /* exit status; -N when signal N ended it */
    const char *out, *err; /* what it printed */
} CliRun;

void cli_rig_begin(void); /* .init of a suite; the scratch folder becomes the working folder */
void cli_rig_end(void);

/* "plan trial --scale mini": words are parted by single spaces. */
CliRun cli_rig_run(const char *words);

/* What a process starts with for SIGHUP: as a shell has it, unless a test says otherwise. */
extern void (*cli_rig_hang_up)(int);

/* The same in the background. */
pid_t cli_rig_start(const char *words);
CliRun cli_rig_wait(pid_t process);

/* Runs from now on have this limit (RLIMIT_AS, RLIMIT_STACK, ...); 0: the usual one. */
void cli_rig_limit(int resource, unsigned long bytes);

/* Files that a run may write end here from now on, as if the disk were full; 0: no limit. */
void cli_rig_limit_file(unsigned long bytes);

/* Replaces `from`, which must be there, by `to` in a file. */
void cli_rig_edit(const char *path, const char *from, const char *to);

/* Asserts the status, and that each of the texts (up to NULL) is in what went to standard error. */
void cli_rig_expect(CliRun run, int status, ...);

/* How many files of this name lie anywhere in a folder. */
int cli_rig_count(const char *folder, const char *name);

#endif
