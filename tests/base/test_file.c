#include "base/file.h"
#include "base/hash.h"
#include "base/interrupt.h"

#include "../scratch_folder.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static Error err;
static Arena *arena;

static void make(void)
{
    scratch_folder_make();
    arena = arena_create("test", &err);
}

static void destroy(void)
{
    arena_destroy(arena);
    scratch_folder_remove();
}

TestSuite(file, .init = make, .fini = destroy);

/* --- reading ----------------------------------------------------------------------------------- */

Test(file, reads_the_whole_content_and_a_zero_behind_it)
{
    char *bytes;
    size_t size;
    scratch_folder_write("x", "a\0b", 3);
    cr_assert(file_read(&bytes, &size, scratch_folder_path("x"), arena, &err));
    cr_assert_eq(size, 3);
    cr_assert_arr_eq(bytes, "a\0b", 4);
}

Test(file, reads_files_whose_size_is_not_told)
{
    char *bytes;
    size_t size;
    cr_assert(file_read(&bytes, &size, "/proc/self/status", arena, &err), "%s", err.text);
    cr_assert_gt(size, 100);
    cr_assert_eq(strlen(bytes), size);
}

/* Without asking it would wait as long as the writer does. */
Test(file, a_pipe_is_read_to_its_end_and_waiting_for_it_can_be_stopped, .timeout = 20)
{
    char *bytes, path[64];
    size_t size;
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    cr_assert_eq(write(ends[1], "text", 4), 4);
    interrupt_request();
    cr_expect_not(file_read(&bytes, &size, path, arena, &err));
    cr_expect_eq(err.kind, ERROR_INTERRUPTED);
    error_clear(&err);
    interrupt_forget();
    close(ends[1]);
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    cr_assert_eq(write(ends[1], "more", 4), 4);
    close(ends[1]);
    cr_assert(file_read_input(&bytes, &size, arena, &err), "%s", err.text);
    cr_expect_eq(size, 4);
    cr_expect_str_eq(bytes, "more");
}

Test(file, a_pipe_that_nobody_writes_to_can_be_left, .timeout = 20)
{
    char *bytes;
    size_t size;
    const char *path = scratch_folder_path("pipe");
    cr_assert_eq(mkfifo(path, 0600), 0);
    interrupt_request();
    cr_expect_not(file_read(&bytes, &size, path, arena, &err));
    cr_expect_eq(err.kind, ERROR_INTERRUPTED);
}

Test(file, an_absent_file_is_an_error_with_its_name)
{
    char *bytes;
    size_t size;
    uint64_t n;
    cr_assert_not(file_read(&bytes, &size, "/no/such", arena, &err));
    cr_assert_str_eq(err.text, "/no/such: cannot be opened: No such file or directory");
    error_clear(&err);
    cr_assert_not(file_size(&n, "/no/such", &err));
    cr_assert(strstr(err.text, "/no/such: cannot be read"));
}

Test(file, a_folder_is_not_read_as_a_file)
{
    char *bytes;
    size_t size;
    cr_assert_not(file_read(&bytes, &size, scratch_folder_path(""), arena, &err));
    cr_assert(strstr(err.text, "is a folder"));
}

Test(file, maps_the_content)
{
    const void *bytes;
    size_t size;
    scratch_folder_write("x", "hello", 5);
    scratch_folder_write("empty", "", 0);
    cr_assert(file_map(&bytes, &size, scratch_folder_path("x"), arena, &err));
    cr_assert_eq(size, 5);
    cr_assert_arr_eq(bytes, "hello", 5);
    cr_assert(file_map(&bytes, &size, scratch_folder_path("empty"), arena, &err));
    cr_assert_eq(size, 0);
    cr_assert(bytes);
    cr_assert_not(file_map(&bytes, &size, scratch_folder_path("absent"), arena, &err));
}

