/* What the tests of training share beside tests/learner_rig.h: jobs, and what their folders hold. */
#ifndef TESTS_TRAIN_RIG_H
#define TESTS_TRAIN_RIG_H

#include "../learner_rig.h"
#include "train/finetune_run.h"
#include "train/pretrain_run.h"

/* The table's defaults, and what the JSON text says. */
PretrainSpec train_rig_pretrain_spec(const char *json);
FinetuneSpec train_rig_finetune_spec(const char *json);

/* A job in a folder of the scratch folder, which is made; the last document is held out. */
PretrainJob train_rig_pretrain_job(const PretrainSpec *spec, const TokenFile *tokens,
                                   const char *folder);

FinetuneJob train_rig_finetune_job(const FinetuneSpec *spec, const Sequences *train,
                                   const char *folder); /* validated on what it is trained on */

/* Column `column` of a curve in the scratch folder, rows below the header; returns how many. */
int train_rig_column(double *values, int most, const char *path, int column);

/* Both files of the scratch folder hold the same bytes. */
bool train_rig_same(const char *path, const char *other);

#endif
