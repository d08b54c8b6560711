#include "cli_rig.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../scratch_folder.h"
#include "base/file.h"

enum { MAX_WORDS = 32 };

static Arena *arena;
static Error err;
static char *program;
static struct rlimit limits[RLIM_NLIMITS]; /* rlim_max 0: as it is */

static void copy_folder(const char *from, const char *to)
{
    char **names;
    size_t n;
    cr_assert(file_list(&names, &n, from, arena, &err), "%s", err.text);
    for (size_t i = 0; i < n; i++) {
        char *source = file_join(arena, from, names[i], &err);
        char *copy = file_join(arena, to, names[i], &err), *bytes;
        size_t size;
        if (file_is_folder(source)) {
            copy_folder(source, copy);
            continue;
        }
        cr_assert(file_read(&bytes, &size, source, arena, &err) &&
                      file_write(copy, bytes, size, &err),
                  "%s", err.text);
    }
}

void cli_rig_begin(void)
{
    const char *path = getenv("REPRISE");
    if (!path || access(path, X_OK) != 0) cr_skip_test("REPRISE does not name the built command");
    program = strdup(path);
    err = (Error){0};
    scratch_folder_make();
    arena = arena_create("cli rig", &err);
    cr_assert(arena, "%s", err.text);
    copy_folder("tests/experiment/data", scratch_folder_path(""));
    cr_assert_eq(chdir(scratch_folder_path("")), 0);
    unsetenv("REPRISE_STORE");
    setenv("REPRISE_MIRROR", "mirror", 1);
    setenv("OMP_NUM_THREADS", "1", 1);
}

void cli_rig_end(void)
{
    if (!arena) return;
    cr_assert_eq(chdir("/"), 0);
    free(program);
    arena_destroy(arena);
    scratch_folder_remove();
}

void (*cli_rig_hang_up)(int) = SIG_DFL;

static void become(const char *words, const char *out, const char *errors)
{
    char *argv[MAX_WORDS + 2] = {program}, *copy = strdup(words);
    int n = 1;
    for (char *word = strtok(copy, " "); word && n <= MAX_WORDS; word = strtok(NULL, " "))
        argv[n++] = word;
    signal(SIGHUP, cli_rig_hang_up); /* nohup around all tests has made it ignored */
    if (!freopen(out, "w", stdout) || !freopen(errors, "w", stderr)) _exit(126);
    for (int i = 0; i < (int)RLIM_NLIMITS; i++)
        if (limits[i].rlim_max) setrlimit(i, &limits[i]);
    execv(program, argv);
    _exit(127);
}

static const char *output_path(pid_t process, const char *what)
{
    return arena_format(arena, &err, "%s-%ld", what, (long)process);
}

pid_t cli_rig_start(const char *words)
{
    pid_t process = fork();
    cr_assert_geq(process, 0);
    if (process == 0) become(words, output_path(getpid(), "out"), output_path(getpid(), "err"));
    return process;
}

CliRun cli_rig_wait(pid_t process)
{
    int status;
    char *out, *errors;
    size_t size;
    cr_assert_eq(waitpid(process, &status, 0), process);
    cr_assert(file_read(&out, &size, output_path(process, "out"), arena, &err) &&
                  file_read(&errors, &size, output_path(process, "err"), arena, &err),
              "%s", err.text);
    return (CliRun){WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), out, errors};
}

CliRun cli_rig_run(const char *words)
{
    return cli_rig_wait(cli_rig_start(words));
}

void cli_rig_limit(int resource, unsigned long bytes)
{
    limits[resource] = (struct rlimit){bytes, bytes};
}

void cli_rig_limit_file(unsigned long bytes)
{
    cli_rig_limit(RLIMIT_FSIZE, bytes);
}

void cli_rig_edit(const char *path, const char *from, const char *to)
{
    char *text;
    size_t size;
    cr_assert(file_read(&text, &size, path, arena, &err), "%s", err.text);
    const char *at = strstr(text, from);
    cr_assert(at, "'%s' is not in %s", from, path);
    char *edited =
        arena_format(arena, &err, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    cr_assert(file_write(path, edited, strlen(edited), &err), "%s", err.text);
}

void cli_rig_expect(CliRun run, int status, ...)
{
    va_list texts;
    cr_expect_eq(run.status, status, "status %d, expected %d:\n%s", run.status, status, run.err);
    va_start(texts, status);
    for (const char *text; (text = va_arg(texts, const char *)) != NULL;)
        cr_expect(strstr(run.err, text), "'%s' is not in:\n%s", text, run.err);
    va_end(texts);
}

static const char *counted_name;
static int count;

static int count_name(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status, (void)type;
    count += !strcmp(path + place->base, counted_name);
    return 0;
}

int cli_rig_count(const char *folder, const char *name)
{
    count = 0;
    counted_name = name;
    nftw(folder, count_name, 8, FTW_PHYS);
    return count;
}
