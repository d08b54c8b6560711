#include "experiment/stage.h"

#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/host.h"
#include "base/log.h"

Json *stage_document(const StageKind *kind, int numerics_version, Arena *arena, Error *err)
{
    Json *document = json_new_object(arena, err);
    bool ok = document && json_set(document, "stage", json_new_text(kind->name, arena, err), err) &&
              json_set(document, "version", json_new_integer(numerics_version, arena, err), err);
    return ok ? document : NULL;
}

bool stage_seal(Stage *stage, const char *store, Arena *arena, Error *err)
{
    Json *inputs = json_new_object(arena, err);
    if (!inputs) return false;
    for (int i = 0; i < stage->n_inputs; i++)
        if (!json_set(inputs, stage->input[i]->kind->name,
                      json_new_text(stage->input[i]->key.text, arena, err), err))
            return false;
    if (stage->n_inputs && !json_set(stage->document, "inputs", inputs, err)) return false;
    if (!json_hash(&stage->key, stage->document, arena, err)) return false;
    stage->folder = arena_format(arena, err, "%s/%s/%s", store, stage->kind->name, stage->key.text);
    stage->done = stage->folder && file_is_folder(stage->folder);
    return stage->folder != NULL;
}

/* stage.json: in words what the folder was made from, and by what. */
static bool describe(const Stage *stage, const char *part, double seconds, Arena *arena, Error *err)
{
    HostInfo host;
    host_info(&host);
    char now[32];
    clock_utc(now);
    Json *words = json_new_object(arena, err);
    char *path = file_join(arena, part, "stage.json", err);
    return words && path &&
           json_set(words, "title", json_new_text(stage->title, arena, err), err) &&
           json_set(words, "key", json_new_text(stage->key.text, arena, err), err) &&
           json_set(words, "made_from", stage->document, err) &&
           json_set(words, "finished", json_new_text(now, arena, err), err) &&
           json_set(words, "seconds", json_new_number(seconds, arena, err), err) &&
           json_set(words, "peak_memory_bytes",
                    json_new_integer((int64_t)host_peak_memory_bytes(), arena, err), err) &&
           json_set(words, "engine", json_new_text(host.engine_version, arena, err), err) &&
           json_write_file(path, words, arena, err);
}

static bool run_locked(Stage *stage, const char *part, Arena *arena, Error *err)
{
    stage->done = file_is_folder(stage->folder);
    if (stage->done) return true;
    double begun = clock_seconds();
    log_info("%s: %s", stage->kind->name, stage->title);
    if (!file_make_folder(part, err) || !stage->kind->run(stage, part, err) ||
        !describe(stage, part, clock_seconds() - begun, arena, err) ||
        !file_rename(part, stage->folder, err))
        return error_wrap(err, "stage %s (%s)", stage->kind->name, stage->title);
    stage->done = true;
    return true;
}

bool stage_run(Stage *stage, const char *store, Error *err)
{
    if (stage->done) return true;
    Arena *arena = arena_create("stage", err);
    if (!arena) return false;
    char *parent = arena_format(arena, err, "%s/%s", store, stage->kind->name);
    char *part = arena_format(arena, err, "%s.part", stage->folder);
    char *lock = arena_format(arena, err, "%s.lock", stage->folder);
    bool held = false;
    bool ok = parent && part && lock && file_make_folder(parent, err) &&
              file_lock(&held, lock, arena, err);
    if (ok && !held) {
        error_set(err, "stage %s (%s) is being run by another process", stage->kind->name,
                  stage->title);
        ok = error_hint(err, "wait for it, then run again: what it makes will be used");
    }
    ok = ok && run_locked(stage, part, arena, err);
    if (held && ok) ok = file_remove_tree(lock, err);
    arena_destroy(arena);
    return ok;
}
