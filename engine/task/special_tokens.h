/* The tokens that no text holds, and the only place that knows of them. They stand behind the tokenizer's
 * own ids: first what the objective of a language model needs, then what tasks need, so that a model of a
 * task begins with the rows of the language model it comes from. A published vocabulary may have those of a frame or of
 * a source among its own: where it has all of them, these are they, and none stands behind. */
#ifndef TASK_SPECIAL_TOKENS_H
#define TASK_SPECIAL_TOKENS_H

#include "text/tokenizer.h"

/* The tokenizer's own. */
typedef struct TextTokens {
    int n;
    /* Among them; NULL: there are none, or it is not known of any. */
    const TokenizerSpecials *specials;
} TextTokens;

TextTokens special_tokens_text(const Tokenizer *tokenizer);

/* Where else than in a task's sequences they stand. */
typedef enum SpecialTokensUse {
    SPECIAL_TOKENS_TASKS, /* nowhere: start, delimiter, classify (GPT-1, section 3.3) */
    SPECIAL_TOKENS_FRAME, /* running text, too, stands between start and delimiter; a sequence of a task ends in a
                              delimiter, which is its classify (Devlin et al. 2019, section 3) */
    SPECIAL_TOKENS_SOURCE, /* sources and targets end in `end`, and what is given of a target begins with `start`
                              (Raffel et al. 2020); there is no delimiter and no classify */
} SpecialTokensUse;

typedef struct SpecialTokens {
    int n_text;           /* the tokenizer's own */
    int mask;             /* the first of those that stand for what is to be guessed; -1: none */
    int n_stand_ins;      /* how many of these there are */
    int n_language_model; /* vocabulary of a language model */
    int start, delimiter, classify, end; /* -1: not used */
    int n_task;                          /* vocabulary of a model of a task */
    bool framed;                         /* SPECIAL_TOKENS_FRAME */
} SpecialTokens;

enum { SPECIAL_TOKENS_AROUND = 2 }; /* tokens around a framed text */
enum { SPECIAL_TOKENS_BEHIND = 1 }; /* behind a source, and before or behind a target */

/* Tokens before a text; and the frame of one that stands behind these, in place: returns its length with the frame.
 * What is not framed stays as it is. */
int special_tokens_before(const SpecialTokens *special);
int special_tokens_frame(int *token, int length, const SpecialTokens *special);

/* Is it one of these, wherever they stand? */
bool special_tokens_are(const SpecialTokens *special, int token);

/* The first token of a frame, or of a source, that is not among the tokenizer's own though another of these is; as
 * published vocabularies spell it. NULL: none is missing, or all. */
const char *special_tokens_lacking(TextTokens text, SpecialTokensUse use);

/* `n_stand_ins` stand for what is to be guessed. */
SpecialTokens special_tokens(TextTokens text, int n_stand_ins, SpecialTokensUse use);

#endif
