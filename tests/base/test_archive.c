#include "base/archive.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/host.h"
#include "base/interrupt.h"
#include "leak_check.h"
#include "../scratch_folder.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static Error err;
static Arena *arena;

/* Archives are made by the tools that people make theirs with: tar, gzip, xz. */
static void run(const char *command)
{
    char line[4096];
    snprintf(line, sizeof line, "cd '%s' && %s", scratch_folder_path(""), command);
    cr_assert_eq(system(line), 0, "%s", line);
}

static void make(void)
{
    scratch_folder_make();
    arena = arena_create("test", &err);
    static char book[300000];
    for (size_t i = 0; i < sizeof book; i++) book[i] = (char)('a' + i * i % 23);
    scratch_folder_write("in/books/one.txt", "first book\n", 11);
    scratch_folder_write("in/books/two.txt", book, sizeof book);
    scratch_folder_write("in/caf\xC3\xA9.txt", "accent", 6);
    scratch_folder_write("in/empty.txt", "", 0);
    scratch_folder_write("plain.txt", "plain text\nof two lines\n", 24);
}

static void destroy(void)
{
    arena_destroy(arena);
    scratch_folder_remove();
}

TestSuite(archive, .init = make, .fini = destroy);

static bool list_member(void *context, const char *member, const char *bytes, size_t size,
                        Error *error)
{
    if (bytes[size] != '\0') return error_set(error, "no zero behind %s", member);
    return buffer_format(context, error, "%s %zu\n", member, size);
}

static const char *listing(const char *name)
{
    Buffer list = buffer_create(arena);
    cr_assert(archive_visit(scratch_folder_path(name), 0, NULL, list_member, &list, &err), "%s",
              err.text);
    return list.data;
}

static const char *const EXPECTED =
    "books/one.txt 11\nbooks/two.txt 300000\ncaf\xC3\xA9.txt 6\nempty.txt 0\n";

Test(archive, reads_tar_in_every_usual_compression)
{
    run("tar -C in --sort=name -cf a.tar . && gzip -k a.tar && xz -k a.tar");
    cr_assert_str_eq(listing("a.tar"), EXPECTED);
    cr_assert_str_eq(listing("a.tar.gz"), EXPECTED);
    cr_assert_str_eq(listing("a.tar.xz"), EXPECTED);
}

Test(archive, reads_old_and_new_tar_headers)
{
    run("tar -C in --sort=name --format=pax -cf pax.tar . && tar -C in --sort=name --format=v7 -cf "
        "v7.tar .");
    cr_assert_str_eq(listing("pax.tar"), EXPECTED);
    cr_assert_str_eq(listing("v7.tar"), EXPECTED);
}

/* One stored member "\xC3\xA9.txt" holding "hi", with the UTF-8 flag set. */
static const unsigned char zip_bytes[] = {
    'P',  'K', 3, 4, 10, 0, 0,  8,  0,    0,    0,   0,    0x21, 0,   0xAC, 0x2A, 0x93, 0xD8, 2,
    0,    0,   0, 2, 0,  0, 0,  6,  0,    0,    0,   0xC3, 0xA9, '.', 't',  'x',  't',  'h',  'i',
    'P',  'K', 1, 2, 10, 0, 10, 0,  0,    8,    0,   0,    0,    0,   0x21, 0,    0xAC, 0x2A, 0x93,
    0xD8, 2,   0, 0, 0,  2, 0,  0,  0,    6,    0,   0,    0,    0,   0,    0,    0,    0,    0,
    0,    0,   0, 0, 0,  0, 0,  0,  0xC3, 0xA9, '.', 't',  'x',  't', 'P',  'K',  5,    6,    0,
    0,    0,   0, 1, 0,  1, 0,  52, 0,    0,    0,   38,   0,    0,   0,    0,    0,
};

Test(archive, reads_zip_with_names_beyond_ascii)
{
    scratch_folder_write("a.zip", zip_bytes, sizeof zip_bytes);
    cr_assert_str_eq(listing("a.zip"), "\xC3\xA9.txt 2\n");
}

