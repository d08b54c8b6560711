#include "base/hash.h"

#include "base/file.h"
#include "../scratch_folder.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(hash, .init = scratch_folder_make, .fini = scratch_folder_remove);

/* FIPS 180-4 examples. */
static const char *const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
static const char *const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const char *const MILLION_A =
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

Test(hash, bytes_have_the_published_digests)
{
    cr_assert_str_eq(hash_bytes("abc", 3).text, ABC);
    cr_assert_str_eq(hash_bytes("", 0).text, EMPTY);
}

Test(hash, pieces_hash_like_the_whole)
{
    Error err = {0};
    Arena *arena = arena_create("test", &err);
    Hash *hash = hash_begin(arena, &err);
    cr_assert(hash);
    for (int i = 0; i < 1000; i++) {
        char piece[1000];
        memset(piece, 'a', sizeof piece);
        hash_add(hash, piece, sizeof piece);
    }
    cr_assert_str_eq(hash_end(hash).text, MILLION_A);
    arena_destroy(arena);
}

Test(hash, a_file_hashes_like_its_content)
{
    Error err = {0};
    HashText digest;
    static char million[1000000];
    memset(million, 'a', sizeof million);
    scratch_folder_write("million", million, sizeof million);
    cr_assert(hash_file(&digest, scratch_folder_path("million"), &err));
    cr_assert_str_eq(digest.text, MILLION_A);
}

Test(hash, a_file_that_cannot_be_read_is_an_error)
{
    Error err = {0};
    HashText digest;
    cr_assert_not(hash_file(&digest, scratch_folder_path("absent"), &err));
    cr_assert(strstr(err.text, "absent: cannot be opened: No such file"));
    error_clear(&err);
    cr_assert_not(hash_file(&digest, scratch_folder_path(""), &err));
    cr_assert(strstr(err.text, "Is a directory"), "%s", err.text);
    error_clear(&err);
    scratch_folder_write("x", "abc", 3);
    file_fail_at(1);
    cr_assert_not(hash_file(&digest, scratch_folder_path("x"), &err));
    cr_assert(strstr(err.text, "x: cannot be read"));
}

Test(hash, the_64_bits_are_the_first_of_the_digest)
{
    cr_assert_eq(hash_u64("abc", 3), 0xba7816bf8f01cfea);
}

Test(hash, every_failing_allocation_is_an_error)
{
    Error err = {0};
    HashText digest;
    scratch_folder_write("x", "abc", 3);
    for (long n = 1;; n++) {
        error_clear(&err);
        arena_fail_at(n);
        bool done = hash_file(&digest, scratch_folder_path("x"), &err);
        arena_fail_at(0);
        if (done) break;
        cr_assert(strstr(err.text, "out of memory"));
        cr_assert_lt(n, 10);
    }
    cr_assert_str_eq(digest.text, ABC);
}

/* As `git hash-object` names them. */
Test(hash, git_names_the_content_of_a_file)
{
    Error err = {0};
    HashText digest;
    scratch_folder_write("empty", "", 0);
    scratch_folder_write("hello", "hello\n", 6);
    cr_assert(hash_file_for_git(&digest, scratch_folder_path("empty"), &err), "%s", err.text);
    cr_expect_str_eq(digest.text, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    cr_assert(hash_file_for_git(&digest, scratch_folder_path("hello"), &err), "%s", err.text);
    cr_expect_str_eq(digest.text, "ce013625030ba8dba906f756967f9e9ca394464a");
}

Test(hash, digits_are_lower_case_and_as_many_as_asked_for)
{
    cr_expect(hash_is_digits("09af", 4));
    cr_expect_not(hash_is_digits("09af", 5));
    cr_expect_not(hash_is_digits("09AF", 4));
    cr_expect_not(hash_is_digits("09ag", 4));
}
