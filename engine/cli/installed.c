#include "cli/installed.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

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
