#include "base/download.h"

#include "base/file.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "../scratch_folder.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

/* file:// addresses go the same way as https:// ones, but for the network. */

enum { SIZE = 400000 };
static Error err;
static char content[SIZE];
static char url[1200];

static void make(void)
{
    scratch_folder_make();
    for (size_t i = 0; i < SIZE; i++) content[i] = (char)('a' + i * i % 23);
    scratch_folder_write("source", content, SIZE);
    snprintf(url, sizeof url, "file://%s", scratch_folder_path("source"));
}

TestSuite(download, .init = make, .fini = scratch_folder_remove);

static void assert_whole(void)
{
    cr_assert(strncmp(scratch_folder_read("got"), content, SIZE) == 0);
    cr_assert_not(file_exists(scratch_folder_path("got.part")));
}

Test(download, fetches_a_file)
{
    cr_assert(download_file(url, scratch_folder_path("got"), 0, &err), "%s", err.text);
    assert_whole();
}

Test(download, makes_the_folder_it_fetches_into)
{
    cr_assert(download_file(url, scratch_folder_path("a/b/got"), SIZE, &err), "%s", err.text);
    cr_assert(file_exists(scratch_folder_path("a/b/got")));
}

Test(download, goes_on_where_it_broke_off)
{
    /* The part is marked, so that it shows whether it was kept. */
    content[5] = '!';
    scratch_folder_write("got.part", content, 150000);
    cr_assert(download_file(url, scratch_folder_path("got"), SIZE, &err), "%s", err.text);
    assert_whole();
}

Test(download, a_complete_part_needs_no_source)
{
    scratch_folder_write("got.part", content, SIZE);
    cr_assert(download_file("file:///no/such/file", scratch_folder_path("got"), SIZE, &err), "%s",
              err.text);
    assert_whole();
}

Test(download, a_part_that_is_too_long_is_begun_anew)
{
    static char longer[SIZE + 10];
    scratch_folder_write("got.part", longer, sizeof longer);
    cr_assert(download_file(url, scratch_folder_path("got"), SIZE, &err), "%s", err.text);
    assert_whole();
    scratch_folder_write("got.part", longer, sizeof longer);
    cr_assert(download_file(url, scratch_folder_path("got"), 0, &err), "%s", err.text);
    assert_whole();
}

Test(download, another_size_than_expected_is_an_error)
{
    cr_assert_not(download_file(url, scratch_folder_path("got"), SIZE + 1, &err));
    cr_assert(strstr(err.text, "has 400000 bytes, but 400001 were expected\n  try: "), "%s",
              err.text);
    cr_assert_eq(scratch_folder_count(), 1);
}

Test(download, what_cannot_be_fetched_is_told_apart)
{
    const struct {
        const char *url, *message;
        ErrorKind kind;
    } cases[] = {
        {"file:///no/such/file", "there is no such file", ERROR_FAILED},
        {"gopher://host/x", "is no address that can be fetched", ERROR_USAGE},
        {"https://", "is no address that can be fetched", ERROR_USAGE},
        {"http://host.invalid/x", "the host cannot be reached", ERROR_FAILED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        error_clear(&err);
        cr_assert_not(download_file(cases[i].url, scratch_folder_path("got"), 0, &err));
        cr_expect(strstr(err.text, cases[i].url) && strstr(err.text, cases[i].message), "%s",
                  err.text);
        cr_expect_eq(err.kind, cases[i].kind);
    }
    cr_assert_eq(scratch_folder_count(), 1, "nothing is left behind");
}

Test(download, a_full_disk_is_an_error_and_the_next_try_goes_on)
{
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {.rlim_cur = 100000, .rlim_max = RLIM_INFINITY};
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    bool done = download_file(url, scratch_folder_path("got"), SIZE, &err);
    limit.rlim_cur = RLIM_INFINITY;
    setrlimit(RLIMIT_FSIZE, &limit);
    cr_assert_not(done);
    cr_assert(strstr(err.text, "got.part: cannot be written: File too large"), "%s", err.text);
    cr_assert_not(file_exists(scratch_folder_path("got")));
    uint64_t size;
    cr_assert(file_size(&size, scratch_folder_path("got.part"), &err) && size == 100000);
    cr_assert(download_file(url, scratch_folder_path("got"), SIZE, &err));
    assert_whole();
}

Test(download, a_write_failing_at_any_point_is_an_error_that_can_be_gone_on_from)
{
    for (long n = 1;; n++) {
        error_clear(&err);
        file_fail_at(n);
        bool done = download_file(url, scratch_folder_path("got"), SIZE, &err);
        file_fail_at(0);
        if (done) break;
        cr_assert(strstr(err.text, "No space left on device\n  try: free"), "%s", err.text);
        cr_assert(download_file(url, scratch_folder_path("got"), SIZE, &err), "%s", err.text);
        assert_whole();
        cr_assert(file_remove_tree(scratch_folder_path("got"), &err));
        cr_assert_lt(n, 1000);
    }
    assert_whole();
}

Test(download, an_interruption_keeps_the_part)
{
    scratch_folder_write("got.part", content, 1000);
    interrupt_request();
    cr_assert_not(download_file(url, scratch_folder_path("got"), SIZE, &err));
    cr_assert_eq(err.kind, ERROR_INTERRUPTED);
    cr_assert(file_exists(scratch_folder_path("got.part")));
    cr_assert_not(file_exists(scratch_folder_path("got")));
}

static ProgressWork last;
static bool has_finished;

static void keep_last(const ProgressUpdate *update, void *context)
{
    (void)context;
    last = *update->work[0];
    has_finished = update->finished;
}

Test(download, reports_its_progress)
{
    progress_install(keep_last, NULL);
    cr_assert(download_file(url, scratch_folder_path("got"), SIZE, &err));
    cr_assert(has_finished);
    cr_assert_eq(last.done, SIZE);
    cr_assert_eq(last.total, SIZE);
    cr_assert_str_eq(last.title, "fetching source", "not the file that it arrives in");
}
