/* The ledger: what the last result of every experiment and scale says of every claim, and which claims of the
 * experiments folder no result speaks of yet. */
#ifndef ANALYSIS_LEDGER_H
#define ANALYSIS_LEDGER_H

#include "base/buffer.h"
#include "question/experiment_claim.h"
#include "result/findings.h"

typedef struct LedgerRow {
    const ExperimentClaim *claim;
    const char *experiment;
    const char *scale, *version; /* NULL: not measured anywhere */
    const NumbersClaim *whole;   /* the verdict that counts; NULL: not measured at that scale */
    double p;                    /* of it; NaN: not known */
    TextList caveats;
    size_t n_tasks;     /* verdicts on single tasks; 0: there is only the whole */
    size_t n_supported; /* of them, after correction for being several */
    bool machine;       /* about a machine: not reproduced bit for bit */
} LedgerRow;

typedef struct Ledger {
    size_t n;
    /* By claim, experiment, scale; claims in the order in which they are first met. */
    LedgerRow *rows;
} Ledger;

/* results: folder of NAME/SCALE/vNNN; experiments: folder of NAME.json. */
bool ledger_read(Ledger *ledger, const char *results, const char *experiments, Arena *arena,
                 Error *err) MUST_USE;

/* In lines of at most `width` columns. */
bool ledger_terminal(Buffer *text, const Ledger *ledger, size_t width, Error *err) MUST_USE;
bool ledger_markdown(Buffer *text, const Ledger *ledger, Error *err) MUST_USE;
Json *ledger_json(const Ledger *ledger, Arena *arena, Error *err) MUST_USE;

#endif
