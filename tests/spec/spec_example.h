/* A table with a field of every type, for the tests of spec/. */
#ifndef TESTS_SPEC_EXAMPLE_H
#define TESTS_SPEC_EXAMPLE_H

#include "spec/field.h"

typedef struct GptLike {
    int64_t n_layer, n_head;
    double dropout;
} GptLike;

typedef struct LstmLike {
    int64_t n_unit;
} LstmLike;

typedef struct Claim {
    const char *id;
    double smallest_effect;
} Claim;

typedef struct Warmup {
    double share;
    int64_t updates;
} Warmup;

typedef struct Pretrain {
    bool present;
    int64_t updates;
    Warmup warmup;
} Pretrain;

typedef struct Example {
    const char *title, *name;
    int64_t transfer_layers;
    double rate;
    bool tied;
    int schedule;
    TextList tasks;
    IntList seeds;
    RealList rates;
    Json *report;
    Warmup warmup;
    Pretrain pretrain;
    SpecEntryChoice model;
    SpecList claims;
} Example;

extern const SpecTable example_table, claim_table;
extern const SpecRegistry example_models; /* gpt, lstm and, without fields, none */

#endif