Test(file, a_failing_read_is_an_error)
{
    char *bytes;
    const void *map;
    size_t size;
    scratch_folder_write("x", "hello", 5);
    file_fail_at(1);
    cr_assert_not(file_read(&bytes, &size, scratch_folder_path("x"), arena, &err));
    cr_assert(strstr(err.text, "x: cannot be read: Input/output error"), "%s", err.text);
    file_fail_at(1);
    cr_assert_not(file_map(&map, &size, scratch_folder_path("x"), arena, &err));
}

/* --- writing ----------------------------------------------------------------------------------- */

Test(file, writes_atomically_and_makes_parents)
{
    const char *path = scratch_folder_path("a/b/c.txt");
    cr_assert(file_write(path, "one", 3, &err), "%s", err.text);
    cr_assert(file_write(path, "two!", 4, &err));
    cr_assert_str_eq(scratch_folder_read("a/b/c.txt"), "two!");
    char **names;
    size_t n;
    cr_assert(file_list(&names, &n, scratch_folder_path("a/b"), arena, &err));
    cr_assert_eq(n, 1, "no temporary file is left");
    cr_assert(file_exists(path));
    cr_assert(file_is_folder(scratch_folder_path("a/b")));
    cr_assert_not(file_is_folder(path));
}

Test(file, nothing_is_seen_before_the_commit)
{
    const char *path = scratch_folder_path("x");
    FileWriter *writer = file_writer_open(path, arena, &err);
    cr_assert(writer);
    cr_assert(file_writer_add(writer, "abc", 3, &err));
    cr_assert_not(file_exists(path));
    cr_assert(file_writer_commit(writer, &err));
    cr_assert_str_eq(scratch_folder_read("x"), "abc");
    file_writer_abandon(writer);
    cr_assert(file_exists(path));
}

Test(file, large_and_small_pieces_arrive_in_order)
{
    enum { LARGE = 700001 };
    char *large = arena_alloc(arena, LARGE, 1, &err);
    memset(large, 'L', LARGE);
    FileWriter *writer = file_writer_open(scratch_folder_path("x"), arena, &err);
    for (int i = 0; i < 3; i++) {
        cr_assert(file_writer_add(writer, "small", 5, &err));
        cr_assert(file_writer_add(writer, large, LARGE, &err));
    }
    cr_assert(file_writer_commit(writer, &err));
    const char *content = scratch_folder_read("x");
    cr_assert_eq(strlen(content), 3 * (LARGE + 5));
    for (int i = 0; i < 3; i++) {
        const char *part = content + i * (LARGE + 5);
        cr_assert(strncmp(part, "small", 5) == 0 && strncmp(part + 5, large, LARGE) == 0);
    }
}

Test(file, an_abandoned_or_forgotten_writer_leaves_nothing)
{
    ArenaMark mark = arena_mark(arena);
    FileWriter *abandoned = file_writer_open(scratch_folder_path("x"), arena, &err);
    cr_assert(file_writer_add(abandoned, "abc", 3, &err));
    file_writer_abandon(abandoned);
    cr_assert_eq(scratch_folder_count(), 0);
    FileWriter *forgotten = file_writer_open(scratch_folder_path("y"), arena, &err);
    cr_assert(forgotten);
    arena_reset(arena, mark);
    cr_assert_eq(scratch_folder_count(), 0);
}

Test(file, a_write_failing_at_any_point_leaves_the_old_file)
{
    enum { PIECES = 5, PIECE = 150000 };
    char *piece = arena_alloc(arena, PIECE, 1, &err);
    scratch_folder_write("x", "old", 3);
    for (long n = 1;; n++) {
        error_clear(&err);
        file_fail_at(n);
        FileWriter *writer = file_writer_open(scratch_folder_path("x"), arena, &err);
        bool done = writer;
        for (int i = 0; done && i < PIECES; i++) done = file_writer_add(writer, piece, PIECE, &err);
        done = done && file_writer_commit(writer, &err);
        if (writer) file_writer_abandon(writer);
        file_fail_at(0);
        if (done) {
            cr_assert_gt(n, 2);
            break;
        }
        cr_assert_str_eq(scratch_folder_read("x"), "old");
        cr_assert_eq(scratch_folder_count(), 1);
        cr_assert(strstr(err.text, "No space left on device\n  try: free some space"), "%s",
                  err.text);
        cr_assert_lt(n, 50);
    }
}

