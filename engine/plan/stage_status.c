#include "plan/stage_status.h"

#include "base/file.h"

static double age(const char *path)
{
    double seconds;
    return file_age(&seconds, path) ? seconds : -1;
}

/* The lock file is made when a stage is begun, and its lock held while it runs. */
static bool ask(StageStatus *status, const Stage *stage, Arena *arena, Error *err)
{
    char *lock = arena_format(arena, err, "%s" STAGE_LOCK, stage->folder);
    char *part = arena_format(arena, err, "%s" STAGE_PART, stage->folder);
    bool free = true;
    if (!lock || !part) return false;
    if (file_exists(lock) && !stage_lock(&free, stage->folder, arena, err)) return false;
    if (!free) {
        status->word = "running";
        status->running_seconds = age(lock);
    } else if (file_exists(part)) status->word = "interrupted";
    status->begun = !free || file_exists(part);
    if (!stage->kind->resume_file) return true;
    char *saved = file_join(arena, part, stage->kind->resume_file, err);
    if (saved) status->saved_seconds = age(saved);
    return saved != NULL;
}

bool stage_status(StageStatus *status, const Stage *stage, Error *err)
{
    *status = (StageStatus){stage_state(stage), false, -1, -1};
    if (stage->done) return true;
    Arena *arena = arena_create("status", err);
    bool ok = arena && ask(status, stage, arena, err);
    arena_destroy(arena); /* lets go of the lock */
    return ok;
}