static bool is_text(void *context, const char *member)
{
    (void)context;
    return strstr(member, ".txt") != NULL;
}

static bool is_image(void *context, const char *member)
{
    (void)context;
    return strstr(member, ".png") != NULL;
}

/* "\xE9\xE9.txt": not in UTF-8, and without the flag that says so. */
Test(archive, a_wanted_name_that_is_no_utf8_is_refused)
{
    unsigned char bytes[sizeof zip_bytes];
    memcpy(bytes, zip_bytes, sizeof bytes);
    bytes[7] = bytes[47] = 0;
    bytes[30] = bytes[31] = bytes[84] = bytes[85] = 0xE9;
    scratch_folder_write("a.zip", bytes, sizeof bytes);
    Buffer list = buffer_create(arena);
    cr_expect_not(
        archive_visit(scratch_folder_path("a.zip"), 0, is_text, list_member, &list, &err));
    cr_expect(strstr(err.text, "a.zip: the name of member '\?\?.txt' is no UTF-8: 0xE9"), "%s",
              err.text);
    cr_expect(archive_visit(scratch_folder_path("a.zip"), 0, is_image, list_member, &list, &err));
    cr_expect_eq(list.size, 0);
}

Test(archive, a_wrong_checksum_in_a_zip_is_an_error)
{
    unsigned char bytes[sizeof zip_bytes];
    memcpy(bytes, zip_bytes, sizeof bytes);
    bytes[36] = 'H';
    scratch_folder_write("a.zip", bytes, sizeof bytes);
    Buffer list = buffer_create(arena);
    cr_assert_not(archive_visit(scratch_folder_path("a.zip"), 0, NULL, list_member, &list, &err));
    cr_assert(strstr(err.text, "CRC") && strstr(err.text, "a.zip: \xC3\xA9.txt: "), "%s", err.text);
}

Test(archive, a_file_that_is_no_archive_is_one_member)
{
    run("gzip -k plain.txt && xz -k plain.txt && cp plain.txt odd.gz && : > nothing.txt");
    cr_assert_str_eq(listing("plain.txt"), "plain.txt 24\n");
    cr_assert_str_eq(listing("plain.txt.gz"), "plain.txt 24\n");
    cr_assert_str_eq(listing("plain.txt.xz"), "plain.txt 24\n");
    cr_assert_str_eq(listing("odd.gz"), "odd.gz 24\n", "only what is compressed loses its ending");
    cr_assert_str_eq(listing("nothing.txt"), "nothing.txt 0\n");
}

static void expect_refused(const char *name, uint64_t most_bytes, const char *what,
                           const char *to_do)
{
    Buffer list = buffer_create(arena);
    error_clear(&err);
    cr_assert_not(
        archive_visit(scratch_folder_path(name), most_bytes, NULL, list_member, &list, &err));
    cr_expect(strstr(err.text, name) && strstr(err.text, what) && strstr(err.text, to_do), "%s",
              err.text);
}

Test(archive, what_is_named_like_an_archive_and_is_none_is_told)
{
    run("head -c 5000 /dev/urandom > noise.tar.gz; cp plain.txt page.zip;"
        " gzip -c plain.txt > text.tar.gz");
    expect_refused("noise.tar.gz", 0, "is no archive, whatever its name says", "its first bytes");
    expect_refused("page.zip", 0, "is no archive, whatever its name says", "fetch it again");
    expect_refused("text.tar.gz", 0, "it is compressed, but holds no members", "fetch it again");
}

Test(archive, an_encrypted_member_is_told_from_a_damaged_one)
{
    unsigned char bytes[sizeof zip_bytes];
    memcpy(bytes, zip_bytes, sizeof bytes);
    bytes[6] |= 1; /* of the member's own header ... */
    unsigned char *directory = memmem(bytes, sizeof bytes, "PK\1\2", 4);
    cr_assert_not_null(directory);
    directory[8] |= 1; /* ... and in the list at the end */
    scratch_folder_write("a.zip", bytes, sizeof bytes);
    expect_refused("a.zip", 0, "\xC3\xA9.txt: is encrypted", "without one");
}