Test(file, an_allocation_failing_at_any_point_leaves_the_old_file)
{
    scratch_folder_write("x", "old", 3);
    for (long n = 1;; n++) {
        arena_fail_at(n);
        bool done = file_write(scratch_folder_path("x"), "new", 3, &err);
        arena_fail_at(0);
        if (done) break;
        cr_assert_str_eq(scratch_folder_read("x"), "old");
        cr_assert_eq(scratch_folder_count(), 1);
        cr_assert_lt(n, 10);
    }
    cr_assert_str_eq(scratch_folder_read("x"), "new");
}

Test(file, a_size_limit_of_the_system_is_an_ordinary_error)
{
    static char bytes[100000];
    scratch_folder_write("x", "old", 3);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {.rlim_cur = 50000, .rlim_max = RLIM_INFINITY};
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    bool done = file_write(scratch_folder_path("x"), bytes, sizeof bytes, &err);
    limit.rlim_cur = RLIM_INFINITY;
    setrlimit(RLIMIT_FSIZE, &limit);
    cr_assert_not(done);
    cr_assert(strstr(err.text, "File too large\n  try: raise the limit"), "%s", err.text);
    cr_assert_str_eq(scratch_folder_read("x"), "old");
    cr_assert_eq(scratch_folder_count(), 1);
}

Test(file, a_file_where_a_folder_should_be_is_an_error)
{
    scratch_folder_write("x", "", 0);
    cr_assert_not(file_make_folder(scratch_folder_path("x"), &err));
    cr_assert(strstr(err.text, "Not a directory"), "%s", err.text);
    error_clear(&err);
    cr_assert_not(file_write(scratch_folder_path("x/y/z"), "", 0, &err));
    cr_assert(strstr(err.text, "/x"), "%s", err.text);
}

Test(file, a_path_too_long_is_an_error)
{
    char path[6000];
    memset(path, 'x', sizeof path);
    path[sizeof path - 1] = '\0';
    cr_assert_not(file_write(path, "", 0, &err));
    cr_assert_not(file_make_folder(path, &err));
    cr_assert(strstr(err.text, "File name too long"));
}

/* --- folders ----------------------------------------------------------------------------------- */

Test(file, lists_names_in_byte_order)
{
    const char *const expected[] = {"B", "a", "a b", "a.b", "\xC3\xA9"};
    const char *const made[] = {"a.b", "\xC3\xA9", "B", "a b", "a"};
    for (size_t i = 0; i < 5; i++) scratch_folder_write(made[i], "", 0);
    char **names;
    size_t n;
    cr_assert(file_list(&names, &n, scratch_folder_path(""), arena, &err));
    cr_assert_eq(n, 5);
    for (size_t i = 0; i < n; i++) cr_assert_str_eq(names[i], expected[i]);
}

Test(file, lists_many_names_and_none)
{
    char **names;
    size_t n;
    cr_assert(file_list(&names, &n, scratch_folder_path(""), arena, &err));
    cr_assert_eq(n, 0);
    for (int i = 0; i < 200; i++) {
        char name[16];
        snprintf(name, sizeof name, "%03d", i);
        cr_assert(file_make_folder(scratch_folder_path(name), &err));
    }
    cr_assert(file_list(&names, &n, scratch_folder_path(""), arena, &err));
    cr_assert_eq(n, 200);
    cr_assert_str_eq(names[199], "199");
}

