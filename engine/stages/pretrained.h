/* A pre-trained language model among the inputs of a run, ready to predict text. */
#ifndef STAGES_PRETRAINED_H
#define STAGES_PRETRAINED_H

#include "learner/learner.h"
#include "stages/stage_pretrain.h"
#include "text/tokenizer.h"

typedef struct Pretrained {
    PretrainDocument made_from;
    Tokenizer *tokenizer;
    Learner learner;
} Pretrained;

/* Reads what it was made from and its tokenizer; a learner for its final weights is made with rows and
 * sequences of a pass as likelihood_setup has them. */
bool pretrained_open(Pretrained *pretrained, const StageRun *run, const Arithmetic *arithmetic,
                     Error *err) MUST_USE;

/* The same with its final weights. */
bool pretrained_load(Pretrained *pretrained, const StageRun *run, const Arithmetic *arithmetic,
                     Error *err) MUST_USE;

#endif
