#include "cli/installed.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/file.h"

const char *installed_folder(const char *name, Arena *arena, Error *err)
{
    char program[PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (file_is_folder(name) || length < 0) return name;
    program[length] = '\0';
    for (int up = 0; up < 2; up++) { /* reprise, bin */
        char *slash = strrchr(program, '/');
        if (slash) *slash = '\0';
    }
    const char *folder = arena_format(arena, err, "%s/share/reprise/%s", program, name);
    return folder && !file_is_folder(folder) ? name : folder;
}

bool installed_need_own(const char *experiments, const char *datasets, Arena *arena, Error *err)
{
    const char *here = installed_folder("datasets", arena, err);
    Buffer words = buffer_create(arena);
    if (!here || !file_need_folder(datasets, "--datasets", err)) return false;
    if (!strcmp(here, "datasets") || strcmp(here, datasets) != 0) return true;
    if (!escape_shell(&words, experiments, err) || !buffer_add_char(&words, ' ', err) ||
        !escape_shell(&words, datasets, err))
        return false;
    error_usage(err,
                "%s came with the command and is everybody's; data of your own need a folder "
                "of your own",
                datasets);
    return error_hint(err, "cp -r %s . and the same command again", words.data);
}