Test(file, removes_a_tree_but_not_what_a_link_points_to)
{
    scratch_folder_write("kept/x", "x", 1);
    scratch_folder_write("tree/a/b/c", "x", 1);
    cr_assert_eq(symlink(scratch_folder_path("kept"), scratch_folder_path("tree/link")), 0);
    cr_assert(file_remove_tree(scratch_folder_path("tree"), &err));
    cr_assert(file_remove_tree(scratch_folder_path("tree"), &err), "an absent tree is fine");
    cr_assert_not(file_exists(scratch_folder_path("tree")));
    cr_assert(file_exists(scratch_folder_path("kept/x")));
}

Test(file, renames_folders_and_reports_what_it_cannot)
{
    scratch_folder_write("a/x", "x", 1);
    cr_assert(file_rename(scratch_folder_path("a"), scratch_folder_path("b"), &err));
    cr_assert_str_eq(scratch_folder_read("b/x"), "x");
    cr_assert_not(file_rename(scratch_folder_path("a"), scratch_folder_path("c"), &err));
    cr_assert(strstr(err.text, "cannot be renamed to"));
}

Test(file, joins_paths)
{
    cr_assert_str_eq(file_join(arena, "a", "b", &err), "a/b");
    cr_assert_str_eq(file_join(arena, "a/", "b", &err), "a/b");
    cr_assert_str_eq(file_join(arena, "", "b", &err), "b");
    cr_assert_str_eq(file_join(arena, "/", "b", &err), "/b");
}

Test(file, names_the_folder_that_a_path_lies_in)
{
    static const char *const cases[][2] = {{"a/b", "a"},  {"a/b/c/", "a/b"},   {"b", "."},
                                           {"b/", "."},   {"/b", "/"},         {"a//b", "a"},
                                           {".", "./.."}, {"a/..", "a/../.."}, {"a/.b", "a"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_str_eq(file_parent(arena, cases[i][0], &err), cases[i][1], "%s", cases[i][0]);
}

/* --- locks ------------------------------------------------------------------------------------- */

static bool another_process_can_lock(const char *path)
{
    pid_t child = fork();
    if (child == 0) {
        bool held = false;
        Arena *own = arena_create("child", &err);
        _exit(own && file_lock(&held, path, own, &err) && held ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

Test(file, a_lock_keeps_others_out_until_it_is_released)
{
    bool held;
    const char *path = scratch_folder_path("lock");
    ArenaMark mark = arena_mark(arena);
    cr_assert(file_lock(&held, path, arena, &err));
    cr_assert(held);
    cr_assert_not(another_process_can_lock(path));
    arena_reset(arena, mark);
    cr_assert(another_process_can_lock(path));
}

Test(file, a_lock_in_an_absent_folder_is_an_error)
{
    bool held;
    cr_assert_not(file_lock(&held, scratch_folder_path("absent/lock"), arena, &err));
    cr_assert_not(held);
}

/* --- asked to stop ----------------------------------------------------------------------------- */

Test(file, large_files_ask_whether_to_stop_and_leave_nothing_half_written)
{
    enum { SIZE = 4 * FILE_LOOK_BYTES };
    char *bytes = arena_alloc(arena, SIZE, 1, &err), *read;
    size_t size;
    HashText digest;
    const char *path = scratch_folder_path("large");
    interrupt_at(1L << 40); /* never */
    cr_assert(file_write(path, bytes, SIZE, &err), "%s", err.text);
    cr_expect_geq(interrupt_looks(), 3);
    for (int what = 0; what < 3; what++) {
        Error why = {0};
        interrupt_forget();
        interrupt_at(2);
        cr_expect_not(what == 0   ? file_write(scratch_folder_path("other"), bytes, SIZE, &why)
                      : what == 1 ? file_read(&read, &size, path, arena, &why)
                                  : hash_file(&digest, path, &why));
        cr_expect_eq(why.kind, ERROR_INTERRUPTED, "%d: %s", what, why.text);
    }
    cr_expect_eq(scratch_folder_count(), 1);
    cr_expect(file_write(path, "small ones do not ask", 21, &err), "%s", err.text);
    interrupt_at(0);
}
