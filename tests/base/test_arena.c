#include "base/arena.h"
#include "leak_check.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

static Error err;
static Arena *arena;

static void make(void)
{
    arena = arena_create("test", &err);
    cr_assert(arena);
}

static void destroy(void)
{
    arena_destroy(arena);
}

TestSuite(arena, .init = make, .fini = destroy);

static bool all_zero(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i]) return false;
    }
    return true;
}

Test(arena, pieces_are_zeroed_aligned_and_apart)
{
    char *before = NULL;
    for (size_t size = 1; size < 3000; size += 7) {
        char *piece = arena_alloc(arena, size, 1, &err);
        cr_assert(piece);
        cr_assert_eq((uintptr_t)piece % 64, 0);
        cr_assert(all_zero(piece, size));
        cr_assert_neq(piece, before);
        memset(piece, 0xAB, size);
        before = piece;
    }
}

Test(arena, a_large_piece_is_zeroed_whole)
{
    size_t size = (size_t)9 << 20;
    char *piece = arena_alloc(arena, size, 1, &err);
    cr_assert(piece && all_zero(piece, size));
    cr_assert_eq((uintptr_t)piece % 64, 0);
}

Test(arena, a_list_grows_and_keeps_what_it_had)
{
    int *items = NULL;
    size_t room = 0;
    for (int i = 0; i < 1000; i++) {
        int *grown = arena_grow(arena, items, (size_t)i, &room, sizeof *grown, &err);
        cr_assert(grown && room > (size_t)i);
        items = grown;
        items[i] = i;
    }
    for (int i = 0; i < 1000; i++) cr_assert_eq(items[i], i);
}

Test(arena, a_list_that_cannot_grow_is_as_it_was)
{
    size_t room = 0;
    char *items = arena_grow(arena, NULL, 0, &room, 1, &err);
    cr_assert(items);
    const size_t before = room;
    arena_fail_at(1);
    cr_expect_null(arena_grow(arena, items, before, &room, 1, &err));
    arena_fail_at(0);
    cr_expect_eq(room, before);
    cr_expect_gt(err.n_errors, 0);
}

Test(arena, reset_memory_comes_zeroed_again)
{
    const size_t sizes[] = {40, 100000, (size_t)3 << 20};
    ArenaMark mark = arena_mark(arena);
    for (int round = 0; round < 4; round++) {
        for (size_t i = 0; i < 3; i++) {
            char *piece = arena_alloc(arena, sizes[i], 1, &err);
            cr_assert(piece && all_zero(piece, sizes[i]), "round %d, size %zu", round, sizes[i]);
            memset(piece, 0xFF, sizes[i]);
        }
        arena_reset(arena, mark);
    }
}

Test(arena, what_was_before_the_mark_survives_a_reset)
{
    char *kept = arena_text(arena, "kept", &err);
    ArenaMark mark = arena_mark(arena);
    cr_assert(arena_alloc(arena, 5 << 20, 1, &err));
    arena_reset(arena, mark);
    cr_assert(arena_alloc(arena, 100, 1, &err));
    cr_assert_str_eq(kept, "kept");
}

Test(arena, a_step_that_repeats_asks_the_system_only_once)
{
    ArenaMark mark = arena_mark(arena);
    const char *first[20];
    for (int round = 0; round < 5; round++) {
        for (size_t i = 0; i < 20; i++) {
            const char *piece = arena_alloc(arena, 50000 * (i + 1), 1, &err);
            cr_assert(piece);
            if (round == 1) first[i] = piece;
            if (round > 1) cr_assert_eq(piece, first[i]);
        }
        arena_reset(arena, mark);
    }
}

Test(arena, a_small_piece_leaves_the_large_spare_block_to_a_large_one)
{
    ArenaMark mark = arena_mark(arena);
    const char *large = arena_alloc(arena, 8 << 20, 1, &err);
    cr_assert(large && arena_alloc(arena, 100, 1, &err));
    arena_reset(arena, mark);
    cr_assert(arena_alloc(arena, 100, 1, &err));
    cr_assert_eq(arena_alloc(arena, 8 << 20, 1, &err), large);
}

