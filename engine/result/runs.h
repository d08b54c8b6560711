/* runs.csv: every run's scores, one value a row. */
#ifndef RESULT_RUNS_H
#define RESULT_RUNS_H

#include "base/buffer.h"
#include "result/numbers.h"

#define RUNS_FILE "runs.csv"

/* cell,task,seed,split,metric,value */
bool runs_write(Buffer *csv, const Numbers *numbers, Error *err) MUST_USE;

#endif
