#include "scratch_folder.h"

#include "base/file.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static char folder[512];
static Arena *arena;

void scratch_folder_make(void)
{
    const char *place = getenv("TMPDIR");
    Error err = {0};
    snprintf(folder, sizeof folder, "%s/reprise-test-XXXXXX", place ? place : "/tmp");
    cr_assert(mkdtemp(folder), "no temporary folder in %s", place ? place : "/tmp");
    arena = arena_create("scratch folder", &err);
    cr_assert(arena);
}

void scratch_folder_remove(void)
{
    Error err = {0};
    arena_destroy(arena);
    cr_expect(file_remove_tree(folder, &err), "%s", err.text);
}

const char *scratch_folder_path(const char *name)
{
    static char paths[8][1024];
    static int next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

const char *scratch_folder_read(const char *name)
{
    Error err = {0};
    char *bytes;
    size_t size;
    cr_assert(file_read(&bytes, &size, scratch_folder_path(name), arena, &err), "%s", err.text);
    return bytes;
}

void scratch_folder_write(const char *name, const void *bytes, size_t size)
{
    Error err = {0};
    cr_assert(file_write(scratch_folder_path(name), bytes, size, &err), "%s", err.text);
}

size_t scratch_folder_count(void)
{
    Error err = {0};
    char **names;
    size_t n;
    cr_assert(file_list(&names, &n, folder, arena, &err), "%s", err.text);
    return n;
}
