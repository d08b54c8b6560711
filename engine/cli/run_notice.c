#include "cli/run_notice.h"

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "cli/progress_json.h"
#include "question/experiment_spec.h"

static const double SECONDS_BETWEEN = 0.9;

/* Paths of those whose processes live. */
static bool list_held(char ***paths, size_t *n, const char *store, Arena *arena, Error *err)
{
    size_t n_names = 0;
    char **names, *folder = file_join(arena, store, "runs", err);
    *n = 0;
    if (!folder) return false;
    if (!file_is_folder(folder)) return true;
    if (!file_list(&names, &n_names, folder, arena, err)) return false;
    *paths = names;
    for (size_t i = 0; i < n_names; i++) {
        char *path = file_join(arena, folder, names[i], err);
        if (!path) return false;
        if (notice_is_held(path)) (*paths)[(*n)++] = path;
    }
    return true;
}

/* --- telling -------------------------------------------------------------------------------------------- */

bool run_notice_open(RunNotice *notice, const char *store, const ProgressPlan *begins, Arena *arena,
                     Error *err)
{
    char host[64] = "", **unused;
    size_t n;
    Error ignored = {0};
    if (gethostname(host, sizeof host - 1) != 0) host[0] = '\0';
    char *path = arena_format(arena, err, "%s/runs/%s-%ld.json", store, *host ? host : "here",
                              (long)getpid());
    if (!path) return false;
    (void)!list_held(&unused, &n, store, arena,
                     &ignored); /* which removes those of killed processes */
    notice_open(&notice->notice, path);
    notice->written_seconds = 0;
    run_notice_write(notice, &(ProgressUpdate){.plan = begins});
    return true;
}

void run_notice_write(RunNotice *notice, const ProgressUpdate *update)
{
    const double now = clock_seconds();
    Error unused = {0};
    if (!update->plan || now - notice->written_seconds < SECONDS_BETWEEN) return;
    notice->written_seconds = now;
    Arena *arena = arena_create("notice", &unused);
    const Json *json = arena ? progress_json_make(update, arena, &unused) : NULL;
    const char *text = json ? json_canonical(json, arena, &unused) : NULL;
    if (text) notice_write(&notice->notice, text, strlen(text));
    arena_destroy(arena);
}

void run_notice_close(RunNotice *notice)
{
    notice_close(&notice->notice);
}

/* --- reading -------------------------------------------------------------------------------------------- */

static bool is_of(const ProgressUpdate *update, const char *experiment, const char *scale)
{
    const ProgressPlan *plan = update->plan;
    if (strcmp(plan->scale, scale) != 0) return false;
    return !strcmp(plan->name, experiment) || !strcmp(plan->name, EXPERIMENT_ALL);
}

/* One that is just being written cannot be read, a moment later it can. */
static bool read_update(ProgressUpdate *update, const char *path, Arena *arena)
{
    enum { TRIES = 5, MICROSECONDS = 10 * 1000 };
    for (int i = 0; i < TRIES; i++) {
        Error unused = {0};
        const Json *json = json_parse_file(path, arena, &unused);
        if (json && progress_json_read(update, json, arena, &unused)) return true;
        usleep(MICROSECONDS);
    }
    return false;
}

bool run_notice_find(bool *found, ProgressUpdate *update, const char *store, const char *experiment,
                     const char *scale, Arena *arena, Error *err)
{
    char **paths;
    size_t n;
    *found = false;
    if (!list_held(&paths, &n, store, arena, err)) return false;
    for (size_t i = 0; i < n && !*found; i++)
        *found = read_update(update, paths[i], arena) && is_of(update, experiment, scale);
    return true;
}
