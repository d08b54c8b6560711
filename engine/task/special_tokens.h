/* The tokens that no text holds, and the only place that knows of them. They stand behind the tokenizer's
 * own ids: first what the objective of a language model needs, then what tasks need, so that a model of a
 * task begins with the rows of the language model it comes from. */
#ifndef TASK_SPECIAL_TOKENS_H
#define TASK_SPECIAL_TOKENS_H

typedef struct SpecialTokens {
    int n_text;           /* the tokenizer's own */
    int mask;             /* the first of those that stand for what is to be guessed; -1: none */
    int n_language_model; /* vocabulary of a language model */
    int start, delimiter, classify; /* of a task's sequences (GPT-1, section 3.3) */
    int n_task;                     /* vocabulary of a model of a task */
} SpecialTokens;

/* `n_stand_ins` stand for what is to be guessed. */
SpecialTokens special_tokens(int n_text, int n_stand_ins);

#endif
