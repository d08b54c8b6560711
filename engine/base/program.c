#include "base/program.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { MAX_VARIABLES = 4096 };

/* The environment with one more variable; of two of the same name programs read the first. */
static void extend_environment(char *list[MAX_VARIABLES], char *variable)
{
    size_t n = 0;
    list[n++] = variable;
    for (char **entry = environ; *entry && n + 1 < MAX_VARIABLES; entry++) list[n++] = *entry;
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
    extend_environment(environment, "TZ=UTC");
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
