/* results/NAME/SCALE/vNNN/: what an experiment found, as a folder of text that is committed.
 *
 *   result.json    the resolved spec and its hash, all numbers, how sure they are, timings, provenance
 *   runs.csv       cell,task,seed,split,metric,value: one value a row
 *   curves.csv     the courses of all trainings (curves.h)
 *   evidence.json  what the numbers follow from, example by example (evidence.h); older ones may lack it
 *   table.md, table.tex, and table-float.tex with caption and label
 *   figures/       NAME.svg and NAME.pdf, with the CSV and the gnuplot script that drew them
 *   README.md      all of it to look at
 *
 * Tables, figures and page are drawn from the files above them alone; names of classes, which older ones lack, from
 * manifests. The page also says what moved of verdicts since the version before, where that lies beside it. */
#ifndef RESULT_RESULT_H
#define RESULT_RESULT_H

#include "question/experiment_spec.h"
#include "result/curves.h"
#include "result/findings.h"
#include "result/provenance.h"

#define RESULT_PAGE_FILE "README.md"

/* What is told of a language model beside its numbers. */
typedef struct ResultModel {
    const char *cell;     /* the first that begins from it */
    double bits_per_byte; /* of held-out documents; 0: not known */
    const char *sample;   /* text that it wrote from left to right; NULL: none */
    const char *gibbs;    /* and by Gibbs sampling; NULL: none */
    int64_t gibbs_sweeps; /* of it; 0: none */
} ResultModel;

typedef struct Result {
    const char *folder;           /* where its files are */
    const char *version;          /* "v001" */
    const Experiment *experiment; /* as it was resolved; read back: without `settings` */
    Findings findings;
    const Numbers *numbers; /* of the findings */
    Provenance provenance;
    /* Of ResultModel, in the order of the cells; older results have them on the page alone. */
    SpecList models;
    Curves curves;
    /* Of evidence.json; NULL: it has none, or is older than such hashes. */
    const char *evidence_sha256;
    HashText numbers_hash; /* what versions are told apart by; empty: it was not read back */
    const struct Result *
        before; /* the version before it among its neighbours, without curves; NULL: there is none */
    Arena *arena;
} Result;

/* From result.json and curves.csv, and result.json of the version before. The folder's name is borrowed. */
bool result_read(Result *result, const char *folder, Arena *arena, Error *err) MUST_USE;

/* The same where `document` is to become the folder's result.json. */
bool result_read_as(Result *result, const char *folder, const char *document, Arena *arena,
                    Error *err) MUST_USE;

/* From the document alone, wherever it is and whatever its name; the folder is the one that it lies in. */
bool result_read_document(Result *result, const char *document, Arena *arena, Error *err) MUST_USE;

#endif
