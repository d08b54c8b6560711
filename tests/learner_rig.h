/* What the tests of learners and of all above them share: tiny models, a corpus whose next token can be
 * learnt, and examples whose label can be learnt. One thread. */
#ifndef TESTS_LEARNER_RIG_H
#define TESTS_LEARNER_RIG_H

#include "learner/packer.h"
#include "model/gpt.h"
#include "model/lstm.h"
#include "text/token_file.h"

enum {
    LEARNER_RIG_TEXT_TOKENS = 11,
    LEARNER_RIG_VOCABULARY = 14, /* three special ones behind them */
    LEARNER_RIG_CONTEXT = 8,
    LEARNER_RIG_N_FORMS = 4,
};

void learner_rig_begin(void); /* .init of a suite */
void learner_rig_end(void);

Arena *learner_rig_arena(void);
void *learner_rig_take(size_t count, size_t size); /* zeroed, of that arena */

/* One block, two heads, eight channels; without dropout unless asked for. */
SpecEntryChoice learner_rig_model(double dropout);
SpecEntryChoice learner_rig_encoder(double dropout); /* as the first */
SpecEntryChoice learner_rig_bert(double dropout);    /* as the first */
SpecEntryChoice learner_rig_t5(double dropout);      /* as the first, twice */
SpecEntryChoice learner_rig_lstm(double dropout);    /* one layer of ten units, eight channels */

/* Six documents of 5 to 55 tokens in which each token follows from the one before. */
TokenFile learner_rig_tokens(void);

/* `n` examples of two classes (or of two or three answers each, or of numbers from 0 to 2), uneven
 * in length. */
Sequences learner_rig_sequences(DatasetForm form, int n);

extern const DatasetForm
    learner_rig_forms[LEARNER_RIG_N_FORMS]; /* one of each kind of head and layout */

/* The head of such examples. */
Head learner_rig_head(DatasetForm form, HeadRegression regression);

/* `n` examples of text to text with two answers of one word and of two; example e has a source of e % 6 + 2 tokens. */
enum { LEARNER_RIG_ANSWERS = 2 };
Sequences learner_rig_words(int n);
Head learner_rig_words_head(void);

/* A learner with initial weights for text (head NULL) or for these sets. */
Learner learner_rig_learner(const SpecEntryChoice *model, const Head *head, const Sequences *set,
                            int rows, bool training);

/* A language model of the first kind to measure likelihoods with, its weights large enough to tell tokens apart. */
Learner learner_rig_likelihood(void);

/* A learner to score a set with, and its packer: micro-batches hold at least `rows` tokens. */
Packer learner_rig_packer(Learner *learner, const Sequences *set, int rows);

#endif
