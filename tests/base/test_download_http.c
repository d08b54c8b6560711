#include "base/download.h"

#include "base/file.h"
#include "http_server.h"
#include "../scratch_folder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 400000 };
static Error err;
static char content[SIZE];
static int port;

static void make(void)
{
    scratch_folder_make();
    for (size_t i = 0; i < SIZE; i++) content[i] = (char)('a' + i * i % 23);
    download_hurry(true);
    port = http_server_start(content, SIZE);
    setenv("no_proxy", "127.0.0.1", 1);
}

static void stop(void)
{
    http_server_stop();
    scratch_folder_remove();
}

TestSuite(download_http, .init = make, .fini = stop);

static bool fetch(const char *name, size_t expected)
{
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/%s", port, name);
    return download_file(url, scratch_folder_path("got"), expected, &err);
}

/* `mark` stands at the place where a kept part was marked, to tell it from a fresh one. */
static void assert_whole(char mark)
{
    const char *got = scratch_folder_read("got");
    cr_assert_eq(got[5], mark);
    cr_assert(strncmp(got, content, 5) == 0 && strncmp(got + 6, content + 6, SIZE - 6) == 0);
    cr_assert_not(file_exists(scratch_folder_path("got.part")));
}

static void write_marked_part(size_t size)
{
    char *part = malloc(size);
    memcpy(part, content, size < SIZE ? size : SIZE);
    part[5] = '!';
    scratch_folder_write("got.part", part, size);
    free(part);
}

Test(download_http, goes_on_where_it_broke_off)
{
    write_marked_part(100000);
    cr_assert(fetch("ranges", SIZE), "%s", err.text);
    assert_whole('!');
}

Test(download_http, begins_anew_when_the_server_cannot_go_on)
{
    write_marked_part(100000);
    cr_assert(fetch("whole", SIZE), "%s", err.text);
    assert_whole(content[5]);
}

Test(download_http, begins_anew_when_the_part_is_longer_than_the_file)
{
    write_marked_part(SIZE + 7);
    cr_assert(fetch("exact", 0), "%s", err.text);
    assert_whole(content[5]);
}

Test(download_http, a_dropped_connection_is_taken_up_again)
{
    cr_assert(fetch("breaks", SIZE), "%s", err.text);
    assert_whole(content[5]);
}

Test(download_http, a_busy_server_is_asked_again)
{
    cr_assert(fetch("busy", SIZE), "%s", err.text);
    assert_whole(content[5]);
}

Test(download_http, an_absent_page_is_an_error_with_its_status)
{
    cr_assert_not(fetch("absent", SIZE));
    cr_assert(strstr(err.text, "/absent: the server answers with HTTP status 404\n  try: "), "%s",
              err.text);
    cr_assert_eq(scratch_folder_count(), 0);
}

static void expect_failure(const char *name, size_t expected, const char *message, bool keeps_part)
{
    cr_assert_not(fetch(name, expected));
    cr_expect(strstr(err.text, name) && strstr(err.text, message) && strstr(err.text, "\n  try: "),
              "%s", err.text);
    cr_expect_not(file_exists(scratch_folder_path("got")));
    cr_expect_eq(file_exists(scratch_folder_path("got.part")), keeps_part);
}

Test(download_http, a_server_that_stays_ill_is_an_error_with_its_status)
{
    expect_failure("ill", SIZE, "the server answers with HTTP status 500", false);
}

Test(download_http, connections_that_always_drop_leave_a_part_to_go_on_from)
{
    expect_failure("short", SIZE, "the download broke off", true);
    cr_assert(fetch("ranges", SIZE), "%s", err.text);
}

Test(download_http, a_server_that_stalls_is_given_up)
{
    expect_failure("stalls", SIZE, "the host cannot be reached", true);
}

Test(download_http, a_stream_without_end_is_cut_at_the_size_that_is_expected)
{
    expect_failure("endless", SIZE + 5, "has more than 400005 bytes, but 400005 were expected",
                   false);
}

Test(download_http, more_or_less_than_announced_is_an_error)
{
    expect_failure("less", SIZE, "has 200000 bytes, but 400000 were expected", false);
    error_clear(&err);
    expect_failure("whole", SIZE / 2, "has more than 200000 bytes, but 200000 were expected",
                   false);
}

Test(download_http, a_server_may_lead_elsewhere_but_to_no_file_and_not_for_ever)
{
    cr_assert(fetch("moved", SIZE), "%s", err.text);
    assert_whole(content[5]);
    cr_assert(file_remove_tree(scratch_folder_path("got"), &err));
    expect_failure("local", 0, "is no address that can be fetched", false);
    error_clear(&err);
    expect_failure("circle", SIZE, "the download broke off", false);
}
