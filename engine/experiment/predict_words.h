/* What models answered, in words: for who reads at a terminal, or for programs, with every digit. */
#ifndef EXPERIMENT_PREDICT_WORDS_H
#define EXPERIMENT_PREDICT_WORDS_H

#include "experiment/predict.h"

typedef struct PredictWords {
    const PredictModels *models;
    const PredictAnswers *answers;
} PredictWords;

/* A table; of one text, and of choices, a list of what there was to choose from. */
bool predict_words_terminal(Buffer *text, const PredictWords *said, size_t width,
                            Error *err) MUST_USE;

/* id, prediction, a probability for each class or answer, the first texts; one line a row. */
bool predict_words_tsv(Buffer *text, const PredictWords *said, Error *err) MUST_USE;
bool predict_words_json(Buffer *text, const PredictWords *said, Error *err) MUST_USE;

#endif
