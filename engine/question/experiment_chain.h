/* An experiment with all that it extends. */
#ifndef QUESTION_EXPERIMENT_CHAIN_H
#define QUESTION_EXPERIMENT_CHAIN_H

#include "question/experiment_folder.h"

enum { EXPERIMENT_CHAIN_MOST = 16 };

typedef struct ExperimentChain {
    size_t n;
    /* The experiment asked for, then what it extends. */
    ExperimentSource sources[EXPERIMENT_CHAIN_MOST];
} ExperimentChain;

/* Reads and checks the documents; every error of each is recorded. */
bool experiment_chain_load(ExperimentChain *chain, const SpecTable *settings, const char *name,
                           const char *folder, Arena *arena, Error *err) MUST_USE;

/* The youngest document in which `key` stands (inside the object `part`, if not NULL): where what is
 * wrong with its value is reported. The experiment itself when there is none. */
const SpecReader *experiment_chain_origin(const ExperimentChain *chain, const char *part,
                                          const char *key);

#endif