Test(archive, what_a_mac_adds_is_no_member)
{
    run("mkdir -p mac/__MACOSX && cp plain.txt mac && echo x > mac/__MACOSX/._plain.txt &&"
        " tar -C mac --sort=name -cf mac.tar __MACOSX plain.txt");
    cr_assert_str_eq(listing("mac.tar"), "plain.txt 24\n");
}

Test(archive, what_unpacks_beyond_all_measure_is_refused)
{
    run("yes | head -c 70000000 > lines && gzip -k lines && tar -cJf lines.tar.xz lines");
    expect_refused("lines.gz", 0, "lines: unpacks to more than 67108864 bytes out of an archive of",
                   "unpacked_bytes");
    expect_refused("lines.tar.xz", 0, "lines: unpacks to more than 67108864 bytes",
                   "unpacked_bytes");
    expect_refused("lines.tar.xz", 69999999, "lines: unpacks to more than 69999999 bytes",
                   "unpacked_bytes");
    expect_refused("plain.txt", 23, "plain.txt: unpacks to more than 23 bytes", "unpacked_bytes");
    run("tar -C in --sort=name -cf a.tar .");
    expect_refused("a.tar", 300010, "books/two.txt: unpacks to more than 300010 bytes",
                   "unpacked_bytes");
    Buffer list = buffer_create(arena);
    cr_assert(
        archive_visit(scratch_folder_path("lines.gz"), 70000000, NULL, list_member, &list, &err),
        "%s", err.text);
    cr_assert_str_eq(list.data, "lines 70000000\n");
}

#ifndef __SANITIZE_ADDRESS__

Test(archive, a_member_takes_no_more_memory_than_it_has_bytes)
{
    enum { BYTES = 50000000 };
    run("yes | head -c 50000000 | gzip > lines.gz");
    uint64_t before = host_peak_memory_bytes();
    char *bytes;
    size_t size;
    cr_assert(archive_read_member(&bytes, &size, scratch_folder_path("lines.gz"), 0, "lines", arena,
                                  &err),
              "%s", err.text);
    cr_assert_eq(size, BYTES);
    cr_expect_lt(host_peak_memory_bytes() - before, BYTES / 10 * 13);
}

#endif

static bool is_one(void *context, const char *member)
{
    (void)context;
    return strcmp(member, "books/one.txt") == 0;
}

Test(archive, the_filter_decides_what_is_read)
{
    run("tar -C in --sort=name -cJf a.tar.xz .");
    Buffer list = buffer_create(arena);
    cr_assert(archive_visit(scratch_folder_path("a.tar.xz"), 0, is_one, list_member, &list, &err));
    cr_assert_str_eq(list.data, "books/one.txt 11\n");
}

static bool refuse(void *context, const char *member, const char *bytes, size_t size, Error *error)
{
    (void)bytes, (void)size;
    ++*(int *)context;
    return error_usage(error, "%s: not wanted", member);
}

Test(archive, a_visitors_error_stops_the_visit)
{
    run("tar -C in --sort=name -cf a.tar .");
    int n_calls = 0;
    cr_assert_not(archive_visit(scratch_folder_path("a.tar"), 0, NULL, refuse, &n_calls, &err));
    cr_assert_eq(n_calls, 1);
    cr_assert_str_eq(err.text, "books/one.txt: not wanted");
}

Test(archive, one_member_is_read_by_name)
{
    run("tar -C in -czf a.tgz .");
    char *bytes;
    size_t size;
    cr_assert(archive_read_member(&bytes, &size, scratch_folder_path("a.tgz"), 0, "books/one.txt",
                                  arena, &err));
    cr_assert_str_eq(bytes, "first book\n");
    cr_assert_eq(size, 11);
    cr_assert_not(
        archive_read_member(&bytes, &size, scratch_folder_path("a.tgz"), 0, "x.txt", arena, &err));
    cr_assert(strstr(err.text, "a.tgz: has no member 'x.txt'"));
}

