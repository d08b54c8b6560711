/* The command line: options every command may know, and the words between them. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "experiment/plan.h"

enum OptionBits {
    OPTION_SCALE = 1 << 0,  /* --scale --set */
    OPTION_PLACES = 1 << 1, /* --experiments --datasets --store --data --mirror --results */
    OPTION_THREADS = 1 << 2,
    OPTION_KERNELS = 1 << 3,
    OPTION_JSON = 1 << 4,
    OPTION_SAMPLING =
        1
        << 5, /* --prompt --tokens --temperature --top-k --sample-seed --checkpoint, and a model */
    OPTION_AGAINST = 1 << 6,   /* --against VERSION */
    OPTION_REFERENCE = 1 << 7, /* --markdown --schema --scale-schema */
    OPTION_JOBS = 1 << 8,
    OPTION_EXPORT = 1 << 9,   /* --cell --seed --out */
    OPTION_OUT = 1 << 10,     /* --out FILE */
    OPTION_MODEL = 1 << 11,   /* --cell --task --seed --out */
    OPTION_SPLIT = 1 << 12,   /* --cell --lines --rows */
    OPTION_ANSWER = 1 << 13,  /* --markdown */
    OPTION_PREDICT = 1 << 14, /* --cell --task --seed --file --format */
};

typedef struct Options {
    int n_words;
    const char **words;
    const char *scale;
    bool scale_given; /* else it is the usual one */
    TextList set;     /* "finetune.epochs=5": also at the end of `scale` */
    const char *experiments, *datasets, *store, *data, *mirror, *results;
    const char *against;
    const Kernels *kernels;
    int64_t threads, jobs;
    bool json, markdown, schema, scale_schema;
    const char *prompt, *checkpoint;
    int64_t tokens, top_k, sample_seed;
    double temperature;
    const char *cell, *out; /* NULL: the first, the usual folder */
    int64_t run_seed;       /* -1: the first, or all */
    const char *task;       /* NULL: none, or the only one */
    const char *file, *format;
    const char *lines, *rows;
} Options;

/* Reads what stands after the command's name. Unknown options are errors with the nearest
 * spelling. */
bool options_read(Options *options, unsigned known, int argc, char **argv, Arena *arena,
                  Error *err) MUST_USE;

/* The options in `known`, a line each, for --help. */
bool options_describe(Buffer *text, unsigned known, Error *err) MUST_USE;

PlanPlaces options_places(const Options *options);

#endif
