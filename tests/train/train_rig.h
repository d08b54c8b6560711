/* What the tests of training share: a tiny model, a corpus whose next token can be learnt,
 * examples whose label can be learnt, and a folder for the files of a run. One thread. */
#ifndef TESTS_TRAIN_RIG_H
#define TESTS_TRAIN_RIG_H

#include "model/gpt.h"
#include "model/lstm.h"
#include "text/token_file.h"
#include "train/finetune_run.h"
#include "train/pretrain_run.h"

enum {
    TRAIN_RIG_TEXT_TOKENS = 11,
    TRAIN_RIG_VOCABULARY = 14, /* three special ones behind them */
    TRAIN_RIG_CONTEXT = 8,
};

void train_rig_begin(void); /* .init of a suite */
void train_rig_end(void);

Arena *train_rig_arena(void);
void *train_rig_take(size_t count, size_t size); /* zeroed, of that arena */

/* One block, two heads, eight channels; without dropout unless asked for. */
SpecEntryChoice train_rig_model(double dropout);
SpecEntryChoice train_rig_encoder(double dropout); /* as the first */
SpecEntryChoice train_rig_lstm(double dropout);    /* one layer of ten units, eight channels */

/* Six documents of 5 to 55 tokens in which each token follows from the one before. */
TokenFile train_rig_tokens(void);

/* The table's defaults, and what the JSON text says. */
PretrainSpec train_rig_pretrain_spec(const char *json);
FinetuneSpec train_rig_finetune_spec(const char *json);

/* A job in a folder of the scratch folder, which is made; the last document is held out. */
PretrainJob train_rig_pretrain_job(const PretrainSpec *spec, const TokenFile *tokens,
                                   const char *folder);

/* `n` examples of two classes (or of two or three answers each, or of numbers from 0 to 2), uneven
 * in length. */
Sequences train_rig_sequences(DatasetForm form, int n);
FinetuneJob train_rig_finetune_job(const FinetuneSpec *spec, const Sequences *train,
                                   const char *folder); /* validated on what it is trained on */

/* The head of such examples. */
Head train_rig_head(DatasetForm form, HeadRegression regression);

/* A learner with initial weights for text (head NULL) or for these sets. */
Learner train_rig_learner(const SpecEntryChoice *model, const Head *head, const Sequences *set,
                          int rows, bool training);

/* Column `column` of a curve in the scratch folder, rows below the header; returns how many. */
int train_rig_column(double *values, int most, const char *path, int column);

/* Both files of the scratch folder hold the same bytes. */
bool train_rig_same(const char *path, const char *other);

#endif
