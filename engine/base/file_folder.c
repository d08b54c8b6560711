#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Copies the folder part of a path ("." when there is none). */
static bool parent_folder(char folder[PATH_MAX], const char *path, Error *err)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    if (length >= PATH_MAX) return file_error(err, ENAMETOOLONG, path, "cannot be used");
    memcpy(folder, path, length);
    folder[length] = '\0';
    if (!slash) memcpy(folder, ".", 2);
    if (slash == path) memcpy(folder, "/", 2);
    return true;
}

bool file_make_folder(const char *path, Error *err)
{
    char partial[PATH_MAX];
    size_t length = strlen(path);
    if (length >= sizeof partial) return file_error(err, ENAMETOOLONG, path, "cannot be made");
    memcpy(partial, path, length + 1);
    for (size_t i = 1; i <= length; i++) {
        if (partial[i] != '/' && partial[i] != '\0') continue;
        char kept = partial[i];
        partial[i] = '\0';
        if (mkdir(partial, 0777) != 0 && errno != EEXIST)
            return file_error(err, errno, partial, "cannot be made");
        partial[i] = kept;
    }
    if (!file_is_folder(path)) return file_error(err, ENOTDIR, path, "cannot be made");
    return true;
}

bool file_make_parent(const char *path, Error *err)
{
    char folder[PATH_MAX];
    return parent_folder(folder, path, err) && file_make_folder(folder, err);
}

char *file_parent(Arena *arena, const char *path, Error *err)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') length--;
    size_t begin = length;
    while (begin > 0 && path[begin - 1] != '/') begin--;
    const size_t last = length - begin;
    if (last > 0 && last <= 2 && !strncmp(path + begin, "..", last))
        return arena_format(arena, err, "%.*s/..", (int)length, path);
    while (begin > 1 && path[begin - 1] == '/') begin--;
    return begin == 0 ? arena_text(arena, ".", err) : arena_text_span(arena, path, begin, err);
}

/* A rename is on the disk only when the folder is. Some file systems cannot flush folders: fine. */
static bool flush_parent(const char *path, Error *err)
{
    char folder[PATH_MAX];
    if (!parent_folder(folder, path, err)) return false;
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return file_error(err, errno, folder, "cannot be opened");
    int code = fsync(descriptor) == 0 ? 0 : errno;
    close(descriptor);
    if (code != 0 && code != EINVAL && code != EROFS)
        return file_error(err, code, folder, "cannot be flushed to the disk");
    return true;
}

bool file_rename(const char *from, const char *to, Error *err)
{
    if (rename(from, to) != 0) {
        error_system(err, errno, "%s: cannot be renamed to %s", from, to);
        return false;
    }
    return flush_parent(from, err) && flush_parent(to, err);
}

static int remove_entry(const char *path, const struct stat *status, int flag, struct FTW *place)
{
    (void)status, (void)flag, (void)place;
    return remove(path);
}

bool file_remove_tree(const char *path, Error *err)
{
    enum { OPEN_FOLDERS = 16 };
    struct stat status;
    if (lstat(path, &status) != 0 && errno == ENOENT) return true;
    if (nftw(path, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS) != 0)
        return file_error(err, errno, path, "cannot be removed");
    return true;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool add_name(char ***names, size_t *n, size_t *capacity, const char *name, Arena *arena,
                     Error *err)
{
    char **grown = arena_grow(arena, *names, *n, capacity, sizeof *grown, err);
    if (!grown) return false;
    *names = grown;
    return ((*names)[(*n)++] = arena_text(arena, name, err)) != NULL;
}

bool file_need_folder(const char *path, const char *option, Error *err)
{
    if (file_is_folder(path)) return true;
    error_usage(err, "%s: there is no such folder", path);
    return error_hint(err, "the same command in the folder that has it, or %s FOLDER", option);
}

bool file_list(char ***names, size_t *n_names, const char *folder, Arena *arena, Error *err)
{
    DIR *stream = opendir(folder);
    if (!stream) return file_error(err, errno, folder, "cannot be listed");
    size_t capacity = 0;
    *names = NULL;
    *n_names = 0;
    bool done = true;
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(stream);
        if (!entry) break;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        done = add_name(names, n_names, &capacity, entry->d_name, arena, err);
        if (!done) break;
    }
    if (done && errno != 0) done = file_error(err, errno, folder, "cannot be listed");
    closedir(stream);
    if (done && *n_names > 0) qsort(*names, *n_names, sizeof **names, by_bytes);
    return done;
}
