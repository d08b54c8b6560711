#include "train/checkpoint.h"

#include <stdlib.h>

#include "base/json.h"
#include "model/weights.h"

enum { MOST_BLOCKS = 3 };

static int blocks_of(WeightsBlock blocks[MOST_BLOCKS], const Learner *learner)
{
    int n = 0;
    blocks[n++] = (WeightsBlock){"", learner->weights};
    if (learner->m) blocks[n++] = (WeightsBlock){"adam.m.", learner->m};
    blocks[n++] = (WeightsBlock){learner_second_moment(learner), learner->v};
    return n;
}

/* Metadata values are texts; numbers are written with all their digits. */
static bool set_number(Json *object, const char *key, double value, Arena *scratch, Error *err)
{
    char *text = arena_format(scratch, err, "%.17g", value);
    return text && json_set(object, key, json_new_text(text, scratch, err), err);
}

static double get_number(const Json *object, const char *key)
{
    const Json *value = json_get(object, key);
    return value && json_type(value) == JSON_TEXT_VALUE ? strtod(json_text(value), NULL) : 0.0;
}

bool checkpoint_save(const char *path, const Learner *learner, const Checkpoint *checkpoint,
                     Arena *scratch, Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    WeightsBlock blocks[MOST_BLOCKS];
    const int n_blocks = blocks_of(blocks, learner);
    Json *metadata = json_new_object(scratch, err);
    bool ok = metadata &&
              set_number(metadata, "update", (double)checkpoint->update, scratch, err) &&
              set_number(metadata, "tokens", (double)checkpoint->tokens, scratch, err) &&
              set_number(metadata, "seconds", checkpoint->seconds, scratch, err) &&
              set_number(metadata, "best", checkpoint->best, scratch, err) &&
              set_number(metadata, "best_epoch", (double)checkpoint->best_epoch, scratch, err) &&
              set_number(metadata, "epoch_loss", checkpoint->epoch_loss, scratch, err) &&
              weights_save(path, &learner->weights_table, blocks, n_blocks, metadata, scratch, err);
    arena_reset(scratch, mark);
    return ok;
}

/* Weights without the update they belong to are not a resume point. */
static bool check_metadata(const Json *metadata, const char *path, Error *err)
{
    const Json *update = json_get(metadata, "update");
    if (update && json_type(update) == JSON_TEXT_VALUE) return true;
    return error_set(err, "%s: does not say at which update it was saved", path);
}

bool checkpoint_load(Checkpoint *checkpoint, const char *path, Learner *learner, Arena *scratch,
                     Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    WeightsBlock blocks[MOST_BLOCKS];
    const int n_blocks = blocks_of(blocks, learner);
    Json *metadata = NULL;
    bool ok =
        weights_load(path, &learner->weights_table, blocks, n_blocks, &metadata, scratch, err) &&
        check_metadata(metadata, path, err);
    if (ok)
        *checkpoint = (Checkpoint){
            .update = (int64_t)get_number(metadata, "update"),
            .tokens = (int64_t)get_number(metadata, "tokens"),
            .seconds = get_number(metadata, "seconds"),
            .best = get_number(metadata, "best"),
            .best_epoch = (int64_t)get_number(metadata, "best_epoch"),
            .epoch_loss = get_number(metadata, "epoch_loss"),
        };
    else error_hint(err, "remove %s to begin this stage anew", path);
    arena_reset(scratch, mark);
    return ok;
}
