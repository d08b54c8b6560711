/* The results that the paper shows: of each experiment the last version at one scale. */
#ifndef REPORT_PAPER_RESULTS_H
#define REPORT_PAPER_RESULTS_H

#include "report/paper/paper_places.h"
#include "result/result.h"

typedef struct PaperResults {
    size_t n;
    Result *items; /* by the experiment's name */
} PaperResults;

bool paper_results_read(PaperResults *results, const PaperPlaces *places, Arena *arena,
                        Error *err) MUST_USE;

/* NULL: it is not shown. */
const Result *paper_results_of(const PaperResults *results, const char *experiment);

/* Whether it is the first at its scale: each scale once. */
bool paper_results_begins_scale(const PaperResults *results, size_t i);

/* NAME/SCALE/vNNN, as it stands under results/. */
char *paper_results_name(const Result *result, Error *err) MUST_USE;

#endif
