/* What an experiment can measure of a cell. Without fine-tuning no run of any task is planned; the others are
 * measured on the pre-trained language model itself, training rates on the architecture. */
#ifndef QUESTION_EXPERIMENT_MEASURE_H
#define QUESTION_EXPERIMENT_MEASURE_H

typedef enum ExperimentMeasure {
    MEASURE_FINE_TUNING,
    MEASURE_ZERO_SHOT,
    MEASURE_CONTEXT_WINDOW,
    MEASURE_POSITION,
    MEASURE_RATE,
    N_MEASURES
} ExperimentMeasure;
extern const char
    *const experiment_measure_words[]; /* "fine-tuning", "zero-shot", ...; NULL-terminated */

#endif
