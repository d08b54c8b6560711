/* Cells that share what was measured: a language model, where they differ in fine-tuning alone, or a training
 * rate, where they differ in training alone. It is shown once, under a name for them all. */
#ifndef ANALYSIS_MODELS_H
#define ANALYSIS_MODELS_H

#include "result/result.h"

typedef struct Models {
    int *first; /* [cells] the first cell that shares with this one; -1: it has nothing to share */
} Models;

/* By language model, or by training rate. */
bool models_find(Models *models, const Result *result, bool by_rate, Error *err) MUST_USE;

/* "full": the variant or cell, or the first two of several "and 3 more". */
char *models_name(const Models *models, const Result *result, int first, Error *err) MUST_USE;

/* The cell of this name, if it is the first of its model; else -1. */
int models_cell(const Models *models, const Result *result, const char *cell);

#endif