Test(arena, counts_what_it_handed_out)
{
    cr_assert_eq(arena_used_bytes(arena), 0);
    cr_assert(arena_alloc(arena, 1, 1, &err));
    ArenaMark mark = arena_mark(arena);
    cr_assert(arena_alloc(arena, 100, 4, &err));
    cr_assert_eq(arena_used_bytes(arena), 64 + 448);
    arena_reset(arena, mark);
    cr_assert_eq(arena_used_bytes(arena), 64);
    cr_assert_eq(arena_peak_bytes(arena), 64 + 448);
}

Test(arena, nothing_at_all_is_a_valid_pointer)
{
    cr_assert(arena_alloc(arena, 0, 8, &err));
    cr_assert_eq(arena_used_bytes(arena), 0);
}

Test(arena, an_overflowing_size_is_an_error)
{
    cr_assert_null(arena_alloc(arena, SIZE_MAX / 2, 3, &err));
    cr_assert_null(arena_alloc(arena, SIZE_MAX - 8, 1, &err));
    cr_assert_null(arena_alloc(arena, SIZE_MAX / 4, 1, &err));
    cr_assert(strstr(err.text, "out of memory: arena 'test'"), "%s", err.text);
    cr_assert_eq(err.kind, ERROR_FAILED);
}

Test(arena, texts_are_copied_and_terminated)
{
    char source[] = "abcdef";
    char *span = arena_text_span(arena, source, 3, &err), *whole = arena_text(arena, source, &err);
    source[0] = 'X';
    cr_assert_str_eq(span, "abc");
    cr_assert_str_eq(whole, "abcdef");
    cr_assert_str_eq(arena_format(arena, &err, "%s-%d", whole, 5), "abcdef-5");
}

static char released[16];
static void note_release(void *object)
{
    strcat(released, object);
}

Test(arena, deferred_releases_run_last_first_and_once)
{
    cr_assert(arena_defer(arena, note_release, "a", &err));
    ArenaMark mark = arena_mark(arena);
    cr_assert(arena_defer(arena, note_release, "b", &err));
    cr_assert(arena_defer(arena, note_release, "c", &err));
    arena_reset(arena, mark);
    cr_assert_str_eq(released, "cb");
    arena_destroy(arena);
    arena = NULL;
    cr_assert_str_eq(released, "cba");
}

Test(arena, a_failed_defer_releases_at_once)
{
    arena_fail_at(1);
    cr_assert_not(arena_defer(arena, note_release, "x", &err));
    arena_fail_at(0);
    cr_assert_str_eq(released, "x");
}

Test(arena, the_nth_allocation_and_all_after_it_fail_on_demand)
{
    arena_fail_at(3);
    cr_assert(arena_alloc(arena, 1, 1, &err));
    cr_assert(arena_alloc(arena, 1, 1, &err));
    cr_assert_null(arena_alloc(arena, 1, 1, &err));
    cr_assert_null(arena_alloc(arena, 1, 1, &err));
    cr_assert_null(arena_create("other", &err));
    arena_fail_at(0);
    cr_assert(arena_alloc(arena, 1, 1, &err));
}

static void use_another_arena(void)
{
    Arena *other = arena_create("other", &err);
    ArenaMark mark = arena_mark(other);
    for (int i = 0; i < 100; i++) {
        cr_assert(arena_alloc(other, (size_t)1 << (i % 20), 1, &err));
        if (i == 50) arena_reset(other, mark);
    }
    arena_destroy(other);
}

Test(arena, destroying_gives_everything_back)
{
    use_another_arena();
    cr_assert(leak_check_clean());
}

#ifdef __SANITIZE_ADDRESS__
Test(arena, gaps_and_reset_memory_are_poisoned)
{
    char *first = arena_alloc(arena, 60, 1, &err);
    ArenaMark mark = arena_mark(arena);
    char *second = arena_alloc(arena, 64, 1, &err);
    cr_assert_not(__asan_address_is_poisoned(first + 59));
    cr_assert(__asan_address_is_poisoned(first + 60));
    cr_assert(__asan_address_is_poisoned(second - 1));
    cr_assert(__asan_address_is_poisoned(second + 64));
    arena_reset(arena, mark);
    cr_assert(__asan_address_is_poisoned(second));
}
#endif
