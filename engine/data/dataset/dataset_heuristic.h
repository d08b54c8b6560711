/* The ways in which a language model does a task unaided. */
#ifndef DATA_DATASET_HEURISTIC_H
#define DATA_DATASET_HEURISTIC_H

/* How a language model does the task without being fine-tuned (GPT-1, section 5, "Zero-shot
 * behaviors"). */
typedef enum DatasetHeuristic {
    HEURISTIC_NONE,
    HEURISTIC_ACCEPTABILITY, /* mean log-probability of the sentence's tokens, against a threshold */
    HEURISTIC_WORDS,         /* text, then `suffix`: which label's word is likelier next */
    HEURISTIC_CHOICE,   /* the answer with the highest mean log-probability of its tokens, given
                            the context */
    HEURISTIC_WINOGRAD, /* the referent after whose substitution the rest is likeliest on average */
    HEURISTIC_LAST_WORD,     /* whether the likeliest continuation is the word */
    HEURISTIC_MINIMAL_PAIRS, /* whether the good sentence is likelier than the bad one */
    HEURISTIC_CLOZE,         /* the word that is likeliest in a gap, both sides of it told */
} DatasetHeuristic;
extern const char *const dataset_heuristic_words[]; /* "none", "acceptability", ... */

#endif
