#include "result/versions.h"

#include <string.h>

#include "base/file.h"
#include "base/program.h"
#include "result/result_document.h"

/* 0: not the name of a version. */
static int version_number(const char *name)
{
    int number = 0;
    if (*name++ != 'v' || !*name) return 0;
    for (; *name; name++) {
        if (*name < '0' || *name > '9' || number > 1000000) return 0;
        number = 10 * number + (*name - '0');
    }
    return number;
}

/* By number: v1000 comes after v999. */
static void insert(TextList *list, const char *name)
{
    size_t at = list->n++;
    for (; at > 0 && version_number(list->text[at - 1]) > version_number(name); at--)
        list->text[at] = list->text[at - 1];
    list->text[at] = name;
}

bool versions_list_in(Versions *versions, const char *folder, Arena *arena, Error *err)
{
    char **names;
    size_t n = 0;
    *versions = (Versions){.folder = folder};
    if (!file_is_folder(versions->folder)) return true;
    if (!file_list(&names, &n, versions->folder, arena, err)) return false;
    versions->names.text = arena_alloc(arena, n, sizeof(char *), err);
    if (!versions->names.text) return false;
    for (size_t i = 0; i < n; i++) {
        char *path = file_join(arena, versions->folder, names[i], err);
        if (!path) return false;
        if (version_number(names[i]) && file_is_folder(path)) insert(&versions->names, names[i]);
    }
    return true;
}

bool versions_list(Versions *versions, const char *results, const char *name, const char *scale,
                   Arena *arena, Error *err)
{
    const char *folder = arena_format(arena, err, "%s/%s/%s", results, name, scale);
    return folder && versions_list_in(versions, folder, arena, err);
}

bool versions_before(const char **before, const char *folder, const char *version, Arena *arena,
                     Error *err)
{
    Versions versions;
    const char *name = NULL, *beside = file_parent(arena, folder, err);
    *before = NULL;
    if (!beside || !versions_list_in(&versions, beside, arena, err)) return false;
    for (size_t i = 0; i < versions.names.n; i++)
        if (version_number(versions.names.text[i]) < version_number(version))
            name = versions.names.text[i];
    if (name) *before = file_join(arena, beside, name, err);
    return !name || *before;
}

const char *versions_next(const Versions *versions, Arena *arena, Error *err)
{
    size_t n = versions->names.n;
    return arena_format(arena, err, "v%03d",
                        n ? version_number(versions->names.text[n - 1]) + 1 : 1);
}

char *versions_path(const Versions *versions, const char *version, const char *file, Arena *arena,
                    Error *err)
{
    return arena_format(arena, err, "%s/%s/%s", versions->folder, version, file);
}

bool versions_last_committed(const char **version, const Versions *versions, Arena *arena,
                             Error *err)
{
    size_t n = versions->names.n;
    *version = n ? versions->names.text[n - 1] : NULL;
    const char *inside[] = {"git", "rev-parse", "--is-inside-work-tree", NULL};
    if (!n || program_run(inside, versions->folder, NULL) != 0) return true;
    for (; n > 0; n--) {
        char *file =
            arena_format(arena, err, "%s/" RESULT_DOCUMENT_FILE, versions->names.text[n - 1]);
        if (!file) return false;
        const char *tracked[] = {"git", "ls-files", "--error-unmatch", file, NULL};
        *version = versions->names.text[n - 1];
        if (program_run(tracked, versions->folder, NULL) == 0) return true;
    }
    *version = NULL;
    return true;
}

bool versions_lock(Lock *lock, const char *folder, Arena *arena, Error *err)
{
    const char *path = file_join(arena, folder, ".lock", err);
    return path && file_make_folder(folder, err) && lock_take(lock, path, err);
}

bool versions_read(Numbers *numbers, HashText *hash, const Versions *versions, const char *version,
                   Arena *arena, Error *err)
{
    char *path = versions_path(versions, version, RESULT_DOCUMENT_FILE, arena, err);
    const SpecReader reader = {.file = path, .arena = arena, .err = err};
    Json *result = path ? result_document_read(hash, path, arena, err) : NULL;
    if (!result) return false;
    return spec_read(numbers, &numbers_table, json_get(result, "numbers"), &reader, "$.numbers") ||
           result_document_damaged(err, path);
}
