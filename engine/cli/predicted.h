/* What models answered, in words: for who reads at a terminal, or for programs, with every digit. */
#ifndef CLI_PREDICTED_H
#define CLI_PREDICTED_H

#include "experiment/predict.h"

typedef struct Predicted {
    const PredictModels *models;
    const PredictAnswers *answers;
} Predicted;

/* A table; of one text, and of choices, a list of what there was to choose from. */
bool predicted_terminal(Buffer *text, const Predicted *predicted, size_t width,
                        Error *err) MUST_USE;

/* id, prediction, a probability for each class or answer, the first texts; one line a row. */
bool predicted_tsv(Buffer *text, const Predicted *predicted, Error *err) MUST_USE;
bool predicted_json(Buffer *text, const Predicted *predicted, Error *err) MUST_USE;

#endif
