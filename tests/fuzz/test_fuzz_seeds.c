/* The seeds of `make fuzz`, and what it found earlier, replayed. */
#include <criterion/criterion.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "fuzz_targets.h"

TestSuite(fuzz_seeds, .init = scratch_folder_make, .fini = scratch_folder_remove);

static void replay(size_t target, Arena *arena, Error *err)
{
    const char *name = fuzz_targets_name(target);
    char *folder = file_join(arena, "tests/fuzz/seeds", name, err), **files = NULL;
    size_t n = 0, size;
    cr_assert(folder && file_list(&files, &n, folder, arena, err), "%s", err->text);
    cr_expect(n > 0, "%s: there are no seeds", name);
    for (size_t i = 0; i < n; i++) {
        char *path = file_join(arena, folder, files[i], err), *bytes;
        cr_assert(path && file_read(&bytes, &size, path, arena, err), "%s", err->text);
        cr_expect(fuzz_targets_try(target, scratch_folder_path(name), bytes, size), "%s", path);
    }
}

Test(fuzz_seeds, each_is_read_or_refused_with_words)
{
    Error err = {0};
    Arena *arena = arena_create("seeds", &err);
    cr_assert(arena, "%s", err.text);
    for (size_t i = 0; fuzz_targets_name(i); i++) replay(i, arena, &err);
    arena_destroy(arena);
}
