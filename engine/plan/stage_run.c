#include "plan/stage_run.h"

#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/log.h"
#include "plan/stage_record.h"

/* Half-written files of a process that was killed while it wrote them. The lock is held, so no
 * other process is writing. */
static bool remove_leftovers(const char *part, Arena *arena, Error *err)
{
    char **names;
    size_t n;
    if (!file_list(&names, &n, part, arena, err)) return false;
    for (size_t i = 0; i < n; i++) {
        if (!strstr(names[i], ".tmp-")) continue;
        char *path = file_join(arena, part, names[i], err);
        if (!path || !file_remove_tree(path, err)) return false;
    }
    return true;
}

static bool run_locked(Stage *stage, const char *part, Arena *arena, Error *err)
{
    stage->done = file_is_folder(stage->folder);
    if (stage->done) return true;
    double begun = clock_seconds(), earlier = stage_record_earlier_seconds(part, arena);
    log_info("%s: %s", stage->kind->name, stage->title);
    stage->done = file_make_folder(part, err) && remove_leftovers(part, arena, err) &&
                  stage->kind->run(stage, part, err) &&
                  stage_record_write(stage, part, earlier + clock_seconds() - begun, arena, err) &&
                  file_rename(part, stage->folder, err);
    if (stage->done) return true;
    stage_record_keep_seconds(part, earlier + clock_seconds() - begun, arena);
    return error_wrap(err, "stage %s (%s)", stage->kind->name, stage->title);
}

static bool lock_in_time(bool *held, const Stage *stage, Arena *arena, Error *err)
{
    enum { TURNS = 30 };
    const struct timespec turn = {.tv_nsec = 100 * 1000 * 1000};
    for (int i = 0; i < TURNS; i++) {
        if (!stage_lock(held, stage->folder, arena, err)) return false;
        if (*held || interrupt_requested()) return true;
        nanosleep(&turn, NULL);
    }
    return true;
}

bool stage_run(Stage *stage, Error *err)
{
    if (stage->done) return true;
    Arena *arena = arena_create("stage", err);
    if (!arena) return false;
    char *part = arena_format(arena, err, "%s.part", stage->folder);
    bool held = false;
    bool ok = part && lock_in_time(&held, stage, arena, err);
    if (ok && !held) {
        error_set(err, "stage %s (%s) is being run by another process", stage->kind->name,
                  stage->title);
        ok = error_hint(err, "wait for it, then run again: what it makes will be used");
    }
    ok = ok && run_locked(stage, part, arena, err) && stage_unlock(stage->folder, arena, err);
    arena_destroy(arena);
    return ok;
}

/* The folder is free for the stage to be made again. Another process may have done so meanwhile. */
static bool set_aside(Stage *stage, Arena *arena, Error *err)
{
    Error damage = {0};
    if (!file_is_folder(stage->folder)) return true;
    if (!stage_record_check(&damage, stage->folder, stage->key.text, arena, err)) return false;
    stage->done = damage.n_errors == 0;
    if (stage->done) return true;
    char *aside = arena_format(arena, err, "%s.damaged", stage->folder);
    if (!aside || !file_remove_tree(aside, err) || !file_rename(stage->folder, aside, err))
        return false;
    log_warning("%s", damage.text);
    log_warning("%s (%s) is damaged: set aside as %s, and made again", stage->kind->name,
                stage->title, aside);
    return true;
}

bool stage_run_check(Stage *stage, Error *err)
{
    Error damage = {0};
    bool held = false;
    stage->done = file_is_folder(stage->folder);
    if (!stage->done) return true;
    Arena *arena = arena_create("stage", err);
    bool ok = arena && stage_record_check(&damage, stage->folder, stage->key.text, arena, err);
    if (ok && damage.n_errors > 0) {
        stage->done = false;
        ok = lock_in_time(&held, stage, arena, err);
        if (held) ok = set_aside(stage, arena, err) && stage_unlock(stage->folder, arena, err);
        /* else another process is at it: stage_run waits for that, or tells */
    }
    arena_destroy(arena);
    return ok;
}
