/* What a generative pre-training is told (GPT-1, sections 3.1 and 4.1): its settings, and what it trains
 * on. pretrain_step.h makes one update of it, pretrain_run.h runs it whole. */
#ifndef TRAIN_PRETRAIN_H
#define TRAIN_PRETRAIN_H

#include "base/json.h"
#include "learner/learner.h"
#include "learner/objectives.h"
#include "text/token_file.h"
#include "train/optimizer.h"

typedef struct PretrainSpec {
    bool present; /* "pretrain": null means none */
    /* In the place of training: the name of a data set of form "weights", or {"folder": PATH}; in a stage's document
     * the hash of its content. NULL: trained. */
    Json *published;
    int objective;       /* of objectives.h */
    bool next_sentence;  /* whether one text follows another is asked, too (learner/text_pairs.h) */
    int precision;       /* Precision */
    int64_t tokens;      /* to train on, repeats counted */
    int64_t batch;       /* sequences an update */
    int64_t micro_batch; /* sequences a pass; the gradient is summed over passes */
    int64_t
        partial_sums; /* into how many sums the passes of an update go, which a tree joins (train/update.h) */
    double learning_rate;
    int schedule; /* Schedule */
    int64_t warmup_updates;
    AdamSpec adam;
    AdafactorSpec adafactor; /* if present, in the place of adam */
    int64_t seed;
    int64_t checkpoints; /* stated updates: this many, evenly spaced, the last is the end */
    int64_t save_every;  /* updates between resume points; changes no number */
} PretrainSpec;
extern const SpecTable pretrain_table;

/* Changes whenever the same spec would give other numbers: part of the stage's key. */
enum { PRETRAIN_NUMERICS_VERSION = 3 };

typedef struct PretrainJob {
    const PretrainSpec *spec;
    const SpecEntryChoice *model;
    const Kernels *kernels;
    const TokenFile *tokens;
    const bool *held_out;   /* [n_documents] */
    TextTokens text;        /* the tokenizer's tokens */
    const int *token_bytes; /* [text.n] that each token stands for; NULL: not known */
    const char *folder;     /* exists; may hold an interrupted run */
} PretrainJob;

/* What `published` names; NULL: the other, or nothing. */
const char *pretrain_published_name(const PretrainSpec *spec);
const char *pretrain_published_folder(const PretrainSpec *spec);

/* Tokens of running text that a sequence has room for. */
int pretrain_text_length(const PretrainSpec *spec, const SpecEntryChoice *model);

/* Can an architecture be asked whether a text follows another: the pooled state sees both, told apart? */
bool pretrain_tells_pairs(const Architecture *architecture);

/* Updates that the spec asks for. */
int64_t pretrain_updates(const PretrainSpec *spec, const SpecEntryChoice *model);

/* How a learner for this job is set up: plans estimate memory with it. */
LearnerSetup pretrain_setup(const PretrainSpec *spec, const SpecEntryChoice *model,
                            const Kernels *kernels, TextTokens text);

#endif
