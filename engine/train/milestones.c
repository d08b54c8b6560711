#include "train/milestones.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/parallel.h"
#include "model/weights.h"
#include "train/training.h"

static const char prefix[] = "checkpoint-", suffix[] = ".safetensors";

char *milestones_file(int64_t update, Arena *arena, Error *err)
{
    return arena_format(arena, err, "%s%07lld%s", prefix, (long long)update, suffix);
}

/* The update in the name of a checkpoint's file; -1: another file. */
static int64_t update_of(const char *name)
{
    if (strncmp(name, prefix, sizeof prefix - 1) != 0) return -1;
    char *end;
    long long update = strtoll(name + sizeof prefix - 1, &end, 10);
    return strcmp(end, suffix) == 0 ? update : -1;
}

/* curve.csv has a row "update,tokens,..." for every update t, counted from 0: the tokens after t + 1 of
 * them. */
static bool read_tokens(Milestones *milestones, const char *folder, Arena *arena, Error *err)
{
    char *text, *path = file_join(arena, folder, TRAINING_CURVE_FILE, err);
    size_t size, next = 1;
    if (!path || !file_read(&text, &size, path, arena, err)) return false;
    for (char *line = strchr(text, '\n'); line && next < milestones->n;
         line = strchr(line + 1, '\n')) {
        char *comma;
        long long update = strtoll(line + 1, &comma, 10);
        if (*comma != ',' || update + 1 != milestones->items[next].update) continue;
        milestones->items[next++].tokens = strtoll(comma + 1, NULL, 10);
    }
    return next == milestones->n ||
           error_set(err, "%s: no row for update %lld, of which there is a checkpoint", path,
                     (long long)milestones->items[next].update - 1);
}

/* Published weights are one state, without a course. */
static bool read_published(Milestones *milestones, const char *folder, Arena *arena, Error *err)
{
    char *path = file_join(arena, folder, TRAINING_WEIGHTS_FILE, err);
    *milestones = (Milestones){1, arena_alloc(arena, 1, sizeof(Milestone), err)};
    if (!path || !milestones->items) return false;
    milestones->items[0] = (Milestone){.weights = path};
    return true;
}

bool milestones_read(Milestones *milestones, const char *folder, Arena *arena, Error *err)
{
    char **names, *curve = file_join(arena, folder, TRAINING_CURVE_FILE, err);
    size_t n;
    if (!curve) return false;
    if (!file_exists(curve)) return read_published(milestones, folder, arena, err);
    if (!file_list(&names, &n, folder, arena, err)) return false;
    *milestones = (Milestones){1, arena_alloc(arena, n + 1, sizeof(Milestone), err)};
    if (!milestones->items) return false;
    for (size_t i = 0; i < n; i++) { /* sorted, and the numbers have leading zeros */
        int64_t update = update_of(names[i]);
        if (update < 0) continue;
        char *path = file_join(arena, folder, names[i], err);
        if (!path) return false;
        milestones->items[milestones->n++] = (Milestone){.update = update, .weights = path};
    }
    return read_tokens(milestones, folder, arena, err);
}

int64_t milestones_expected(const PretrainSpec *spec, const SpecEntryChoice *model)
{
    int64_t updates = pretrain_updates(spec, model);
    if (spec->published) return 1;
    return 1 + (spec->checkpoints < updates ? spec->checkpoints : updates);
}

bool milestones_load(Learner *learner, const Milestone *milestone, const PretrainSpec *spec,
                     Arena *scratch, Error *err)
{
    if (!milestone->weights) {
        parallel_may_stop();
        tensors_initialize(&learner->weights_table, learner->weights, (uint64_t)spec->seed);
        return parallel_whole(err);
    }
    WeightsBlock block = {"", learner->weights};
    return weights_load(milestone->weights, &learner->weights_table, &block, 1, NULL, scratch, err);
}
