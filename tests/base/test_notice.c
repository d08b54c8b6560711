#include "base/notice.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../scratch_folder.h"
#include "base/file.h"

TestSuite(notice, .init = scratch_folder_make, .fini = scratch_folder_remove);

static const char *path(void)
{
    return scratch_folder_path("runs/one.json");
}

/* Another process that holds it, until it is killed. */
static pid_t hold(void)
{
    int ends[2];
    char byte;
    cr_assert_eq(pipe(ends), 0);
    const pid_t process = fork();
    if (process == 0) {
        Notice notice;
        notice_open(&notice, path());
        notice_write(&notice, "how it is", 9);
        const bool is_worker = fork() == 0; /* which lives on for a moment */
        if (!is_worker) (void)!write(ends[1], "x", 1);
        sleep(is_worker ? 2 : 60);
        _exit(0);
    }
    cr_assert_eq(read(ends[0], &byte, 1), 1);
    return process;
}

static void end(pid_t process)
{
    kill(process, SIGKILL);
    cr_assert_eq(waitpid(process, NULL, 0), process);
}

Test(notice, is_held_while_its_process_lives_and_removed_once_it_was_killed)
{
    const pid_t process = hold();
    cr_expect(notice_is_held(path()));
    cr_expect(file_exists(path()));
    end(process);
    cr_expect_not(notice_is_held(path()), "whatever it has started lives");
    cr_expect_not(file_exists(path()));
}

Test(notice, says_what_was_written_last)
{
    Notice notice;
    notice_open(&notice, path());
    notice_write(&notice, "a long beginning", 16);
    notice_write(&notice, "shorter", 7);
    cr_expect_str_eq(scratch_folder_read("runs/one.json"), "shorter");
    notice_close(&notice);
    cr_expect_not(file_exists(path()));
    notice_close(&notice);
}

Test(notice, that_cannot_be_written_is_of_no_consequence)
{
    Notice notice;
    notice_open(&notice, "/proc/none/one.json");
    notice_write(&notice, "x", 1);
    notice_close(&notice);
    cr_expect_not(notice_is_held("/proc/none/one.json"));
}