Test(archive, a_truncated_archive_is_an_error_wherever_it_is_cut)
{
    run("tar -C in --sort=name -cf a.tar . && gzip -k a.tar && xz -k a.tar");
    const char *const names[] = {"a.tar.gz", "a.tar.xz"};
    for (size_t i = 0; i < 2; i++) {
        uint64_t size;
        cr_assert(file_size(&size, scratch_folder_path(names[i]), &err));
        for (int part = 1; part <= 9; part++) {
            char command[128];
            snprintf(command, sizeof command, "head -c %d %s > cut", (int)size * part / 10,
                     names[i]);
            run(command);
            Buffer list = buffer_create(arena);
            error_clear(&err);
            cr_assert_not(
                archive_visit(scratch_folder_path("cut"), 0, NULL, list_member, &list, &err),
                "%s cut to %d/10", names[i], part);
            cr_assert(strstr(err.text, "/cut: ") && strstr(err.text, "\n  try: "), "%s", err.text);
        }
    }
}

Test(archive, a_tar_cut_inside_a_member_names_the_member)
{
    run("tar -C in --sort=name -cf a.tar . && head -c 100000 a.tar > cut.tar");
    Buffer list = buffer_create(arena);
    cr_assert_not(archive_visit(scratch_folder_path("cut.tar"), 0, NULL, list_member, &list, &err));
    cr_assert(strstr(err.text, "cut.tar: books/two.txt: "), "%s", err.text);
}

Test(archive, an_absent_archive_is_an_error)
{
    cr_assert_not(
        archive_visit(scratch_folder_path("absent.zip"), 0, NULL, list_member, NULL, &err));
    cr_assert(strstr(err.text, "absent.zip: cannot be read: No such file"), "%s", err.text);
}

Test(archive, every_file_of_a_folder_asks_whether_to_stop)
{
    Buffer list = buffer_create(arena);
    interrupt_at(2);
    cr_expect_not(archive_visit(scratch_folder_path("in"), 0, NULL, list_member, &list, &err));
    cr_expect_eq(err.kind, ERROR_INTERRUPTED);
}

Test(archive, a_folder_reads_as_an_archive_of_its_files)
{
    char *bytes;
    size_t size;
    scratch_folder_write("in/.hidden", "x", 1);
    cr_assert_str_eq(listing("in"), EXPECTED);
    cr_assert(archive_read_member(&bytes, &size, scratch_folder_path("in"), 0, "books/one.txt",
                                  arena, &err),
              "%s", err.text);
    cr_expect_str_eq(bytes, "first book\n");
    Buffer list = buffer_create(arena);
    cr_assert(archive_visit(scratch_folder_path("in"), 0, is_one, list_member, &list, &err), "%s",
              err.text);
    cr_expect_str_eq(list.data, "books/one.txt 11\n");
}

static void read_with_failures(bool failing_reads)
{
    for (long n = 1;; n++) {
        Error own = {0};
        char *bytes;
        size_t size;
        Arena *small = arena_create("small", &own);
        if (failing_reads) file_fail_at(n);
        else arena_fail_at(n);
        bool done = archive_read_member(&bytes, &size, scratch_folder_path("a.tgz"), 0,
                                        "books/two.txt", small, &own);
        file_fail_at(0);
        arena_fail_at(0);
        arena_destroy(small);
        if (done) break;
        cr_assert(strstr(own.text, failing_reads ? "read error" : "out of memory"), "%s", own.text);
        cr_assert_lt(n, 100);
    }
}

Test(archive, failing_reads_and_allocations_are_errors_and_leak_nothing)
{
    run("tar -C in -czf a.tgz .");
    for (int i = 0; i < 2; i++) {
        read_with_failures(i);
        cr_assert(leak_check_clean());
    }
}
