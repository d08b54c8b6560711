#include "plan/stage_part.h"

#include <string.h>

#include "base/file.h"
#include "base/seal.h"
#include "plan/stage_record.h"

static bool is_half_written(const char *name)
{
    return strstr(name, ".tmp-") != NULL;
}

/* A kind that goes on from a resume point seals whatever it leaves; others make again what is not sealed. */
static bool check_file(Error *damage, const Stage *stage, const char *path, Arena *arena,
                       Error *err)
{
    bool sealed;
    if (!seal_check(&sealed, damage, path, arena, err)) return false;
    if (sealed || file_is_folder(path)) return true;
    if (!stage->kind->resume_file) return file_remove_tree(path, err);
    error_set(damage, "%s: is nothing that this stage left", path);
    return true;
}

static bool check_name(Error *damage, const Stage *stage, const char *part, const char *name,
                       Arena *arena, Error *err)
{
    char *path = file_join(arena, part, name, err);
    if (!path) return false;
    if (is_half_written(name)) return file_remove_tree(path, err);
    if (stage_record_is_attempts(name)) return true;
    if (!seal_is_name(name)) return check_file(damage, stage, path, arena, err);
    path[strlen(path) - strlen(SEAL_SUFFIX)] = '\0'; /* of a file that may be gone */
    bool sealed;
    return file_exists(path) || seal_check(&sealed, damage, path, arena, err);
}

bool stage_part_check(Error *damage, const Stage *stage, const char *part, Arena *arena, Error *err)
{
    char **names, *record = file_join(arena, part, STAGE_RECORD_FILE, err);
    size_t n;
    if (!record || !file_list(&names, &n, part, arena, err)) return false;
    if (file_exists(record)) /* all was done but the last rename */
        return stage_record_check(damage, part, stage->key.text, arena, err);
    if (!stage_record_check_attempts(damage, part, stage->key.text, arena, err)) return false;
    for (size_t i = 0; i < n; i++)
        if (!check_name(damage, stage, part, names[i], arena, err)) return false;
    return true;
}

bool stage_part_remove_seals(const char *part, Arena *arena, Error *err)
{
    char **names;
    size_t n;
    if (!file_list(&names, &n, part, arena, err)) return false;
    for (size_t i = 0; i < n; i++) {
        if (!seal_is_name(names[i])) continue;
        char *path = file_join(arena, part, names[i], err);
        if (!path || !file_remove_tree(path, err)) return false;
    }
    return true;
}
