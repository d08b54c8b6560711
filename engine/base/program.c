#include "base/program.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { MAX_VARIABLES = 4096 };

/* Same numbers, same bytes, wherever and whenever they are drawn: 11 June 2018, 00:00 UTC. */
static char *const settled[] = {"TZ=UTC", "SOURCE_DATE_EPOCH=1528675200"};
enum { N_SETTLED = sizeof settled / sizeof *settled };

static bool is_settled(const char *variable)
{
    for (size_t i = 0; i < N_SETTLED; i++)
        if (strncmp(variable, settled[i], strcspn(settled[i], "=") + 1) == 0) return true;
    return false;
}

/* The environment with what is settled, in place of what it says of it. */
static void settle_environment(char *list[MAX_VARIABLES])
{
    size_t n = 0;
    for (size_t i = 0; i < N_SETTLED; i++) list[n++] = settled[i];
    for (char **entry = environ; *entry && n + 1 < MAX_VARIABLES; entry++)
        if (!is_settled(*entry)) list[n++] = *entry;
    list[n] = NULL;
}

static bool direct_output(posix_spawn_file_actions_t *actions, const char *folder, const char *log)
{
    return (!folder || posix_spawn_file_actions_addchdir_np(actions, folder) == 0) &&
           posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0 &&
           posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, log ? log : "/dev/null",
                                            O_WRONLY | O_CREAT | O_TRUNC, 0666) == 0 &&
           posix_spawn_file_actions_adddup2(actions, STDOUT_FILENO, STDERR_FILENO) == 0;
}

static int wait_for(pid_t process)
{
    int status;
    while (waitpid(process, &status, 0) < 0)
        if (errno != EINTR) return PROGRAM_MISSING;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int program_run(const char *const *argv, const char *folder, const char *log)
{
    char *environment[MAX_VARIABLES];
    settle_environment(environment);
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) return PROGRAM_MISSING;
    pid_t process;
    /* posix_spawnp changes none of the words; its type is older than const. */
    bool started =
        direct_output(&actions, folder, log) &&
        posix_spawnp(&process, argv[0], &actions, NULL, (char *const *)argv, environment) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return started ? wait_for(process) : PROGRAM_MISSING;
}
