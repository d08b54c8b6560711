/* The command line: options every command may know, and the words between them. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "data/own/own_asked.h"
#include "experiment/plan.h"

enum OptionBits {
    OPTION_SCALE = 1 << 0,  /* --scale --set */
    OPTION_PLACES = 1 << 1, /* --experiments --datasets --store --data --mirror --results */
    OPTION_THREADS = 1 << 2,
    OPTION_KERNELS = 1 << 3,
    OPTION_JSON = 1 << 4,
    OPTION_SAMPLING =
        1
        << 5, /* --prompt --tokens --temperature --top-k --sample-seed --gibbs --checkpoint, and a model */
    OPTION_AGAINST = 1 << 6,   /* --against VERSION --junit FILE */
    OPTION_REFERENCE = 1 << 7, /* --markdown --schema --scale-schema */
    OPTION_JOBS = 1 << 8,
    OPTION_EXPORT = 1 << 9,   /* --cell --seed --out */
    OPTION_OUT = 1 << 10,     /* --out FILE */
    OPTION_MODEL = 1 << 11,   /* --cell --task --seed --out */
    OPTION_SPLIT = 1 << 12,   /* --cell --lines --rows */
    OPTION_ANSWER = 1 << 13,  /* --markdown */
    OPTION_PREDICT = 1 << 14, /* --cell --task --seed --file --format */
    OPTION_CURVES = 1 << 15,  /* --out */
    /* None, but that --results is only read: what came with the command will do. */
    OPTION_RESULTS_READ = 1 << 16,
    OPTION_DISAGREE = 1 << 17,   /* --cell --against --task --out */
    OPTION_OWN = 1 << 18,        /* of own_asked.h */
    OPTION_QUIET = 1 << 20,      /* --quiet */
    OPTION_LINES_JSON = 1 << 21, /* --json */
    OPTION_WATCH = 1 << 22,      /* --watch */
};

/* How a value is read, and what completes it (completion.h). */
typedef enum OptionType {
    OPTION_TEXT,
    OPTION_FOLDER,
    OPTION_FILE,
    OPTION_SCALE_NAME,
    OPTION_CELL,
    OPTION_TASK,
    OPTION_DATASET,
    OPTION_VERSION,
    OPTION_COUNT, /* an integer of at least 0, as int64_t */
    OPTION_REAL,  /* of at least 0 */
    OPTION_FLAG,
    OPTION_MANY, /* a text each time it is given */
    OPTION_KERNEL_NAME,
} OptionType;

typedef struct Option {
    const char *name;
    unsigned group;
    OptionType type;
    size_t offset; /* in Options */
    double most;
    const char *help;
} Option;

typedef struct Options {
    int n_words;
    const char **words;
    const char *scale;
    bool scale_given; /* else it is the usual one */
    TextList set;     /* "finetune.epochs=5": also at the end of `scale` */
    const char *experiments, *datasets, *store, *data, *mirror, *results;
    const char *against, *junit; /* NULL: none */
    const Kernels *kernels;
    int64_t threads, jobs;
    bool json, markdown, schema, scale_schema;
    bool quiet, watch;
    const char *prompt, *checkpoint;
    int64_t tokens, top_k, sample_seed, gibbs;
    double temperature;
    const char *cell, *out; /* NULL: the first or all, the usual folder */
    int64_t run_seed;       /* -1: the first, or all */
    const char *task;       /* NULL: none, or the only one */
    const char *file, *format;
    const char *lines, *rows;
    OwnAsked own;
} Options;

/* What comes behind it is a word, even if it looks like an option. */
#define OPTIONS_END "--"

/* Reads what stands after the command's name. Unknown options are errors with the nearest
 * spelling. */
bool options_read(Options *options, unsigned known, int argc, char **argv, Arena *arena,
                  Error *err) MUST_USE;

/* The options in `known`, for --help, in lines of at most `width` columns. */
bool options_describe(Buffer *text, unsigned known, size_t width, Error *err) MUST_USE;

/* The rows of `known`: at a place from 0, by name; NULL: there is none. */
const Option *options_row(unsigned known, int place);
const Option *options_find(unsigned known, const char *name);

/* What stands for its value in a usage line: "FOLDER"; NULL: it has none. */
const char *options_value(const Option *option);

PlanPlaces options_places(const Options *options);

#endif
