/* What the runs of one task answered on its test examples: every cell and seed that is asked for, and the texts that they
 * were asked about. */
#ifndef EXPERIMENT_ANSWERS_H
#define EXPERIMENT_ANSWERS_H

#include "experiment/plan.h"
#include "stages/stage_evaluate.h"

/* Which runs. */
typedef struct AnswersChoice {
    const PlanCell *cell; /* NULL: of all */
    int seed;             /* position among the experiment's; -1: all */
} AnswersChoice;

/* One (cell, seed). */
typedef struct AnswersRun {
    const char *cell;
    int64_t seed;
    const double *predicted; /* [n] classes, answers from 0, or numbers */
    EvaluateProbabilities probabilities;
} AnswersRun;

typedef struct Answers {
    const StageTask *task;
    int n;               /* test examples */
    const char **id;     /* [n] */
    const double *truth; /* [n] */
    int n_runs;
    AnswersRun *runs; /* by cell, then seed */
} Answers;

/* Whether all of them are done, and are what was written; else an error that names the run to do. */
bool answers_check(const Plan *plan, int task, AnswersChoice choice, Error *err) MUST_USE;

bool answers_read(Answers *answers, const Plan *plan, int task, AnswersChoice choice, Arena *arena,
                  Error *err) MUST_USE;

typedef struct AnswersTexts {
    const Example *of; /* [n]; NULL: the data set's files are not here */
    int most;          /* texts of any example */
} AnswersTexts;

/* What was asked, read again and held to what was scored; nothing is fetched for it. */
bool answers_texts(AnswersTexts *texts, const Answers *answers, Arena *arena, Error *err) MUST_USE;

/* "text", "text_2"; of multiple choice "text", "answer_0", by their place. NULL on failure. */
const char *answers_text_name(const Answers *answers, int place, Arena *arena, Error *err) MUST_USE;

/* What a run said of an example's truth: its probability, or, of numbers, how far it was off. */
double answers_of_truth(const Answers *answers, const AnswersRun *run, int example);

/* --- as fields of CSV ---------------------------------------------------------------------------- */

/* A class by its name, an answer by its number from 0, or a number. */
bool answers_value(Buffer *csv, const Answers *answers, double value, Error *err) MUST_USE;

/* A column for each text, and an example's own; nothing where there are none. */
bool answers_text_heads(Buffer *csv, const Answers *answers, const AnswersTexts *texts,
                        Error *err) MUST_USE;
bool answers_text_fields(Buffer *csv, const AnswersTexts *texts, int example, Error *err) MUST_USE;

#endif
