#include "cli/progress_json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static double known(double seconds)
{
    return seconds >= 0 ? seconds : (double)NAN;
}

static Json *losses_json(const Sparkline *line, Arena *arena, Error *err)
{
    Json *list = json_new_list(arena, err);
    for (int i = 0; list && i < line->n; i++)
        if (!json_add(list, json_new_number((double)line->point[i], arena, err), err)) return NULL;
    return list;
}

static Json *work_json(const ProgressWork *work, Arena *arena, Error *err)
{
    Json *json = json_new_object(arena, err);
    const double total = work->total > 0 ? work->total : (double)NAN;
    bool ok = json && json_set_text(json, "title", work->title, arena, err) &&
              json_set_text(json, "unit", work->unit, arena, err) &&
              json_set_text(json, "note", work->note, arena, err) &&
              json_set_number(json, "done", work->done, arena, err) &&
              json_set_number(json, "total", total, arena, err) &&
              json_set_number(json, "rate", work->rate, arena, err) &&
              json_set_number(json, "elapsed_seconds", work->elapsed_seconds, arena, err) &&
              json_set_number(json, "left_seconds", known(work->left_seconds), arena, err) &&
              json_set_number(json, "loss", work->loss, arena, err) &&
              json_set_number(json, "learning_rate", work->learning_rate, arena, err) &&
              json_set(json, "losses", losses_json(&work->losses, arena, err), err);
    return ok ? json : NULL;
}

static bool set_plan(Json *json, const ProgressPlan *plan, Arena *arena, Error *err)
{
    return json_set_text(json, "experiment", plan->name, arena, err) &&
           json_set_text(json, "scale", plan->scale, arena, err) &&
           json_set_integer(json, "stages", plan->n_stages, arena, err) &&
           json_set_integer(json, "stages_done", plan->n_done, arena, err) &&
           json_set_number(json, "share", plan->share, arena, err) &&
           json_set_number(json, "elapsed_seconds", plan->elapsed_seconds, arena, err) &&
           json_set_number(json, "left_seconds", known(plan->left_seconds), arena, err);
}

Json *progress_json_make(const ProgressUpdate *update, Arena *arena, Error *err)
{
    Json *json = json_new_object(arena, err), *running = json_new_list(arena, err);
    if (!json || !running || !json_set_text(json, "event", "progress", arena, err)) return NULL;
    if (update->plan ? !set_plan(json, update->plan, arena, err)
                     : !json_set(json, "experiment", json_new_null(arena, err), err))
        return NULL;
    for (int i = 0; i < update->n; i++)
        if (!json_add(running, work_json(update->work[i], arena, err), err)) return NULL;
    bool ok = json_set(json, "finished", json_new_bool(update->finished, arena, err), err) &&
              json_set(json, "running", running, err);
    return ok ? json : NULL;
}

/* --- the way back --------------------------------------------------------------------------------------- */

static double number(const Json *json, const char *key, double otherwise)
{
    const Json *value = json_get(json, key);
    return json_is_numeric(value) ? json_number(value) : otherwise;
}

static const char *text(const Json *json, const char *key)
{
    const char *value = json_get_text(json, key);
    return value ? value : "";
}

static const Json *list(const Json *json, const char *key)
{
    const Json *value = json_get(json, key);
    return value && json_type(value) == JSON_LIST_VALUE ? value : NULL;
}

static void read_losses(Sparkline *line, const Json *losses)
{
    for (size_t i = 0; losses && i < json_size(losses) && line->n < SPARKLINE_POINTS; i++)
        if (json_is_numeric(json_at(losses, i)))
            line->point[line->n++] = (float)json_number(json_at(losses, i));
}

static void read_work(ProgressWork *work, const Json *json)
{
    *work = (ProgressWork){.done = number(json, "done", 0),
                           .total = number(json, "total", 0),
                           .rate = number(json, "rate", 0),
                           .elapsed_seconds = number(json, "elapsed_seconds", 0),
                           .left_seconds = number(json, "left_seconds", -1),
                           .loss = number(json, "loss", NAN),
                           .learning_rate = number(json, "learning_rate", NAN)};
    snprintf(work->title, sizeof work->title, "%s", text(json, "title"));
    snprintf(work->unit, sizeof work->unit, "%s", text(json, "unit"));
    snprintf(work->note, sizeof work->note, "%s", text(json, "note"));
    read_losses(&work->losses, list(json, "losses"));
}

static bool read_running(ProgressUpdate *update, const Json *running, Arena *arena, Error *err)
{
    const size_t n = json_size(running);
    ProgressWork *work = arena_alloc(arena, n, sizeof *work, err);
    const ProgressWork **at = arena_alloc(arena, n, sizeof *at, err);
    if (!work || !at) return false;
    for (size_t i = 0; i < n; i++) {
        const Json *json = json_at(running, i);
        if (json_type(json) != JSON_OBJECT_VALUE) return error_set(err, "no running work");
        read_work(&work[i], json);
        at[i] = &work[i];
    }
    update->work = at;
    update->n = (int)n;
    return true;
}

bool progress_json_read(ProgressUpdate *update, const Json *json, Arena *arena, Error *err)
{
    ProgressPlan *plan = arena_alloc(arena, 1, sizeof *plan, err);
    if (!plan) return false;
    if (json_type(json) != JSON_OBJECT_VALUE || !json_get_text(json, "experiment") ||
        !list(json, "running"))
        return error_set(err, "no progress of a run");
    *plan = (ProgressPlan){.name = text(json, "experiment"),
                           .scale = text(json, "scale"),
                           .n_stages = (int)number(json, "stages", 0),
                           .n_done = (int)number(json, "stages_done", 0),
                           .share = fmin(fmax(number(json, "share", 0), 0), 1),
                           .elapsed_seconds = number(json, "elapsed_seconds", 0),
                           .left_seconds = number(json, "left_seconds", -1)};
    *update = (ProgressUpdate){.plan = plan};
    return read_running(update, list(json, "running"), arena, err);
}
