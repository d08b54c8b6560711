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
