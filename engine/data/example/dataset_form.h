/* What a data set is: running text, or what its rows ask for. */
#ifndef DATA_EXAMPLE_DATASET_FORM_H
#define DATA_EXAMPLE_DATASET_FORM_H

#include <stdbool.h>

/* The forms of tasks (GPT-1, figure 1), and running text. */
typedef enum DatasetForm {
    DATASET_CORPUS,         /* documents for language modelling */
    DATASET_CLASSIFICATION, /* text[0] */
    DATASET_ENTAILMENT,     /* text[0] premise, text[1] hypothesis */
    DATASET_SIMILARITY,     /* text[0], text[1] in no order */
    DATASET_MULTIPLE_CHOICE, /* text[0] context, text[1..] answers; label: the right answer, from 0 */
    DATASET_REGRESSION, /* text[0], text[1] in no order; target: a number in the info's range */
    DATASET_WINOGRAD, /* text[0] before a pronoun, text[1] after it, text[2..] whom it may stand for;
                          label: whom it does; never fine-tuned on */
    DATASET_LAST_WORD,     /* text[0] passage, text[1] its last word; never fine-tuned on */
    DATASET_MINIMAL_PAIRS, /* text[0] a good sentence, text[1] a bad one that hardly differs from it;
                               never fine-tuned on */
    DATASET_CLOZE, /* text[0] before a gap, text[1] behind it, text[2..] words that may stand there; label: which
                       does; never fine-tuned on */
    DATASET_TOKENIZER, /* no text: a published vocabulary with its merges */
    DATASET_WEIGHTS,   /* no text: a published model */
} DatasetForm;
extern const char
    *const dataset_form_words[]; /* "corpus", "classification", ...; NULL-terminated */

/* Rows of examples, not running text, a tokenizer or a model. */
bool dataset_form_is_labelled(DatasetForm form);

/* A model can be fine-tuned on such rows. */
bool dataset_form_is_tuned(DatasetForm form);

/* Which of a row's texts is the first answer, or what stands in its place; 0: rows choose among none. */
int dataset_form_first_answer(DatasetForm form);

/* A row says what is right by a label or a number; else its texts say it by their order. */
bool dataset_form_has_answers(DatasetForm form);

#endif
