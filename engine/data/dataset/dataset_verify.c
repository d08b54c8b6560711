#include "data/dataset/dataset_verify.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/archive.h"
#include "base/file.h"
#include "base/log.h"

/* --- trees -------------------------------------------------------------------------------------- */

typedef struct TreeMember {
    char *name;
    HashText digest;
    struct TreeMember *next;
} TreeMember;

typedef struct TreeVisit {
    const DatasetFile *file;
    Arena *arena;
    TreeMember *first;
    size_t n;
} TreeVisit;

static bool is_wanted(void *context, const char *member)
{
    const TreeVisit *visit = context;
    return dataset_manifest_covers(visit->file->members, &visit->file->except, member);
}

static bool visit_member(void *context, const char *member, const char *bytes, size_t size,
                         Error *err)
{
    TreeVisit *visit = context;
    const char *slash = strrchr(member, '/');
    TreeMember *item = arena_alloc(visit->arena, 1, sizeof *item, err);
    if (!item) return false;
    *item = (TreeMember){arena_text(visit->arena, slash ? slash + 1 : member, err),
                         hash_bytes(bytes, size), visit->first};
    visit->first = item;
    visit->n++;
    return item->name != NULL;
}

/* Two members may share a base name: then the hash decides. */
static int by_name(const void *a, const void *b)
{
    const TreeMember *x = *(const TreeMember *const *)a, *y = *(const TreeMember *const *)b;
    int order = strcmp(x->name, y->name);
    return order ? order : strcmp(x->digest.text, y->digest.text);
}

static bool hash_members(HashText *digest, const TreeVisit *visit, Error *err)
{
    const TreeMember **sorted = arena_alloc(visit->arena, visit->n, sizeof *sorted, err);
    Hash *hash = hash_begin(visit->arena, err);
    if (!sorted || !hash) return false;
    size_t n = 0;
    for (const TreeMember *item = visit->first; item; item = item->next) sorted[n++] = item;
    qsort(sorted, n, sizeof *sorted, by_name);
    for (size_t i = 0; i < n; i++) hash_add_line(hash, &sorted[i]->digest, sorted[i]->name);
    *digest = hash_end(hash);
    return true;
}

bool dataset_verify_tree_hash(HashText *digest, const char *archive, const DatasetFile *file,
                              Error *err)
{
    Arena *arena = arena_create("tree hash", err);
    if (!arena) return false;
    TreeVisit visit = {.file = file, .arena = arena};
    bool hashed = archive_visit(archive, (uint64_t)file->unpacked_bytes, is_wanted, visit_member,
                                &visit, err) &&
                  hash_members(digest, &visit, err);
    arena_destroy(arena);
    return hashed;
}

bool dataset_verify_hash(HashText *digest, const char *path, const DatasetFile *file, Error *err)
{
    if (file->tree_sha256 || file_is_folder(path))
        return dataset_verify_tree_hash(digest, path, file, err);
    return file->git_blob ? hash_file_for_git(digest, path, err) : hash_file(digest, path, err);
}

/* --- stamps ------------------------------------------------------------------------------------- */

/* One line; a stamp that differs in any byte is no stamp. NULL: a folder has none, as its files change unseen. */
static char *stamp_text(const char *digest, const char *path, Arena *arena, Error *err)
{
    struct stat status;
    char full[4096];
    if (stat(path, &status) != 0 || S_ISDIR(status.st_mode) || !realpath(path, full)) return NULL;
    return arena_format(arena, err, "%s %lld %lld.%09ld %s\n", digest, (long long)status.st_size,
                        (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec, full);
}

static bool is_stamped(const char *stamp, const char *text, Arena *arena)
{
    Error ignored = {0};
    char *bytes;
    size_t size;
    return file_exists(stamp) && file_read(&bytes, &size, stamp, arena, &ignored) &&
           strcmp(bytes, text) == 0;
}

static bool verify(bool *right, HashText *found, const DatasetFile *file, const char *path,
                   const char *stamp, Arena *arena, Error *err)
{
    const char *title, *expected = dataset_manifest_digest(file, &title);
    Error ignored = {0}; /* stamps are a convenience: without one, the file is hashed again */
    char *text = stamp_text(expected, path, arena, &ignored);
    if (text && is_stamped(stamp, text, arena)) {
        *right = true;
        memcpy(found->text, expected, strlen(expected) + 1);
        return true;
    }
    if (!dataset_verify_hash(found, path, file, err)) return error_wrap(err, "verifying %s", path);
    *right = strcmp(found->text, expected) == 0;
    if (*right && text && !file_write(stamp, text, strlen(text), &ignored))
        log_detail("%s", ignored.text);
    return true;
}

bool dataset_verify(bool *right, HashText *found, const DatasetFile *file, const char *path,
                    const char *stamp, Error *err)
{
    Arena *arena = arena_create("verification", err);
    if (!arena) return false;
    bool done = verify(right, found, file, path, stamp, arena, err);
    arena_destroy(arena);
    return done;
}
